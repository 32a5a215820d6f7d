from ..types import OpenEnum


class SearchableStatus(OpenEnum):
    BATTERY = "battery"
    COMM = "comm"
    ENCHARGE = "encharge"
    ENCHARGE_ISSUE = "encharge_issue"
    ENPOWER = "enpower"
    ENPOWER_ISSUE = "enpower_issue"
    METER = "meter"
    METER_ISSUE = "meter_issue"
    MICRO = "micro"
    NORMAL = "normal"
    POWER = "power"
    STORAGE_IDLE = "storage_idle"
