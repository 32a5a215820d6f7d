"""The specification with examples of this fleet and this time, for what 'try it out' fills in."""

from __future__ import annotations

from copy import deepcopy
from itertools import islice
from typing import TYPE_CHECKING, Any

from enlighten_mock.world.days import day_at, day_start, iso_date, month_later
from enlighten_mock.world.reports import report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from enlighten_mock.simulation import SimulatedAPI
    from enlighten_mock.world.system import System

_SEARCHED = 100
_DAYS = 7
_NAMES_OF_A_SYSTEM = ("system_id", "site_id")
_KEPT = ("limit", "production")


def specification(api: SimulatedAPI) -> dict[str, Any]:
    """Return the specification of API v2, its parameters with examples whose responses have data at present.

    What has no example, such as a filter or a cursor, is then left empty by whoever fills in the examples.
    """
    document = deepcopy(dict(api.service.specification.document))
    shared = document.get("components", {}).get("parameters", {})
    values = _values(api)
    for entry in (*shared.values(), *_parameters(document)):
        if "schema" not in entry or entry["name"] in _KEPT:
            continue
        schema = entry["schema"]
        entry.pop("example", None)
        schema.pop("example", None)
        if entry["name"] in values:
            schema["example"] = values[entry["name"]]
    for path, item in document["paths"].items():
        for entry in item.get("get", {}).get("parameters", []):
            if path.endswith("/monthly_production") and entry.get("name") == "start_date" and values:
                entry["schema"]["example"] = values["month"]
    return document


def _parameters(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in document["paths"].values():
        for owner in (item, *item.values()):
            if isinstance(owner, dict):
                yield from owner.get("parameters", [])


def _values(api: SimulatedAPI) -> dict[str, Any]:
    now = api.clock.now()
    known = filter(None, map(api.fleet.system, islice(api.fleet.ids, _SEARCHED)))
    system = max(known, key=lambda candidate: _worth(candidate, now), default=None)
    if system is None:
        return {}
    timezone = system.place.timezone
    today = day_at(timezone, now)
    last = report(system, now).last_interval_at or int(now)
    return {
        **dict.fromkeys(_NAMES_OF_A_SYSTEM, system.system_id),
        "serial_num": system.envoys[0].serial_number,
        "start_at": day_start(timezone, day_at(timezone, last - 1)),
        "end_at": last,
        "start_date": iso_date(today - _DAYS),
        "end_date": iso_date(today - 1),
        "summary_date": iso_date(today),
        "month": iso_date(month_later(today, -1)),
    }


def _worth(system: System, now: float) -> tuple[bool, ...]:
    """Return what makes a system a good example, the most important first."""
    known = report(system, now)
    meter = system.consumption_meter
    return (
        known.last_interval_at is not None,
        known.status == "normal",
        any(one.in_service(now) for one in system.meters),
        meter is not None and meter.in_service(now),
    )
