"""What the engine knows of an API: data, and a few small strategies. No particular API is known here."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from attrs import field, frozen

if TYPE_CHECKING:
    from .credentials.masking import Masking
    from .errors import APIStatusError
    from .quota.quota import LimitReached

Signature: TypeAlias = tuple[Mapping[str, str], Mapping[str, str]]
"""What a request is signed with: query parameters and headers."""

Renewal: TypeAlias = "Generator[Request, Response, bool]"
"""Sends unsigned requests, which no quota counts, to renew a signature; returns whether it is worth trying again."""


@frozen
class Request:
    """One request of an operation, without credentials.

    Attributes:
        operation: The id of the operation.
        method: The HTTP method.
        path: Where below the base URL, or a whole URL.
        params: The query.
        headers: Headers beside those of every request.
        content: The body.
        resend: Whether it may be sent again where nobody knows if the service carried it out.
    """

    operation: str
    method: str
    path: str
    params: Mapping[str, Any] = field(factory=dict)
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    content: bytes = field(default=b"", repr=False)
    resend: bool = True


@frozen
class Response:
    """A whole response: the body is decompressed, but neither checked nor parsed.

    Attributes:
        request: The request.
        status: The HTTP status.
        headers: The headers, whatever the case of their names.
        content: The body.
        attempts: How many requests were sent for it.
        sent_at: When the last of them left, epoch seconds by the client's clock.
    """

    request: Request
    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    attempts: int
    sent_at: float


@frozen
class Exchange:
    """One attempt of a request and its outcome, as ``observe=`` is called with; free of credentials.

    Attributes:
        operation: The id of the operation; ``low_level`` for requests of the low-level client.
        method: The HTTP method.
        path: Where below the base URL.
        query: The query.
        attempt: 1 for the first attempt, 2 for the one after it, and so on.
        sent_at: When it left, epoch seconds by the client's clock.
        seconds: How long it took.
        status: The HTTP status; None where no response came.
        error: What happened instead of a response; None where one came.

    Example:
        >>> exchanges = []
        >>> with Enlighten(api_key, user_id, base_url=base_url, observe=exchanges.append) as observed:
        ...     summary = observed.summary(system_id)
        >>> [(exchange.operation, exchange.attempt, exchange.status) for exchange in exchanges]
        [('Summary', 1, 200)]
    """

    operation: str
    method: str
    path: str
    query: Mapping[str, Any]
    attempt: int
    sent_at: float
    seconds: float
    status: int | None = None
    error: BaseException | None = None


Observer: TypeAlias = Callable[[Exchange], object]


class Authentication(Protocol):
    """Signs requests."""

    @property
    def masking(self) -> Masking:
        """Masks all that it signs with, wherever it may show."""

    def signature(self) -> Signature:
        """Return what the next request is signed with."""

    def renewal(self, response: Response) -> Renewal | None:
        """Return what renews the signature where that is what a response asks for; None where it is not."""


class ErrorReader(Protocol):
    """Reads the error bodies of an API."""

    def error(self, response: Response, masking: Masking) -> APIStatusError:
        """Return the typed error for a response whose status is not one of success."""

    def limit_reached(self, response: Response) -> LimitReached | None:
        """Return which limit of the plan is reached, where a response says that one is."""

    def is_absent(self, response: Response) -> bool:
        """Whether a response says that the system does not have what the operation is about, such as a meter."""


@frozen
class API:
    """One API.

    Attributes:
        name: Its name, which is part of every key under which something of it is kept.
        errors: How its error bodies are read.
    """

    name: str
    errors: ErrorReader
