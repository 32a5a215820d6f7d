# Generated from async_system_methods.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The sync client's methods for systems and their devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clients.base import BaseClient
from .operation_table import (
    ENVOYS,
    INVENTORY,
    INVERTERS_SUMMARY_BY_ENVOY_OR_SITE,
    MONTHLY_PRODUCTION,
    PRODUCTION_METER_READINGS,
    SEARCH_SYSTEM_ID,
    SUMMARY,
    SYSTEMS,
)
from .systems import Systems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, tzinfo

    from enlighten_v2.models import (
        EnvoysResponse,
        InventoryResponse,
        InvertersSummaryByEnvoyOrSiteResponse,
        MonthlyProductionResponse,
        ProductionMeterReadingsResponse,
        SummaryResponse,
        System,
    )

    from ..timing.instants import Instant


class SystemMethods(BaseClient):
    """A method for each operation that is about systems and their devices."""

    def systems(
        self,
        *,
        system_id: int | Iterable[int] | None = None,
        system_name: str | Iterable[str] | None = None,
        status: str | Iterable[str] | None = None,
        reference: str | Iterable[str] | None = None,
        installer: str | Iterable[str] | None = None,
        connection_type: str | Iterable[str] | None = None,
        page_size: int = 1000,
        cursor: str | None = None,
    ) -> Systems:
        """List the systems that the user may see, lazily over all pages.

        Each filter takes nothing, one value or several. Spends one request a page, when the listing gets there.
        Operation ``Systems``.

        Args:
            system_id: Only these systems. The listing ends with the page that has the last of them.
            system_name: Only systems of these names.
            status: Only systems of these statuses, such as ``comm``.
            reference: Only systems that the user's company knows by these references.
            installer: Only systems of these installers.
            connection_type: Only systems on ``ethernet``, ``cellular`` or ``wifi``.
            page_size: Systems in one page, at most 1000.
            cursor: Where to resume: the ``cursor`` of an earlier listing with the same filters.

        Returns:
            An iterable of `System` models; times in them are epoch seconds.

        Raises:
            InvalidArgumentError: A filter, the page size or the cursor is not accepted.
            EnlightenError: While iterating: a page cannot be fetched, or the pages lead back to one that was listed.

        Example:
            >>> for system in client.systems(status=["normal", "comm"], page_size=100):
            ...     name, zone = system.system_name, system.timezone
        """
        listing: Systems = self._listing(
            SYSTEMS,
            "system_id",
            Systems,
            system_id=system_id,
            system_name=system_name,
            status=status,
            reference=reference,
            installer=installer,
            connection_type=connection_type,
            page_size=page_size,
            cursor=cursor,
        )
        return listing

    def summary(self, system_id: int | System, *, summary_date: date | str | None = None) -> SummaryResponse:
        """Get power and energy of a system today, or on another day.

        Spends one request. Operation ``Summary``.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            summary_date: The day, in the system's timezone; by default today.

        Returns:
            A model with `current_power` in W (see `last_interval_end_at` for how old it is: it may stay at its last
            value after sunset), `energy_today` and `energy_lifetime` (without that day) in Wh, `size_w` in W, and
            times in epoch seconds.

        Raises:
            InvalidArgumentError: The id or the date is not accepted, or the date is in the future.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> client.summary(system_id).energy_today >= 0
            True
        """
        result: SummaryResponse = self._call(SUMMARY, system_id=system_id, summary_date=summary_date)
        return result

    def envoys(self, system_id: int | System) -> EnvoysResponse:
        """List the envoys (gateways) of a system.

        Spends one request. Operation ``Envoys``.

        Args:
            system_id: The system's id, or a system as `systems` gives it.

        Returns:
            A model whose `envoys` have serial number, status and `last_report_at` (epoch seconds; None if it never
            reported).

        Raises:
            InvalidArgumentError: The id is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> serial_numbers = [envoy.serial_number for envoy in client.envoys(system_id).envoys]
        """
        result: EnvoysResponse = self._call(ENVOYS, system_id=system_id)
        return result

    def inventory(self, system_id: int | System) -> InventoryResponse:
        """List the devices of a system: envoys, microinverters and meters.

        Spends one request. Operation ``Inventory``.

        Args:
            system_id: The system's id, or a system as `systems` gives it.

        Returns:
            A model with `envoys`, `inverters` and `meters`.

        Raises:
            InvalidArgumentError: The id is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> number_of_modules = len(client.inventory(system_id).inverters)
        """
        result: InventoryResponse = self._call(INVENTORY, system_id=system_id)
        return result

    def inverters_summary_by_envoy_or_site(self, site_id: int | System) -> list[InvertersSummaryByEnvoyOrSiteResponse]:
        """Get power and lifetime energy of each microinverter of a system.

        Spends one request. Operation ``InvertersSummaryByEnvoyOrSite``.

        Args:
            site_id: The system's id, or a system as `systems` gives it.

        Returns:
            A model for each envoy, whose `micro_inverters` have `power_produced` in W and `energy` in Wh or kJ.

        Raises:
            InvalidArgumentError: The id is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> for envoy in client.inverters_summary_by_envoy_or_site(system_id):
            ...     statuses = [inverter.status for inverter in envoy.micro_inverters]
        """
        result: list[InvertersSummaryByEnvoyOrSiteResponse] = self._call(
            INVERTERS_SUMMARY_BY_ENVOY_OR_SITE, site_id=site_id
        )
        return result

    def production_meter_readings(
        self,
        system_id: int | System,
        *,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> ProductionMeterReadingsResponse:
        """Read the odometer of each production meter as of a time.

        Spends one request, and one more where `end_at` is a local time and the system's timezone is not known yet.
        Operation ``ProductionMeterReadings``.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            end_at: The time: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime or a
                string without an offset are times at the system. A local time that the clocks repeat is the first of
                the two unless its ``fold`` is 1, one that they skip is moved on by as much. By default, or in the
                future, now.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            A model whose `meter_readings` have `value` in Wh and `read_at` in epoch seconds.

        Raises:
            InvalidArgumentError: An argument is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> readings = client.production_meter_readings(system_id, end_at="2024-06-01T00:00:00Z")
        """
        result: ProductionMeterReadingsResponse = self._call(
            PRODUCTION_METER_READINGS, system_id=system_id, end_at=end_at, timezone=timezone
        )
        return result

    def search_system_id(self, serial_num: str) -> int:
        """Find the system to which an envoy belongs.

        Spends one request. Operation ``SearchSystemId``.

        Args:
            serial_num: The serial number of the envoy, a string because it may begin with zeros.

        Returns:
            The id of the system.

        Raises:
            InvalidArgumentError: The serial number is not a string, or empty.
            NotFoundError: There is no such envoy, or these credentials do not give access to it.
            EnlightenError: The response is another error or cannot be used, or there is none.

        Example:
            >>> envoy = client.envoys(system_id).envoys[0]
            >>> client.search_system_id(envoy.serial_number) == system_id
            True
        """
        result: int = self._call(SEARCH_SYSTEM_ID, serial_num=serial_num)
        return result

    def monthly_production(self, system_id: int | System, start_date: date | str) -> MonthlyProductionResponse:
        """Get the energy that a system produced in the month from a day on. Deprecated by the service.

        Spends one request. Operation ``MonthlyProduction``. Emits a `DeprecationWarning`.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            start_date: The first day, in the system's timezone; the last one is the day before the same day of the
                next month.

        Returns:
            A model with `production_wh` in Wh and the `meter_readings` at both ends.

        Raises:
            InvalidArgumentError: The id or the date is not accepted, or the date is in the future.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> may = client.monthly_production(system_id, "2024-05-01").production_wh
        """
        result: MonthlyProductionResponse = self._call(MONTHLY_PRODUCTION, system_id=system_id, start_date=start_date)
        return result
