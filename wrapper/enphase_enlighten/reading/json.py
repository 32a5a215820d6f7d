"""From bytes to what JSON is made of: objects, lists, strings, numbers.

The standard library's `json` says what can be read, and as what. msgspec, which the extra `speed` brings, gives the
same values in less than half the time, but raises for some bodies that `json` reads: those are left to `json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

MAX_DEPTH = 64
"""Levels of nesting that are read. The specification has seven; far deeper ones overflow the stack of whatever walks
through them later: a validator, pickle, `to_dict()`."""

_SQUARED = bytes.maketrans(b"{}", b"[]")
_NO_STRUCTURE = bytes(set(range(256)) - set(b'[]{}"\\'))


def loads(content: bytes) -> Any:
    """Decode JSON (RFC 8259: NaN and infinities are not); raise RecursionError where it is nested too deep."""
    body = loads_at_any_depth(content)
    if _may_be_deep(content) and is_deep(body):
        raise RecursionError
    return body


def loads_at_any_depth(content: bytes) -> Any:
    """Decode JSON whose depth the caller checks; see `loads`."""
    return _decoder()(content)


@cache
def _decoder() -> Callable[[bytes], Any]:
    try:
        # By name: of an import that fails in another thread meanwhile, an empty module may be all that is seen here.
        from msgspec import MsgspecError
        from msgspec.json import decode
    except ImportError:
        return _by_json

    def by_msgspec(content: bytes) -> Any:
        try:
            return decode(content)
        except (MsgspecError, ValueError, RecursionError):
            return _by_json(content)

    return by_msgspec


def _by_json(content: bytes) -> Any:
    return json.loads(content, parse_constant=_finite, parse_float=_finite)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large" if text[-1].isdigit() else f"{text} is not a JSON number")
    return number


def _may_be_deep(content: bytes) -> bool:
    """Tell at the speed of C whether a body may be too deep, by taking innermost pairs of brackets away."""
    structure = content.translate(_SQUARED, _NO_STRUCTURE).replace(b'""', b"")
    if b'"' in structure or b"\\" in structure:
        return True  # There are brackets within strings, or escapes that may hide some.
    for _ in range(MAX_DEPTH):
        if not structure:
            return False
        structure = structure.replace(b"[]", b"")
    return bool(structure)


def is_deep(body: Any) -> bool:
    """Whether a decoded body is nested deeper than is read."""
    level = [body]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return False
    return any(isinstance(node, dict | list) for node in level)


def json_pointer(steps: Iterable[object], base: str = "") -> str:
    """Return the JSON pointer (RFC 6901) that goes on from `base` by these names and indexes.

    >>> json_pointer(["intervals", 3, "a/b"])
    '/intervals/3/a~1b'
    """
    return base + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)
