from ..types import OpenEnum


class EvChargerTelemetryResponseGranularity(OpenEnum):
    DAY = "day"
    WEEK = "week"
