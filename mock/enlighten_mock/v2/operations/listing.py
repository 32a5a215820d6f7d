"""Operations that find systems: the list, and the search by an Envoy's serial number."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from enlighten_mock.v2 import cursors
from enlighten_mock.v2.call import meta
from enlighten_mock.v2.cursors import Cursor
from enlighten_mock.v2.error_bodies import invalid, unknown_envoy
from enlighten_mock.world.fleet import INSTALLERS
from enlighten_mock.world.reports import report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from enlighten_mock.service.exchange import Json
    from enlighten_mock.service.values import Value
    from enlighten_mock.v2.call import Call
    from enlighten_mock.world.system import System

_FILTERS: Mapping[str, Callable[[System], object]] = {
    "system_name": lambda system: system.system_name,
    "reference": lambda system: system.reference,
    "installer": lambda system: system.installer,
    "connection_type": lambda system: system.connection_type,
}
_FIRST_PAGE = Cursor(after=0, limit=100)
"""The beginning of a listing that has neither `next` nor `limit`."""

_NUMBER = re.compile(r"[0-9]{1,12}\Z")


def systems(call: Call) -> Json:
    """List the systems in the order of their ids, page by page.

    A filter lets through what equals one of its values; several filters must all match. `next` with other filters than
    those of its page, or without them, is an error, because the pages would not belong together.
    """
    filters = _filters_of(call.values)
    after, limit = cursors.read(call.required("next", str), filters) if "next" in call.values else _FIRST_PAGE
    limit = call.optional("limit", int, limit)
    if limit < 1:
        raise invalid(f"limit must be from 1 to 1000, not {limit}")
    matching = (item for item in _candidates(call, filters, after) if _matches(item, call.now, filters))
    page = list(islice(matching, limit + 1))
    body: dict[str, Json] = {"systems": [_item(call, system) for system in page[:limit]]}
    if len(page) > limit:
        body["next"] = cursors.write(Cursor(page[limit - 1].system_id, limit), filters)
    return body


def this_page(values: Mapping[str, Any]) -> str:
    """Return the cursor that leads to the page that a request with these parameters asks for."""
    first = _FIRST_PAGE._replace(limit=values.get("limit", _FIRST_PAGE.limit))
    return values.get("next") or cursors.write(first, _filters_of(values))


def search_system_id(call: Call) -> Json:
    """Find the system of an Envoy."""
    system = call.fleet.by_serial(call.required("serial_num", str))
    if system is None:
        raise unknown_envoy()
    return {"system_id": system.system_id}


def _filters_of(values: Mapping[str, Value]) -> dict[str, Any]:
    """Return the values of each filter among the parameters of a request."""
    return {name: values[name] for name in ("system_id", "status", *_FILTERS) if name in values}


def _candidates(call: Call, filters: Mapping[str, Json], after: int) -> Iterator[System]:
    """Return the systems after `after` that may match, without making those that cannot."""
    fleet = call.fleet
    if "installer" in filters and not set(INSTALLERS).intersection(filters["installer"]):
        return iter(())
    ids: Iterable[int] = range(max(fleet.ids.start, after + 1), fleet.ids.stop)
    if "system_id" in filters:
        ids = sorted(set(filters["system_id"]))
    elif "system_name" in filters or "reference" in filters:
        ids = sorted(_numbered(filters.get("system_name") or filters["reference"]))
    elif "status" in filters:
        ids = (system_id for system_id in ids if fleet.may_have(system_id, filters["status"], call.now))
    found = (fleet.system(system_id) for system_id in ids if system_id > after)
    return (system for system in found if system is not None)


def _numbered(texts: Iterable[str]) -> set[int]:
    """Return the ids that names and references end in."""
    return {int(match[0]) for text in texts if (match := _NUMBER.search(text))}


def _matches(system: System, now: float, filters: Mapping[str, Json]) -> bool:
    if any(name in filters and value(system) not in filters[name] for name, value in _FILTERS.items()):
        return False
    return "status" not in filters or report(system, now).status in filters["status"]


def _item(call: Call, system: System) -> Json:
    known = report(system, call.now)
    item: dict[str, Json] = {
        "system_id": system.system_id,
        "system_name": system.system_name,
        "system_public_name": system.system_name,
        "status": known.status,
        "timezone": system.place.timezone,
        "country": system.place.country,
        "state": system.place.state,
        "city": system.place.city,
        "postal_code": system.place.postal_code,
        "connection_type": system.connection_type,
        "meta": meta(known),
    }
    if system.reference:
        item["reference"] = system.reference
    if system.other_references:
        item["other_references"] = list(system.other_references)
    return item
