"""Faults on demand: what can go wrong, which requests it hits, and what it does to their responses."""

from __future__ import annotations

from enlighten_mock.faults.fault import Fault, Kind, parse
from enlighten_mock.faults.schedule import Faults, Hit

__all__ = ["Fault", "Faults", "Hit", "Kind", "parse"]
