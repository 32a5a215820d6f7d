from ..types import OpenEnum


class EnvoyStatus(OpenEnum):
    COMM = "comm"
    NORMAL = "normal"
