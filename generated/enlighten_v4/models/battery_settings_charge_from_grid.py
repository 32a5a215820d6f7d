from ..types import OpenEnum


class BatterySettingsChargeFromGrid(OpenEnum):
    DISABLED = "disabled"
    ENABLED = "enabled"
