# Generated from async_system_methods.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The sync client's methods for systems and their devices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..clients.base import BaseClient
from .listings import FoundSystems, Inverters, Systems
from .operation_table import (
    CONSUMPTION_METER_READINGS,
    DEVICES,
    EVENT_TYPES,
    INVERTERS_SUMMARY_BY_ENVOY_OR_SITE,
    LATEST_TELEMETRY,
    OPEN_ALARMS,
    OPEN_EVENTS,
    PRODUCTION_METER_READINGS,
    RETRIEVE_SYSTEM_ID,
    SEARCH_SYSTEMS,
    STORAGE_METER_READINGS,
    SUMMARY,
    SYSTEM,
    SYSTEMS,
)
from .tables import Devices, LatestTelemetry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, tzinfo

    from enlighten_v4.models import (
        ConsumptionMeterReadingsResponse,
        EventsResponse,
        EventTypesResponse,
        OpenAlarmsResponse,
        ProductionMeterReadingsResponse,
        SearchedSystem,
        StorageMeterReadingsResponse,
        SummaryResponse,
        System,
    )

    from ..timing.instants import Instant


class SystemMethods(BaseClient):
    """A method for each operation that is about systems and their devices."""

    def systems(
        self,
        *,
        sort_by: Literal["id", "-id"] | None = None,
        page_size: int = 100,
        cursor: str | None = None,
    ) -> Systems:
        """List the systems whose owners gave the application access, lazily over all pages.

        Each filter takes nothing, one value or several. Spends one request a page, when the listing gets there.
        Operation ``Systems``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            sort_by: ``"id"`` for the order of ids, which is the service's own as well; ``"-id"`` backwards.
            page_size: Systems in one page, at most 100.
            cursor: Where to resume: the ``cursor`` of an earlier listing with the same filters.

        Returns:
            An iterable of `System` models; times in them are epoch seconds. `energy_today`, `energy_lifetime` and
            `system_size` are -1: the service gives them in `summary` alone.

        Raises:
            InvalidArgumentError: A filter, the page size or the cursor is not accepted.
            EnlightenError: While iterating: a page cannot be fetched, or the pages lead back to one that was listed.

        Example:
            >>> for system in client.systems():
            ...     name, zone = system.name, system.timezone
        """
        listing: Systems = self._listing(
            SYSTEMS,
            "system_id",
            Systems,
            sort_by=sort_by,
            page_size=page_size,
            cursor=cursor,
        )
        return listing

    def search_systems(
        self,
        *,
        live_stream: bool | None = None,
        sort_by: Literal["id", "-id"] | None = None,
        ids: int | Iterable[int] | None = None,
        name: str | None = None,
        reference: str | None = None,
        other_reference: str | None = None,
        statuses: str | Iterable[str] | None = None,
        page_size: int = 1000,
        cursor: str | None = None,
    ) -> FoundSystems:
        """Find systems by filters, lazily over all pages.

        Each filter takes nothing, one value or several. Spends one request a page, when the listing gets there.
        Systems have to match all filters. A service that gives at most 100 systems in a page is asked for as many from
        then on. Operation ``SearchSystems``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            live_stream: Whether each system should say if its live data can be streamed.
            sort_by: ``"id"`` for the order of ids, or ``"-id"`` backwards.
            ids: Only these systems.
            name: Only systems of this name.
            reference: Only systems that the application's company knows by this reference, in upper or lower case.
            other_reference: Only systems that another company knows by this reference.
            statuses: Only systems of these statuses, such as ``comm``.
            page_size: Systems in one page, at most 1000.
            cursor: Where to resume: the ``cursor`` of an earlier listing with the same filters.

        Returns:
            An iterable of `SearchedSystem` models; times in them are epoch seconds, and their addresses have no city.

        Raises:
            InvalidArgumentError: A filter, the page size or the cursor is not accepted.
            EnlightenError: While iterating: a page cannot be fetched, or the pages lead back to one that was listed.

        Example:
            >>> for system in client.search_systems(statuses=["normal", "comm"]):
            ...     name, status = system.name, system.status
        """
        listing: FoundSystems = self._listing(
            SEARCH_SYSTEMS,
            "system_id",
            FoundSystems,
            live_stream=live_stream,
            sort_by=sort_by,
            ids=ids,
            name=name,
            reference=reference,
            other_reference=other_reference,
            statuses=statuses,
            page_size=page_size,
            cursor=cursor,
        )
        return listing

    def system(self, system_id: int | System | SearchedSystem) -> System:
        """Get a system as `systems` lists it.

        Spends one request. Operation ``System``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.

        Returns:
            A model; times in it are epoch seconds.

        Raises:
            InvalidArgumentError: The id is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> client.system(system_id).timezone
            'US/Pacific'
        """
        result: System = self._call(SYSTEM, system_id=system_id)
        return result

    def summary(
        self, system_id: int | System | SearchedSystem, *, summary_date: date | str | None = None
    ) -> SummaryResponse:
        """Get power and energy of a system today, or on another day.

        Spends one request. Operation ``Summary``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            summary_date: The day, in the system's timezone; by default today. For a day in the past the service has 0
                for `modules`, `size_w` and `current_power`.

        Returns:
            A model with `current_power` in W (see `last_interval_end_at` for how old it is), `energy_today` and
            `energy_lifetime` (without that day) in Wh, `size_w`, `battery_charge_w` and `battery_discharge_w` in W,
            `battery_capacity_wh` in Wh, and times in epoch seconds.

        Raises:
            InvalidArgumentError: The id or the date is not accepted, or the date is in the future.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> client.summary(system_id).energy_today >= 0
            True
        """
        result: SummaryResponse = self._call(SUMMARY, system_id=system_id, summary_date=summary_date)
        return result

    def devices(self, system_id: int | System | SearchedSystem) -> Devices:
        """List the active devices of a system: microinverters, meters, gateways, batteries and so on.

        Spends one request. Operation ``Devices``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.

        Returns:
            A sequence of rows, one for each device, with its kind; times are epoch seconds. Its `response` is the
            model, its `devices` those of the model, which have a list for each kind, such as `micros` and `gateways`.

        Raises:
            InvalidArgumentError: The id is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> devices = client.devices(system_id).devices
            >>> serial_numbers = [gateway.serial_number for gateway in devices.gateways]
        """
        return Devices(self._call(DEVICES, system_id=system_id))

    def retrieve_system_id(self, serial_num: str) -> int:
        """Find the system to which a gateway belongs.

        Spends one request. Operation ``RetrieveSystemId``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            serial_num: The serial number of the gateway, a string because it may begin with zeros.

        Returns:
            The id of the system.

        Raises:
            InvalidArgumentError: The serial number is not a string, or empty.
            NotFoundError: There is no such gateway, it is retired, or the application has no access to its system.
            EnlightenError: The response is another error or cannot be used, or there is none.

        Example:
            >>> gateway = client.devices(system_id).devices.gateways[0]
            >>> client.retrieve_system_id(gateway.serial_number) == system_id
            True
        """
        result: int = self._call(RETRIEVE_SYSTEM_ID, serial_num=serial_num)
        return result

    def event_types(self, *, event_type_id: int | None = None) -> EventTypesResponse:
        """List the kinds of events, or get one of them.

        Spends one request. Operation ``EventTypes``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            event_type_id: The only kind to get, such as `event_type_id` of an event.

        Returns:
            A model whose `event_types` have `event_type_id`, `event_type_key`, `event_description` and more.

        Raises:
            InvalidArgumentError: An argument is not accepted.
            NotFoundError: There is no such kind.
            EnlightenError: The response is another error or cannot be used, or there is none.

        Example:
            >>> kinds = client.event_types().event_types
        """
        result: EventTypesResponse = self._call(EVENT_TYPES, event_type_id=event_type_id)
        return result

    def open_events(self, system_id: int | System | SearchedSystem) -> EventsResponse:
        """List the events of a system that are not over.

        Spends one request. Operation ``OpenEvents``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.

        Returns:
            A model whose `events` have times in epoch seconds.

        Raises:
            InvalidArgumentError: The id is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> events = client.open_events(system_id).events
        """
        result: EventsResponse = self._call(OPEN_EVENTS, system_id=system_id)
        return result

    def open_alarms(self, system_id: int | System | SearchedSystem) -> OpenAlarmsResponse:
        """List the alarms of a system that are not cleared.

        Spends one request. Operation ``OpenAlarms``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.

        Returns:
            A model whose `alarms` have times in epoch seconds and a `severity` from 1 (fatal) to 6 (none).

        Raises:
            InvalidArgumentError: The id is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> alarms = client.open_alarms(system_id).alarms
        """
        result: OpenAlarmsResponse = self._call(OPEN_ALARMS, system_id=system_id)
        return result

    def inverters_summary_by_envoy_or_site(
        self,
        site_id: int | System | SearchedSystem | None = None,
        *,
        envoy_serial_number: str | None = None,
        page_size: int = 100,
        cursor: str | None = None,
    ) -> Inverters:
        """Get power and lifetime energy of each microinverter of a system or a gateway, lazily over all pages.

        Each filter takes nothing, one value or several. Spends one request a page, when the listing gets there. Pages
        say nothing of how many there are: one that is not full is the last one, or one that brings nothing new.
        Operation ``InvertersSummaryByEnvoyOrSite``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            site_id: The system's id, or a system as `systems` gives it. One of system and gateway has to be given.
            envoy_serial_number: The serial number of a gateway, which comes before the system.
            page_size: Inverters in one page, at most 100.
            cursor: Where to resume: the ``cursor`` of an earlier listing with the same filters.

        Returns:
            An iterable of models, one for a gateway, or for each page on which there are inverters of it. Their
            `micro_inverters`, of which none comes twice, have `power_produced` in W and `energy` in Wh. Data frames
            have a row for each inverter.

        Raises:
            InvalidArgumentError: A filter, the page size or the cursor is not accepted.
            EnlightenError: While iterating: a page cannot be fetched, or the pages lead back to one that was listed.

        Example:
            >>> for gateway in client.inverters_summary_by_envoy_or_site(system_id):
            ...     statuses = [inverter.status for inverter in gateway.micro_inverters]
        """
        listing: Inverters = self._listing(
            INVERTERS_SUMMARY_BY_ENVOY_OR_SITE,
            "serial_number",
            Inverters,
            site_id=site_id,
            envoy_serial_number=envoy_serial_number,
            page_size=page_size,
            cursor=cursor,
        )
        return listing

    def production_meter_readings(
        self,
        system_id: int | System | SearchedSystem,
        *,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> ProductionMeterReadingsResponse:
        """Read the odometer of each production meter as of a time.

        Spends one request, and one more where `end_at` is a local time and the system's timezone is not known yet.
        Operation ``ProductionMeterReadings``. For the plans Watt, Kilowatt, Megawatt, Partner.

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

    def consumption_meter_readings(
        self,
        system_id: int | System | SearchedSystem,
        *,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> ConsumptionMeterReadingsResponse:
        """Read the odometer of each consumption meter as of a time.

        Spends one request, and one more where `end_at` is a local time and the system's timezone is not known yet.
        Operation ``ConsumptionMeterReadings``. For the plans Watt, Kilowatt, Megawatt, Partner.

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
            >>> readings = client.consumption_meter_readings(system_id, end_at="2024-06-01T00:00:00Z")
        """
        result: ConsumptionMeterReadingsResponse = self._call(
            CONSUMPTION_METER_READINGS, system_id=system_id, end_at=end_at, timezone=timezone
        )
        return result

    def storage_meter_readings(
        self,
        system_id: int | System | SearchedSystem,
        *,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> StorageMeterReadingsResponse:
        """Read the odometer of each battery's meter as of a time.

        Spends one request, and one more where `end_at` is a local time and the system's timezone is not known yet.
        Operation ``StorageMeterReadings``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            end_at: The time: an aware datetime, epoch seconds or an ISO 8601 string; a date, a naive datetime or a
                string without an offset are times at the system. A local time that the clocks repeat is the first of
                the two unless its ``fold`` is 1, one that they skip is moved on by as much. By default, or in the
                future, now.
            timezone: The system's timezone, which spares looking it up.

        Returns:
            A model whose `meter_readings` have `value_charged` and `value_discharged` in Wh, and `read_at` in epoch
            seconds.

        Raises:
            InvalidArgumentError: An argument is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> readings = client.storage_meter_readings(system_id, end_at="2024-06-01T00:00:00Z")
        """
        result: StorageMeterReadingsResponse = self._call(
            STORAGE_METER_READINGS, system_id=system_id, end_at=end_at, timezone=timezone
        )
        return result

    def latest_telemetry(self, system_id: int | System | SearchedSystem) -> LatestTelemetry:
        """Get the power that each meter, battery, heat pump and charger of a system reported last.

        Spends one request. Operation ``LatestTelemetry``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.

        Returns:
            A sequence of rows, one for each device or channel of one, with `power` in W (None where the last report is
            older than a week, or of a channel that is not used) and `last_report_at` in epoch seconds. Its `response`
            is the model.

        Raises:
            InvalidArgumentError: The id is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> latest = client.latest_telemetry(system_id)
            >>> power = {(row.name, row.channel): row.power for row in latest if row.kind == "meters"}
        """
        return LatestTelemetry(self._call(LATEST_TELEMETRY, system_id=system_id))
