from ..types import OpenEnum


class UsagePeriod(OpenEnum):
    MINUTE = "minute"
    MONTH = "month"
