"""The protocol of a service, so that faults, transports and servers are the same for all services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enlighten_mock.service.exchange import Json, Request, ServiceError
    from enlighten_mock.service.quota import Excess, Quota


class Service(Protocol):
    """A service of the simulated API.

    A request passes `accept`, then the quota, then the faults that tests ask for, then `perform`.
    """

    @property
    def prefix(self) -> str:
        """Where it is served, without a slash at its end."""
        ...

    @property
    def quota(self) -> Quota:
        """What it allows, and what has been spent of that."""
        ...

    @property
    def enumerations(self) -> Sequence[str]:
        """The properties of its bodies that are enumerations."""
        ...

    def accept(self, method: str, path: str, query: str) -> Request:
        """Check path, method and credentials.

        Args:
            method: The HTTP method.
            path: The path as sent, with the prefix, still percent-encoded.
            query: What follows the question mark, still percent-encoded.

        Raises:
            ServiceError: The request is counted against no quota, and hit by no fault.
        """
        ...

    def perform(self, request: Request, now: float) -> Json:
        """Return the body of the response, at `now` in epoch seconds.

        Raises:
            ServiceError: A parameter is invalid, or there is nothing to respond with.
        """
        ...

    def over_quota(self, excess: Excess) -> ServiceError:
        """Return the error for a request beyond a limit."""
        ...

    def conflict(self, period: str, now: float) -> ServiceError:
        """Return the error for a request beyond the limit of a `minute` or `month`, as if that were used up."""
        ...

    def failure(self, kind: str, shape: str) -> ServiceError | None:
        """Return the error that a fault of this kind brings, in one of its shapes, or None if it brings none."""
        ...

    def repeated(self, request: Request, body: Json) -> Json:
        """Return `body` with its cursor, if it has one, leading to the page that it is itself."""
        ...
