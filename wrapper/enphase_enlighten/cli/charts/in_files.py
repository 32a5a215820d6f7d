"""Charts in files: PNG, SVG, and an HTML page that needs nothing else."""

from __future__ import annotations

import io
import warnings
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ...credentials.untrusted import html_text
from ...files import write_whole
from ..signals import held_back

if TYPE_CHECKING:
    from pathlib import Path

    from .chart import Chart

# Of Okabe and Ito, which colour-blind people can tell apart. A colour is a system, a dash a quantity.
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9")
_DASHES = ("-", "--", ":", "-.")
_SETTINGS: Any = {
    "text.parse_math": False,  # a name with dollars is no formula
    "svg.fonttype": "path",
    "font.family": ["DejaVu Sans"],
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def draw_file(chart: Chart, file: Path) -> None:
    """Write the chart into a file, in the form that its name says."""
    form = file.suffix.lower().removeprefix(".")
    content = _page(chart).encode() if form == "html" else _picture(chart, form)
    with held_back:
        write_whole(file, content)


def _picture(chart: Chart, form: str) -> bytes:
    import matplotlib as mpl
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.figure import Figure

    factor, unit = chart.scale()
    with mpl.rc_context(_SETTINGS), warnings.catch_warnings():
        # A letter that the font lacks is drawn as a box.
        warnings.filterwarnings("ignore", message="Glyph")
        figure = Figure(figsize=(10, 5), dpi=120, layout="constrained")
        axes = figure.add_subplot()
        for line in chart.lines.values():
            style: dict[str, Any] = {
                "color": _COLOURS[line.system % len(_COLOURS)],
                "linestyle": _DASHES[line.quantity + line.system // len(_COLOURS)],
                "linewidth": 1.3 if line.quantity or len(chart.drawn) == 1 else 3,
                "alpha": 1.0 if line.quantity or len(chart.drawn) == 1 else 0.4,
            }
            label: str | None = line.label
            for x, y in line.segments() if line.x else [((), ())]:
                moments: Any = [datetime.fromtimestamp(moment, UTC) for moment in x]
                # A value between two gaps is no line, and would not be seen.
                marker = "." if len(x) == 1 else None
                axes.plot(moments, [value / factor for value in y], label=label, marker=marker, **style)
                label = None
        locator: Any = AutoDateLocator(tz=chart.zone)  # type: ignore[no-untyped-call]  # has no types
        axes.xaxis.set_major_locator(locator)
        formatter: Any = ConciseDateFormatter(locator, tz=chart.zone)  # type: ignore[no-untyped-call]  # likewise
        axes.xaxis.set_major_formatter(formatter)
        axes.set_title(chart.title, loc="left")
        axes.set_xlabel(chart.timezone)
        axes.set_ylabel(f"{chart.report.title.partition(',')[0]} ({unit})")
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
        axes.grid(alpha=0.3)
        if chart.lines:
            axes.legend(loc="upper left", bbox_to_anchor=(0, -0.14), ncols=2, frameon=False, borderaxespad=0)
        buffer = io.BytesIO()
        figure.savefig(buffer, format=form)
    return buffer.getvalue()


def _page(chart: Chart) -> str:
    picture = _picture(chart, "svg").decode()
    # The declaration before the element has no place inside a page.
    picture = picture[picture.index("<svg") :]
    _, unit = chart.scale()
    title = html_text(chart.title)
    items = "\n".join(f"<li>{html_text(line.label)}</li>" for line in chart.lines.values())
    return _PAGE.format(title=title, picture=picture, unit=html_text(unit), zone=html_text(chart.timezone), items=items)


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font-family: system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }}
svg {{ width: 100%; height: auto; }}
</style>
</head>
<body>
<h1>{title}</h1>
<figure role="img" aria-label="{title}, in {unit}">
{picture}
<figcaption>In {unit}, {zone}. Where there are no values, the line is broken.
<ul>
{items}
</ul>
</figcaption>
</figure>
</body>
</html>
"""
