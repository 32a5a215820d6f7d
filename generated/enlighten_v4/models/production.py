from ..types import OpenEnum


class Production(OpenEnum):
    ALL = "all"
