from ..types import OpenEnum


class StormGuardUpdateStormGuardStatus(OpenEnum):
    DISABLED = "disabled"
    ENABLED = "enabled"
