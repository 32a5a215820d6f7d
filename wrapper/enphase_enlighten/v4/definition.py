"""The Monitoring API v4 as data: its operations are in `operation_table`, plans and error bodies here."""

from __future__ import annotations

from ..api import API, ZoneLookup
from ..quota.plans import UsagePlan
from .error_bodies import V4ErrorBodies
from .live_operation import LIVE_DATA
from .operation_table import OPERATIONS, SYSTEM

NAME = "v4"
BASE_URL = "https://api.enphaseenergy.com/api/v4"
"""`servers` of the specification."""

PLANS = {
    "watt": UsagePlan(10, 1_000),
    "kilowatt": UsagePlan(50, 50_000),
    "megawatt": UsagePlan(100, 300_000),
    "partner": UsagePlan(300, 1_500_000),
}
"""Several independent sources agree on Watt's figures; those of the others come from one second-hand source."""


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
)
