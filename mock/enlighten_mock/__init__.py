"""A simulated Enlighten Systems API to develop against.

`python -m enlighten_mock` serves it over HTTP; `SimulatedAPI` is the same in process:

    api = SimulatedAPI(systems=5, clock=SettableClock(datetime(2024, 6, 1, 12, tzinfo=UTC)))
    client = httpx.Client(transport=api.transport(), base_url=api.base_url)

API v4 is in the same world: `api.v4` has its `base_url`, `api_key`, `access_token` and all that a login needs.

Its responses are functions of seed, system and time; only tokens and settings are stored.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enlighten_mock.accounts.applications import Application, Owner
    from enlighten_mock.accounts.rules import TokenRules
    from enlighten_mock.clock import Clock, RunningClock, SettableClock
    from enlighten_mock.faults import Fault
    from enlighten_mock.scenarios.scenario import Scenario
    from enlighten_mock.service.quota import Plan
    from enlighten_mock.serving.app import create_app
    from enlighten_mock.simulation import SimulatedAPI
    from enlighten_mock.v4.behaviour import Behaviour

__all__ = [
    "Application",
    "Behaviour",
    "Clock",
    "Fault",
    "Owner",
    "Plan",
    "RunningClock",
    "Scenario",
    "SettableClock",
    "SimulatedAPI",
    "TokenRules",
    "create_app",
]

_HOMES = {
    "Application": "accounts.applications",
    "Behaviour": "v4.behaviour",
    "Owner": "accounts.applications",
    "TokenRules": "accounts.rules",
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
