"""Choosing the systems of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...timing.instants import NO_TIMEZONES, absence_of, named_timezone
from ..exits import Code, CommandError
from ..report import Target

if TYPE_CHECKING:
    from datetime import tzinfo

    from enlighten_v2.models import System
    from enphase_enlighten import Enlighten

    from ..options import SeriesOptions, SystemOptions

_AT_ONCE = 50
"""Systems that are looked up with one request; more ids would make a URL that proxies reject."""


def check(options: SystemOptions) -> None:
    """Check the options that choose, before anything is sent."""
    if options.system and options.all:
        raise CommandError("--system and --all were both given: give one of them.")
    if not options.system and not options.all:
        raise CommandError("Which systems? Give --system ID, once or more, or --all; `enlighten systems` lists them.")
    if options.start_with is not None and not options.all:
        raise CommandError("--start-with goes with --all.")


def named_zone(options: SeriesOptions) -> tzinfo | None:
    """Return the timezone of systems whose own is not known, if one was given."""
    zone = named_timezone(options.timezone)
    if zone is None and options.timezone is not None:
        absent = absence_of(options.timezone)
        if absent == NO_TIMEZONES:
            raise CommandError(f"--timezone {options.timezone}: {absent}.")
        reason = f"; {absent}" if absent else ""
        raise CommandError(f"--timezone {options.timezone!r}: it is unknown; write it like Europe/Berlin{reason}.")
    return zone


def chosen(client: Enlighten, options: SystemOptions, timezone: tzinfo | None = None) -> tuple[list[Target], list[int]]:
    """Look up the systems that were chosen, one request for 50 or a page of all; and the ids that are not listed."""
    if options.all:
        found = [_target(system, timezone) for system in client.systems()]
        return _from(found, options.start_with), []
    wanted = list(dict.fromkeys(options.system or []))
    by_id: dict[int, Target] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        for system in client.systems(system_id=wanted[at : at + _AT_ONCE]):
            by_id[system.system_id] = _target(system, timezone)
    return [by_id[number] for number in wanted if number in by_id], [number for number in wanted if number not in by_id]


def _from(found: list[Target], first: int | None) -> list[Target]:
    if first is not None:
        ids = [target.system_id for target in found]
        if first not in ids:
            raise CommandError(f"--start-with {first}: these credentials do not list that system.", Code.NO_DATA)
        found = found[ids.index(first) :]
    if not found:
        raise CommandError("These credentials list no systems.", Code.NO_DATA)
    return found


def _target(system: System, timezone: tzinfo | None) -> Target:
    # Whatever the service sends in their place must not end the run.
    return Target(system.system_id, str(system.system_name or ""), named_timezone(system.timezone) or timezone)
