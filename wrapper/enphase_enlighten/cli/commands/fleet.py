"""`enlighten systems`: the fleet, page by page."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC
from typing import TYPE_CHECKING, Any

from ...timing.instants import absence_of, named_timezone
from ...v2.system_columns import META_COLUMNS, SYSTEM_COLUMNS
from ..exits import Code
from ..messages import say
from ..output.destination import Destination
from ..progress import RunProgress
from ..report import Column, values
from ..run.writing import RowWriter
from ..session import connected

if TYPE_CHECKING:
    from enlighten_v2.models import System

    from ..report import Row

_FIRST = ("system_id", "system_name", "status", "timezone", "city", "state", "country", "connection_type")
"""The columns that a table has room for."""

PROPERTIES = tuple(
    Column(name, SYSTEM_COLUMNS[name]) for name in (*_FIRST, *(name for name in SYSTEM_COLUMNS if name not in _FIRST))
)
META = tuple(Column(name, kind) for name, kind in META_COLUMNS.items() if name != "status")


def run(options: Any) -> int:
    """List the systems, and return the exit code."""
    destination = Destination(options)
    progress = RunProgress("pages", quiet=options.quiet)
    filters = {
        "system_id": options.system,
        "system_name": options.name,
        "status": options.status,
        "reference": options.reference,
        "installer": options.installer,
        "connection_type": options.connection_type,
    }
    with connected(options, on_response=progress.responded, on_wait=progress.waiting) as session:
        given: dict[str, Any] = {name: chosen or None for name, chosen in filters.items()}
        # Systems are in many timezones: a Parquet column has but one.
        writer = RowWriter(destination, (*PROPERTIES, *META), UTC, progress.aside)
        found, complete = 0, False
        absent: dict[str, int] = {}
        with progress.running(session, None):
            try:
                with suppress(KeyboardInterrupt):
                    for system in session.client.systems(**given):
                        writer.write(_row(system, utc=options.utc))
                        found += 1
                        reason = None if options.utc else absence_of(system.timezone)
                        if reason:
                            absent[reason] = absent.get(reason, 0) + 1
                    complete = True
            finally:
                # A list that failed is not an empty one, and must not replace a good file.
                writer.finish(even_empty=complete)
    for reason, number in absent.items():
        say(f"the times of {number:,} system{'s' if number > 1 else ''} are in UTC: {reason}.")
    if not complete:
        say(f"interrupted: {found:,} systems are written. Run again, it begins from the start.")
        return Code.INTERRUPTED
    if not found:
        say("no data: these credentials list no such systems.")
        return Code.NO_DATA
    return Code.OK


def _row(system: System, *, utc: bool) -> Row:
    zone = UTC if utc else named_timezone(system.timezone) or UTC
    return *values(system, PROPERTIES, zone), *values(system.meta, META, zone)
