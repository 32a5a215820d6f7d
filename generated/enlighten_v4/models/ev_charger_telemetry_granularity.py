from ..types import OpenEnum


class EvChargerTelemetryGranularity(OpenEnum):
    DAY = "day"
    WEEK = "week"
