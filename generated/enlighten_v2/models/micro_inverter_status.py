from ..types import OpenEnum


class MicroInverterStatus(OpenEnum):
    MICRO = "micro"
    NORMAL = "normal"
    POWER = "power"
    RETIRED = "retired"
