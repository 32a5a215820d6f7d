"""Going on with a run that ended early: the commands for the rest, as one would type them."""

from __future__ import annotations

import shlex
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ..options import IN_TERMINAL, SeriesOptions, spelled
from ..output.destination import APPENDABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..options import RunOptions
    from ..output.destination import Destination
    from ..report import Query, Report, Target


def commands(
    report: Report,
    options: RunOptions,
    query: Query,
    destination: Destination,
    *,
    chosen: Sequence[Target],
    unfinished: Mapping[Target, date | None],
    written: bool,
) -> list[str]:
    """Return the commands that fetch what is missing.

    Args:
        report: The report.
        options: Its options.
        query: The question that was asked.
        destination: Where the rows go.
        chosen: All systems that it was run for.
        unfinished: Those of which something is missing, and the end of the last interval, or the last day, that was
            written of each; None where nothing was.
        written: Whether anything was written.
    """
    parts = [
        {**_spelled_range(_range(report, options, query, target)), **_these([target]), **_after(reached)}
        for target, reached in unfinished.items()
        if reached is not None
    ]
    untouched = [target for target, reached in unfinished.items() if reached is None]
    rest = _last_of_all(chosen, untouched) if options.all else []
    # Yesterday is not the same day everywhere.
    if len({_range(report, options, query, target) for target in rest}) > 1:
        rest = []
    by_range: dict[Any, list[Target]] = {}
    for target in untouched[: len(untouched) - len(rest)]:
        by_range.setdefault(_range(report, options, query, target), []).append(target)
    parts += [{**_spelled_range(range_), **_these(targets)} for range_, targets in by_range.items()]
    if rest:
        range_ = _range(report, options, query, rest[0])
        parts.append({**_spelled_range(range_), "start_with": rest[0].system_id})
    beside = _beside(destination, written=written)
    return [
        # They bring rows: a chart of the rest alone is of no use.
        _command(report, options, {**part, **where, "plot": None})
        for part, where in zip(parts, beside, strict=False)
    ]


def whole_chart(report: Report, options: RunOptions, query: Query, chosen: Sequence[Target]) -> str:
    """Return the command that draws the chart of everything that was asked for, and no more than draws it."""
    changes: dict[str, Any] = {"output": None, "file": None, "append": False, "overwrite": False}
    ranges = {_range(report, options, query, target) for target in chosen}
    if len(ranges) == 1:
        changes |= _spelled_range(ranges.pop())
    if isinstance(options, SeriesOptions) and options.plot == IN_TERMINAL:
        changes["plot"] = True
    return _command(report, options, changes)


def _command(report: Report, options: RunOptions, changes: dict[str, Any]) -> str:
    return shlex.join(["enlighten", report.name, *spelled(options, **changes)])


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


def _range(report: Report, options: RunOptions, query: Query, target: Target) -> tuple[Any, Any] | None:
    """Return the range of a series at a system, so that it means the same later on."""
    if not isinstance(options, SeriesOptions):
        return None
    return query.range.fixed(query.now, target.zone, daily=report.daily)


def _spelled_range(fixed: tuple[Any, Any] | None) -> dict[str, Any]:
    if fixed is None:
        return {}
    start, end = (moment.isoformat() if isinstance(moment, date) else moment for moment in fixed)
    return {"last": None, "from_": start, "to": end}


def _beside(destination: Destination, *, written: bool) -> Iterator[dict[str, Any]]:
    """Return where each of the commands is to write, so that all of it is kept."""
    if not written:
        yield {}
    file, number = destination.file, 1
    while True:
        if file is None:
            yield {}
        elif destination.form in APPENDABLE:
            yield {"append": True, "overwrite": False}
        else:
            number += 1
            beside = file.with_stem(f"{file.stem}-{number}")
            if not beside.exists():
                yield {"file": beside, "overwrite": False}
