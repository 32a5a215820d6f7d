"""Reports: the systems they are about, the question that is asked of each, and the rows and columns of the result."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from ..data.tables import UNITS, Kind
from ..planning.windows import plan
from .dates import Present, WrittenRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from enphase_enlighten import Enlighten

    from ..planning.windows import WindowRule
    from .dates import Written

Row = tuple[Any, ...]

DAY = 86_400


@frozen
class Column:
    """One column."""

    name: str  # the API's name
    kind: Kind = Kind.TEXT  # what it holds
    unit: str | None = None  # the unit of its numbers

    @property
    def key(self) -> str:
        """The name with the unit, as in the frames of the library: ``enwh_Wh``; ``size_w`` says it itself."""
        named = self.unit is None or self.name.endswith(f"_{self.unit.lower()}")
        return self.name if named else f"{self.name}_{self.unit}"

    @property
    def heading(self) -> str:
        """The name for a table, with blanks, so that it can be wrapped."""
        return self.name.replace("_", " ")


def texts(*names: str) -> tuple[Column, ...]:
    """Return columns of texts."""
    return tuple(Column(name) for name in names)


def times(*names: str) -> tuple[Column, ...]:
    """Return columns of instants."""
    return tuple(Column(name, Kind.TIME) for name in names)


def numbers(*names: str, unit: str | None = None) -> tuple[Column, ...]:
    """Return columns of numbers, with the unit that the library knows for the name where none is given."""
    return tuple(Column(name, Kind.WHOLE, unit or UNITS.get(name)) for name in names)


def values(model: Any, columns: Iterable[Column], zone: tzinfo) -> Row:
    """Return a model's values for these columns, instants as aware datetimes in `zone`."""
    return tuple(value(getattr(model, column.name, None), column, zone) for column in columns)


def value(raw: Any, column: Column, zone: tzinfo) -> Any:
    """Return one value: None where there is none, an aware datetime for epoch seconds, any other as it is."""
    from enlighten_v2.types import UNSET

    from ..timing.numbers import epoch_seconds

    if raw is UNSET or raw is None:
        return None
    if column.kind is Kind.TIME:
        seconds = epoch_seconds(raw)
        # The last day of year 9998 is a day in every timezone.
        return raw if seconds is None or not 0 <= seconds < 253370764800 else datetime.fromtimestamp(seconds, zone)
    return str(raw) if isinstance(raw, str) else raw


SYSTEM = (Column("system_id", Kind.WHOLE), Column("system_name"))
"""The columns that a row about a system begins with."""


@frozen
class Target:
    """What a run needs to know of a system. Small, since there may be many thousands."""

    system_id: int
    name: str
    timezone: tzinfo | None  # None where it is not known

    @property
    def zone(self) -> tzinfo:
        """The timezone to show times in: UTC where its own is not known."""
        return self.timezone or UTC


def common_zone(targets: Iterable[Target], *, utc: bool) -> tzinfo:
    """Return the timezone that all have in common, UTC where they have none or `utc` is wanted."""
    zones = {target.zone for target in targets}
    return zones.pop() if len(zones) == 1 and not utc else UTC


@frozen
class Query:
    """The question that is asked of each system."""

    now: datetime  # by the service's clock, aware
    utc: bool = False  # whether times are wanted in UTC
    range: WrittenRange = field(factory=WrittenRange)
    moment: Written | None = None  # the one day or time that is asked for, if any

    def zone(self, target: Target) -> tzinfo:
        """Return the timezone to show times in."""
        return UTC if self.utc else target.zone

    def present(self, target: Target) -> Present:
        """Return the present at a system."""
        return Present(self.now, target.zone)


@frozen
class Report:
    """What a subcommand shows."""

    name: str  # the subcommand
    columns: tuple[Column, ...]
    # Gives the rows of a system, from as many requests as it takes.
    rows: Callable[[Enlighten, Target, Query], Iterator[Row]]
    window: WindowRule | None = None  # how much one request of it covers, if it is a series of intervals
    daily: bool = False  # whether it is a series of days
    drawn: tuple[str, ...] = ()  # the columns that a chart shows
    title: str = ""  # what a chart shows, in words

    @property
    def step(self) -> int:
        """Seconds from one row to the next in a series; 0 where rows are not a series."""
        return DAY if self.daily else self.window.interval if self.window else 0

    def requests(self, target: Target, query: Query) -> int:
        """Return how many requests a system takes at most."""
        rule, present, now = self.window, query.present(target), query.now.timestamp()
        if rule is None:
            return 1
        start, end = query.range.instants(present)
        begin = max((start or present.begin(present.day())).timestamp(), rule.earliest_start(now, target.zone))
        last = min((end or query.now).timestamp(), now)
        return max(1, len(plan(rule, rule.floor(begin), last, target.zone)))
