"""The settings of a run: how much is tried, and against which target.

The quick profile of `make test` draws the same cases every time. The long one of `make conformance` draws new ones,
unless `SEED=` repeats those of an earlier run. `scripts/conformance.py` checks the settings and passes them on under
the names below.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, Phase, settings

QUICK_EXAMPLES = 15

EXAMPLES = int(os.environ.get("CONFORMANCE_EXAMPLES") or 0)
"""Cases for each operation and test in the long profile; 0 in the quick one."""

LONG = EXAMPLES > 0

SEED = int(os.environ["CONFORMANCE_SEED"]) if os.environ.get("CONFORMANCE_SEED") else None
"""The seed of the long profile's cases; None for a random one."""

SHRINK = os.environ.get("CONFORMANCE_SHRINK") != "no"
"""Whether the smallest case of a failure is looked for."""

BASE_URL = os.environ.get("CONFORMANCE_BASE_URL") or ""
"""The live target to read from; empty for the simulated API."""

PLAN = os.environ.get("CONFORMANCE_PLAN") or "watt"
"""The plan that paces requests to a live target."""

HITS = int(os.environ.get("CONFORMANCE_HITS") or 40)
"""Requests that a run may spend on a live target."""


def effort(share: float = 1.0, *, explicit: bool = True, **overrides: Any) -> settings:
    """Return hypothesis' settings for one test.

    Args:
        share: How many cases this test draws, as a multiple of the profile's.
        explicit: Whether it also tries schemathesis' cases of examples and boundaries, which are the same every time.
        overrides: Settings beside those of the profile.
    """
    # Without the phase that explains a failure: it runs the test hundreds of times, and the smallest case is enough.
    phases = {Phase.explicit: explicit, Phase.generate: True, Phase.shrink: SHRINK}
    chosen: dict[str, Any] = {
        "max_examples": max(1, round((EXAMPLES or QUICK_EXAMPLES) * share)),
        "derandomize": not LONG,
        "database": None,
        # A case is a call or two of a simulation, where the first day of a place takes longer than the next.
        "deadline": None,
        # Cases come from schemathesis' strategies, whose health this suite cannot change.
        "suppress_health_check": list(HealthCheck),
        "phases": [phase for phase, wanted in phases.items() if wanted],
        "print_blob": True,
        **overrides,
    }
    return settings(**chosen)
