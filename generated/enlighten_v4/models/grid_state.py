from ..types import OpenEnum


class GridState(OpenEnum):
    OFF_GRID = "Off Grid"
    ON_GRID = "On Grid"
    UNKNOWN = "Unknown"
