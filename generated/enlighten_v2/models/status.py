from ..types import OpenEnum


class Status(OpenEnum):
    BATTERY = "battery"
    COMM = "comm"
    METER = "meter"
    METER_ISSUE = "meter_issue"
    MICRO = "micro"
    NORMAL = "normal"
    POWER = "power"
    STORAGE_IDLE = "storage_idle"
