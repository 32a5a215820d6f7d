"""The listings of API v4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.async_series import AsyncListing

if TYPE_CHECKING:
    from enlighten_v4.models import (  # noqa: F401 - named in base classes, which are needed at run time
        EvChargerEvent,
        EvChargerSession,
        InvertersSummary,
        SearchedSystem,
        System,
    )


class AsyncSystems(AsyncListing["System"]):
    """The systems of a fleet, listed lazily; each iteration lists them again.

    Example:
        >>> fleet = client.systems(page_size=4)
        >>> async for system in fleet:
        ...     cursor = fleet.cursor  # where to resume, should the listing break off
        >>> fleet.complete
        True
    """


class AsyncFoundSystems(AsyncListing["SearchedSystem"]):
    """The systems that were searched for, listed lazily; each iteration searches again.

    Example:
        >>> found = client.search_systems(statuses="normal")
        >>> ids = [system.system_id async for system in found]
        >>> found.complete
        True
    """


class AsyncInverters(AsyncListing["InvertersSummary"]):
    """The microinverters of a system or a gateway, by gateway, listed lazily; each iteration lists them again.

    Example:
        >>> gateways = client.inverters_summary_by_envoy_or_site(system_id)
        >>> inverters = [inverter async for gateway in gateways for inverter in gateway.micro_inverters]
    """


class AsyncChargerEvents(AsyncListing["EvChargerEvent"]):
    """The events of chargers, listed lazily; each iteration lists them again.

    Example:
        >>> details = [event.details async for event in client.ev_charger_events(system_id)]
    """


class AsyncChargingSessions(AsyncListing["EvChargerSession"]):
    """The sessions of a charger, listed lazily; each iteration lists them again.

    Example:
        >>> charger = (await client.ev_charger_devices(system_id)).devices.ev_chargers[0]
        >>> sessions = [each async for each in client.ev_charger_sessions(system_id, charger.serial_number)]
    """
