"""The daily series of API v4, whose last days may still change."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ..data.days import Days, DayT

if TYPE_CHECKING:
    from enlighten_v4.models import Meta


class DailySeries(Days[DayT]):
    """A series with one row a day and no gaps, in order, up to `end_date`, the last day that the service had.

    In a frame of pandas its index is `date`, a ``DatetimeIndex`` of midnights without a timezone; polars and Arrow have
    a column of dates.

    Attributes:
        name: The first quantity, in Wh, such as ``production``.
        response: The generated model that the series was read from; None when the service had no content.

    Example:
        >>> days = client.energy_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
        >>> days.end_date.isoformat(), list(days.to_pandas().columns)
        ('2024-06-07', ['production_Wh'])
    """

    fractional: ClassVar[bool] = True

    @property
    def meta(self) -> Meta | None:
        """The state of the system and the times of its last reports, if the service sent them."""
        meta: Meta | None = self._attribute("meta")
        return meta
