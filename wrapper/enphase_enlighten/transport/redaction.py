"""Errors of a transport, without the signed request.

An exception of a transport has the request in many places: in its text, in attributes, in the frames of its traceback,
in the exceptions that it came from. So a new one takes its place, with the text masked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from ..errors import EnlightenError
from .delivery import UndeliveredError, UnusableBodyError

if TYPE_CHECKING:
    from ..credentials.masking import Masking

_RETRIED = (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError)


def redacted(error: BaseException, masking: Masking) -> BaseException:
    """Return what to raise in the place of `error`.

    What is no `Exception` (a cancellation, an interrupt) remains itself, for whoever waits for that very object; and so
    does an error of ours, of a connection that cannot be made or of a body.
    """
    if not isinstance(error, Exception) or isinstance(error, EnlightenError | UndeliveredError):
        return _stripped(error, masking)
    of_httpx = _of_httpx(error, masking)
    if isinstance(of_httpx, httpx.DecodingError):
        return UnusableBodyError(of_httpx)
    return UndeliveredError(
        of_httpx,
        timed_out=isinstance(of_httpx, httpx.TimeoutException),
        worth_retrying=isinstance(of_httpx, _RETRIED),
        unsent=_is_unsent(error),
    )


def _is_unsent(error: Exception) -> bool:
    """Whether it is certain that nothing was sent.

    By what httpx's own transports say alone: that of httpx-aiohttp calls any connection that breaks one that was not
    made in time.
    """
    import httpcore

    return isinstance(error.__cause__, httpcore.ConnectError | httpcore.ConnectTimeout | httpcore.PoolTimeout)


def _of_httpx(error: Exception, masking: Masking) -> Exception:
    """Return an error of one of httpx's own classes, with the same text."""
    text = masking.text(str(error))
    if isinstance(error, httpx.RequestError):
        known = next(cls for cls in type(error).__mro__ if cls.__module__ == "httpx")
        own: httpx.RequestError = known(text)
        return own
    if isinstance(error, httpx.InvalidURL):
        return httpx.InvalidURL(text)
    kind: type[httpx.RequestError] = httpx.TransportError
    if isinstance(error, TimeoutError):
        kind = httpx.TimeoutException
    elif isinstance(error, OSError):
        kind = httpx.NetworkError
    return kind(f"{type(error).__name__}: {text}")


def _stripped(error: BaseException, masking: Masking) -> BaseException:
    """Strip an exception, and those it came from, of frames and texts that show the signed request."""
    link: BaseException | None = error
    seen: set[int] = set()
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        link.__traceback__ = None
        if hasattr(link, "__notes__"):
            link.__notes__ = [masking.text(str(note)) for note in link.__notes__]
        link.args = tuple(_unless_it_shows_them(arg, masking) for arg in link.args)
        link.__cause__ = None if isinstance(link.__cause__, Exception) else link.__cause__
        # Kept where it is no error: anyio tells its own cancellations from others by what they came from.
        link.__context__ = None if isinstance(link.__context__, Exception) else link.__context__
        link = link.__cause__ or link.__context__
    return error


def _unless_it_shows_them(arg: object, masking: Masking) -> object:
    text = arg if isinstance(arg, str) else repr(arg)
    masked = masking.text(text)
    return arg if masked == text else masked
