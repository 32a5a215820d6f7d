"""How much the suite tries, and against what: the quick profile of `make test`, or what `make conformance` says.

The quick profile draws the same cases every time. The long one draws new ones, unless `SEED=` names those of an earlier
run. `scripts/conformance.py` checks the settings and hands them on under the names below.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, Phase, settings

QUICK_EXAMPLES = 15

EXAMPLES = int(os.environ.get("CONFORMANCE_EXAMPLES") or 0)
"""Cases an operation and test in the long profile; 0 in the quick one."""

LONG = EXAMPLES > 0

SEED = int(os.environ["CONFORMANCE_SEED"]) if os.environ.get("CONFORMANCE_SEED") else None
"""What the cases of the long profile are drawn from; None for whatever comes."""

BASE_URL = os.environ.get("CONFORMANCE_BASE_URL") or ""
"""The live target to read from; empty for the simulated API."""

PLAN = os.environ.get("CONFORMANCE_PLAN") or "watt"
"""The plan whose pace is kept on a live target."""

HITS = int(os.environ.get("CONFORMANCE_HITS") or 40)
"""Requests that a run may spend on a live target."""


def effort(share: float = 1.0, **overrides: Any) -> settings:
    """Return hypothesis' settings for one test.

    Args:
        share: Of the cases of the profile, how many this test draws.
        overrides: Settings beside those of the profile.
    """
    chosen: dict[str, Any] = {
        "max_examples": max(1, round((EXAMPLES or QUICK_EXAMPLES) * share)),
        "derandomize": not LONG,
        "database": None,
        # A case is a call or two of a simulation, whose first day of a place takes longer than the next.
        "deadline": None,
        # Cases come out of schemathesis' strategies, whose health is not ours to mend.
        "suppress_health_check": list(HealthCheck),
        # What explains a failure reruns it hundreds of times; the smallest case says enough.
        "phases": [Phase.explicit, Phase.generate, Phase.shrink],
        "print_blob": True,
        **overrides,
    }
    return settings(**chosen)
