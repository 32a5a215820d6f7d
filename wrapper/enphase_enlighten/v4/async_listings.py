"""The listings of API v4: how their entries become data frames, and where each can be resumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.async_series import AsyncListing
from .columns import charger_event_layout, inverter_layout, session_layout, system_layout

if TYPE_CHECKING:
    from enlighten_v4.models import (  # noqa: F401 - named in base classes, which are needed at run time
        EvChargerEvent,
        EvChargerSession,
        InvertersSummary,
        SearchedSystem,
        System,
    )

    from ..data.tables import Layout, Table


class AsyncSystems(AsyncListing["System"]):
    """The systems of a fleet, listed lazily; each iteration lists them again.

    Example:
        >>> fleet = client.systems(page_size=4)
        >>> async for system in fleet:
        ...     cursor = fleet.cursor  # where to resume, should the listing break off
        >>> fleet.complete
        True
    """

    def _layout(self) -> Layout:
        return system_layout()


class AsyncFoundSystems(AsyncListing["SearchedSystem"]):
    """The systems that were searched for, listed lazily; each iteration searches again.

    Example:
        >>> found = client.search_systems(statuses="normal")
        >>> ids = [system.system_id async for system in found]
        >>> found.complete
        True
    """

    def _layout(self) -> Layout:
        return system_layout("live_stream")


class AsyncInverters(AsyncListing["InvertersSummary"]):
    """The microinverters of a system or a gateway, by gateway, listed lazily; each iteration lists them again.

    Example:
        >>> gateways = client.inverters_summary_by_envoy_or_site(system_id)
        >>> inverters = [inverter async for gateway in gateways for inverter in gateway.micro_inverters]
    """

    def _layout(self) -> Layout:
        return inverter_layout()

    async def _fill(self, table: Table) -> None:
        async for gateway in self:
            for inverter in gateway.micro_inverters:
                table.add((gateway, inverter))


class AsyncChargerEvents(AsyncListing["EvChargerEvent"]):
    """The events of chargers, listed lazily; each iteration lists them again.

    Example:
        >>> details = [event.details async for event in client.ev_charger_events(system_id)]
    """

    def _layout(self) -> Layout:
        return charger_event_layout()


class AsyncChargingSessions(AsyncListing["EvChargerSession"]):
    """The sessions of a charger, listed lazily; each iteration lists them again.

    Example:
        >>> charger = (await client.ev_charger_devices(system_id)).devices.ev_chargers[0]
        >>> sessions = [each async for each in client.ev_charger_sessions(system_id, charger.serial_number)]
    """

    def _layout(self) -> Layout:
        return session_layout()
