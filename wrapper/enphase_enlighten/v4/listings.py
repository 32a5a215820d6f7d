# Generated from async_listings.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The listings of API v4: how their entries become data frames, and where each can be resumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.series import Listing
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


class Systems(Listing["System"]):
    """The systems of a fleet, listed lazily; each iteration lists them again.

    Example:
        >>> fleet = client.systems(page_size=4)
        >>> for system in fleet:
        ...     cursor = fleet.cursor  # where to resume, should the listing break off
        >>> fleet.complete
        True
    """

    def _layout(self) -> Layout:
        return system_layout()


class FoundSystems(Listing["SearchedSystem"]):
    """The systems that were searched for, listed lazily; each iteration searches again.

    Example:
        >>> found = client.search_systems(statuses="normal")
        >>> ids = [system.system_id for system in found]
        >>> found.complete
        True
    """

    def _layout(self) -> Layout:
        return system_layout("live_stream")


class Inverters(Listing["InvertersSummary"]):
    """The microinverters of a system or a gateway, by gateway, listed lazily; each iteration lists them again.

    Example:
        >>> gateways = client.inverters_summary_by_envoy_or_site(system_id)
        >>> inverters = [inverter for gateway in gateways for inverter in gateway.micro_inverters]
    """

    def _layout(self) -> Layout:
        return inverter_layout()

    def _fill(self, table: Table) -> None:
        for gateway in self:
            for inverter in gateway.micro_inverters:
                table.add((gateway, inverter))


class ChargerEvents(Listing["EvChargerEvent"]):
    """The events of chargers, listed lazily; each iteration lists them again.

    Example:
        >>> details = [event.details for event in client.ev_charger_events(system_id)]
    """

    def _layout(self) -> Layout:
        return charger_event_layout()


class ChargingSessions(Listing["EvChargerSession"]):
    """The sessions of a charger, listed lazily; each iteration lists them again.

    Example:
        >>> charger = client.ev_charger_devices(system_id).devices.ev_chargers[0]
        >>> sessions = [each for each in client.ev_charger_sessions(system_id, charger.serial_number)]
    """

    def _layout(self) -> Layout:
        return session_layout()
