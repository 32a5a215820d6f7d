"""A request on its way, and what can happen to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from attrs import define, field

if TYPE_CHECKING:
    from ..api import Request, Signature

Timeout: TypeAlias = float | Mapping[str, float | None]
"""Seconds to wait for each part of an exchange, or for each part by its name."""

LONGEST_PART = 30.0
"""Seconds to wait at most for each part of an exchange that others wait for, whose lease is longer than all parts."""


def bounded(timeout: Timeout) -> Timeout:
    """Return a timeout of which no part is longer than `LONGEST_PART`."""
    if isinstance(timeout, int | float):
        return min(timeout, LONGEST_PART)
    return {part: LONGEST_PART if value is None else min(value, LONGEST_PART) for part, value in timeout.items()}


@define
class Delivery:
    """A request on its way: when and how often it was sent, and what it was last signed with.

    `limit` is how many bytes the body of the response may have, `waited` how long it has waited for its quota.
    `sent` is whether its last attempt may have been sent. `opened` is the body of its response, where it is still to
    come: whoever has the delivery closes it.
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
    opened: Any = field(default=None, repr=False)


class UndeliveredError(Exception):
    """No response came that can be used: what the HTTP library raised, or would have, free of credentials.

    `unsent` says that it is certain that the service has not got the request, `renewing` that it was to renew what
    another request is signed with, which was therefore not carried out.
    """

    renewing = False

    def __init__(
        self, error: Exception, *, timed_out: bool = False, worth_retrying: bool = False, unsent: bool = False
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.timed_out = timed_out
        self.worth_retrying = worth_retrying
        self.unsent = unsent

    def while_renewing(self) -> Self:
        """Make it the failure of the request that was to be signed.

        Only what was not sent is worth retrying: what renews may be used up, and has its own second attempt.
        """
        self.worth_retrying = self.worth_retrying and self.unsent
        self.unsent = self.renewing = True
        return self


class UnusableBodyError(UndeliveredError):
    """A response came, with a status where it is known, whose body is too large, or cannot be decompressed."""

    def __init__(self, error: Exception, status: int | None = None, excerpt: str = "") -> None:
        super().__init__(error)
        self.status = status
        self.excerpt = excerpt
