from ..types import OpenEnum


class EvseTelemetryResponseIntervalDuration(OpenEnum):
    VALUE_0 = "5mins"
    VALUE_1 = "15mins"
