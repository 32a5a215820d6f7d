from ..types import OpenEnum


class HpTelemetryResponseIntervalDuration(OpenEnum):
    VALUE_0 = "5mins"
    VALUE_1 = "15mins"
