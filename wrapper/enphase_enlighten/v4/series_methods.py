# Generated from async_series_methods.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The sync client's methods for series of energy, power and events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from ..clients.base import BaseClient
from ..data.rows import ProductionDayBySource
from .daily_series import DailySeries
from .event_series import Alarms, Events
from .operation_table import (
    ACB_TELEMETRY,
    ALARMS,
    BATTERY_LIFETIME,
    BATTERY_TELEMETRY,
    CONSUMPTION_LIFETIME,
    CONSUMPTION_METER_TELEMETRY,
    ENCHARGE_TELEMETRY,
    ENERGY_EXPORT_LIFETIME,
    ENERGY_EXPORT_TELEMETRY,
    ENERGY_IMPORT_LIFETIME,
    ENERGY_IMPORT_TELEMETRY,
    ENERGY_LIFETIME,
    EV_CHARGER_LIFETIME,
    EV_CHARGER_TELEMETRY,
    EVENTS,
    EVSE_LIFETIME,
    EVSE_TELEMETRY,
    HP_LIFETIME,
    HP_TELEMETRY,
    MICRO_TELEMETRY,
    MICROS_TELEMETRY,
    PRODUCTION_METER_TELEMETRY,
    PRODUCTION_MICRO_TELEMETRY,
    RGM_STATS,
)

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from enlighten_v4.models import (
        AcbTelemetryResponse,
        BatteryTelemetryResponse,
        ConsumptionMeterTelemetryResponse,
        EnchargeTelemetryResponse,
        EnergyExportTelemetryResponse,
        EnergyImportTelemetryResponse,
        EvChargerTelemetryResponse,
        EvseTelemetryResponse,
        HpTelemetryResponse,
        MicrosTelemetryResponse,
        MicroTelemetryResponse,
        ProductionMeterTelemetryResponse,
        ProductionMicroTelemetryResponse,
        RgmStatsResponse,
        SearchedSystem,
        System,
    )

    from ..data.rows import (
        BatteryDay,
        ConsumptionDay,
        ConsumptionStatsRow,
        EnergyExportDay,
        EnergyImportDay,
        ProductionDay,
        RgmStatsRow,
        StatsRow,
    )
    from ..data.series import IntervalSeries
    from ..data.telemetry_rows import (
        BatteryRow,
        ConsumedRow,
        EnergyExportRow,
        EnergyImportRow,
        EvChargerRow,
        MicroRow,
        MicrosRow,
        ProductionMeterRow,
    )
    from ..timing.instants import Instant


