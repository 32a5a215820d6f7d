from ..types import OpenEnum


class MicroInverterSummaryStatus(OpenEnum):
    MICRO = "micro"
    NORMAL = "normal"
    POWER = "power"
    RETIRED = "retired"
