from ..types import OpenEnum


class MeterDeviceConfigType(OpenEnum):
    NET = "Net"
    PRODUCTION = "Production"
    TOTAL = "Total"
