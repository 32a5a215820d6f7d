"""The plans of API v4: how many requests an application may make, and which operations it may call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enlighten_mock.service.quota import Plan

if TYPE_CHECKING:
    from collections.abc import Mapping

_WATT = frozenset(
    {
        "System Details",
        "Site Level Production Monitoring",
        "Site Level Consumption Monitoring",
        "EV Charger Monitoring",
    }
)
_KILOWATT = _WATT | {"Device Level Monitoring", "Streaming"}
_MEGAWATT = _KILOWATT | {"System Configurations"}

ACCESS_CONTROLS = _MEGAWATT | {"EV Charger Control"}
"""All groups of operations that an application may be allowed to call."""

PLANS: Mapping[str, Plan] = {
    "none": Plan("None", None, None),
    "watt": Plan("Watt", 10, 1_000),
    "kilowatt": Plan("Kilowatt", 50, 50_000),
    "megawatt": Plan("Megawatt", 100, 300_000),
    "partner": Plan("Partner", 300, 1_500_000),
}

WRITES_OF_A_PARTNER = Plan("Partner", None, 200)
"""How many requests of each method but GET the plan Partner allows."""

_CONTROLS: Mapping[str, frozenset[str]] = {"Watt": _WATT, "Kilowatt": _KILOWATT, "Megawatt": _MEGAWATT}
_SAME_AS = {"gigawatt": "partner"}
"""Plans of API v2 under the name of those with the same limits."""


def parse_plan(text: str) -> Plan:
    """Return the plan of that name, or for `10/5000` one of 10 requests a minute and 5000 a month.

    Raises:
        ValueError: It is neither.
    """
    name = text.lower()
    plan = PLANS.get(_SAME_AS.get(name, name))
    if plan:
        return plan
    match = re.fullmatch(r"([0-9]+)/([0-9]+)", text)
    if match:
        return Plan("Custom", int(match[1]), int(match[2]))
    raise ValueError(f"there is no plan {text!r}; take one of {', '.join(PLANS)}, or MINUTE/MONTH such as 10/5000")


def access_controls(plan: Plan) -> frozenset[str]:
    """Return what a plan can offer: all of it unless it is one of the vendor's smaller plans."""
    return _CONTROLS.get(plan.name, ACCESS_CONTROLS)
