from ..types import OpenEnum


class UsagePeriod(OpenEnum):
    HOUR = "hour"
    MINUTE = "minute"
    MONTH = "month"
    SECOND = "second"
