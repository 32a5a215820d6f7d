from ..types import OpenEnum


class EnergyUnits(OpenEnum):
    KJ = "kJ"
    WH = "Wh"
