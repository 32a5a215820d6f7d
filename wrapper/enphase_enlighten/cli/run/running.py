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
from ..charts.drawing import draw
from ..dates import WrittenRange
from ..exits import Code, CommandError, code_of, told
from ..messages import debug_traceback, say
from ..options import SeriesOptions
from ..output.destination import Destination
from ..progress import RunProgress
from ..report import Query, common_zone
from ..session import connected
from . import budget, resuming, targets
from .writing import RowWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo

    from ..options import RunOptions
    from ..report import Report, Target
    from ..session import Session

FATAL = (UsageLimitExceededError, ConfigurationError, InvalidArgumentError)
"""Errors after which no other system would fare better."""

SUSPECT = (ConnectionFailedError, RequestTimeoutError, ServerError)
"""Errors that may be about one system, or about all of them."""

PATIENCE = 3
"""So many systems in a row that fail in such a way, and the run stops."""

_TOLD = 20


@frozen
class Failure:
    """A system that failed.

    Attributes:
        system_id: Its id.
        error: Why.
        target: The system, unless it is not listed.
        reached: The interval or day of the last row before it, in a series.
    """

    system_id: int
    error: Exception
    target: Target | None = None
    reached: date | None = None

    @property
    def worth_another_try(self) -> bool:
        """Whether another request may give the rest: the error may pass, or came after rows."""
        return isinstance(self.error, SUSPECT) or self.reached is not None


@define
class RunState:
    """How far a run is.

    Attributes:
        current: The system that is under way.
        reached: The interval or day of its last row, in a series.
        begun: How many systems were begun with.
        failures: The systems that failed.
        in_a_row: How many systems failed in a suspect way since the last that did not.
        given_up: Those for which the run was given up; one error stands for all of them.
    """

    current: Target | None = None
    reached: date | None = None
    begun: int = 0
    failures: list[Failure] = field(factory=list)
    in_a_row: int = 0
    given_up: list[Failure] = field(factory=list)

    @property
    def done(self) -> int:
        """How many systems are finished, failed ones included."""
        return self.begun - (self.current is not None)


def run(report: Report, options: RunOptions, **query: Any) -> int:
    """Carry out a run, and return its exit code.

    Args:
        report: The report.
        options: The systems, the form of the rows, and where they go.
        query: Further attributes of the `Query`.

    Raises:
        CommandError: It cannot be started as it was asked for.
        EnlightenError: It failed as a whole.
    """
    targets.check(options)
    chart: Chart | None = None
    zone: tzinfo | None = None
    if isinstance(options, SeriesOptions):
        zone = targets.named_zone(options)
        query["range"] = WrittenRange.of(options, daily=report.daily)
        chart = Chart.wanted(report, options.plot)
    # A chart stands in place of the rows, unless they are asked for too.
    rows_wanted = chart is None or options.output is not None or options.file is not None
    destination = Destination(options) if rows_wanted else None
    if chart is not None and chart.file is None and destination is not None and destination.file is None:
        raise CommandError("--plot in the terminal and --output there too: give --file, or --plot FILE.png.")
    progress = RunProgress.wanted("windows" if report.window else "requests", quiet=options.quiet)
    with connected(options, on_response=progress.responded, on_wait=progress.waiting) as session:
        chosen, unlisted = targets.chosen(session.client, options, zone)
        asked = Query(session.now(), options.utc, **query)
        if chart is not None:
            chart.take_in(chosen, utc=options.utc)
        total = sum(report.requests(target, asked) for target in chosen)
        budget.confirm(total, session.client.usage, yes=options.yes)
        one_run = _OneRun(report, options, asked, session, progress, chart, destination, chosen)
        one_run.state.failures += [Failure(number, _unlisted(number)) for number in unlisted]
        with progress.running(session, total):
            stopped = one_run.carry_out()
        return one_run.end(stopped)


def _unlisted(number: int) -> CommandError:
    return CommandError(f"these credentials do not list system {number}; `enlighten systems` lists them", Code.NO_DATA)


