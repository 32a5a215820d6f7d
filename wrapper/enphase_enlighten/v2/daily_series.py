"""The daily series of API v2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.days import Days, DayT

if TYPE_CHECKING:
    from enlighten_v2.models import ConsumptionLifetimeResponse, EnergyLifetimeResponse, Meta


class DailySeries(Days[DayT]):
    """A series with one row a day and no gaps, in order.

    In a frame of pandas its index is `date`, a ``DatetimeIndex`` of midnights without a timezone; polars and Arrow have
    a column of dates.

    Attributes:
        name: ``production`` or ``consumption``, the quantity in Wh.
        response: The generated model that the series was read from; None when the service had no content (204).

    Example:
        >>> days = client.energy_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07", production="all")
        >>> list(days.to_pandas().columns)
        ['production_Wh', 'micro_production_Wh', 'meter_production_Wh']
    """

    response: EnergyLifetimeResponse | ConsumptionLifetimeResponse | None

    @property
    def meta(self) -> Meta | None:
        """The state of the system and the times of its last reports, if the service sent them."""
        meta: Meta | None = self._attribute("meta")
        return meta
