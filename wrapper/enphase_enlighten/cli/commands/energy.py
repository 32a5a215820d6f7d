"""`enlighten energy` and `enlighten consumption`: energy of each day."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ...data.layouts import Kind
from ...errors import UnprocessableRequestError
from ..exits import Code, CommandError
from ..report import SYSTEM, Column, Report, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from enphase_enlighten import Enlighten

    from ..report import Query, Row, Target


def _energy(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    days: Iterable[Any]
    with _whole_days(target, query) as (start, end):
        if query.by_source:
            days = client.energy_lifetime(target.system_id, start_date=start, end_date=end, production="all")
        else:
            days = client.energy_lifetime(target.system_id, start_date=start, end_date=end)
    for day in days:
        yield target.system_id, *day


def _consumption(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    with _whole_days(target, query) as (start, end):
        days = client.consumption_lifetime(target.system_id, start_date=start, end_date=end)
    for day in days:
        yield target.system_id, *day


@contextmanager
def _whole_days(target: Target, query: Query) -> Iterator[tuple[date | None, date | None]]:
    """Give the range of days, and say in words what the service means where it rejects one that begins today.

    Raises:
        CommandError: It does so.
    """
    start, end = query.range.days(query.now, target.zone)
    try:
        yield start, end
    except UnprocessableRequestError as error:
        if start is None or start < query.now.astimezone(target.zone).date():
            raise
        raise CommandError(
            f"no day since {start} is over at this system, and a series of days begins with one that is. "
            "--from yesterday --to today has today so far.",
            Code.NO_DATA,
        ) from error


def _daily(name: str, rows: Any, *quantities: str, title: str) -> Report:
    columns = (SYSTEM[0], Column("date", Kind.DAY), *numbers(*quantities))
    return Report(name, columns, rows, daily=True, drawn=quantities, title=title)


_SOURCES = ("production", "micro_production", "meter_production")

ENERGY = _daily("energy", _energy, "production", title="Energy produced")
ENERGY_BY_SOURCE = _daily("energy", _energy, *_SOURCES, title="Energy produced, by source")
CONSUMPTION = _daily("consumption", _consumption, "consumption", title="Energy consumed")
