from ..types import OpenEnum


class SortBy(OpenEnum):
    ID = "id"
    VALUE_1 = "-id"
