from ..types import OpenEnum


class LatestEvseMode(OpenEnum):
    CHARGING = "CHARGING"
    FAULTED = "FAULTED"
    IDLE = "IDLE"
    PLUGGED_OUT = "PLUGGED_OUT"
