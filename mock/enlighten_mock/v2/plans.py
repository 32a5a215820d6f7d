"""The plans of API v2."""

from __future__ import annotations

import re

from enlighten_mock.service.quota import Plan

PLANS = {
    "none": Plan("None", None, None),
    "watt": Plan("Watt", 10, 10_000),
    "kilowatt": Plan("Kilowatt", 50, 25_000),
    "megawatt": Plan("Megawatt", 100, 300_000),
    "gigawatt": Plan("Gigawatt", 300, 1_500_000),
}


def parse_plan(text: str) -> Plan:
    """Return the plan of that name, or for `10/5000` one of 10 requests a minute and 5000 a month.

    Raises:
        ValueError: It is neither.
    """
    plan = PLANS.get(text.lower())
    if plan:
        return plan
    match = re.fullmatch(r"([0-9]+)/([0-9]+)", text)
    if match:
        return Plan("Custom", int(match[1]), int(match[2]))
    raise ValueError(f"there is no plan {text!r}; take one of {', '.join(PLANS)}, or MINUTE/MONTH such as 10/5000")
