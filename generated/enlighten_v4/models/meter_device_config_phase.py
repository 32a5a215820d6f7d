from ..types import OpenEnum


class MeterDeviceConfigPhase(OpenEnum):
    SINGLE = "single"
    THREE = "three"
