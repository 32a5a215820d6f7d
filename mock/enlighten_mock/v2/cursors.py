"""The cursors of the systems list: opaque, valid for ever, and invalid once tampered with.

A cursor has the last system of its page and the page size of the request that it continues. The filters of that
request are only in its signature, so that a cursor is about as short as those that were recorded, 18 characters,
however many ids a list is filtered by: with the filters it has to fit into a URL.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from enlighten_mock.v2.error_bodies import invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Filters = Mapping[str, Iterable[Any]]

_SIGNING_KEY = b"cursors outlive the process that made them"
_NUMBER_SIZE = 3  # bytes; neither a system id nor the size of a page that others follow needs more
_SIGNATURE_SIZE = 4


class Cursor(NamedTuple):
    """The place at which a listing goes on.

    Attributes:
        after: The last system id of the page before, or 0 for the first page.
        limit: The page size of the request before.
    """

    after: int
    limit: int


def write(cursor: Cursor, filters: Filters) -> str:
    """Return the text of `cursor` in a list with these values of each filter."""
    payload = b"".join(number.to_bytes(_NUMBER_SIZE, "big") for number in cursor)
    return (payload + _sign(payload, filters)).hex()


def read(text: str, filters: Filters) -> Cursor:
    """Return the cursor that was written as `text` in a list with these values of each filter.

    Raises:
        ServiceError: No cursor was (422).
    """
    try:
        data = bytes.fromhex(text)
    except ValueError:
        data = b""
    payload, signature = data[:-_SIGNATURE_SIZE], data[-_SIGNATURE_SIZE:]
    if text != data.hex() or signature != _sign(payload, filters):
        raise invalid(
            "next is not a cursor of this list; send the value of `next` of the page before, unchanged, "
            "and with it the filters of that page"
        )
    return Cursor(*(int.from_bytes(part, "big") for part in (payload[:_NUMBER_SIZE], payload[_NUMBER_SIZE:])))


def _sign(payload: bytes, filters: Filters) -> bytes:
    """Return what only `payload` and the same filters have, in whatever order their values were sent."""
    encoded = json.dumps({name: sorted(set(values)) for name, values in filters.items()}, sort_keys=True)
    return blake2b(payload + encoded.encode(), key=_SIGNING_KEY, digest_size=_SIGNATURE_SIZE).digest()