class SeriesMethods(BaseClient):
    """A method for each operation that gives a series."""

    def events(
        self,
        system_id: int | System | SearchedSystem,
        start_time: Instant,
        *,
        end_time: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> Events:
        """List what happened at a system in a range of time, each event once.

        Fetched lazily: spends one request for each 7 days when the iteration gets there, and one before the first
        where the system's timezone is not known yet. The service keeps events for nine months, or for six: where it
        refuses the older ones, the events of the last six months come. Operation ``Events``. For the plans Watt,
        Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_time: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much.
            end_time: The end, in the same forms; by default, or in the future, now.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of `Event` models; times in them are epoch seconds. Its `responses()` gives the model of each
            window instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 9 months ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins before what the service keeps, which is 9 months at most.

        Example:
            >>> for event in client.events(system_id, "2024-05-01", end_time="2024-06-01"):
            ...     kind, begun = event.event_type_id, event.event_start_time
        """
        events: Events = self._events(
            EVENTS,
            ("event_type_id", "event_start_time", "serial_number"),
            Events,
            system_id,
            start_time=start_time,
            end_time=end_time,
            timezone=timezone,
        )
        return events

    def alarms(
        self,
        system_id: int | System | SearchedSystem,
        start_time: Instant,
        *,
        end_time: Instant | None = None,
        cleared: bool | None = None,
        timezone: str | tzinfo | None = None,
    ) -> Alarms:
        """List the alarms of a system in a range of time, each alarm once.

        Fetched lazily: spends one request for each 7 days when the iteration gets there, and one before the first
        where the system's timezone is not known yet. The service keeps alarms for nine months, or for six: where it
        refuses the older ones, the alarms of the last six months come. Operation ``Alarms``. For the plans Watt,
        Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_time: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much.
            end_time: The end, in the same forms; by default, or in the future, now.
            cleared: Whether alarms that are over are listed instead of those that are not.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of `Alarm` models; times in them are epoch seconds, `severity` is from 1, fatal, to 6. Its
            `responses()` gives the model of each window instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 9 months ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins before what the service keeps, which is 9 months at most.

        Example:
            >>> for alarm in client.alarms(system_id, "2024-05-01", end_time="2024-06-01", cleared=True):
            ...     begun, severity = alarm.alarm_start_time, alarm.severity
        """
        events: Alarms = self._events(
            ALARMS,
            ("id",),
            Alarms,
            system_id,
            start_time=start_time,
            end_time=end_time,
            cleared=cleared,
            timezone=timezone,
        )
        return events

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

    def micro_telemetry(
        self,
        system_id: int | System | SearchedSystem,
        serial_no: str,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[MicroRow, MicroTelemetryResponse]:
        """Get power and energy of a microinverter in intervals of 5 minutes, over any length of time.

        Fetched lazily: spends one request for each week, or day where the service gives no more, when the iteration
        gets there, and one before the first where the system's timezone is not known yet. Gaps, such as the night, are
        not filled. Operation ``MicroTelemetry``. For the plans Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            serial_no: The serial number of the microinverter.
            start_at: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much. By default midnight
                today at the system. Rounded down to 5 minutes.
            end_at: The end, in the same forms; by default, or in the future, now.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of rows with `end_at` (aware, in the system's timezone), `powr` in W and `enwh` in Wh. Its
            `responses()` gives the model of each response instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 2 years ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than 2 years ago, before what the service keeps.

        Example:
            >>> serial_no = next(row.serial_number for row in client.devices(system_id) if row.kind == "micros")
            >>> week = client.micro_telemetry(system_id, serial_no, start_at="2024-05-25", end_at="2024-06-01")
            >>> total = sum([interval.enwh for interval in week])
        """
        return self._intervals(
            MICRO_TELEMETRY, system_id, serial_no=serial_no, start_at=start_at, end_at=end_at, timezone=timezone
        )

    def micros_telemetry(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[MicrosRow, MicrosTelemetryResponse]:
        """Get power and energy of each microinverter in intervals of 5 minutes, over any length of time.

        Fetched lazily: spends one request for each week, or day where the service gives no more, when the iteration
        gets there, and one before the first where the system's timezone is not known yet. That is one request for each
        20 microinverters as well: 3 a week for a system of 50, and 159 for a year of it. Gaps, such as the night, are
        not filled. Operation ``MicrosTelemetry``. For the plans Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_at: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much. By default midnight
                today at the system. Rounded down to 5 minutes.
            end_at: The end, in the same forms; by default, or in the future, now.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of rows with `end_at` (aware, in the system's timezone), `serial_number`, `powr` in W and
            `enwh` in Wh, in the order of time. Its `responses()` gives the model of each response instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 2 years ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than 2 years ago, before what the service keeps.

        Example:
            >>> week = client.micros_telemetry(system_id, start_at="2024-06-01", end_at="2024-06-02")
            >>> total = sum([interval.enwh for interval in week])
        """
        return self._intervals(MICROS_TELEMETRY, system_id, start_at=start_at, end_at=end_at, timezone=timezone)

    def encharge_telemetry(
        self,
        system_id: int | System | SearchedSystem,
        serial_no: str,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[BatteryRow, EnchargeTelemetryResponse]:
        """Get the energy into and out of a battery in intervals of 15 minutes, over any length of time.

        Fetched lazily: spends one request for each week, or day where the service gives no more, when the iteration
        gets there, and one before the first where the system's timezone is not known yet. Operation
        ``EnchargeTelemetry``. For the plans Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            serial_no: The serial number of the battery.
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
            >>> week = client.encharge_telemetry(system_id, serial_no, start_at="2024-05-25", end_at="2024-06-01")
            >>> total = sum([interval.charge for interval in week])
        """
        return self._intervals(
            ENCHARGE_TELEMETRY, system_id, serial_no=serial_no, start_at=start_at, end_at=end_at, timezone=timezone
        )

    def acb_telemetry(
        self,
        system_id: int | System | SearchedSystem,
        serial_no: str,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[BatteryRow, AcbTelemetryResponse]:
        """Get the energy of an AC battery in intervals of 15 minutes. Deprecated by the service.

        Fetched lazily: spends one request for each week, or day where the service gives no more, when the iteration
        gets there, and one before the first where the system's timezone is not known yet. Operation ``AcbTelemetry``.
        For the plans Kilowatt, Megawatt, Partner. Known from second-hand sources alone. Emits a `DeprecationWarning`.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            serial_no: The serial number of the battery.
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
            >>> week = client.acb_telemetry(system_id, serial_no, start_at="2024-05-25", end_at="2024-06-01")
            >>> total = sum([interval.charge for interval in week])
        """
        return self._intervals(
            ACB_TELEMETRY, system_id, serial_no=serial_no, start_at=start_at, end_at=end_at, timezone=timezone
        )

    def evse_telemetry(
        self,
        system_id: int | System | SearchedSystem,
        serial_no: str,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        interval_duration: Literal["5mins", "15mins"] | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[ConsumedRow, EvseTelemetryResponse]:
        """Get the energy of an EV charger in intervals of 15 or 5 minutes, over any length of time.

        Fetched lazily: spends one request for each week, or day where the service gives no more, when the iteration
        gets there, and one before the first where the system's timezone is not known yet. Operation ``EvseTelemetry``.
        For the plans Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            serial_no: The serial number of the charger.
            start_at: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much. By default midnight
                today at the system. Rounded down to 15 minutes.
            end_at: The end, in the same forms; by default, or in the future, now.
            interval_duration: The length of the intervals; ``"5mins"`` only where the system reports that often. By
                default 15 minutes.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of rows with `end_at` (aware, in the system's timezone), `wh_consumed` in Wh, below 0 where a
            car fed energy back. Its `responses()` gives the model of each response instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 2 years ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than 2 years ago, before what the service keeps.

        Example:
            >>> week = client.evse_telemetry(system_id, serial_no, start_at="2024-05-25", end_at="2024-06-01")
            >>> total = sum([interval.wh_consumed for interval in week])
        """
        return self._intervals(
            EVSE_TELEMETRY,
            system_id,
            serial_no=serial_no,
            start_at=start_at,
            end_at=end_at,
            interval_duration=interval_duration,
            timezone=timezone,
        )

    def hp_telemetry(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        interval_duration: Literal["5mins", "15mins"] | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[ConsumedRow, HpTelemetryResponse]:
        """Get the energy of a system's heat pump in intervals of 15 or 5 minutes, over any length of time.

        Fetched lazily: spends one request for each week, or day where the service gives no more, when the iteration
        gets there, and one before the first where the system's timezone is not known yet. Operation ``HpTelemetry``.
        For the plans Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_at: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much. By default midnight
                today at the system. Rounded down to 15 minutes.
            end_at: The end, in the same forms; by default, or in the future, now.
            interval_duration: The length of the intervals; ``"5mins"`` only where the system reports that often. By
                default 15 minutes.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of rows with `end_at` (aware, in the system's timezone), `wh_consumed` in Wh. Its `responses()`
            gives the model of each response instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 2 years ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than 2 years ago, before what the service keeps.

        Example:
            >>> week = client.hp_telemetry(system_id, start_at="2024-05-25", end_at="2024-06-01")
            >>> total = sum([interval.wh_consumed for interval in week])
        """
        return self._intervals(
            HP_TELEMETRY,
            system_id,
            start_at=start_at,
            end_at=end_at,
            interval_duration=interval_duration,
            timezone=timezone,
        )

    def ev_charger_telemetry(
        self,
        system_id: int | System | SearchedSystem,
        serial_no: str,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> IntervalSeries[EvChargerRow, EvChargerTelemetryResponse]:
        """Get the energy of an EV charger in intervals of 15 minutes, over any length of time.

        Fetched lazily: spends one request for each week, or day where the service gives no more, when the iteration
        gets there, and one before the first where the system's timezone is not known yet. For chargers of Enphase;
        those of others have `evse_telemetry`. Operation ``EvChargerTelemetry``. For the plans Watt, Kilowatt,
        Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            serial_no: The serial number of the charger.
            start_at: The beginning: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime
                or a string without an offset are times at the system. A local time that the clocks repeat is the first
                of the two unless its ``fold`` is 1, one that they skip is moved on by as much. By default midnight
                today at the system. Rounded down to 15 minutes.
            end_at: The end, in the same forms; by default, or in the future, now.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            An iterable of rows with `end_at` (aware, in the system's timezone), `consumption` in Wh. Its `responses()`
            gives the model of each response instead.

        Raises:
            InvalidArgumentError: An argument is not accepted, the range begins in the future, is backwards, or ends
                more than 2 years ago.
            EnlightenError: While iterating: the timezone or a window cannot be fetched.

        Warns:
            MissingHistoryWarning: The range begins more than 2 years ago, before what the service keeps.

        Example:
            >>> week = client.ev_charger_telemetry(system_id, serial_no, start_at="2024-05-25", end_at="2024-06-01")
            >>> total = sum([interval.consumption for interval in week])
        """
        return self._intervals(
            EV_CHARGER_TELEMETRY, system_id, serial_no=serial_no, start_at=start_at, end_at=end_at, timezone=timezone
        )

    @overload
    def energy_lifetime(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
        production: None = None,
    ) -> DailySeries[ProductionDay]: ...
    @overload
    def energy_lifetime(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
        production: Literal["all"],
    ) -> DailySeries[ProductionDayBySource]: ...
    def energy_lifetime(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
        production: Literal["all"] | None = None,
    ) -> DailySeries[ProductionDay] | DailySeries[ProductionDayBySource]:
        """Get the energy that a system produced on each day of its life.

        Spends one request. The service may have yesterday in the evening only: `end_date` of the series is its last
        day. Operation ``EnergyLifetime``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_date: The first day, in the system's timezone; by default its first day of operation.
            end_date: The last day; by default yesterday, or the last day that the system reported.
            production: ``"all"`` adds the whole series of the microinverters and of the meter.

        Returns:
            A series of rows with `date` and `production` in Wh (merged: microinverters until the first full day with a
            meter, then the meter); with ``"all"``, `micro_production` and `meter_production` too, without gaps. Empty
            when the service has nothing.

        Raises:
            InvalidArgumentError: An argument is not accepted, a date is in the future, or the range is backwards.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> days = client.energy_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
            >>> total = sum(day.production for day in days)
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
        system_id: int | System | SearchedSystem,
        *,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
    ) -> DailySeries[ConsumptionDay]:
        """Get the energy that was consumed at a system on each day since its consumption is metered.

        Spends one request. The service may have yesterday in the evening only: `end_date` of the series is its last
        day. Operation ``ConsumptionLifetime``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_date: The first day, in the system's timezone; by default its first day of operation.
            end_date: The last day; by default yesterday, or the last day that the system reported.

        Returns:
            A series of rows with `date` and `consumption` in Wh, without gaps. Empty when the service has nothing.

        Raises:
            InvalidArgumentError: An argument is not accepted, a date is in the future, or the range is backwards.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> days = client.consumption_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
            >>> total = sum(day.consumption for day in days)
        """
        return self._days(
            CONSUMPTION_LIFETIME, DailySeries, system_id=system_id, start_date=start_date, end_date=end_date
        )

    def battery_lifetime(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
    ) -> DailySeries[BatteryDay]:
        """Get the energy into and out of a system's batteries on each day.

        Spends one request. The service may have yesterday in the evening only: `end_date` of the series is its last
        day. Operation ``BatteryLifetime``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_date: The first day, in the system's timezone; by default its first day of operation.
            end_date: The last day; by default yesterday, or the last day that the system reported.

        Returns:
            A series of rows with `date` and `charge` and `discharge` in Wh, without gaps. Empty when the service has
            nothing.

        Raises:
            InvalidArgumentError: An argument is not accepted, a date is in the future, or the range is backwards.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> days = client.battery_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
            >>> total = sum(day.charge for day in days)
        """
        return self._days(BATTERY_LIFETIME, DailySeries, system_id=system_id, start_date=start_date, end_date=end_date)

    def energy_import_lifetime(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
    ) -> DailySeries[EnergyImportDay]:
        """Get the energy that came from the grid on each day.

        Spends one request. The service may have yesterday in the evening only: `end_date` of the series is its last
        day. Operation ``EnergyImportLifetime``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_date: The first day, in the system's timezone; by default its first day of operation.
            end_date: The last day; by default yesterday, or the last day that the system reported.

        Returns:
            A series of rows with `date` and `import_` in Wh, without gaps. Empty when the service has nothing.

        Raises:
            InvalidArgumentError: An argument is not accepted, a date is in the future, or the range is backwards.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> days = client.energy_import_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
            >>> total = sum(day.import_ for day in days)
        """
        return self._days(
            ENERGY_IMPORT_LIFETIME, DailySeries, system_id=system_id, start_date=start_date, end_date=end_date
        )

    def energy_export_lifetime(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
    ) -> DailySeries[EnergyExportDay]:
        """Get the energy that went to the grid on each day.

        Spends one request. The service may have yesterday in the evening only: `end_date` of the series is its last
        day. Operation ``EnergyExportLifetime``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_date: The first day, in the system's timezone; by default its first day of operation.
            end_date: The last day; by default yesterday, or the last day that the system reported.

        Returns:
            A series of rows with `date` and `export` in Wh, without gaps. Empty when the service has nothing.

        Raises:
            InvalidArgumentError: An argument is not accepted, a date is in the future, or the range is backwards.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> days = client.energy_export_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
            >>> total = sum(day.export for day in days)
        """
        return self._days(
            ENERGY_EXPORT_LIFETIME, DailySeries, system_id=system_id, start_date=start_date, end_date=end_date
        )

    def evse_lifetime(
        self,
        system_id: int | System | SearchedSystem,
        serial_no: str,
        *,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
    ) -> DailySeries[ConsumptionDay]:
        """Get the energy of an EV charger on each day.

        Spends one request. The service may have yesterday in the evening only: `end_date` of the series is its last
        day. Operation ``EvseLifetime``. For the plans Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            serial_no: The serial number of the charger.
            start_date: The first day, in the system's timezone; by default its first day of operation.
            end_date: The last day; by default yesterday, or the last day that the system reported.

        Returns:
            A series of rows with `date` and `consumption` in Wh, without gaps. Empty when the service has nothing.

        Raises:
            InvalidArgumentError: An argument is not accepted, a date is in the future, or the range is backwards.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> days = client.evse_lifetime(system_id, serial_no, start_date="2024-06-01", end_date="2024-06-07")
            >>> total = sum(day.consumption for day in days)
        """
        return self._days(
            EVSE_LIFETIME,
            DailySeries,
            system_id=system_id,
            serial_no=serial_no,
            start_date=start_date,
            end_date=end_date,
        )

    def hp_lifetime(
        self,
        system_id: int | System | SearchedSystem,
        *,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
    ) -> DailySeries[ConsumptionDay]:
        """Get the energy of a system's heat pump on each day.

        Spends one request. The service may have yesterday in the evening only: `end_date` of the series is its last
        day. Operation ``HpLifetime``. For the plans Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_date: The first day, in the system's timezone; by default its first day of operation.
            end_date: The last day; by default yesterday, or the last day that the system reported.

        Returns:
            A series of rows with `date` and `consumption` in Wh, without gaps. Empty when the service has nothing.

        Raises:
            InvalidArgumentError: An argument is not accepted, a date is in the future, or the range is backwards.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> days = client.hp_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
            >>> total = sum(day.consumption for day in days)
        """
        return self._days(HP_LIFETIME, DailySeries, system_id=system_id, start_date=start_date, end_date=end_date)

    def ev_charger_lifetime(
        self,
        system_id: int | System | SearchedSystem,
        serial_no: str,
        start_date: date | str,
        *,
        end_date: date | str | None = None,
    ) -> DailySeries[ConsumptionDay]:
        """Get the energy of an EV charger on each day from a day on.

        Spends one request. The service may have yesterday in the evening only: `end_date` of the series is its last
        day. Operation ``EvChargerLifetime``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            serial_no: The serial number of the charger.
            start_date: The first day, in the system's timezone.
            end_date: The last day; by default yesterday, or the last day that the system reported.

        Returns:
            A series of rows with `date` and `consumption` in Wh, without gaps. Empty when the service has nothing.

        Raises:
            InvalidArgumentError: An argument is not accepted, a date is in the future, or the range is backwards.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> days = client.ev_charger_lifetime(system_id, serial_no, "2024-06-01", end_date="2024-06-07")
            >>> total = sum(day.consumption for day in days)
        """
        return self._days(
            EV_CHARGER_LIFETIME,
            DailySeries,
            system_id=system_id,
            serial_no=serial_no,
            start_date=start_date,
            end_date=end_date,
        )
