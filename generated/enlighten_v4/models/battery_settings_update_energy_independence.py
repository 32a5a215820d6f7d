from ..types import OpenEnum


class BatterySettingsUpdateEnergyIndependence(OpenEnum):
    DISABLED = "disabled"
    ENABLED = "enabled"
