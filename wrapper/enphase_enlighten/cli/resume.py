"""How to go on with a run that ended early: the commands, as one would type them."""

from __future__ import annotations

import shlex
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from .options import Series, spelled
from .output.destination import ADDED_TO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
    chosen: Sequence[Target],
    unfinished: Mapping[Target, date | None],
    written: bool,
) -> list[str]:
    """Return the commands that fetch what is missing.

    Args:
        report: What was run.
        options: Its options.
        query: What was asked.
        destination: Where to.
        chosen: All systems that it was run for.
        unfinished: Those of which something is missing, and the end of the last interval, or the last day, that was
            written of each; None where nothing was.
        written: Whether anything was written.
    """
    parts = [
        {**_same_range(report, options, query, target), **_these([target]), **_after(reached)}
        for target, reached in unfinished.items()
        if reached is not None
    ]
    untouched = [target for target, reached in unfinished.items() if reached is None]
    rest = _last_of_all(chosen, untouched) if options.all else []
    others = untouched[: len(untouched) - len(rest)]
    if others:
        parts.append({**_same_range(report, options, query, others[0]), **_these(others)})
    if rest:
        parts.append({**_same_range(report, options, query, rest[0]), "start_with": rest[0].system_id})
    beside = _beside(destination, written=written)
    return [
        shlex.join(["enlighten", report.name, *spelled(options, **{**part, **where})])
        for part, where in zip(parts, beside, strict=False)
    ]


def _these(targets: Sequence[Target]) -> dict[str, Any]:
    return {"system": [target.system_id for target in targets], "all": False, "start_with": None}


def _last_of_all(chosen: Sequence[Target], untouched: Sequence[Target]) -> Sequence[Target]:
    """Return the systems at the end of both: ``--start-with`` can name them."""
    at = len(chosen)
    for target in reversed(untouched):
        if target != chosen[at - 1]:
            break
        at -= 1
    return chosen[at:]


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


def _beside(destination: Destination, *, written: bool) -> Iterator[dict[str, Any]]:
    """Return where each of the commands is to write, so that all of it is kept."""
    if not written:
        yield {}
    file, number = destination.file, 1
    while True:
        if file is None:
            yield {}
        elif destination.form in ADDED_TO:
            yield {"append": True, "overwrite": False}
        else:
            number += 1
            beside = file.with_stem(f"{file.stem}-{number}")
            if not beside.exists():
                yield {"file": beside, "overwrite": False}
