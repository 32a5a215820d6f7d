"""A run over systems: look them up, ask if it is a large one, fetch, write, and say what did not work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..errors import (
    ConfigurationError,
    ConnectionFailedError,
    EnlightenError,
    InvalidArgumentError,
    RequestTimeoutError,
    ServiceUnavailableError,
    UsageLimitExceededError,
)
from . import budget, resume, targets
from .charts.chart import Chart
from .exits import Code, CommandError, code_of
from .messages import debug_traceback, say
from .options import Series
from .output.destination import Destination
from .progress import Progress
from .ranges import Range
from .reports import Query
from .session import connected

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from .options import Run
    from .output.destination import Writer
    from .reports import Report
    from .session import Session
    from .targets import Target

FATAL = (UsageLimitExceededError, ConfigurationError, InvalidArgumentError)
"""Errors after which no other system would fare better."""

SUSPECT = (ConnectionFailedError, RequestTimeoutError, ServiceUnavailableError)
"""Errors that may be about one system, or about all of them."""

PATIENCE = 3
"""So many systems in a row that fail in such a way, and the run stops."""

_TOLD = 20


@define
class State:
    """How far a run has come.

    Attributes:
        current: The system that is under way.
        reached: The interval or day of its last row, in a series.
        done: How many systems are finished, failed ones included.
        failures: What failed: system id and error.
        in_a_row: How many systems failed in a suspect way since the last that did not.
    """

    current: Target | None = None
    reached: date | None = None
    done: int = 0
    failures: list[tuple[int, Exception]] = field(factory=list)
    in_a_row: int = 0


def run(report: Report, options: Run, **query: Any) -> int:
    """Carry out a run, and return its exit code.

    Args:
        report: What to show.
        options: For which systems, how, and where to.
        query: Further attributes of the `Query`.

    Raises:
        CommandError: It cannot be started as it was asked for.
        EnlightenError: It failed as a whole.
    """
    targets.check(options)
    chart: Chart | None = None
    if isinstance(options, Series):
        query["range"] = Range.of(options, daily=report.operation is None)
        chart = Chart.wanted(report, options.plot)
    # A chart stands in place of the rows, unless they are asked for too.
    rows_wanted = chart is None or options.output is not None or options.file is not None
    destination = Destination(options) if rows_wanted else None
    if chart is not None and chart.file is None and destination is not None and destination.file is None:
        raise CommandError("--plot in the terminal and --output there too: give --file, or --plot FILE.png.")
    progress = Progress.wanted("windows" if report.operation else "requests", quiet=options.quiet)
    with connected(options, on_answer=progress.answered, on_wait=progress.waiting) as session:
        chosen, unlisted = targets.chosen(session.client, options)
        asked = Query(session.now(), options.utc, **query)
        if chart is not None:
            chart.check(chosen)
        total = sum(report.requests(target, asked) for target in chosen)
        budget.confirm(total, session.client.usage, yes=options.yes)
        one_run = _OneRun(report, options, asked, session, progress, chart, destination, chosen)
        one_run.state.failures += [(number, _unlisted(number)) for number in unlisted]
        with progress.running(session, total):
            stopped = one_run.carry_out()
        return one_run.end(stopped)


def _unlisted(number: int) -> CommandError:
    return CommandError(f"these credentials do not list system {number}; `enlighten systems` lists them", Code.NO_DATA)


@define
class _OneRun:
    report: Report
    options: Run
    query: Query
    session: Session
    progress: Progress
    chart: Chart | None
    destination: Destination | None
    chosen: Sequence[Target]
    state: State = field(factory=State)
    rows: int = 0
    _writer: Writer | None = None

    def carry_out(self) -> BaseException | None:
        """Fetch and write everything; return what stopped it, if anything did."""
        if self.destination is not None:
            zone = targets.common_zone(self.chosen, utc=self.options.utc)
            self._writer = self.destination.open(self.report.columns, zone, self.progress.aside)
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
        """Say what is to be said, and return the exit code."""
        return self._ended() if stopped is None else self._stopped(stopped)

    def _system(self, target: Target) -> None:
        state = self.state
        state.current, state.reached = target, None
        self.progress.begin(f"system {target.system_id}", self.report.requests(target, self.query))
        try:
            for row in self.report.rows(self.session.client, target, self.query):
                self._write(target, row)
            state.in_a_row = 0
        except FATAL:
            raise
        except EnlightenError as error:
            state.failures.append((target.system_id, error))
            state.in_a_row = state.in_a_row + 1 if isinstance(error, SUSPECT) else 0
            if self.options.debug:
                debug_traceback(error)
            if state.in_a_row >= PATIENCE:
                self._give_up()
                raise
        state.current = None
        state.done += 1
        self.progress.end()
        if self._writer is not None:
            self._writer.flush()

    def _give_up(self) -> None:
        """Take those that failed in a row for not done: they are to be tried again."""
        state = self.state
        del state.failures[-state.in_a_row :]
        state.done -= state.in_a_row - 1
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
        if self.chart is not None and self.rows:
            self.chart.draw(self.query)
        if not failures:
            if not self.rows:
                say("no data: nothing was found for what was asked.")
                return Code.NO_DATA
            return Code.OK
        systems = len(self.chosen) + sum(isinstance(error, CommandError) for _, error in failures)
        self._tell_failures(systems)
        codes = [code_of(error) for _, error in failures]
        return codes[0] if len(failures) == systems and len(set(codes)) == 1 else Code.PARTIAL

    def _tell_failures(self, systems: int) -> None:
        failures = self.state.failures
        if systems > 1:
            say(f"{len(failures):,} of {systems:,} systems failed, the rest is written:")
        for number, error in failures[:_TOLD]:
            say(f"system {number}: {error}")
        if len(failures) > _TOLD:
            others = " ".join(str(number) for number, _ in failures[_TOLD : 10 * _TOLD])
            say(f"and {len(failures) - _TOLD:,} more: {others}{' ...' if len(failures) > 10 * _TOLD else ''}")

    def _stopped(self, error: BaseException) -> int:
        if isinstance(error, KeyboardInterrupt):
            say(f"interrupted: {self.state.done:,} of {len(self.chosen):,} systems done, {self.rows:,} rows written.")
            code = Code.INTERRUPTED
        elif isinstance(error, InvalidArgumentError):
            raise error
        else:
            if self.options.debug:
                debug_traceback(error)
            self._tell_failures(len(self.chosen))
            say(str(error))
            code = code_of(error)
        self._tell_how_to_go_on()
        return code

    def _tell_how_to_go_on(self) -> None:
        state, place = self.state, self.state.done
        if self.destination is None:
            return
        current = state.current
        remaining = self.chosen[place + 1 :] if current is not None else self.chosen[place:]
        lines = resume.commands(
            self.report,
            self.options,
            self.query,
            self.destination,
            current=current,
            reached=state.reached,
            remaining=remaining,
            written=self.rows > 0,
        )
        for line in lines:
            say(f"go on with: {line}")
