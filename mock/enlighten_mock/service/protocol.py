"""The protocol of a service, so that faults, transports and servers are the same for all services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enlighten_mock.service.exchange import Json, Received, Request, ServiceError
    from enlighten_mock.service.quota import Excess


class Service(Protocol):
    """A service of the simulated API.

    A request passes `accept`, then `spend`, then the faults that tests ask for, then `perform`.
    """

    @property
    def name(self) -> str:
        """How faults name it."""
        ...

    @property
    def prefix(self) -> str:
        """Where it is served, without a slash at its end."""
        ...

    @property
    def enumerations(self) -> Sequence[str]:
        """The properties of its bodies that are enumerations."""
        ...

    def accept(self, received: Received, now: float) -> Request:
        """Check path, method and credentials, at `now` in epoch seconds.

        Raises:
            ServiceError: The request is counted against no quota, and hit by no fault.
        """
        ...

    def spend(self, request: Request, now: float) -> Excess | None:
        """Count the request against the quota of its sender, or return the limit that is used up."""
        ...

    def perform(self, request: Request, now: float) -> Json:
        """Return the body of the response, or a `Reply` or `Stream`, at `now` in epoch seconds.

        Raises:
            ServiceError: A parameter is invalid, or there is nothing to respond with.
        """
        ...

    def over_quota(self, request: Request, excess: Excess, now: float) -> ServiceError:
        """Return the error for a request beyond a limit."""
        ...

    def conflict(self, request: Request, period: str, now: float) -> ServiceError:
        """Return the error for a request beyond the limit of a `minute` or `month`, as if that were used up."""
        ...

    def failure(self, request: Request, kind: str, shape: str, now: float) -> ServiceError | None:
        """Return the error that a fault of this kind brings, in one of its shapes, or None if it brings none."""
        ...

    def repeated(self, request: Request, body: Json, now: float) -> Json:
        """Return `body` as that of a list that does not go on: its cursor leads back, or its page is another one."""
        ...
