"""A request on its way, and what can happen to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from attrs import define, field

if TYPE_CHECKING:
    from ..api import Request, Signature

Timeout: TypeAlias = float | Mapping[str, float | None]
"""Seconds to wait for each part of an exchange, or for each part by its name."""


@define
class Delivery:
    """A request on its way.

    Attributes:
        request: The request.
        url: Where it goes, with its query.
        timeout: How long to wait.
        limit: Bytes that the body of the response may have.
        signed: Whether it is signed.
        signature: What it was last signed with.
        attempts: How many times it was sent.
        sent: Whether its last attempt may have been sent.
        sent_at: When it was last sent, epoch seconds.
        waited: Seconds that it has waited for its quota.
    """

    request: Request
    url: str
    timeout: Timeout
    limit: int
    signed: bool = True
    signature: Signature = field(default=({}, {}), repr=False)
    attempts: int = 0
    sent: bool = False
    sent_at: float = 0.0
    waited: float = 0.0


class UndeliveredError(Exception):
    """No response came that can be used.

    Attributes:
        error: What the HTTP library raised, or what it would have raised, free of credentials.
        timed_out: Whether no response came in time.
        worth_retrying: Whether another attempt may succeed.
        unsent: Whether it is certain that the service has not got the request.
    """

    def __init__(
        self, error: Exception, *, timed_out: bool = False, worth_retrying: bool = False, unsent: bool = False
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.timed_out = timed_out
        self.worth_retrying = worth_retrying
        self.unsent = unsent


class UnusableBodyError(UndeliveredError):
    """A response came whose body is too large, or cannot be decompressed.

    Attributes:
        status: The HTTP status of the response; None where it is not known.
        excerpt: The beginning of the body for people to read.
    """

    def __init__(self, error: Exception, status: int | None = None, excerpt: str = "") -> None:
        super().__init__(error)
        self.status = status
        self.excerpt = excerpt
