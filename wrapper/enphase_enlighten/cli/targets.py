"""Which systems a run is about."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from attrs import frozen

from ..timing.instants import named_timezone
from .exits import Code, CommandError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enlighten_v2.models import System
    from enphase_enlighten import Enlighten

    from .options import Choice, Series

_AT_ONCE = 50
"""Systems that are looked up with one request; more ids would make a URL that proxies refuse."""


@frozen
class Target:
    """What a run needs to know of a system. Small, since there may be many thousands.

    Attributes:
        system_id: Its id.
        name: Its name.
        timezone: Its timezone; None where it is not known.
    """

    system_id: int
    name: str
    timezone: tzinfo | None

    @property
    def zone(self) -> tzinfo:
        """The timezone to show times in: UTC where its own is not known."""
        return self.timezone or UTC


def check(options: Choice) -> None:
    """Refuse a choice that cannot be meant, before anything is sent.

    Raises:
        CommandError: Neither systems nor ``--all`` are given, or both.
    """
    if options.system and options.all:
        raise CommandError("--system and --all were both given: give one of them.")
    if not options.system and not options.all:
        raise CommandError("Which systems? Give --system ID, once or more, or --all; `enlighten systems` lists them.")
    if options.start_with is not None and not options.all:
        raise CommandError("--start-with goes with --all.")


def named_zone(options: Series) -> tzinfo | None:
    """Return the timezone of systems whose own is not known, if one was given.

    Raises:
        CommandError: There is no such timezone.
    """
    zone = named_timezone(options.timezone)
    if zone is None and options.timezone is not None:
        raise CommandError(f"--timezone {options.timezone!r}: there is none of that name; write it like Europe/Berlin.")
    return zone


def chosen(client: Enlighten, options: Choice, timezone: tzinfo | None = None) -> tuple[list[Target], list[int]]:
    """Look up the systems that were chosen: one request for 50, or a page of all.

    Args:
        client: Looks them up.
        options: Which are chosen.
        timezone: That of systems whose own is not known.

    Returns:
        The systems, and the ids that these credentials do not list.

    Raises:
        CommandError: There are none.
    """
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
    # Whatever came in their place must not end the run: texts that are none are shown as they print.
    return Target(system.system_id, str(system.system_name or ""), named_timezone(system.timezone) or timezone)


def common_zone(targets: Iterable[Target], *, utc: bool) -> tzinfo:
    """Return the timezone that all have in common, UTC where they have none or `utc` is wanted."""
    zones = {target.zone for target in targets}
    return zones.pop() if len(zones) == 1 and not utc else UTC
