"""Operations that find systems: the list, the search, one system, and the system of a gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enlighten_mock.v4.error_bodies import error
from enlighten_mock.v4.pages import page_of
from enlighten_mock.world import sites
from enlighten_mock.world.days import iso_date
from enlighten_mock.world.reports import report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from enlighten_mock.service.exchange import Json
    from enlighten_mock.v4.call import Call
    from enlighten_mock.world.system import System

_NOT_SINCE_2023 = -1
"""What has stood for energy and size in lists since July 2023."""


def systems(call: Call) -> Json:
    """List the systems that the token gives access to, by ascending id unless asked otherwise."""
    ids = _sorted(_ids(call), call.optional("sort_by", str, "id"))
    page, size, found = page_of(call, ids)
    return _envelope(len(ids), page, size, [_item(call, call.find(str(system_id))) for system_id in found])


def search_systems(call: Call) -> Json:
    """List the systems that match all filters; those that are empty count as left out."""
    filters = {name: value for name, value in call.body["system"].items() if value not in ("", [], None)}
    ids: Sequence[int] = _ids(call)
    if "ids" in filters:
        ids = sorted(set(filters.pop("ids")).intersection(ids))
    if filters:
        ids = [system_id for system_id in ids if _matches(call, call.find(str(system_id)), filters)]
    ids = _sorted(ids, call.body.get("sort_by", "id"))
    page, size, found = page_of(call, ids, call.behaviour.search_size)
    items = [_searched(call, call.find(str(system_id))) for system_id in found]
    return _envelope(len(ids), page, size, items)


def system(call: Call) -> Json:
    """Give one system, as the list does."""
    return _item(call, call.system)


def retrieve_system_id(call: Call) -> Json:
    """Find the system of a gateway."""
    found = call.fleet.by_serial(call.required("serial_num", str))
    if found is None or not call.grant.owner.sees(found.system_id):
        raise error(404, "Envoy not found with this serial number")
    return {"system_id": found.system_id}


def _ids(call: Call) -> Sequence[int]:
    """Return the ids of the systems that the token gives access to, ascending."""
    owned = call.grant.owner.systems
    return call.fleet.ids if owned is None else sorted(owned.intersection(call.fleet.ids))


def _sorted(ids: Sequence[int], sort_by: str) -> Sequence[int]:
    return ids[::-1] if sort_by == "-id" else ids


def _envelope(total: int, page: int, size: int, items: list[Json]) -> Json:
    return {
        "total": total,
        "current_page": page,
        "size": size,
        "count": len(items),
        "items": "systems",
        "systems": items,
    }


_FILTERS: Mapping[str, Callable[[Call, System, Any], bool]] = {
    "name": lambda _, found, text: text.casefold() in found.system_name.casefold(),
    "public_name": lambda _, found, text: text.casefold() in sites.site(found).public_name.casefold(),
    "connection_type": lambda _, found, text: text == found.connection_type,
    "reference": lambda _, found, text: text.casefold() == (found.reference or "").casefold(),
    "other_reference": lambda _, found, text: text.casefold() in map(str.casefold, found.other_references),
    "statuses": lambda call, found, statuses: report(found, call.now).status in statuses,
}


def _matches(call: Call, found: System, filters: Mapping[str, Any]) -> bool:
    return all(_FILTERS[name](call, found, value) for name, value in filters.items())


def _item(call: Call, found: System) -> dict[str, Json]:
    known = report(found, call.now)
    place, entered = found.place, sites.site(found)
    item: dict[str, Json] = {
        "system_id": found.system_id,
        "name": found.system_name,
        "public_name": entered.public_name,
        "timezone": place.timezone,
        "address": {
            "city": place.city,
            "state": place.state,
            "country": place.country,
            "postal_code": place.postal_code,
        },
        "connection_type": found.connection_type,
        "energy_lifetime": _NOT_SINCE_2023,
        "energy_today": _NOT_SINCE_2023,
        "system_size": _NOT_SINCE_2023,
        "status": known.status,
        "last_report_at": known.last_report_at,
        "last_energy_at": known.last_interval_at,
        "operational_at": known.operational_at,
        "attachment_type": entered.attachment,
        "interconnect_date": None if entered.connected_day is None else iso_date(entered.connected_day),
    }
    if found.reference:
        item["reference"] = found.reference
    if found.other_references:
        item["other_references"] = list(found.other_references)
    return item


def _searched(call: Call, found: System) -> Json:
    """Return a system as searches have it: without its city, and with its live stream on request."""
    item = _item(call, found)
    del item["address"]["city"]
    if call.optional("live_stream", bool, default=False):
        item["live_stream"] = "enabled" if found.grid_measured_from is not None else "disabled"
    return item
