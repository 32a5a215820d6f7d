"""Charts in the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .chart import Chart

HEIGHT = 20
_COLOURS = (
    *("blue+", "orange", "green+", "red+", "magenta+", "cyan+"),
    *("blue", "orange+", "green", "red", "magenta", "cyan"),
)
_MARKS = ("hd", "o", "x", "*", "+", "#", "@", "%", "=", "~", "&", "$")
_TICKS = 6
_STEPS = (300, 900, 1800, 3600, 7200, 10800, 21600, 43200)
_DAYS = (1, 2, 7, 14, 31, 61, 92, 183, 366, 731, 1827)


def draw_in_terminal(chart: Chart) -> None:
    """Write the chart to standard output, as wide as the terminal; in colours where they are wanted."""
    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    sys.stdout.write(build(chart, shutil.get_terminal_size((100, 30)).columns, colours=colours))


def build(chart: Chart, width: int, *, colours: bool) -> str:
    """Return the chart as text."""
    import plotext

    factor, unit = chart.scale()
    figure = plotext.figure
    figure.clear()
    figure.theme("simple" if colours else "colorless")
    figure.plot_size(max(40, width), HEIGHT)
    legend = []
    for number, line in enumerate(chart.lines.values()):
        colour = _COLOURS[number % len(_COLOURS)] if colours else "default"
        # Without colours lines differ by their marks.
        symbol = "braille" if colours or len(chart.lines) == 1 else _MARKS[number % len(_MARKS)]
        mark = plotext.marker(symbol, colour)
        shown = "──" if symbol in ("braille", "hd") else symbol
        legend.append(f"{plotext.colorize(shown, colour) if colours else shown} {line.label}")
        for x, y in line.segments():
            kept_x, kept_y = _thinned(x, y, 4 * width)
            signal = figure.signal(list(kept_x), [value / factor for value in kept_y], marker=mark)
            figure.draw(signal.lines() if len(kept_x) > 1 else signal)
    lowest = min((min(line.y) for line in chart.lines.values() if line.y), default=0.0)
    figure.ruler("y").lim(min(0.0, lowest / factor), None)
    if (span := chart.span) is not None:
        at = marks(*span, daily=chart.report.daily)
        figure.ruler("x").ticks([moment.timestamp() for moment in at], [label(moment, span, chart) for moment in at])
    picture = str(figure.build()).rstrip("\n")
    picture = picture if colours else plotext.uncolorize(picture)
    head = f"{chart.title}\n{unit}, {chart.timezone}"
    return f"{head}\n{picture}\n{'   '.join(legend)}\n"


def _thinned(x: Sequence[float], y: Sequence[float], most: int) -> tuple[Sequence[float], Sequence[float]]:
    """Return fewer points where there are more than can be seen: the lowest and the highest of each group."""
    size = -(-len(x) // most) * 2
    if size <= 2:
        return x, y
    kept: list[int] = []
    for begin in range(0, len(x), size):
        group = range(begin, min(begin + size, len(x)))
        kept += sorted({min(group, key=y.__getitem__), max(group, key=y.__getitem__)})
    return [x[at] for at in kept], [y[at] for at in kept]


def marks(first: datetime, last: datetime, *, daily: bool) -> list[datetime]:
    """Return a few round moments between two."""
    seconds = (last - first).total_seconds()
    step = next((step for step in _STEPS if seconds / step <= _TICKS), None)
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    if step is None or daily:
        days = next((days for days in _DAYS if seconds / 86_400 / days <= _TICKS), _DAYS[-1])
        found = [midnight + timedelta(days=at) for at in range(0, int(seconds / 86_400) + 2, days)]
    else:
        # Clock time at the place: a step across a change of clocks is an hour longer or shorter.
        found = [midnight + timedelta(seconds=at) for at in range(0, int(seconds) + 2 * 86_400, step)]
    return [moment for moment in found if first <= moment <= last] or [first]


def label(moment: datetime, span: tuple[datetime, datetime], chart: Chart) -> str:
    """Return a tick's label, no longer than the range needs."""
    if chart.report.daily or (span[1] - span[0]) > timedelta(days=3):
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%H:%M}" if span[0].date() == span[1].date() else f"{moment:%m-%d %H:%M}"
