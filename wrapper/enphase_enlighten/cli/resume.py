"""How to go on with a run that ended early: the commands, as one would type them."""

from __future__ import annotations

import shlex
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from .options import Series, spelled
from .output.destination import ADDED_TO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .options import Run
    from .output.destination import Destination
    from .reports import Query, Report
    from .targets import Target


def commands(
    report: Report,
    options: Run,
    query: Query,
    destination: Destination,
    *,
    current: Target | None,
    reached: date | datetime | None,
    remaining: Sequence[Target],
    written: bool,
) -> list[str]:
    """Return the commands that fetch what is missing.

    Args:
        report: What was run.
        options: Its options.
        query: What was asked.
        destination: Where to.
        current: The system that was under way.
        reached: The end of its last interval, or its last day, that was written.
        remaining: The systems after it.
        written: Whether anything was written.
    """
    parts: list[tuple[Target, dict[str, Any]]] = []
    if current is not None and reached is not None:
        parts.append((current, {"system": [current.system_id], "all": False, "start_with": None, **_after(reached)}))
    elif current is not None:
        remaining = [current, *remaining]
    if remaining and options.all:
        parts.append((remaining[0], {"start_with": remaining[0].system_id}))
    elif remaining:
        parts.append((remaining[0], {"system": [target.system_id for target in remaining]}))
    result = []
    for number, (target, changes) in enumerate(parts, start=2):
        changed = {**_same_range(report, options, query, target), **changes}
        if written or number > 2:
            changed |= _beside(destination, number)
        result.append(shlex.join(["enlighten", report.name, *spelled(options, **changed)]))
    return result


def _after(reached: date | datetime) -> dict[str, Any]:
    """Begin where the rows end: an interval is named by its end, a day ends when the next one begins."""
    start = reached if isinstance(reached, datetime) else reached + timedelta(days=1)
    return {"from_": start.isoformat(), "last": None}


def _same_range(report: Report, options: Run, query: Query, target: Target) -> dict[str, Any]:
    """Mean the same range later on, although `--last` moves with the time."""
    if not isinstance(options, Series) or query.range.last is None:
        return {}
    start: date | None
    end: date | None
    if report.operation is None:
        start, end = query.range.days(query.now, target.zone)
    else:
        start, end = (
            moment and moment.replace(microsecond=0) for moment in query.range.instants(query.now, target.zone)
        )
    return {"last": None, "from_": start and start.isoformat(), "to": end and end.isoformat()}


def _beside(destination: Destination, number: int) -> dict[str, Any]:
    """Keep what was written."""
    if destination.file is None:
        return {}
    if destination.form in ADDED_TO:
        return {"append": True, "overwrite": False}
    while (file := destination.file.with_stem(f"{destination.file.stem}-{number}")).exists():
        number += 1
    return {"file": file, "overwrite": False}
