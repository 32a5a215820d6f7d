"""Scenarios: the events of a simulated API, written down in a TOML file.

now = 2024-06-01T18:00:00-07:00     # when it starts
systems = 5                         # and seed, fleet, plan, unknown_systems: as on the command line
[[outages]]                         # a system that is not connected
system_id = 67
start = 2024-06-02T10:00:00-07:00
end = 2024-06-03T16:00:00-07:00
[[faults]]                          # see `faults.Fault`
kind = "latency"
operation = "Stats"
share = 0.1
seconds = 2.0
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from enlighten_mock import faults
from enlighten_mock.world import switches

if TYPE_CHECKING:
    from enlighten_mock.faults import Fault
    from enlighten_mock.world.switches import Switches

_SETTINGS: Mapping[str, type] = {"systems": int, "seed": int, "fleet": str, "plan": str, "unknown_systems": int}
_ENDING = ".toml"
_SHIPPED = files("enlighten_mock.scenarios")


class Scenario(NamedTuple):
    """The events of a simulated API, and the arguments that it is made with.

    Attributes:
        now: When it starts, in epoch seconds, or None for the present.
        settings: Arguments of `SimulatedAPI` by name.
        outages: Periods without reports: system id, start and end in epoch seconds.
        switches: What is chosen about systems, by their id.
        faults: What goes wrong with requests.
    """

    now: float | None = None
    settings: Mapping[str, Any] = {}
    outages: tuple[tuple[int, float, float], ...] = ()
    faults: tuple[Fault, ...] = ()
    switches: Mapping[int, Switches] = {}


def load(source: str | Path) -> Scenario:
    """Return the scenario in a file, or the one of that name that comes with the package.

    Raises:
        ValueError: There is no such scenario, or it is invalid; the message says why in one line.
    """
    path = Path(source)
    shipped = _SHIPPED / f"{str(source).replace('-', '_')}{_ENDING}"
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() or not shipped.is_file() else shipped.read_text()
        return parse(tomllib.loads(text))
    except (FileNotFoundError, IsADirectoryError):
        shipped_files = (item.name for item in _SHIPPED.iterdir() if item.name.endswith(_ENDING))
        names = ", ".join(sorted(name.removesuffix(_ENDING).replace("_", "-") for name in shipped_files))
        raise ValueError(f"there is no scenario file {source}; the scenarios that come along are {names}") from None
    except OSError as error:
        raise ValueError(f"scenario {source} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise ValueError(f"scenario {source}: {error}") from None


def parse(document: Mapping[str, Any]) -> Scenario:
    """Return the scenario that a parsed TOML file describes.

    Raises:
        ValueError: It does not describe a scenario.
    """
    known = ("now", "outages", "switches", "faults", *_SETTINGS)
    for name in document:
        if name not in known:
            raise ValueError(f"there is no setting {name!r}; there are {', '.join(known)}")
    settings = {name: document[name] for name in _SETTINGS if name in document}
    for name, value in settings.items():
        if type(value) is not _SETTINGS[name]:
            raise ValueError(f"{name} cannot be {value!r}")
    return Scenario(
        now=_moment("now", document["now"]) if "now" in document else None,
        settings=settings,
        outages=tuple(_outage(entry) for entry in _tables(document, "outages")),
        faults=tuple(faults.parse(entry) for entry in _tables(document, "faults")),
        switches=_switches(_tables(document, "switches")),
    )


def _tables(document: Mapping[str, Any], name: str) -> list[Any]:
    tables = document.get(name, [])
    if not isinstance(tables, list):
        raise ValueError(f"{name} is a list of tables; write [[{name}]] above each")  # noqa: TRY004  # wrong input
    return tables


def _outage(entry: Any) -> tuple[int, float, float]:
    if not isinstance(entry, Mapping) or set(entry) != {"system_id", "start", "end"}:
        raise ValueError("an outage has system_id, start and end, and nothing else")
    if type(entry["system_id"]) is not int:
        raise ValueError(f"system_id cannot be {entry['system_id']!r}")
    return entry["system_id"], _moment("start", entry["start"]), _moment("end", entry["end"])


def _switches(entries: list[Any]) -> dict[int, Switches]:
    found: dict[int, Switches] = {}
    for entry in entries:
        if not isinstance(entry, Mapping) or type(entry.get("system_id")) is not int:
            raise ValueError("an entry of switches has a system_id, and the switches of that system")
        system_id = entry["system_id"]
        if system_id in found:
            raise ValueError(f"system {system_id} has its switches twice")
        found[system_id] = switches.parse({name: value for name, value in entry.items() if name != "system_id"})
    return found


def _moment(name: str, value: object) -> float:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"{name} must be a time with an offset, such as 2024-06-01T12:00:00Z")
    return value.timestamp()