@define
class _OneRun:
    report: Report
    options: RunOptions
    query: Query
    session: Session
    progress: RunProgress
    chart: Chart | None
    destination: Destination | None
    chosen: Sequence[Target]
    state: RunState = field(factory=RunState)
    rows: int = 0
    _writer: RowWriter | None = None

    def carry_out(self) -> BaseException | None:
        """Fetch and write everything; return what stopped it, if anything did."""
        if self.destination is not None:
            zone = common_zone(self.chosen, utc=self.options.utc)
            self._writer = RowWriter(self.destination, self.report.columns, zone, self.progress.aside)
        stopped: BaseException | None = None
        try:
            for target in self.chosen:
                self._system(target)
        except (KeyboardInterrupt, EnlightenError) as error:
            stopped = error
        except BaseException:
            # What was written is kept, whatever happened.
            self._finish(even_empty=False)
            raise
        self._finish(even_empty=stopped is None and not self.state.failures)
        return stopped

    def end(self, stopped: BaseException | None) -> int:
        """Say how the run ended, and return the exit code."""
        return self._ended() if stopped is None else self._stopped(stopped)

    def _system(self, target: Target) -> None:
        state = self.state
        state.current, state.reached = target, None
        state.begun += 1
        self.progress.begin(f"system {target.system_id}", self.report.requests(target, self.query))
        try:
            for row in self.report.rows(self.session.client, target, self.query):
                self._write(target, row)
            state.in_a_row = 0
        except FATAL:
            raise
        except (EnlightenError, CommandError) as error:
            state.failures.append(Failure(target.system_id, error, target, state.reached))
            state.in_a_row = state.in_a_row + 1 if isinstance(error, SUSPECT) else 0
            if self.options.debug:
                debug_traceback(error)
            if state.in_a_row >= PATIENCE:
                self._give_up()
                raise
        state.current = None
        self.progress.end()
        if self._writer is not None:
            self._writer.flush()

    def _give_up(self) -> None:
        """Count those that failed in a row as not done: they are to be tried again."""
        state = self.state
        state.given_up = state.failures[-state.in_a_row :]
        del state.failures[-state.in_a_row :]
        state.current = None

    def _write(self, target: Target, row: Any) -> None:
        self.rows += 1
        if self.chart is not None:
            self.chart.add(target, row)
        if self._writer is not None:
            self._writer.write(row)
        if self.report.step:
            self.state.reached = row[1]

    def _finish(self, *, even_empty: bool) -> None:
        if self._writer is not None:
            self._writer.finish(even_empty=even_empty)

    def _ended(self) -> int:
        failures = self.state.failures
        self._draw()
        if not failures:
            if not self.rows:
                say("no data: nothing was found for what was asked.")
                return Code.NO_DATA
            return Code.OK
        self._tell_failures(", the rest is written")
        if self.rows:
            self._tell_how_to_go_on()
        codes = [code_of(failure.error) for failure in failures]
        return codes[0] if len(failures) == self._systems and len(set(codes)) == 1 else Code.PARTIAL

    def _draw(self) -> None:
        if self.chart is not None and self.rows:
            draw(self.chart)

    @property
    def _systems(self) -> int:
        """How many systems were asked for, those included that are not listed."""
        return len(self.chosen) + sum(failure.target is None for failure in self.state.failures)

    def _tell_failures(self, others: str = "") -> None:
        """Tell which systems failed.

        Args:
            others: What to say of the others, if rows of them were written.
        """
        failures, systems = self.state.failures, self._systems
        if systems > 1 and failures:
            written = self.destination is not None and self.rows and len(failures) < systems
            say(f"{len(failures):,} of {systems:,} systems failed{others if written else ''}:")
        for failure in failures[:_TOLD]:
            say(f"system {failure.system_id}: {told(failure.error)}")
        if len(failures) > _TOLD:
            more = " ".join(str(failure.system_id) for failure in failures[_TOLD : 10 * _TOLD])
            say(f"and {len(failures) - _TOLD:,} more: {more}{' ...' if len(failures) > 10 * _TOLD else ''}")

    def _stopped(self, error: BaseException) -> int:
        if isinstance(error, KeyboardInterrupt):
            kept = "drawn" if self.destination is None else "written"
            say(f"interrupted: {self.state.done:,} of {len(self.chosen):,} systems done, {self.rows:,} rows {kept}.")
            code = Code.INTERRUPTED
        elif isinstance(error, InvalidArgumentError):
            raise error
        else:
            if self.options.debug:
                debug_traceback(error)
            self._tell_failures()
            say(told(error))
            code = code_of(error)
        self._tell_how_to_go_on()
        # Last, since it takes a moment, in which Ctrl-C may be pressed again.
        self._draw()
        return code

    def _tell_how_to_go_on(self) -> None:
        unfinished = self._unfinished()
        if self.destination is not None:
            lines = resuming.commands(
                self.report,
                self.options,
                self.query,
                self.destination,
                chosen=self.chosen,
                unfinished=unfinished,
                written=self.rows > 0,
            )
            for line in lines:
                say(f"go on with: {line}")
        if self.chart is not None and unfinished:
            incomplete = "the chart lacks what did not come in; " if self.rows else ""
            again = resuming.whole_chart(self.report, self.options, self.query, self.chosen)
            say(f"{incomplete}for the whole chart: {again}")

    def _unfinished(self) -> dict[Target, date | None]:
        """Return the systems whose rest may yet be fetched, and how far each of them is."""
        state = self.state
        failures = [failure for failure in (*state.failures, *state.given_up) if failure.worth_another_try]
        unfinished = {failure.target: failure.reached for failure in failures if failure.target is not None}
        if state.current is not None:
            unfinished[state.current] = state.reached
        return unfinished | dict.fromkeys(self.chosen[state.begun :])
