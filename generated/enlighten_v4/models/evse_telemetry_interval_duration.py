from ..types import OpenEnum


class EvseTelemetryIntervalDuration(OpenEnum):
    VALUE_0 = "5mins"
    VALUE_1 = "15mins"
