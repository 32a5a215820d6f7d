from ..types import OpenEnum


class BatterySettingsUpdateBatteryMode(OpenEnum):
    FULL_BACKUP = "Full Backup"
    SAVINGS_MODE = "Savings Mode"
    SELF_CONSUMPTION = "Self-consumption"
