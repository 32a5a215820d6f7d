# Generated from async_site_series_methods.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The sync client's methods for intervals of energy and power of a whole system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clients.base import BaseClient
from .operation_table import (
    BATTERY_TELEMETRY,
    CONSUMPTION_METER_TELEMETRY,
    ENERGY_EXPORT_TELEMETRY,
    ENERGY_IMPORT_TELEMETRY,
    PRODUCTION_METER_TELEMETRY,
    PRODUCTION_MICRO_TELEMETRY,
    RGM_STATS,
)

if TYPE_CHECKING:
    from datetime import tzinfo

    from enlighten_v4.models import (
        BatteryTelemetryResponse,
        ConsumptionMeterTelemetryResponse,
        EnergyExportTelemetryResponse,
        EnergyImportTelemetryResponse,
        ProductionMeterTelemetryResponse,
        ProductionMicroTelemetryResponse,
        RgmStatsResponse,
        SearchedSystem,
        System,
    )

    from ..data.rows import ConsumptionStatsRow, RgmStatsRow, StatsRow
    from ..data.series import IntervalSeries
    from ..data.telemetry_rows import BatteryRow, EnergyExportRow, EnergyImportRow, ProductionMeterRow
    from ..timing.instants import Instant


class SiteSeriesMethods(BaseClient):
    """A method for each operation that gives intervals of a whole system."""

    def production_micro_telemetry(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[StatsRow, ProductionMicroTelemetryResponse]:
        """Get power and energy of a system in intervals of 5 minutes, over any length of time.

        Fetched lazily: spends one request for each week, or day where the service gives no more, when the iteration
        gets there, and one before the first where the system's timezone is not known yet. As the microinverters report
        it. Gaps, such as the night, are not filled. Operation ``ProductionMicroTelemetry``. For the plans Watt,
        Kilowatt, Megawatt, Partner.

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
            `devices_reporting`. Its `responses()` gives the model of each response instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 2 years ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than 2 years ago, before what the service keeps.

        Example:
            >>> for interval in client.production_micro_telemetry(
            ...     system_id, start_at="2024-06-01T10:00", end_at="2024-06-01T10:10"
            ... ):
            ...     print(interval.end_at.isoformat(), interval.powr >= 0)
            2024-06-01T10:05:00-07:00 True
            2024-06-01T10:10:00-07:00 True
        """
        return self._intervals(
            PRODUCTION_MICRO_TELEMETRY, system_id, start_at=start_at, end_at=end_at, timezone=timezone
        )

    stats = production_micro_telemetry
    """The same as `production_micro_telemetry`, by the name that API v2 has for it."""

    def production_meter_telemetry(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[ProductionMeterRow, ProductionMeterTelemetryResponse]:
        """Get what a system's production meters measured in intervals of 15 minutes, over any length of time.

        Fetched lazily: spends one request for each week, or day where the service gives no more, when the iteration
        gets there, and one before the first where the system's timezone is not known yet. Empty without such a meter.
        Operation ``ProductionMeterTelemetry``. For the plans Watt, Kilowatt, Megawatt, Partner.

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
            `devices_reporting`. Its `responses()` gives the model of each response instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 2 years ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than 2 years ago, before what the service keeps.

        Example:
            >>> week = client.production_meter_telemetry(system_id, start_at="2024-05-25", end_at="2024-06-01")
            >>> total = sum([interval.wh_del for interval in week])
        """
        return self._intervals(
            PRODUCTION_METER_TELEMETRY, system_id, start_at=start_at, end_at=end_at, timezone=timezone
        )

    def rgm_stats(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[RgmStatsRow, RgmStatsResponse]:
        """Get the energy of a system's revenue-grade meters in intervals of 15 minutes, over any length of time.

        Fetched lazily: spends one request for each 7 days when the iteration gets there, and one before the first
        where the system's timezone is not known yet. Empty without such a meter. Operation ``RgmStats``. For the plans
        Watt, Kilowatt, Megawatt, Partner.

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
            `devices_reporting`, all meters together. Its `responses()` gives the model of each response instead, which
            has the single meters in `meter_intervals`.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 2 years ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than 2 years ago, before what the service keeps.

        Example:
            >>> week = client.rgm_stats(system_id, start_at="2024-05-25", end_at="2024-06-01")
            >>> total = sum([interval.wh_del for interval in week])
        """
        return self._intervals(RGM_STATS, system_id, start_at=start_at, end_at=end_at, timezone=timezone)

    def consumption_meter_telemetry(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[ConsumptionStatsRow, ConsumptionMeterTelemetryResponse]:
        """Get the energy that was consumed at a system in intervals of 15 minutes, over any length of time.

        Fetched lazily: spends one request for each week, or day where the service gives no more, when the iteration
        gets there, and one before the first where the system's timezone is not known yet. Empty without a consumption
        meter. Operation ``ConsumptionMeterTelemetry``. For the plans Watt, Kilowatt, Megawatt, Partner.

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
            Its `responses()` gives the model of each response instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 2 years ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than 2 years ago, before what the service keeps.

        Example:
            >>> week = client.consumption_meter_telemetry(system_id, start_at="2024-05-25", end_at="2024-06-01")
            >>> total = sum([interval.enwh for interval in week])
        """
        return self._intervals(
            CONSUMPTION_METER_TELEMETRY, system_id, start_at=start_at, end_at=end_at, timezone=timezone
        )

    consumption_stats = consumption_meter_telemetry
    """The same as `consumption_meter_telemetry`, by the name that API v2 has for it."""

    def battery_telemetry(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[BatteryRow, BatteryTelemetryResponse]:
        """Get the energy into and out of a system's batteries in intervals of 15 minutes, over any length of time.

        Fetched lazily: spends one request for each week, or day where the service gives no more, when the iteration
        gets there, and one before the first where the system's timezone is not known yet. Operation
        ``BatteryTelemetry``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_at: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much. By default midnight
                today at the system. Rounded down to 15 minutes.
            end_at: The end, in the same forms; by default, or in the future, now.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of rows with `end_at` (aware, in the system's timezone), `charge` and `discharge` in Wh and
            `soc`, the state of charge, in percent. Its `responses()` gives the model of each response instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 2 years ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than 2 years ago, before what the service keeps.

        Example:
            >>> week = client.battery_telemetry(system_id, start_at="2024-05-25", end_at="2024-06-01")
            >>> total = sum([interval.charge for interval in week])
        """
        return self._intervals(BATTERY_TELEMETRY, system_id, start_at=start_at, end_at=end_at, timezone=timezone)

    def energy_import_telemetry(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[EnergyImportRow, EnergyImportTelemetryResponse]:
        """Get the energy that came from the grid in intervals of 15 minutes, over any length of time.

        Fetched lazily: spends one request for each week, or day where the service gives no more, when the iteration
        gets there, and one before the first where the system's timezone is not known yet. Operation
        ``EnergyImportTelemetry``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_at: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much. By default midnight
                today at the system. Rounded down to 15 minutes.
            end_at: The end, in the same forms; by default, or in the future, now.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of rows with `end_at` (aware, in the system's timezone), `wh_imported` in Wh. Its `responses()`
            gives the model of each response instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 2 years ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than 2 years ago, before what the service keeps.

        Example:
            >>> week = client.energy_import_telemetry(system_id, start_at="2024-05-25", end_at="2024-06-01")
            >>> total = sum([interval.wh_imported for interval in week])
        """
        return self._intervals(ENERGY_IMPORT_TELEMETRY, system_id, start_at=start_at, end_at=end_at, timezone=timezone)

    def energy_export_telemetry(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[EnergyExportRow, EnergyExportTelemetryResponse]:
        """Get the energy that went to the grid in intervals of 15 minutes, over any length of time.

        Fetched lazily: spends one request for each week, or day where the service gives no more, when the iteration
        gets there, and one before the first where the system's timezone is not known yet. Operation
        ``EnergyExportTelemetry``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_at: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much. By default midnight
                today at the system. Rounded down to 15 minutes.
            end_at: The end, in the same forms; by default, or in the future, now.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of rows with `end_at` (aware, in the system's timezone), `wh_exported` in Wh. Its `responses()`
            gives the model of each response instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 2 years ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than 2 years ago, before what the service keeps.

        Example:
            >>> week = client.energy_export_telemetry(system_id, start_at="2024-05-25", end_at="2024-06-01")
            >>> total = sum([interval.wh_exported for interval in week])
        """
        return self._intervals(ENERGY_EXPORT_TELEMETRY, system_id, start_at=start_at, end_at=end_at, timezone=timezone)
