"""What the operations of one client share: its settings, its clock, and what it has learned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from .reading import invalid
from .strict import first_fault, is_described

if TYPE_CHECKING:
    from datetime import tzinfo

    from .clock import Clock
    from .protocol import Answer
    from .quota import Quota
    from .settings import Settings


@frozen
class Context:
    """Shared by all operations of a client.

    Attributes:
        sequential: Whether requests go out one after another, whatever the settings allow: in the sync client.
        timezones: The timezone of each system that the client has learned, by system id.
        reported: The deviations that are in the log already: operation, place and kind.
    """

    settings: Settings
    clock: Clock
    quota: Quota
    sequential: bool = False
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

    def describes(self, answer: Answer) -> bool:
        """Whether a body of this status is held against the specification: in strict mode, where it has a schema."""
        return self.settings.strict and is_described(answer.request.operation, answer.status)

    def check(self, answer: Answer, body: object) -> None:
        """Hold a body against the specification, in strict mode.

        Raises:
            InvalidResponseError: It deviates from it; with the pointer of the first place.
        """
        if not self.describes(answer):
            return
        fault = first_fault(answer.request.operation, answer.status, body)
        if fault is not None:
            raise invalid(answer, self, *fault)
