"""Progress on standard error, where that is a terminal: work done, rate, time left, and the quota."""

from __future__ import annotations

import math
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..timing.clock import MINUTE
from . import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.progress import Progress as RichProgress

    from enphase_enlighten import Usage

    from .session import Session

_SHORT_WAIT = 2.0
_ANY = 1000  # wider than anything shown, so that nothing is measured as already cut


class RunProgress:
    """Shows how far a run is, in a unit such as ``windows``, if standard error is a terminal; nothing if `quiet`."""

    def __init__(self, unit: str, *, quiet: bool) -> None:
        self._unit = unit
        self._shown = sys.stderr.isatty() and not quiet
        self._bar: RichProgress | None = None
        self._task: Any = None
        self._session: Session | None = None
        self._finished = self._planned = self._under_way = 0
        self._total: int | None = None

    @contextmanager
    def running(self, session: Session, total: int | None) -> Iterator[None]:
        """Show the progress of a run of so many requests while the block lasts."""
        if not self._shown:
            yield
            return
        self._session = session
        self._total = total
        self._bar = _bar(self._unit)
        self._task = self._bar.add_task("", total=total, told="", hits="", waiting="")
        try:
            with self._bar, messages.aside(self.aside):
                self._update()
                yield
        finally:
            self._bar = None

    def begin(self, description: str, planned: int) -> None:
        """Begin with a system that takes so many requests."""
        self._planned, self._under_way = planned, 0
        self._update(told=description)

    def end(self) -> None:
        """End with the present system, however many requests it took."""
        self._finished += self._planned
        self._planned = self._under_way = 0
        self._update()

    def responded(self) -> None:
        """Count a request."""
        self._under_way += 1
        self._update()

    def waiting(self, seconds: float) -> None:
        """Say that the quota, or a retry, is waited for."""
        if self._bar is not None and (seconds > _SHORT_WAIT or seconds == 0):
            self._bar.update(self._task, waiting=f"waiting {seconds:.0f} s" if seconds else "")

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let something else be written to the terminal while the block lasts, also inside of another such block."""
        if self._bar is None or not self._bar.live.is_started:
            yield
            return
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()

    def _update(self, **fields: Any) -> None:
        if self._bar is None or self._session is None:
            return
        usage = self._session.client.usage
        left = "" if usage.per_month is None else f", {max(0, usage.per_month - usage.month):,} left"
        done = self._finished + min(self._under_way, self._planned or self._under_way)
        # The rate of responses says nothing of the minutes in which no request may be sent.
        paced_until = self._bar.get_time() + _paced_seconds((self._total or 0) - done, usage)
        hits = f"{usage.month:,} hits this month{left}"
        self._bar.update(self._task, completed=done, hits=hits, paced_until=paced_until, **fields)


def _paced_seconds(requests: int, usage: Usage) -> float:
    """Return how long so many requests take at the least within the plan's limit for a minute."""
    if usage.per_minute is None:
        return 0.0
    return max(0, requests - max(0, usage.per_minute - usage.minute)) * MINUTE / usage.per_minute


def _bar(unit: str) -> RichProgress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.table import Column, Table
    from rich.text import Text

    class Rate(ProgressColumn):
        """Requests a second, or a minute where they are few."""

        def render(self, task: Task) -> Text:
            speed = task.speed or 0.0
            return Text(f"{speed:.1f}/s" if speed >= 1 or not speed else f"{speed * 60:.1f}/min")

    class TimeLeft(ProgressColumn):
        """Time left at the rate so far, or by the plan where that allows no more."""

        max_refresh = 0.5  # so that it can be read

        def render(self, task: Task) -> Text:
            if task.total is None or task.time_remaining is None:
                return Text("" if task.total is None else "--:--")
            paced = task.fields.get("paced_until", 0.0) - task.get_time()
            minutes, seconds = divmod(math.ceil(max(task.time_remaining, paced)), 60)
            hours, minutes = divmod(minutes, 60)
            return Text(f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}")

    one_line = Column(no_wrap=True)
    console = Console(stderr=True, highlight=False)
    bar, rate, counted = BarColumn(bar_width=20), Rate(one_line), TextColumn(unit, markup=False)
    told, hits = (TextColumn(f"{{task.fields[{name}]}}", markup=False) for name in ("told", "hits"))
    waiting = TextColumn("{task.fields[waiting]}", style="yellow", markup=False, table_column=one_line)
    every = (told, bar, MofNCompleteColumn(table_column=one_line), counted, rate, TimeLeft(one_line), hits, waiting)

    class Fitting(Progress):
        """Leaves out the columns that there is no room for: the bar first."""

        def make_tasks_table(self, tasks: Iterable[Task]) -> Table:
            shown, any_width = list(tasks), console.options.update(width=_ANY)
            self.columns = every
            table = super().make_tasks_table(shown)
            for column in (bar, rate, counted, hits):
                if console.measure(table, options=any_width).maximum <= console.width:
                    break
                self.columns = tuple(kept for kept in self.columns if kept is not column)
                table = super().make_tasks_table(shown)
            return table

    # Other output is not part of the progress.
    return Fitting(*every, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
