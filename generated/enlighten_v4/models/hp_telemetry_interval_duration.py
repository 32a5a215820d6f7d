from ..types import OpenEnum


class HpTelemetryIntervalDuration(OpenEnum):
    VALUE_0 = "5mins"
    VALUE_1 = "15mins"
