"""Columns of output: the API's names, their units, and what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..data.tables import UNITS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo


@frozen
class Column:
    """One column.

    Attributes:
        name: The API's name.
        kind: What it holds.
        unit: The unit of its numbers.
    """

    name: str
    kind: Kind = Kind.TEXT
    unit: str | None = None

    @property
    def key(self) -> str:
        """The name with the unit, as in the frames of the wrapper: ``enwh_Wh``; ``size_w`` says it itself."""
        named = self.unit is None or self.name.endswith(f"_{self.unit.lower()}")
        return self.name if named else f"{self.name}_{self.unit}"

    @property
    def heading(self) -> str:
        """The name for a table, with blanks, so that it can be wrapped."""
        return self.name.replace("_", " ")


Row = tuple[Any, ...]

SYSTEM_ID = Column("system_id", Kind.WHOLE)
SYSTEM_NAME = Column("system_name")


def texts(*names: str) -> tuple[Column, ...]:
    """Return columns of texts."""
    return tuple(Column(name) for name in names)


def times(*names: str) -> tuple[Column, ...]:
    """Return columns of instants."""
    return tuple(Column(name, Kind.TIME) for name in names)


def numbers(*names: str, unit: str | None = None) -> tuple[Column, ...]:
    """Return columns of numbers, with the unit that the wrapper knows for the name where none is given."""
    return tuple(Column(name, Kind.WHOLE, unit or UNITS.get(name)) for name in names)


def values(model: Any, columns: Iterable[Column], zone: tzinfo) -> Row:
    """Return a model's values for these columns, instants as aware datetimes in `zone`."""
    return tuple(value(getattr(model, column.name, None), column, zone) for column in columns)


def value(raw: Any, column: Column, zone: tzinfo) -> Any:
    """Return one value: None where there is none, an aware datetime for epoch seconds, else what came."""
    from enlighten_v2.types import UNSET

    from ..timing.instants import epoch_seconds, local_time

    if raw is UNSET or raw is None:
        return None
    if column.kind is Kind.TIME:
        seconds = epoch_seconds(raw)
        # The last day of year 9998 is a day in every timezone.
        return raw if seconds is None or not 0 <= seconds < 253370764800 else local_time(seconds, zone)
    return str(raw) if isinstance(raw, str) else raw
