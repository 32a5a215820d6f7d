from ..types import OpenEnum


class LatestEnchargeMode(OpenEnum):
    CHARGING = "Charging"
    DISCHARGING = "Discharging"
    IDLE = "Idle"
