"""Drawing a chart where it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..messages import say
from .in_files import draw_file
from .in_terminal import draw_in_terminal

if TYPE_CHECKING:
    from .chart import Chart


def draw(chart: Chart) -> None:
    """Draw a chart, in the terminal or into its file."""
    if chart.file is None:
        draw_in_terminal(chart)
    else:
        draw_file(chart, chart.file)
        say(f"the chart is in {chart.file}.")
