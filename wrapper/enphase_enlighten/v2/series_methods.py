# Generated from async_series_methods.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The sync client's methods for series of energy and power."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from ..clients.base import BaseClient
from ..data.rows import ProductionDayBySource
from .daily_series import DailySeries
from .operation_table import CONSUMPTION_LIFETIME, CONSUMPTION_STATS, ENERGY_LIFETIME, RGM_STATS, STATS

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from enlighten_v2.models import ConsumptionStatsResponse, RgmStatsResponse, StatsResponse, System

    from ..data.rows import ConsumptionDay, ConsumptionStatsRow, ProductionDay, RgmStatsRow, StatsRow
    from ..data.series import IntervalSeries
    from ..timing.instants import Instant


class SeriesMethods(BaseClient):
    """A method for each operation that gives a series."""

    @overload
    def energy_lifetime(
        self,
        system_id: int | System,
        *,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
        production: None = None,
    ) -> DailySeries[ProductionDay]: ...
    @overload
    def energy_lifetime(
        self,
        system_id: int | System,
        *,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
        production: Literal["all"],
    ) -> DailySeries[ProductionDayBySource]: ...
    def energy_lifetime(
        self,
        system_id: int | System,
        *,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
        production: Literal["all"] | None = None,
    ) -> DailySeries[ProductionDay] | DailySeries[ProductionDayBySource]:
        """Get the energy that a system produced on each day of its life.

        Spends one request. Operation ``EnergyLifetime``.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_date: The first day, in the system's timezone; by default its first day of operation.
            end_date: The last day; by default yesterday, or the last day that the system reported.
            production: ``"all"`` adds the whole series of the microinverters and of the meter.

        Returns:
            A series of rows with `date` and `production` in Wh (merged: microinverters until the first full day with a
            meter, then the meter), without gaps; with ``"all"``, `micro_production` and `meter_production` too. Empty
            when the service has nothing (204).

        Raises:
            InvalidArgumentError: An argument is not accepted, a date is in the future, or the range is backwards.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> days = client.energy_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
            >>> len(days), days[0].date.isoformat()
            (7, '2024-06-01')
        """
        return self._days(
            ENERGY_LIFETIME,
            DailySeries,
            None if production is None else ProductionDayBySource,
            system_id=system_id,
            start_date=start_date,
            end_date=end_date,
            production=production,
        )

    def consumption_lifetime(
        self,
        system_id: int | System,
        *,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
    ) -> DailySeries[ConsumptionDay]:
        """Get the energy that was consumed at a system on each day since its consumption is metered.

        Spends one request. Operation ``ConsumptionLifetime``.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_date: The first day, in the system's timezone; by default its first day of operation.
            end_date: The last day; by default yesterday, or the last day that the system reported.

        Returns:
            A series of rows with `date` and `consumption` in Wh, without gaps. Empty when the system has no
            consumption meter and the service says so (204, or a body that says it).

        Raises:
            InvalidArgumentError: An argument is not accepted, a date is in the future, or the range is backwards.
            AuthenticationError: No permission to see consumption; a system without a meter may get this too.
            EnlightenError: The response is another error or cannot be used, or there is none.

        Example:
            >>> days = client.consumption_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
            >>> total = sum(day.consumption for day in days)
        """
        return self._days(
            CONSUMPTION_LIFETIME, DailySeries, system_id=system_id, start_date=start_date, end_date=end_date
        )

    def stats(
        self,
        system_id: int | System,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[StatsRow, StatsResponse]:
        """Get power and energy of a system in intervals of 5 minutes, over any length of time.

        Fetched lazily: spends one request for each 24 hours when the iteration gets there, and one before the first
        where the system's timezone is not known yet. Gaps, such as the night, are not filled. Operation ``Stats``.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_at: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much. By default midnight
                today at the system. Rounded down to 5 minutes.
            end_at: The end, in the same forms; by default, or in the future, now.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of rows with `end_at` (aware, in the system's timezone), `powr` in W, `enwh` in Wh and
            `devices_reporting`. Its `responses()` gives the model of each window instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than a year ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than a year ago, before what the service keeps.

        Example:
            >>> for interval in client.stats(system_id, start_at="2024-06-01T10:00", end_at="2024-06-01T10:10"):
            ...     print(interval.end_at.isoformat(), interval.powr >= 0)
            2024-06-01T10:05:00-07:00 True
            2024-06-01T10:10:00-07:00 True
        """
        return self._intervals(STATS, system_id, start_at=start_at, end_at=end_at, timezone=timezone)

    def rgm_stats(
        self,
        system_id: int | System,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[RgmStatsRow, RgmStatsResponse]:
        """Get the energy of a system's revenue-grade meters in intervals of 15 minutes, over any length of time.

        Fetched lazily: spends one request for each 7 days when the iteration gets there, and one before the first
        where the system's timezone is not known yet. Empty without such a meter. Operation ``RgmStats``.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_at: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much. By default midnight
                today at the system. Rounded down to 15 minutes.
            end_at: The end, in the same forms; by default, or in the future, now.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of rows with `end_at` (aware, in the system's timezone), `wh_del` in Wh and
            `devices_reporting`, all meters together. Its `responses()` gives the model of each window instead, which
            has the single meters in `meter_intervals`.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than a year ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than a year ago, before what the service keeps.

        Example:
            >>> week = client.rgm_stats(system_id, start_at="2024-05-25", end_at="2024-06-01")
            >>> delivered = sum([interval.wh_del for interval in week])
        """
        return self._intervals(RGM_STATS, system_id, start_at=start_at, end_at=end_at, timezone=timezone)

    def consumption_stats(
        self,
        system_id: int | System,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[ConsumptionStatsRow, ConsumptionStatsResponse]:
        """Get the energy that was consumed at a system in intervals of 15 minutes, over any length of time.

        Fetched lazily: spends one request for each month when the iteration gets there, and one before the first where
        the system's timezone is not known yet. Operation ``ConsumptionStats``.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_at: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much. By default midnight
                today at the system. Rounded down to 15 minutes.
            end_at: The end, in the same forms; by default, or in the future, now.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of rows with `end_at` (aware, in the system's timezone), `enwh` in Wh and `devices_reporting`.
            Empty when the system has no consumption meter and the service says so (204, or a body that says it). Its
            `responses()` gives the model of each window instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than a year ago.
            AuthenticationError: While iterating: no permission to see consumption; a system without a meter may get
                this too.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than a year ago, before what the service keeps.

        Example:
            >>> may = client.consumption_stats(system_id, start_at="2024-05-01", end_at="2024-06-01")
            >>> consumed = sum([interval.enwh for interval in may])
        """
        return self._intervals(CONSUMPTION_STATS, system_id, start_at=start_at, end_at=end_at, timezone=timezone)
