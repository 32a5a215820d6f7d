"""The cursors of the systems list: opaque, valid for ever, and refused once tampered with.

A cursor remembers the last system of its page, and the filters and the page size of the request that it
continues.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from enlighten_mock.refusals import invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNING_KEY = b"cursors outlive the process that made them"
_SIGNATURE_SIZE = 6


class Cursor(NamedTuple):
    """Where a listing goes on.

    Attributes:
        after: The last system id of the page before.
        limit: The page size of the request before.
        filters: Its filters by name.
    """

    after: int
    limit: int
    filters: Mapping[str, Any]


def write(cursor: Cursor) -> str:
    """Return the text of `cursor`."""
    payload = json.dumps([cursor.after, cursor.limit, cursor.filters], separators=(",", ":"), sort_keys=True).encode()
    return (payload + _sign(payload)).hex()


def read(text: str) -> Cursor:
    """Return the cursor that was written as `text`.

    Raises:
        RefusedError: None was (422).
    """
    try:
        data = bytes.fromhex(text)
    except ValueError:
        data = b""
    payload, signature = data[:-_SIGNATURE_SIZE], data[-_SIGNATURE_SIZE:]
    if not payload or text != data.hex() or signature != _sign(payload):
        raise invalid("next is not a cursor of this list; send the value of `next` of the page before, unchanged")
    after, limit, filters = json.loads(payload)
    return Cursor(after, limit, filters)


def _sign(payload: bytes) -> bytes:
    return blake2b(payload, key=_SIGNING_KEY, digest_size=_SIGNATURE_SIZE).digest()
