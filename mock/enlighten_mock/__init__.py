"""A simulated Enlighten Systems API to develop against.

`python -m enlighten_mock` serves it over HTTP; `SimulatedAPI` is the same in process:

    api = SimulatedAPI(systems=5, clock=SettableClock(datetime(2024, 6, 1, 12, tzinfo=UTC)))
    client = httpx.Client(transport=api.transport(), base_url=api.base_url)

Its responses are functions of seed, system and time; nothing is stored.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enlighten_mock.clock import Clock, RunningClock, SettableClock
    from enlighten_mock.faults import Fault
    from enlighten_mock.scenarios.scenario import Scenario
    from enlighten_mock.service.quota import Plan
    from enlighten_mock.serving.app import create_app
    from enlighten_mock.simulation import SimulatedAPI

__all__ = ["Clock", "Fault", "Plan", "RunningClock", "Scenario", "SettableClock", "SimulatedAPI", "create_app"]

_HOMES = {
    "Clock": "clock",
    "RunningClock": "clock",
    "SettableClock": "clock",
    "Fault": "faults",
    "Plan": "service.quota",
    "Scenario": "scenarios.scenario",
    "create_app": "serving.app",
    "SimulatedAPI": "simulation",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = import_module(f"{__name__}.{_HOMES[name]}")
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed; install it with pip install 'enphase-enlighten[mock]'"
        raise ModuleNotFoundError(message, name=error.name) from error
    return getattr(module, name)
