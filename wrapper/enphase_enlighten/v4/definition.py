"""The Monitoring API v4 as data: operations are in `operation_table`, plans in `quotas`."""

from __future__ import annotations

from ..api import API, ZoneLookup
from .error_bodies import V4ErrorBodies
from .live_operation import LIVE_DATA
from .operation_table import OPERATIONS, SYSTEM
from .quotas import NAME, PLANS

BASE_URL = "https://api.enphaseenergy.com/api/v4"
"""`servers` of the specification."""


def _only(system_id: int) -> dict[str, object]:
    return {"system_id": system_id}


V4 = API(
    name=NAME,
    errors=V4ErrorBodies(),
    base_url=BASE_URL,
    operations={operation.id: operation for operation in (*OPERATIONS, LIVE_DATA)},
    package="enlighten_v4",
    plans=PLANS,
    success=frozenset({200, 202, 204}),
    zones=ZoneLookup(SYSTEM, _only),
    fractional=True,
)
