"""The Enlighten Systems API v2 as data: its operations are in `operation_table`, plans and error bodies here."""

from __future__ import annotations

from ..api import API, ZoneLookup
from ..quota.plans import UsagePlan
from .error_bodies import V2ErrorBodies
from .operation_table import OPERATIONS, SYSTEMS

NAME = "v2"
BASE_URL = "https://api.enphaseenergy.com/api/v2"
"""`servers` of the specification."""

PLANS = {
    "watt": UsagePlan(10, 10_000),
    "kilowatt": UsagePlan(50, 25_000),
    "megawatt": UsagePlan(100, 300_000),
    "gigawatt": UsagePlan(300, 1_500_000),
}
"""Watt is confirmed by recorded 409 bodies; the larger plans' figures come from one second-hand source."""


def _only(system_id: int) -> dict[str, object]:
    return {"system_id": [system_id], "limit": 1}


V2 = API(
    name=NAME,
    errors=V2ErrorBodies(),
    base_url=BASE_URL,
    operations={operation.id: operation for operation in OPERATIONS},
    package="enlighten_v2",
    plans=PLANS,
    zones=ZoneLookup(SYSTEMS, _only),
)
