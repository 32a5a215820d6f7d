"""Daily series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, overload

from .frames import Frames
from .tables import Layout, row_layout

if TYPE_CHECKING:
    from .rows import (
        BatteryDay,
        ConsumptionDay,
        EnergyExportDay,
        EnergyImportDay,
        ProductionDay,
        ProductionDayBySource,
    )

DayT = TypeVar(
    "DayT",
    bound="ProductionDay | ProductionDayBySource | ConsumptionDay | BatteryDay | EnergyImportDay | EnergyExportDay",
)


class Days(Sequence[DayT], Frames):
    """What the daily series of all APIs have: `name`, the first quantity, and `response`, None without content."""

    fractional: ClassVar[bool] = False
    """Whether a fraction among whole numbers makes a column of a frame one of floats; otherwise it is null there."""

    def __init__(
        self, day: type[DayT], rows: Sequence[DayT] = (), *, response: Any = None, recent: date = date.max
    ) -> None:
        self._recent = recent
        self._fields = day._fields
        self.name = self._fields[1]
        self.response = response
        self._rows = tuple(rows)

    @property
    def start_date(self) -> date | None:
        """The first day of the series; None for a system that never produced."""
        start_date: date | None = self._attribute("start_date")
        return start_date

    @property
    def meter_start_date(self) -> date | None:
        """The first day on which the merged series comes from a meter; None without a meter."""
        meter_start_date: date | None = self._attribute("meter_start_date")
        return meter_start_date

    @property
    def end_date(self) -> date | None:
        """The last day that the service had; None where it had none.

        It may have yesterday in the evening only. A day that it did not send is never made up.
        """
        return self._rows[-1].date if self._rows else None

    @property
    def unsettled(self) -> Sequence[DayT]:
        """The last days of the series that are zero and not older than yesterday: they may still be reported."""
        zeros = takewhile(lambda row: row.date >= self._recent and not any(row[1:]), reversed(self._rows))
        return tuple(reversed(tuple(zeros)))

    def _attribute(self, name: str) -> Any:
        model = self.response
        return (model.get(name) if isinstance(model, dict) else getattr(model, name, None)) or None

    @overload
    def __getitem__(self, index: int) -> DayT: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[DayT]: ...
    def __getitem__(self, index: int | slice) -> DayT | Sequence[DayT]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.name}: {len(self)} days from {self.start_date}>"

    def _layout(self) -> Layout:
        return row_layout(self._fields, fractional=self.fractional)
