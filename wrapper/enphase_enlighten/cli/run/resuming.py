"""Going on with a run that ended early: the commands for the rest, as one would type them."""

from __future__ import annotations

import shlex
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..options import IN_TERMINAL, SeriesOptions, spelled
from ..output.destination import APPENDABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..options import RunOptions
    from ..output.destination import Destination
    from ..report import Query, Report, Target


@frozen
class Resumption:
    """The commands with which a run is gone on with."""

    report: Report
    options: RunOptions
    query: Query
    chosen: Sequence[Target]  # all systems of the run

    def commands(
        self, destination: Destination, unfinished: Mapping[Target, date | None], *, written: bool
    ) -> list[str]:
        """Return what to say of the commands that fetch the rest, each in a line."""
        parts = [
            {**_spelled(self._range(target)), **_these([target]), **_after(reached)}
            for target, reached in unfinished.items()
            if reached is not None
        ]
        untouched = [target for target, reached in unfinished.items() if reached is None]
        rest = self._last_of_all(untouched) if self.options.all else []
        # Yesterday is not the same day everywhere.
        if len({self._range(target) for target in rest}) > 1:
            rest = []
        by_range: dict[Any, list[Target]] = {}
        for target in untouched[: len(untouched) - len(rest)]:
            by_range.setdefault(self._range(target), []).append(target)
        parts += [{**_spelled(range_), **_these(targets)} for range_, targets in by_range.items()]
        if rest:
            parts.append({**_spelled(self._range(rest[0])), "start_with": rest[0].system_id})
        # They bring rows: a chart of the rest alone is of no use.
        places = _places(destination, written=written)
        lines = [self._command({**part, **place, "plot": None}) for part, place in zip(parts, places, strict=False)]
        told = [f"go on with: {line}" for line in lines]
        if told and destination.partial is not None and destination.form in APPENDABLE:
            told.append(f"and at the end: {shlex.join(['mv', str(destination.partial), str(destination.file)])}")
        return told

    def whole_chart(self) -> str:
        """Return the command that draws the chart of everything that was asked for, and no more than draws it."""
        changes: dict[str, Any] = {"output": None, "file": None, "append": False, "overwrite": False}
        ranges = {self._range(target) for target in self.chosen}
        if len(ranges) == 1:
            changes |= _spelled(ranges.pop())
        if isinstance(self.options, SeriesOptions) and self.options.plot == IN_TERMINAL:
            changes["plot"] = True
        return self._command(changes)

    def _command(self, changes: dict[str, Any]) -> str:
        return shlex.join(["enlighten", self.report.name, *spelled(self.options, **changes)])

    def _range(self, target: Target) -> tuple[Any, Any] | None:
        """Return the range of a series at a system, so that it means the same later on."""
        if not isinstance(self.options, SeriesOptions):
            return None
        return self.query.range.fixed(self.query.present(target), daily=self.report.daily)

    def _last_of_all(self, untouched: Sequence[Target]) -> Sequence[Target]:
        """Return the systems at the end of both: ``--start-with`` can name them."""
        at = len(self.chosen)
        for target in reversed(untouched):
            if target != self.chosen[at - 1]:
                break
            at -= 1
        return self.chosen[at:]


def _these(targets: Sequence[Target]) -> dict[str, Any]:
    return {"system": [target.system_id for target in targets], "all": False, "start_with": None}


def _after(reached: date | datetime) -> dict[str, Any]:
    """Begin where the rows end: an interval is named by its end, a day ends when the next one begins."""
    start = reached if isinstance(reached, datetime) else reached + timedelta(days=1)
    return {"from_": start.isoformat(), "last": None}


def _spelled(fixed: tuple[Any, Any] | None) -> dict[str, Any]:
    if fixed is None:
        return {}
    start, end = (moment.isoformat() if isinstance(moment, date) else moment for moment in fixed)
    return {"last": None, "from_": start, "to": end}


def _places(destination: Destination, *, written: bool) -> Iterator[dict[str, Any]]:
    """Return where each of the commands is to write, so that all of it is kept."""
    if not written:
        yield {}
    file, number = destination.file, 1
    in_part = {"file": destination.partial, "output": destination.form} if destination.partial else {}
    while True:
        if file is None:
            yield {}
        elif destination.form in APPENDABLE:
            yield {"append": True, "overwrite": False, **in_part}
        else:
            number += 1
            beside = file.with_stem(f"{file.stem}-{number}")
            if not beside.exists():
                yield {"file": beside, "overwrite": False}
