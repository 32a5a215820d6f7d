"""`enlighten energy`, `consumption`, `stats` and `rgm`: energy of each day, or of each interval."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from ...data.tables import Kind
from ...errors import UnprocessableRequestError
from ...v2 import operation_table
from ..exits import Code, CommandError
from ..report import SYSTEM, Column, Report, numbers, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enphase_enlighten import Enlighten

    from ...api import Operation
    from ..report import Query, Row, Target


def _by_day(name: str, method: str, *quantities: str, title: str, **arguments: Any) -> Report:
    def rows(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
        present = query.present(target)
        start, end = query.range.days(present)
        try:
            days = getattr(client, method)(target.system_id, start_date=start, end_date=end, **arguments)
        except UnprocessableRequestError as error:
            # In words what the service means where it rejects a series that begins today.
            if start is None or start < present.day():
                raise
            raise CommandError(
                f"no day since {start} is over at this system, and a series of days begins with one that is. "
                "--from yesterday --to today has today so far.",
                Code.NO_DATA,
            ) from error
        for day in days:
            yield target.system_id, *day

    columns = (SYSTEM[0], Column("date", Kind.DAY), *numbers(*quantities))
    return Report(name, columns, rows, daily=True, drawn=quantities, title=title)


def _by_interval(name: str, method: str, operation: Operation, *quantities: str, title: str) -> Report:
    def rows(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
        start, end = query.range.instants(query.present(target))
        for row in getattr(client, method)(target.system_id, start_at=start, end_at=end, timezone=target.timezone):
            yield target.system_id, row.end_at.astimezone(UTC) if query.utc else row.end_at, *row[1:]

    columns = (SYSTEM[0], *times("end_at"), *numbers(*quantities, "devices_reporting"))
    return Report(name, columns, rows, operation.window, drawn=quantities[:1], title=title)


ENERGY = _by_day("energy", "energy_lifetime", "production", title="Energy produced")
ENERGY_BY_SOURCE = _by_day(
    "energy",
    "energy_lifetime",
    *("production", "micro_production", "meter_production"),
    title="Energy produced, by source",
    production="all",
)
CONSUMPTION = _by_day("consumption", "consumption_lifetime", "consumption", title="Energy consumed")
STATS = _by_interval("stats", "stats", operation_table.STATS, "powr", "enwh", title="Power produced")
RGM = _by_interval(
    "rgm", "rgm_stats", operation_table.RGM_STATS, "wh_del", title="Energy delivered, revenue-grade meters"
)
CONSUMPTION_STATS = _by_interval(
    "consumption", "consumption_stats", operation_table.CONSUMPTION_STATS, "enwh", title="Energy consumed"
)
