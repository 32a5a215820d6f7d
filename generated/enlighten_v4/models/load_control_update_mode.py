from ..types import OpenEnum


class LoadControlUpdateMode(OpenEnum):
    ADVANCED_BATTERYPOWERED = "Advanced_BatteryPowered"
    ADVANCED_GENERATORPOWERED = "Advanced_GeneratorPowered"
    BASIC = "Basic"
    MANUAL_ALWAYS_NOT_POWERED = "Manual_always_not_powered"
    MANUAL_ALWAYS_POWERED = "Manual_always_powered"
    SCHEDULED = "Scheduled"
