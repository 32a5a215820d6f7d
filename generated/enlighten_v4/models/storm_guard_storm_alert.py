from ..types import OpenEnum


class StormGuardStormAlert(OpenEnum):
    FALSE = "false"
    TRUE = "true"
