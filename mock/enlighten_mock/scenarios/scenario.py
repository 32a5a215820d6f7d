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
[behaviour]                         # of API v4, where that is not known; see `v4.behaviour`
week = "cut"
[token_rules]                       # see `accounts.rules`
access_seconds = 3600
[[applications]]                    # of API v4; see `accounts.applications`
name = "My dashboard"
client_id = "simulated-dashboard"
plan = "watt"
[[owners]]
username = "me@simulated.invalid"
systems = [66, 67]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from enlighten_mock import faults
from enlighten_mock.accounts.applications import Application, Owner
from enlighten_mock.accounts.plans import parse_plan
from enlighten_mock.accounts.rules import TokenRules
from enlighten_mock.v4.behaviour import Behaviour
from enlighten_mock.world import switches

if TYPE_CHECKING:
    from enlighten_mock.faults import Fault
    from enlighten_mock.world.switches import Switches

_SETTINGS: Mapping[str, type] = {"systems": int, "seed": int, "fleet": str, "plan": str, "unknown_systems": int}
_OF_V4 = ("behaviour", "token_rules", "applications", "owners")
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
        behaviour: Attributes of `v4.behaviour.Behaviour` by name.
        token_rules: Attributes of `accounts.rules.TokenRules` by name.
        applications: The applications of API v4; none for the usual ones.
        owners: The owners of API v4; none for the usual ones.
    """

    now: float | None = None
    settings: Mapping[str, Any] = {}
    outages: tuple[tuple[int, float, float], ...] = ()
    faults: tuple[Fault, ...] = ()
    behaviour: Mapping[str, Any] = {}
    token_rules: Mapping[str, Any] = {}
    applications: tuple[Application, ...] = ()
    owners: tuple[Owner, ...] = ()
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
    known = ("now", "outages", "switches", "faults", *_OF_V4, *_SETTINGS)
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
        behaviour=_attributes(Behaviour, document.get("behaviour", {}), "behaviour"),
        token_rules=_attributes(TokenRules, document.get("token_rules", {}), "token_rules"),
        applications=tuple(_application(entry) for entry in _tables(document, "applications")),
        owners=tuple(_owner(entry) for entry in _tables(document, "owners")),
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


def _attributes(kind: type[Any], entry: Any, name: str) -> dict[str, Any]:
    """Return a table of attributes of a dataclass, each of which has a value of its kind."""
    if not isinstance(entry, Mapping):
        raise ValueError(f"{name} is a table")  # noqa: TRY004  # wrong input
    hints = get_type_hints(kind)
    for attribute, value in entry.items():
        if attribute not in hints:
            raise ValueError(f"{name} has no {attribute!r}; it has {', '.join(hints)}")
        allowed = get_args(hints[attribute]) if get_origin(hints[attribute]) is Literal else ()
        if allowed and value not in allowed:
            raise ValueError(f"{attribute} is {' or '.join(map(str, allowed))}, not {value!r}")
        if not allowed and type(value) is not hints[attribute]:
            raise ValueError(f"{attribute} cannot be {value!r}")
    return dict(entry)


def _application(entry: Any) -> Application:
    values = _texts(entry, "application", Application)
    if "plan" in values:
        values["plan"] = parse_plan(values["plan"])
    return Application(**values)


def _owner(entry: Any) -> Owner:
    return Owner(**_texts(entry, "owner", Owner))


def _texts(entry: Any, name: str, kind: type[Any]) -> dict[str, Any]:
    """Return the attributes of an application or an owner: texts, switches, and lists of texts or numbers."""
    hints = get_type_hints(kind)
    if not isinstance(entry, Mapping):
        raise ValueError(f"an {name} is a table of its properties")  # noqa: TRY004  # wrong input
    values = dict(entry)
    for attribute, value in values.items():
        declared = str(hints.get(attribute, ""))
        if not declared:
            raise ValueError(f"an {name} has no {attribute!r}; it has {', '.join(hints)}")
        item = int if "int" in declared else str
        if "frozenset" in declared or "tuple" in declared:
            fits = isinstance(value, list) and all(type(one) is item for one in value)
            values[attribute] = (frozenset if "frozenset" in declared else tuple)(value) if fits else value
        else:
            fits = isinstance(value, bool if "bool" in declared else str)
        if not fits:
            raise ValueError(f"{attribute} of an {name} cannot be {value!r}")
    return values


def _moment(name: str, value: object) -> float:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"{name} must be a time with an offset, such as 2024-06-01T12:00:00Z")
    return value.timestamp()
