"""The operation of the live stream as data: it is of a shape of its own, so that no table is rendered with it."""

from __future__ import annotations

from ..api import Operation
from ..operations.arguments import between, system

SHORTEST, LONGEST = 30, 300
"""Seconds that a stream may last."""

LIVE_DATA = Operation(
    "LiveData",
    model="LiveDataEvent",
    items="data",
    needs=("data",),
    arguments={"system_id": system, "duration": between(SHORTEST, LONGEST)},
    # Each call costs, so it is not repeated where it may have been counted.
    resend=False,
)
