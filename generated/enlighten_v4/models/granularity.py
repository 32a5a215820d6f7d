from ..types import OpenEnum


class Granularity(OpenEnum):
    DAY = "day"
    VALUE_0 = "5mins"
    VALUE_1 = "15mins"
    WEEK = "week"
