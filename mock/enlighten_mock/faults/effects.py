"""The effects of faults on a response.

| kind | effect |
|---|---|
| latency | the response comes `seconds` later |
| clock | the service's time, with its `Date` header, is `seconds` ahead, or behind if negative |
| conflict | 409, or 429 of v4, as if the limit of the `period` were used up |
| unauthorized | 401, as if the credentials were withdrawn; of v4 with `shape` `key`, `mismatch` or `access` too |
| forbidden | 403 of v4, as if the system were somebody else's |
| not_found | 404, as if what is asked for were gone |
| server_error | 500 with `errorCode`; with `shape` `reason` the other recorded body |
| bad_gateway | 502 with a page of HTML |
| unavailable | 503 with `errorCode`; with `shape` `html` a page, with `empty` nothing |
| stream | a status of v4's live data, which `shape` names, such as `466` |
| cut | the connection breaks at the part `at` of the body |
| malformed | a body that is not JSON, of the right length |
| wrong_types | a number in place of a string, a string in place of anything else |
| nulls | null in place of a value |
| missing | a property is absent |
| unknown_enum | a `value` that the enumeration does not have |
| repeat_cursor | `next` leads to the page that it stands on; of v4, each page is the first |

`wrong_types`, `nulls` and `missing` hit the properties named in `fields`, or else one that is drawn;
`unknown_enum` hits those of its `fields`, or else all that are enumerations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enlighten_mock.world import draws

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from enlighten_mock.faults.schedule import Hit
    from enlighten_mock.service.exchange import Request
    from enlighten_mock.service.protocol import Service

    Slot = tuple[dict[str, Any], str]


def delay(hits: Iterable[Hit]) -> float:
    """Return how many seconds later the response comes."""
    return sum(hit.fault.seconds for hit in hits if hit.fault.kind == "latency")


def skew(hits: Iterable[Hit]) -> float:
    """Return how many seconds the service's clock is ahead."""
    return sum(hit.fault.seconds for hit in hits if hit.fault.kind == "clock")


def fail(hits: Iterable[Hit], service: Service, request: Request, now: float) -> None:
    """Raise the error of the first fault that brings one.

    Raises:
        ServiceError: There is such a fault.
    """
    for hit in hits:
        fault = hit.fault
        error = (
            service.conflict(request, fault.period, now)
            if fault.kind == "conflict"
            else service.failure(request, fault.kind, fault.shape, now)
        )
        if error:
            raise error


def change(hits: Iterable[Hit], body: Any, service: Service, request: Request, now: float) -> Any:
    """Return `body` as the faults leave it.

    Args:
        hits: The faults.
        body: The JSON of a response; it is changed in place. A page of HTML stays as it is.
        service: What responds.
        request: The request.
        now: The service's time, in epoch seconds.
    """
    for hit in hits:
        kind = hit.fault.kind
        if kind == "repeat_cursor":
            body = service.repeated(request, body, now)
        elif kind in ("wrong_types", "nulls", "missing"):
            for owner, name in _chosen(hit, list(_slots(body))):
                if kind == "missing":
                    del owner[name]
                else:
                    owner[name] = None if kind == "nulls" else _other_type(owner[name])
        elif kind == "unknown_enum":
            for owner, name in _slots(body):
                if name in (hit.fault.fields or service.enumerations):
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
