"""The contents of a chart: a line for each system and quantity, broken where there are no values."""

from __future__ import annotations

from array import array
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, field

from ...credentials.untrusted import one_line
from ...extras import load
from ..exits import CommandError
from ..options import IN_TERMINAL
from ..report import common_zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from ..report import Column, Report, Row, Target

MOST_LINES = 12
"""More lines than that nobody can tell apart."""

_SUFFIXES = (".png", ".svg", ".html")
_SCALES = ((1e9, "G"), (1e6, "M"), (1e3, "k"))


@define
class Line:
    """One line of a chart."""

    name: str  # in the legend
    system: int  # the place of its system among those of the chart
    quantity: int  # the place of its column among those that are drawn
    step: int  # seconds from one value to the next; where it is more, the line is broken
    x: array[float] = field(factory=lambda: array("d"))  # epoch seconds; for days, those of their midnight in UTC
    y: array[float] = field(factory=lambda: array("d"))

    @property
    def label(self) -> str:
        """The text of the legend, which says so where there is nothing to see."""
        return self.name if self.x else f"{self.name} (no values)"

    def segments(self) -> Iterator[tuple[Sequence[float], Sequence[float]]]:
        """Return the parts between gaps."""
        begin = 0
        for place in range(1, len(self.x) + 1 if self.x else 0):
            # Ends of intervals may be some seconds off the grid.
            if place == len(self.x) or self.x[place] - self.x[place - 1] > 1.5 * self.step:
                yield self.x[begin:place], self.y[begin:place]
                begin = place


@define
class Chart:
    """A chart that fills up while rows come in."""

    report: Report
    file: Path | None  # the file; None for the terminal
    lines: dict[tuple[int, str], Line] = field(factory=dict)  # its lines, by system id and column
    zone: tzinfo = UTC  # the timezone of its axis
    systems: list[Target] = field(factory=list)  # the systems that it is about

    @classmethod
    def wanted(cls, report: Report, plot: str | None) -> Chart | None:
        """Return a chart if one was asked for."""
        if plot is None:
            return None
        file = None if plot == IN_TERMINAL else Path(plot)
        if file is None:
            load("plotext", "cli", "--plot")
        elif file.suffix.lower() not in _SUFFIXES:
            raise CommandError(f"--plot {plot}: a chart's file ends in {', '.join(_SUFFIXES)}.")
        elif not file.parent.is_dir():
            raise CommandError(f"--plot {plot}: there is no folder {file.parent}.")
        else:
            load("matplotlib", "plot", "--plot")
        return cls(report, file)

    @property
    def drawn(self) -> list[tuple[int, Column]]:
        """The columns that are drawn, with their places in a row."""
        return [(at, column) for at, column in enumerate(self.report.columns) if column.name in self.report.drawn]

    def take_in(self, targets: Sequence[Target], *, utc: bool) -> None:
        """Take in which systems it is about, with times in UTC if `utc`."""
        most = MOST_LINES // len(self.report.drawn)
        if len(targets) > most:
            raise CommandError(f"--plot shows {most} systems at most, and {len(targets):,} were chosen.")
        self.systems = list(targets)
        self.zone = common_zone(targets, utc=utc or self.report.daily)
        for place, target in enumerate(self.systems):
            name = f"{target.system_id} {one_line(target.name)[:40]}".rstrip()
            for quantity, (_, column) in enumerate(self.drawn):
                label = name if len(self.drawn) == 1 else f"{name}: {column.heading}"
                self.lines[target.system_id, column.name] = Line(label, place, quantity, self.report.step)

    def add(self, target: Target, row: Row) -> None:
        """Take in a row."""
        when = row[1]
        if isinstance(when, datetime):
            x = when.timestamp()
        elif isinstance(when, date):
            x = datetime.combine(when, time(), UTC).timestamp()
        else:
            return
        for at, column in self.drawn:
            line = self.lines[target.system_id, column.name]
            if isinstance(row[at], int | float):
                line.x.append(x)
                line.y.append(row[at])

    @property
    def timezone(self) -> str:
        """The timezone of the axis, in words."""
        return "days at the system" if self.report.daily else f"time in {self.zone}"

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """The first and the last moment with a value; None where there is none."""
        filled = [line for line in self.lines.values() if line.x]
        if not filled:
            return None
        first, last = min(line.x[0] for line in filled), max(line.x[-1] for line in filled)
        return datetime.fromtimestamp(first, self.zone), datetime.fromtimestamp(last, self.zone)

    @property
    def title(self) -> str:
        """The quantity, the systems, and the first and the last day."""
        span, systems = self.span, self.systems
        subject = f"system {systems[0].system_id}" if len(systems) == 1 else f"{len(systems)} systems"
        when = "" if span is None else f", {span[0]:%Y-%m-%d} to {span[1]:%Y-%m-%d}"
        return f"{self.report.title}, {subject}{when}"

    def scale(self) -> tuple[float, str]:
        """Return what to divide values by, and the unit that they have then."""
        unit = self.drawn[0][1].unit or ""
        highest = max((max(line.y) for line in self.lines.values() if line.y), default=0.0)
        return next(((factor, prefix + unit) for factor, prefix in _SCALES if highest >= factor), (1.0, unit))
