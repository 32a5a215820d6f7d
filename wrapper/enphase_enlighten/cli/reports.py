"""What each subcommand about systems shows: its columns, and its rows from the wrapper."""

from __future__ import annotations

import warnings
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from ..credentials.masking import printable, shortened
from ..data.tables import Kind
from ..errors import DroppedValuesWarning, UnprocessableRequestError
from ..planning.windows import WindowRule, plan
from ..v2.definition import V2
from .columns import SYSTEM_ID, SYSTEM_NAME, Column, Row, numbers, texts, times, value, values
from .exits import Code, CommandError
from .ranges import Range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import tzinfo

    from enphase_enlighten import Enlighten

    from .moments import Written
    from .targets import Target

DAY = 86_400

_WATTS = {"W": 1, "kW": 1e3, "MW": 1e6}
_WATT_HOURS = {"Wh": 1, "kWh": 1e3, "MWh": 1e6, "J": 1 / 3600, "kJ": 1 / 3.6, "MJ": 1e3 / 3.6}
"""The units that the specification names and their multiples, in the unit that is shown."""


@frozen
class Query:
    """What is asked about each system.

    Attributes:
        now: The present by the service's clock, aware.
        utc: Whether times are wanted in UTC.
        range: The range of time.
        moment: The one day or time that is asked for, if any.
        by_source: Whether the series of each source of production is wanted.
    """

    now: datetime
    utc: bool = False
    range: Range = field(factory=Range)
    moment: Written | None = None
    by_source: bool = False

    def zone(self, target: Target) -> tzinfo:
        """Return the timezone to show times in."""
        return UTC if self.utc else target.zone


