"""`enlighten stats`, `enlighten rgm` and `enlighten consumption --intervals`: power and energy of each interval."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from ...planning.windows import WINDOWS
from ..report import SYSTEM, Report, numbers, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enphase_enlighten import Enlighten

    from ..report import Query, Row, Target


def _report(name: str, method: str, operation: str, *quantities: str, title: str) -> Report:
    def rows(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
        start, end = query.range.instants(query.now, target.zone)
        for row in getattr(client, method)(target.system_id, start_at=start, end_at=end, timezone=target.timezone):
            yield target.system_id, row.end_at.astimezone(UTC) if query.utc else row.end_at, *row[1:]

    columns = (SYSTEM[0], *times("end_at"), *numbers(*quantities, "devices_reporting"))
    return Report(name, columns, rows, WINDOWS[operation], drawn=quantities[:1], title=title)


STATS = _report("stats", "stats", "Stats", "powr", "enwh", title="Power produced")
RGM = _report("rgm", "rgm_stats", "RgmStats", "wh_del", title="Energy delivered, revenue-grade meters")
CONSUMPTION_STATS = _report("consumption", "consumption_stats", "ConsumptionStats", "enwh", title="Energy consumed")
