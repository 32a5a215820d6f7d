from ..types import OpenEnum


class EventStatus(OpenEnum):
    CLOSED = "Closed"
    INFO = "Info"
    OPEN = "Open"
    OPEN_SMALL = "open"
