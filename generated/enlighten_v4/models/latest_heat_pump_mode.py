from ..types import OpenEnum


class LatestHeatPumpMode(OpenEnum):
    MODE_1 = "MODE_1"
    MODE_2 = "MODE_2"
    MODE_3 = "MODE_3"
    MODE_4 = "MODE_4"
