from ..types import OpenEnum


class PowerUnits(OpenEnum):
    W = "W"
