"""What the engine knows of an API: requests, responses, and how its errors are read.

Nothing here, nor in any module that this one may be imported by below `v2`, knows one particular API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from .credentials.masking import Masking
    from .errors import APIStatusError
    from .quota.quota import Reply


@frozen
class Request:
    """One request of an operation, without host and without credentials."""

    operation: str
    method: str
    path: str
    params: Mapping[str, Any]


@frozen
class Response:
    """A whole response: the body is decoded (gzip), but neither checked nor parsed.

    Attributes:
        attempts: How many requests were sent for it.
        sent_at: When the last of them left, epoch seconds by the client's clock.
    """

    request: Request
    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    attempts: int
    sent_at: float


class Authentication(Protocol):
    """Signs requests."""

    @property
    def masking(self) -> Masking:
        """Masks what it signs with, wherever it may show."""

    def sign(self, request: httpx.Request) -> httpx.Request:
        """Return a signed copy of a request; the request itself stays free of secrets."""


class ErrorReader(Protocol):
    """Reads the error bodies of an API."""

    def error(self, response: Response, masking: Masking) -> APIStatusError:
        """Return the typed error for a response whose status is not one of success."""

    def reply(self, status: int, headers: Mapping[str, str], content: bytes) -> Reply:
        """Return what a response tells of the server's clock and of the quota."""

    def is_absent(self, response: Response) -> bool:
        """Whether the response says that the system does not have what the operation is about, such as a meter."""


@frozen
class API:
    """One API.

    Attributes:
        name: Its name, which is part of every key under which something of it is kept.
        errors: How its error bodies are read.
    """

    name: str
    errors: ErrorReader
