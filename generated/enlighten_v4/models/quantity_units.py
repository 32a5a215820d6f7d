from ..types import OpenEnum


class QuantityUnits(OpenEnum):
    KJ = "kJ"
    W = "W"
    WH = "Wh"
