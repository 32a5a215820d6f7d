# Generated from async_lifetime_methods.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The sync client's methods for the energy of each day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from ..clients.base import BaseClient
from ..data.rows import ProductionDayBySource
from .daily_series import DailySeries
from .operation_table import (
    BATTERY_LIFETIME,
    CONSUMPTION_LIFETIME,
    ENERGY_EXPORT_LIFETIME,
    ENERGY_IMPORT_LIFETIME,
    ENERGY_LIFETIME,
    EV_CHARGER_LIFETIME,
    EVSE_LIFETIME,
    HP_LIFETIME,
)

if TYPE_CHECKING:
    from datetime import date

    from enlighten_v4.models import SearchedSystem, System

    from ..data.rows import BatteryDay, ConsumptionDay, EnergyExportDay, EnergyImportDay, ProductionDay


class LifetimeMethods(BaseClient):
    """A method for each operation that gives a series of days."""

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
