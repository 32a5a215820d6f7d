# Generated from async_charger_methods.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The sync client's methods for chargers of electric vehicles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clients.base import BaseClient
from .listings import ChargerEvents, ChargingSessions
from .operation_table import (
    EV_CHARGER_DEVICES,
    EV_CHARGER_EVENTS,
    EV_CHARGER_SCHEDULES,
    EV_CHARGER_SESSIONS,
    START_CHARGING,
    STOP_CHARGING,
)

if TYPE_CHECKING:
    from enlighten_v4.models import (
        CommandAcceptedResponse,
        EvChargerDevicesResponse,
        EvChargerSchedulesResponse,
        SearchedSystem,
        System,
    )


class ChargerMethods(BaseClient):
    """A method for each operation that is about chargers of electric vehicles."""

    def ev_charger_devices(self, system_id: int | System | SearchedSystem) -> EvChargerDevicesResponse:
        """List the chargers of a system. Chargers of other makers are in `devices` alone.

        Spends one request. Operation ``EvChargerDevices``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.

        Returns:
            A model whose `devices` have a list `ev_chargers`; times are epoch seconds.

        Raises:
            InvalidArgumentError: The id is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> chargers = client.ev_charger_devices(system_id).devices.ev_chargers
        """
        result: EvChargerDevicesResponse = self._call(EV_CHARGER_DEVICES, system_id=system_id)
        return result

    def ev_charger_events(
        self,
        system_id: int | System | SearchedSystem,
        *,
        serial_num: str | None = None,
        page_size: int = 100,
        cursor: str | None = None,
    ) -> ChargerEvents:
        """List the events of a system's chargers, lazily over all pages.

        Each filter takes nothing, one value or several. Spends one request a page, when the listing gets there.
        Operation ``EvChargerEvents``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            serial_num: Only those of the charger with this serial number.
            page_size: Events in one page, at most 100.
            cursor: Where to resume: the ``cursor`` of an earlier listing with the same filters.

        Returns:
            An iterable of models with `triggered_date` and `cleared_date` in epoch seconds.

        Raises:
            InvalidArgumentError: A filter, the page size or the cursor is not accepted.
            EnlightenError: While iterating: a page cannot be fetched, or the pages lead back to one that was listed.

        Example:
            >>> for event in client.ev_charger_events(system_id):
            ...     details, status = event.details, event.status
        """
        listing: ChargerEvents = self._listing(
            EV_CHARGER_EVENTS,
            "",
            ChargerEvents,
            system_id=system_id,
            serial_num=serial_num,
            page_size=page_size,
            cursor=cursor,
        )
        return listing

    def ev_charger_sessions(
        self,
        system_id: int | System | SearchedSystem,
        serial_no: str,
        *,
        page_size: int = 100,
        cursor: str | None = None,
    ) -> ChargingSessions:
        """List the sessions in which a charger charged, lazily over all pages.

        Each filter takes nothing, one value or several. Spends one request a page, when the listing gets there.
        Operation ``EvChargerSessions``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            serial_no: The device's serial number, a string because it may begin with zeros.
            page_size: Sessions in one page, at most 100.
            cursor: Where to resume: the ``cursor`` of an earlier listing with the same filters.

        Returns:
            An iterable of models with `start_time` and `end_time` in epoch seconds, `duration` and `charge_time` in
            seconds, and `energy_added`, which the service calls Wh, though the figures can only be kWh.

        Raises:
            InvalidArgumentError: A filter, the page size or the cursor is not accepted.
            EnlightenError: While iterating: a page cannot be fetched, or the pages lead back to one that was listed.

        Example:
            >>> charger = client.ev_charger_devices(system_id).devices.ev_chargers[0]
            >>> for session in client.ev_charger_sessions(system_id, charger.serial_number):
            ...     begin, energy = session.start_time, session.energy_added
        """
        listing: ChargingSessions = self._listing(
            EV_CHARGER_SESSIONS,
            "",
            ChargingSessions,
            system_id=system_id,
            serial_no=serial_no,
            page_size=page_size,
            cursor=cursor,
        )
        return listing

    def ev_charger_schedules(
        self, system_id: int | System | SearchedSystem, serial_no: str
    ) -> EvChargerSchedulesResponse:
        """List the schedules by which a charger charges.

        Spends one request. Operation ``EvChargerSchedules``. For the plans Watt, Kilowatt, Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            serial_no: The device's serial number, a string because it may begin with zeros.

        Returns:
            A model whose `charger_schedules` have the days and times of each.

        Raises:
            InvalidArgumentError: An argument is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> charger = client.ev_charger_devices(system_id).devices.ev_chargers[0]
            >>> schedules = client.ev_charger_schedules(system_id, charger.serial_number).charger_schedules
        """
        result: EvChargerSchedulesResponse = self._call(EV_CHARGER_SCHEDULES, system_id=system_id, serial_no=serial_no)
        return result

    def start_charging(
        self, system_id: int | System | SearchedSystem, serial_no: str, connector_id: int, charging_level: int
    ) -> CommandAcceptedResponse:
        """Tell a charger to start charging.

        Spends one request. Sent once, and again only where it is certain that the service did not carry it out.
        Operation ``StartCharging``. For the plans Partner. Known from second-hand sources alone.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            serial_no: The device's serial number, a string because it may begin with zeros.
            connector_id: The number of the charger's connector, from 1.
            charging_level: The current, in percent of what the charger can give.

        Returns:
            A model whose `message` says that the command was sent; nothing says when the charger obeys.

        Raises:
            InvalidArgumentError: An argument is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> charger = client.ev_charger_devices(system_id).devices.ev_chargers[0]
            >>> accepted = client.start_charging(system_id, charger.serial_number, 1, 40)
        """
        result: CommandAcceptedResponse = self._call(
            START_CHARGING,
            system_id=system_id,
            serial_no=serial_no,
            connector_id=connector_id,
            charging_level=charging_level,
        )
        return result

    def stop_charging(self, system_id: int | System | SearchedSystem, serial_no: str) -> CommandAcceptedResponse:
        """Tell a charger to stop charging.

        Spends one request. Sent once, and again only where it is certain that the service did not carry it out.
        Operation ``StopCharging``. For the plans Partner. Known from second-hand sources alone.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            serial_no: The device's serial number, a string because it may begin with zeros.

        Returns:
            A model whose `message` says that the command was sent; nothing says when the charger obeys.

        Raises:
            InvalidArgumentError: An argument is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> charger = client.ev_charger_devices(system_id).devices.ev_chargers[0]
            >>> accepted = client.stop_charging(system_id, charger.serial_number)
        """
        result: CommandAcceptedResponse = self._call(STOP_CHARGING, system_id=system_id, serial_no=serial_no)
        return result
