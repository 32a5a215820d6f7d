"""What the operations of one client share: its settings, its clock, and what it has learned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

if TYPE_CHECKING:
    from datetime import tzinfo

    from ..api import API, Authentication, Observer
    from ..config.settings import Settings
    from ..quota.quota import Quota
    from ..timing.clock import Clock


@frozen
class Context:
    """Shared by all operations of a client.

    Attributes:
        observe: Called after each attempt of a request.
        sequential: Whether requests go out one after another, whatever the settings allow: in the sync client.
        timezones: The timezone of each system that the client has learned, by system id.
        reported: The deviations that are in the log already: operation, place and kind.
    """

    api: API
    settings: Settings
    authentication: Authentication
    clock: Clock
    quota: Quota
    sequential: bool = False
    observe: Observer | None = None
    timezones: dict[int, tzinfo] = field(factory=dict)
    reported: set[tuple[str, str, str]] = field(factory=set)

    def now(self) -> float:
        """The time as the service has it, as far as known, in epoch seconds."""
        return self.server_time(self.clock.now())

    def server_time(self, moment: float) -> float:
        """The server's time at a moment of our clock, both in epoch seconds."""
        return moment + self.quota.offset

    def changed(self, changes: dict[str, Any]) -> Context:
        """Return a context with changed settings that shares what was learned."""
        return evolve(self, settings=self.settings.changed(changes))

    @property
    def concurrency(self) -> int:
        """How many windows may be under way at once."""
        return 1 if self.sequential else self.settings.concurrency
