"""`enlighten summary`: power now and energy of a day, one row a system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...data.tables import Kind
from ..report import SYSTEM, Column, Report, numbers, times, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enphase_enlighten import Enlighten

    from ..report import Query, Row, Target


def _rows(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    day = query.moment and query.moment.day(query.present(target))
    model = client.summary(target.system_id, summary_date=day)
    yield target.system_id, target.name, *values(model, SUMMARY.columns[2:], query.zone(target))


SUMMARY = Report(
    "summary",
    (
        *SYSTEM,
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
    _rows,
)
