"""How much the suite tries: the quick profile of `make test`, or with `EXAMPLES=` the long one of `make conformance`.

The quick profile draws the same cases every time. The long one draws new ones, unless `SEED=` names those of an earlier
run.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, Phase, settings

QUICK_EXAMPLES = 15

EXAMPLES = int(os.environ.get("EXAMPLES") or 0)
"""Cases an operation and test in the long profile; 0 in the quick one."""

LONG = EXAMPLES > 0

SEED = int(os.environ["SEED"]) if os.environ.get("SEED") else None
"""What the cases of the long profile are drawn from; None for whatever comes."""


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
