from ..types import OpenEnum


class LoadControlEntryStatus(OpenEnum):
    DISABLED = "disabled"
    ENABLED = "enabled"
