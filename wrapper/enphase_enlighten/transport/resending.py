"""Transports that send a request again by themselves, and so must not get what may be carried out only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from ..errors import ConfigurationError

if TYPE_CHECKING:
    from ..api import Request

_PACKAGES = ("httpx_aiohttp", "httpx_retries")
"""aiohttp sends a PUT or DELETE again where a kept connection breaks, and has no public switch for it; the other is
made for sending again."""

_DEEPEST = 8
"""Transports within each other that are looked into."""


def check_sent_once(request: Request, transport: object) -> None:
    """Raise where a request that changes something would go to a transport that may send it twice.

    Raises:
        ConfigurationError: It would.
    """
    resending = _resending(transport) if request.writes and transport is not None else None
    if resending is not None:
        raise ConfigurationError(
            f"{request.operation} is not sent: it changes something, and the transport {resending} may send a request "
            "again by itself, so that it could be carried out twice. Make another client for changes, without "
            "transport=; it can share the quota."
        )


def _resending(transport: object, depth: int = 0) -> str | None:
    """Return the class of the transport, or of one within it, that sends again by itself."""
    for cls in type(transport).__mro__:
        if cls.__module__.partition(".")[0] in _PACKAGES:
            return f"{cls.__module__.partition('.')[0]}.{cls.__name__}"
    within = vars(transport).values() if hasattr(transport, "__dict__") and depth < _DEEPEST else ()
    inner = [each for each in within if isinstance(each, httpx.BaseTransport | httpx.AsyncBaseTransport)]
    return next((found for each in inner if (found := _resending(each, depth + 1)) is not None), None)
