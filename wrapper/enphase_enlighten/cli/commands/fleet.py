"""`enlighten systems`: the fleet, page by page."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING, Any

from ...timing.instants import absence_of, named_timezone
from ...v2.system_columns import META_COLUMNS, SYSTEM_COLUMNS
from ..exits import Code, Stopped
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
    names = ("status", "reference", "installer", "connection_type")
    filters: dict[str, Any] = {name: getattr(options, name) or None for name in names}
    filters |= {"system_id": options.system or None, "system_name": options.name or None}
    with connected(options, on_response=progress.responded, on_wait=progress.waiting) as session:
        # Systems are in many timezones: a Parquet column has but one.
        writer = RowWriter(destination, (*PROPERTIES, *META), UTC)
        absent: Counter[str] = Counter()
        try:
            # A list that failed is not an empty one, and must not replace a good file.
            with writer, progress.running(session, None):
                for system in session.client.systems(**filters):
                    writer.write(_row(system, utc=options.utc))
                    absent[(not options.utc and absence_of(system.timezone)) or ""] += 1
        except Stopped as stopped:
            say(f"{stopped}: {writer.saved:,} systems are written. Run again, it begins from the start.")
            return stopped.code
    for reason, number in filter(lambda counted: counted[0], absent.items()):
        say(f"the times of {number:,} system{'s' if number > 1 else ''} are in UTC: {reason}.")
    if not writer.rows:
        say("no data: these credentials list no such systems.")
        return Code.NO_DATA
    return Code.OK


def _row(system: System, *, utc: bool) -> Row:
    zone = UTC if utc else named_timezone(system.timezone) or UTC
    return *values(system, PROPERTIES, zone), *values(system.meta, META, zone)
