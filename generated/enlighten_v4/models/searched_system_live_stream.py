from ..types import OpenEnum


class SearchedSystemLiveStream(OpenEnum):
    DISABLED = "disabled"
    ENABLED = "enabled"
