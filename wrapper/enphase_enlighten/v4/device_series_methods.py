# Generated from async_device_series_methods.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The sync client's methods for intervals of energy and power of single devices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..clients.base import BaseClient
from .operation_table import (
    ACB_TELEMETRY,
    ENCHARGE_TELEMETRY,
    EV_CHARGER_TELEMETRY,
    EVSE_TELEMETRY,
    HP_TELEMETRY,
    MICRO_TELEMETRY,
    MICROS_TELEMETRY,
)

if TYPE_CHECKING:
    from datetime import tzinfo

    from enlighten_v4.models import (
        AcbTelemetryResponse,
        EnchargeTelemetryResponse,
        EvChargerTelemetryResponse,
        EvseTelemetryResponse,
        HpTelemetryResponse,
        MicrosTelemetryResponse,
        MicroTelemetryResponse,
        SearchedSystem,
        System,
    )

    from ..data.series import IntervalSeries
    from ..data.telemetry_rows import BatteryRow, ConsumedRow, EvChargerRow, MicroRow, MicrosRow
    from ..timing.instants import Instant


class DeviceSeriesMethods(BaseClient):
    """A method for each operation that gives intervals of single devices."""

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
