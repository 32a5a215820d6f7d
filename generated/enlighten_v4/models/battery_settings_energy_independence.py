from ..types import OpenEnum


class BatterySettingsEnergyIndependence(OpenEnum):
    DISABLED = "disabled"
    ENABLED = "enabled"
