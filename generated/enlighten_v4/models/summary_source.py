from ..types import OpenEnum


class SummarySource(OpenEnum):
    METER = "meter"
    MICROINVERTERS = "microinverters"
