from ..types import OpenEnum


class MeterDeviceState(OpenEnum):
    DISABLED = "disabled"
    ENABLED = "enabled"
