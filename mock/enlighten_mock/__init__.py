"""A simulated Enlighten Systems API to develop against.

`python -m enlighten_mock` serves it over HTTP; `SimulatedAPI` is the same in process:

    api = SimulatedAPI(systems=5, clock=SettableClock(datetime(2024, 6, 1, 12, tzinfo=UTC)))
    client = httpx.Client(transport=api.transport(), base_url=api.base_url)

What it answers is a function of seed, system and time; nothing is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from enlighten_mock.clock import Clock, RunningClock, SettableClock, SystemClock
    from enlighten_mock.quota import Plan
    from enlighten_mock.simulation import SimulatedAPI

__all__ = ["Clock", "Plan", "RunningClock", "SettableClock", "SimulatedAPI", "SystemClock", "create_app"]

_HOMES = {
    "Clock": "clock",
    "RunningClock": "clock",
    "SettableClock": "clock",
    "SystemClock": "clock",
    "Plan": "quota",
    "SimulatedAPI": "simulation",
}


def create_app(*arguments: Any, **options: Any) -> Starlette:
    """Return the ASGI application of a `SimulatedAPI` with these arguments."""
    from enlighten_mock.simulation import SimulatedAPI

    return SimulatedAPI(*arguments, **options).app()


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
