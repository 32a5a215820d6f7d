"""What faults do to an answer.

| kind | effect |
|---|---|
| latency | the answer comes `seconds` later |
| clock | the service's time, with its `Date` header, is `seconds` ahead, or behind if negative |
| conflict | 409, as if the limit of the `period` were used up |
| unauthorized | 401, as if the credentials were withdrawn |
| not_found | 404, as if what was asked for were gone |
| server_error | 500 with `errorCode`; with `shape` `reason` the other recorded body |
| bad_gateway | 502 with a page of HTML |
| unavailable | 503 with `errorCode`; with `shape` `html` a page, with `empty` nothing |
| cut | the connection breaks at the part `at` of the body |
| malformed | a body that is no JSON, of the right length |
| wrong_types | a number in place of a string, a string in place of anything else |
| nulls | null in place of a value |
| missing | a property is not there |
| unknown_enum | a `value` that the enumeration does not have |
| repeat_cursor | `next` leads to the page that it stands on |

`wrong_types`, `nulls` and `missing` hit the properties named in `fields`, or else one that is drawn;
`unknown_enum` hits those of its `fields`, or else all that are enumerations.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from enlighten_mock import cursors, draws
from enlighten_mock.operations.listing import FIRST_PAGE, filters_of
from enlighten_mock.quota import Excess, Plan, month_around
from enlighten_mock.refusals import RefusedError, not_found, over_limit, unauthorized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from enlighten_mock.faults import Hit

    Slot = tuple[dict[str, Any], str]

_ENUMERATIONS = ("status", "connection_type", "source", "units")
_PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body><center><h1>{0}</h1></center></body>\r\n</html>\r\n"
_WATT_LIMITS = {"minute": 10, "month": 10_000}


class HtmlError(Exception):
    """Ends the handling of a request with a status and a page of a gateway in front of the service.

    Args:
        status: The HTTP status.
        page: The HTML.
    """

    def __init__(self, status: HTTPStatus, page: str) -> None:
        super().__init__(status, page)
        self.status = status
        self.page = page


def delay(hits: Iterable[Hit]) -> float:
    """Return how many seconds later the answer comes."""
    return sum(hit.fault.seconds for hit in hits if hit.fault.kind == "latency")


def skew(hits: Iterable[Hit]) -> float:
    """Return how many seconds the service's clock is ahead."""
    return sum(hit.fault.seconds for hit in hits if hit.fault.kind == "clock")


def refuse(hits: Iterable[Hit], plan: Plan, now: float) -> None:
    """Answer with the status of the first fault that brings one.

    Raises:
        RefusedError: A status with a JSON body.
        HtmlError: A status with a page.
    """
    for hit in hits:
        kind, shape = hit.fault.kind, hit.fault.shape
        if kind == "conflict":
            raise over_limit(_excess(hit.fault.period, plan, now))
        if kind == "unauthorized":
            raise unauthorized()
        if kind == "not_found":
            raise not_found()
        if kind == "server_error" and shape == "reason":
            raise RefusedError(500, {"reason": "500", "type": "ServerError", "message": ["Internal server error"]})
        if kind == "bad_gateway":
            raise HtmlError(HTTPStatus.BAD_GATEWAY, _PAGE.format("502 Bad Gateway"))
        if kind == "unavailable" and shape in ("html", "empty"):
            page = _PAGE.format("503 Service Temporarily Unavailable") if shape == "html" else ""
            raise HtmlError(HTTPStatus.SERVICE_UNAVAILABLE, page)
        if kind in ("server_error", "unavailable"):
            body = {"errorCode": 7, "errorMessages": ["Data temporarily unavailable."]}
            raise RefusedError(500 if kind == "server_error" else 503, body)


def change(hits: Iterable[Hit], body: Any, values: Mapping[str, Any]) -> Any:
    """Return `body` as the faults leave it.

    Args:
        hits: The faults.
        body: The JSON of an answer; it is changed in place.
        values: The request's parameters.
    """
    for hit in hits:
        kind = hit.fault.kind
        if kind == "repeat_cursor" and isinstance(body, dict) and "systems" in body:
            begun = FIRST_PAGE._replace(limit=values.get("limit", FIRST_PAGE.limit))
            body["next"] = values.get("next") or cursors.write(begun, filters_of(values))
        elif kind in ("wrong_types", "nulls", "missing"):
            for owner, name in _chosen(hit, list(_slots(body))):
                if kind == "missing":
                    del owner[name]
                else:
                    owner[name] = None if kind == "nulls" else _other_type(owner[name])
        elif kind == "unknown_enum":
            for owner, name in _slots(body):
                if name in (hit.fault.fields or _ENUMERATIONS):
                    owner[name] = hit.fault.value
    return body


def garble(hits: Iterable[Hit], body: bytes) -> bytes:
    """Return the encoded `body` as the faults leave it."""
    if body and any(hit.fault.kind == "malformed" for hit in hits):
        return body[:-1] + b","
    return body


def cut(hits: Iterable[Hit], length: int) -> int | None:
    """Return after how many of `length` bytes the connection breaks, or None if it does not.

    Nothing can be cut from an empty body.
    """
    for hit in hits if length else ():
        if hit.fault.kind == "cut":
            return min(int(length * hit.fault.at), max(0, length - 1))
    return None


def _excess(period: str, plan: Plan, now: float) -> Excess:
    minute = int(now // 60 * 60)
    start, end = month_around(now) if period == "month" else (minute, minute + 60)
    limit = plan.per_month if period == "month" else plan.per_minute
    name = plan.name if limit is not None else "Watt"
    return Excess(name, period, start, end, _WATT_LIMITS[period] if limit is None else limit)


def _slots(body: Any) -> Iterator[Slot]:
    """Yield each property of `body`, at any depth, as the object that has it and its name."""
    if isinstance(body, list):
        for item in body:
            yield from _slots(item)
    elif isinstance(body, dict):
        for name, value in list(body.items()):
            yield body, name
            yield from _slots(value)


def _chosen(hit: Hit, slots: Sequence[Slot]) -> Sequence[Slot]:
    if hit.fault.fields:
        return [(owner, name) for owner, name in slots if name in hit.fault.fields]
    leaves = [(owner, name) for owner, name in slots if not isinstance(owner[name], dict | list)]
    return [draws.choose(hit.key, 0, leaves)] if leaves else []


def _other_type(value: object) -> object:
    return 0 if isinstance(value, str) else str(value)
