"""Running a report over systems: look them up, ask if it is a large run, fetch, write, and report failures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from ...errors import (
    ConfigurationError,
    ConnectionFailedError,
    EnlightenError,
    InvalidArgumentError,
    RequestTimeoutError,
    ServerError,
    UsageLimitExceededError,
)
from ..charts.chart import Chart
from ..charts.in_files import draw_file
from ..charts.in_terminal import draw_in_terminal
from ..dates import WrittenRange, parse_moment
from ..exits import Code, CommandError, Stopped, WritingError, code_of, told
from ..messages import debug_traceback, say
from ..options import SeriesOptions
from ..output.destination import Destination
from ..progress import RunProgress
from ..report import Query, Target, common_zone
from ..session import connected
from ..signals import held_back
from . import budget, targets
from .resuming import Resumption
from .writing import RowWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo

    from ..options import RunOptions
    from ..report import Report
    from ..session import Session

FATAL = (UsageLimitExceededError, ConfigurationError, InvalidArgumentError, WritingError)
"""Errors after which no other system would fare better."""

SUSPECT = (ConnectionFailedError, RequestTimeoutError, ServerError)
"""Errors that may be about one system, or about all of them."""

PATIENCE = 3
"""So many systems in a row that fail in such a way, and the run stops."""

_TOLD = 20


def run(report: Report, options: RunOptions, moment: tuple[str, str | None] = ("", None)) -> int:
    """Carry out a run, and return its exit code; `moment` is the option for one day or time, and what it was given."""
    when = None if moment[1] is None else parse_moment(moment[0], moment[1])
    targets.check(options)
    chart: Chart | None = None
    zone: tzinfo | None = None
    written_range = WrittenRange()
    if isinstance(options, SeriesOptions):
        zone = targets.named_zone(options)
        written_range = WrittenRange.of(options, daily=report.daily)
        chart = Chart.wanted(report, options.plot)
    # A chart stands in place of the rows, unless they are asked for too.
    rows_wanted = chart is None or options.output is not None or options.file is not None
    destination = Destination(options) if rows_wanted else None
    if chart is not None and chart.file is None and destination is not None and destination.file is None:
        raise CommandError("--plot in the terminal and --output there too: give --file, or --plot FILE.png.")
    progress = RunProgress("windows" if report.window else "requests", quiet=options.quiet)
    with connected(options, on_response=progress.responded, on_wait=progress.waiting) as session:
        chosen, unlisted = targets.chosen(session.client, options, zone)
        query = Query(session.now(), options.utc, written_range, when)
        if chart is not None:
            chart.take_in(chosen, utc=options.utc)
        total = sum(report.requests(target, query) for target in chosen)
        budget.confirm(total, session.client.usage, yes=options.yes)
        one_run = _OneRun(report, options, query, session, progress, chart, destination, chosen)
        one_run.failures += [_unlisted(number) for number in unlisted]
        with progress.running(session, total):
            stopped = one_run.carry_out()
        return one_run.ended() if stopped is None else one_run.stopped(stopped)


@frozen
class Failure:
    """A system that failed."""

    target: Target
    error: Exception
    reached: date | None = None  # the interval or day of the last row before it, in a series

    @property
    def worth_another_try(self) -> bool:
        """Whether another request may give the rest: the error may pass, or came after rows."""
        return isinstance(self.error, SUSPECT) or self.reached is not None


def _unlisted(number: int) -> Failure:
    message = f"these credentials do not list system {number}; `enlighten systems` lists them"
    return Failure(Target(number, "", None), CommandError(message, Code.NO_DATA))


@define
class _OneRun:
    """A run, and how far it is."""

    report: Report
    options: RunOptions
    query: Query
    session: Session
    progress: RunProgress
    chart: Chart | None
    destination: Destination | None
    chosen: Sequence[Target]
    rows: int = 0  # how many rows came
    current: Target | None = None  # the system that is under way
    reached: date | None = None  # the interval or day of its last row, in a series
    begun: int = 0  # how many systems were begun with
    failures: list[Failure] = field(factory=list)  # the systems that failed
    in_a_row: int = 0  # how many systems failed in a suspect way since the last that did not
    # One error stands for all of them.
    given_up: list[Failure] = field(factory=list)
    _writer: RowWriter | None = None
    _saved: tuple[int, Target | None, date | None] = (0, None, None)

    def carry_out(self) -> BaseException | None:
        """Fetch and write everything; return the error that stopped it, if one did."""
        if self.destination is not None:
            zone = common_zone(self.chosen, utc=self.options.utc)
            # What is not a series cannot be gone on with in the middle of a system.
            at_once = 500 if self.report.step else 0
            self._writer = RowWriter(self.destination, self.report.columns, zone, at_once=at_once)
            if self.destination.in_file:
                held_back.before_suspending = self._flush
        stopped: BaseException | None = None
        try:
            for target in self.chosen:
                self._system(target)
        except (Stopped, EnlightenError, WritingError) as error:
            stopped = error
        except BaseException:
            # Rows that were written are kept, whatever happened.
            self._finish(whole=False)
            raise
        try:
            self._finish(whole=stopped is None and not self._unfinished() and bool(self.rows or not self.failures))
        except WritingError as error:
            stopped = error
        if self._writer is not None and self._writer.saved < self.rows:
            self._forget_unsaved(self._writer.saved)
        return stopped

    def _system(self, target: Target) -> None:
        self.current, self.reached = target, None
        self.begun += 1
        self.progress.begin(f"system {target.system_id}", self.report.requests(target, self.query))
        try:
            for row in self.report.rows(self.session.client, target, self.query):
                self._take_in(target, row)
            self.in_a_row = 0
        except FATAL:
            raise
        except (EnlightenError, CommandError) as error:
            self.failures.append(Failure(target, error, self.reached))
            self.in_a_row = self.in_a_row + 1 if isinstance(error, SUSPECT) else 0
            if self.options.debug:
                debug_traceback(error)
            if self.in_a_row >= PATIENCE:
                # Those that failed in a row are not done: they are to be tried again.
                self.given_up = self.failures[-self.in_a_row :]
                del self.failures[-self.in_a_row :]
                self.current = None
                raise
        self._flush()
        self.current = None
        self._remember_saved()
        self.progress.end()

    def _take_in(self, target: Target, row: Any) -> None:
        with held_back if self._writer is None else self._writer.held_back:
            self.rows += 1
            if self.chart is not None:
                self.chart.add(target, row)
            if self._writer is not None:
                self._writer.write(row)
            if self.report.step:
                self.reached = row[1]
            self._remember_saved()

    def _flush(self) -> None:
        if self._writer is not None:
            self._writer.flush()
            self._remember_saved()

    def _remember_saved(self) -> None:
        if self._writer is not None and self._writer.saved == self.rows:
            self._saved = self.begun, self.current, self.reached

    def _forget_unsaved(self, saved: int) -> None:
        """Go back to the last row that is written."""
        self.rows, (self.begun, self.current, self.reached) = saved, self._saved
        again = self.chosen[self.begun - (self.current is not None) :]
        for failures in (self.failures, self.given_up):
            failures[:] = [failure for failure in failures if failure.target not in again]

    def _finish(self, *, whole: bool) -> None:
        if self._writer is not None:
            self._writer.finish(whole=whole)

    def ended(self) -> int:
        """Say how a run ended that was not stopped, and return the exit code."""
        if not self.failures and not self.rows:
            say("no data: nothing was found for what was asked.")
            return Code.NO_DATA
        if self.failures:
            self._tell_failures(", the rest is written")
            if self.rows:
                self._tell_how_to_go_on()
        self._draw()
        if not self.failures:
            return Code.OK
        codes = [code_of(failure.error) for failure in self.failures]
        return codes[0] if len(codes) == self._systems and len(set(codes)) == 1 else Code.PARTIAL

    def stopped(self, error: BaseException) -> int:
        """Say how a run ended that an error or Ctrl-C stopped, and return the exit code."""
        if isinstance(error, Stopped):
            kept = "drawn" if self.destination is None else "written"
            done = self.begun - (self.current is not None)
            say(f"{error}: {done:,} of {len(self.chosen):,} systems done, {self.rows:,} rows {kept}.")
            code: int = error.code
        elif isinstance(error, InvalidArgumentError):
            raise error
        else:
            if self.options.debug:
                debug_traceback(error)
            self._tell_failures()
            say(told(error))
            code = code_of(error)
        if self.rows or not isinstance(error, WritingError):
            self._tell_how_to_go_on()
        # Last, since it takes a moment, in which Ctrl-C may be pressed again.
        self._draw()
        return code

    def _draw(self) -> None:
        chart = self.chart
        if chart is not None and self.rows and chart.file is None:
            draw_in_terminal(chart)
        elif chart is not None and self.rows and chart.file is not None:
            try:
                draw_file(chart, chart.file)
            except OSError as error:
                again = Resumption(self.report, self.options, self.query, self.chosen).whole_chart()
                message = f"{chart.file} cannot be written: {error.strerror}. For the whole chart: {again}"
                raise WritingError(message) from error
            say(f"the chart is in {chart.file}.")

    @property
    def _systems(self) -> int:
        """How many systems were asked for, those included that are not listed."""
        return len({*self.chosen, *(failure.target for failure in self.failures)})

    def _tell_failures(self, others: str = "") -> None:
        """Tell which systems failed."""
        failures, systems = self.failures, self._systems
        if systems > 1 and failures:
            written = self.destination is not None and self.rows and len(failures) < systems
            say(f"{len(failures):,} of {systems:,} systems failed{others if written else ''}:")
        for failure in failures[:_TOLD]:
            say(f"system {failure.target.system_id}: {told(failure.error)}")
        if len(failures) > _TOLD:
            more = " ".join(str(failure.target.system_id) for failure in failures[_TOLD : 10 * _TOLD])
            say(f"and {len(failures) - _TOLD:,} more: {more}{' ...' if len(failures) > 10 * _TOLD else ''}")

    def _tell_how_to_go_on(self) -> None:
        resumption = Resumption(self.report, self.options, self.query, self.chosen)
        unfinished = self._unfinished()
        if self.destination is not None:
            lines = resumption.commands(self.destination, unfinished, written=self.rows > 0)
            for line in lines:
                say(line)
            self.destination.leave_note(lines)
        if self.chart is not None and unfinished:
            incomplete = "the chart is not complete; " if self.rows else ""
            say(f"{incomplete}for the whole chart: {resumption.whole_chart()}")

    def _unfinished(self) -> dict[Target, date | None]:
        """Return the systems whose rest may yet be fetched, and how far each of them is."""
        unfinished = {
            failure.target: failure.reached for failure in (*self.failures, *self.given_up) if failure.worth_another_try
        }
        if self.current is not None:
            unfinished[self.current] = self.reached
        return unfinished | dict.fromkeys(self.chosen[self.begun :])