@frozen
class Report:
    """What a subcommand shows.

    Attributes:
        name: The subcommand.
        columns: Its columns.
        rows: Gives the rows of a system, from as many requests as it takes.
        operation: The interval operation it stands on, if it is one.
        step: Seconds from one row to the next in a series; 0 where rows are no series.
        drawn: The columns that a chart shows.
        title: What a chart shows, in words.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Enlighten, Target, Query], Iterator[Row]]
    operation: str | None = None
    step: int = 0
    drawn: tuple[str, ...] = ()
    title: str = ""

    def requests(self, target: Target, query: Query) -> int:
        """Return how many requests a system takes at most."""
        if self.operation is None:
            return 1
        rule, now = _window(self.operation), query.now.timestamp()
        start, end = query.range.instants(query.now, target.zone)
        first = datetime.combine(query.now.astimezone(target.zone), datetime.min.time(), target.zone)
        begin = max((start or first).timestamp(), rule.earliest_start(now, target.zone))
        last = min((end or query.now).timestamp(), now)
        return max(1, len(plan(rule, rule.floor(begin), last, target.zone)))


def _summary(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    day = None if query.moment is None else query.moment.day(query.now, target.zone)
    model = client.summary(target.system_id, summary_date=day)
    yield target.system_id, target.name, *values(model, SUMMARY.columns[2:], query.zone(target))


def _envoys(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    for envoy in client.envoys(target.system_id).envoys:
        yield target.system_id, target.name, *values(envoy, ENVOYS.columns[2:], query.zone(target))


def _inventory(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    model = client.inventory(target.system_id)
    for device, items in (("envoy", model.envoys), ("inverter", model.inverters), ("meter", model.meters)):
        for item in items if isinstance(items, list) else []:
            yield target.system_id, target.name, device, *values(item, INVENTORY.columns[3:], query.zone(target))


def _inverters(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    zone = query.zone(target)
    for envoy in client.inverters_summary_by_envoy_or_site(target.system_id):
        for inverter in envoy.micro_inverters:
            yield (
                target.system_id,
                target.name,
                *values(inverter, INVERTERS.columns[2:7], zone),
                _measured(inverter.power_produced, INVERTERS.columns[7], zone, _WATTS),
                _measured(inverter.energy, INVERTERS.columns[8], zone, _WATT_HOURS),
                value(envoy.signal_strength, INVERTERS.columns[9], zone),
                value(inverter.last_report_date, INVERTERS.columns[10], zone),
            )


def _measured(quantity: Any, column: Column, zone: tzinfo, units: Mapping[str, float]) -> Any:
    """Return a quantity in the column's unit: of an object with its unit, or a bare number, which older answers have.

    Args:
        quantity: What came.
        column: Its column.
        zone: The timezone to show times in.
        units: How many of the column's unit each unit is.
    """
    amount = value(getattr(quantity, "value", quantity), column, zone)
    unit = value(getattr(quantity, "units", None), Column("units"), zone)
    if amount is None or unit is None or unit == column.unit:
        return amount
    factor = units.get(str(unit))
    if factor is not None and isinstance(amount, int | float) and not isinstance(amount, bool):
        with suppress(OverflowError, ValueError):  # of a number that is infinite, or none
            return round(amount * factor)
    told = shortened(printable(str(unit)))
    # Python tells it once for each unit, not for each inverter.
    warnings.warn(
        DroppedValuesWarning(f"Null in {column.key}: what came, in {told!r}, cannot be converted."), stacklevel=1
    )
    return None


def _readings(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    moment = None if query.moment is None else query.moment.instant(query.now, target.zone)
    for reading in client.production_meter_readings(target.system_id, end_at=moment).meter_readings:
        yield target.system_id, target.name, *values(reading, READINGS.columns[2:], query.zone(target))


def _energy(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    start, end = query.range.days(query.now, target.zone)
    days: Iterable[Any]
    with _begun_with_a_whole_day(target, query):
        if query.by_source:
            days = client.energy_lifetime(target.system_id, start_date=start, end_date=end, production="all")
        else:
            days = client.energy_lifetime(target.system_id, start_date=start, end_date=end)
    for day in days:
        yield target.system_id, *day


def _consumption(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    start, end = query.range.days(query.now, target.zone)
    with _begun_with_a_whole_day(target, query):
        days = client.consumption_lifetime(target.system_id, start_date=start, end_date=end)
    for day in days:
        yield target.system_id, *day


@contextmanager
def _begun_with_a_whole_day(target: Target, query: Query) -> Iterator[None]:
    """Say in words what the service means where it refuses a daily series that begins today.

    Raises:
        CommandError: It does so.
    """
    try:
        yield
    except UnprocessableRequestError as error:
        start, _ = query.range.days(query.now, target.zone)
        if start is None or start < query.now.astimezone(target.zone).date():
            raise
        raise CommandError(
            f"no day since {start} is over at this system, and a series of days begins with one that is. "
            "--from yesterday --to today has today so far.",
            Code.NO_DATA,
        ) from error


def _intervals(method: str) -> Callable[[Enlighten, Target, Query], Iterator[Row]]:
    def rows(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
        start, end = query.range.instants(query.now, target.zone)
        for row in getattr(client, method)(target.system_id, start_at=start, end_at=end, timezone=target.timezone):
            yield target.system_id, row.end_at.astimezone(UTC) if query.utc else row.end_at, *row[1:]

    return rows


def _interval_report(name: str, method: str, operation: str, names: tuple[str, ...], title: str) -> Report:
    columns = (SYSTEM_ID, *times("end_at"), *numbers(*names, "devices_reporting"))
    return Report(name, columns, _intervals(method), operation, _window(operation).interval, names[:1], title)


SUMMARY = Report(
    "summary",
    (
        SYSTEM_ID,
        SYSTEM_NAME,
        Column("status"),
        Column("summary_date", Kind.DAY),
        *numbers("current_power", unit="W"),
        *times("last_interval_end_at"),
        *numbers("energy_today", "energy_lifetime", unit="Wh"),
        *numbers("modules"),
        *numbers("size_w", unit="W"),
        Column("source"),
        *times("last_report_at", "operational_at"),
    ),
    _summary,
)
ENVOYS = Report(
    "envoys",
    (
        SYSTEM_ID,
        SYSTEM_NAME,
        *numbers("envoy_id"),
        *texts("serial_number", "name", "part_number", "status"),
        *times("last_report_at"),
    ),
    _envoys,
)
INVENTORY = Report(
    "inventory",
    (SYSTEM_ID, SYSTEM_NAME, *texts("device", "sn", "model", "sku", "manufacturer", "status", "state")),
    _inventory,
)
INVERTERS = Report(
    "inverters",
    (
        SYSTEM_ID,
        SYSTEM_NAME,
        *numbers("id"),
        *texts("serial_number", "envoy_serial_number", "model", "status"),
        *numbers("power_produced", unit="W"),
        *numbers("energy", unit="Wh"),
        *numbers("signal_strength"),
        *times("last_report_date"),
    ),
    _inverters,
)
READINGS = Report(
    "readings",
    (SYSTEM_ID, SYSTEM_NAME, Column("serial_number"), *numbers("value", unit="Wh"), *times("read_at")),
    _readings,
)
ENERGY = Report(
    "energy",
    (SYSTEM_ID, Column("date", Kind.DAY), *numbers("production")),
    _energy,
    step=DAY,
    drawn=("production",),
    title="Energy produced",
)
ENERGY_BY_SOURCE = Report(
    "energy",
    (
        SYSTEM_ID,
        Column("date", Kind.DAY),
        *numbers("production", "micro_production", "meter_production"),
    ),
    _energy,
    step=DAY,
    drawn=("production", "micro_production", "meter_production"),
    title="Energy produced, by source",
)
CONSUMPTION = Report(
    "consumption",
    (SYSTEM_ID, Column("date", Kind.DAY), *numbers("consumption")),
    _consumption,
    step=DAY,
    drawn=("consumption",),
    title="Energy consumed",
)
STATS = _interval_report("stats", "stats", "Stats", ("powr", "enwh"), "Power produced")
RGM = _interval_report("rgm", "rgm_stats", "RgmStats", ("wh_del",), "Energy delivered, revenue-grade meters")
CONSUMPTION_STATS = _interval_report(
    "consumption", "consumption_stats", "ConsumptionStats", ("enwh",), "Energy consumed"
)


def _window(operation: str) -> WindowRule:
    window = V2.operations[operation].window
    assert window is not None  # noqa: S101 - each of these operations is a series of intervals
    return window
