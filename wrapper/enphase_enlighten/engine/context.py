"""What the operations of one client share: its API, its settings, its clocks, and what it has learned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import Factory, evolve, field, frozen

from ..transport.pipeline import Rules

if TYPE_CHECKING:
    from ..api import API, Authentication, Observer
    from ..config.settings import Settings
    from ..planning.lengths import Lengths
    from ..quota.quota import RequestQuota
    from ..timing.clock import Clock


@frozen
class Context:
    """What all operations of a client share.

    `sequential` says that requests go out one after another, as in the sync client, whatever the settings allow.
    `timezones` are those that the client has learned, by system id. `reported` are the deviations that are in the log
    already: operation, place and kind. `page_sizes` are the largest pages that operations were found to give, `lengths`
    how long their windows are. `now` returns the time as the service has it, as far as known, in epoch seconds.
    """

    api: API
    settings: Settings
    authentication: Authentication
    clock: Clock
    quota: RequestQuota
    sequential: bool = False
    observe: Observer | None = None
    timezones: dict[int, tzinfo] = field(factory=dict)
    lengths: dict[str, Lengths] = field(factory=dict)
    reported: set[tuple[str, str, str]] = field(factory=set)
    page_sizes: dict[str, int] = field(factory=dict)
    concurrency: int = field(
        init=False,
        default=Factory(lambda self: 1 if self.sequential else self.settings.concurrency, takes_self=True),
    )
    now: Callable[[], float] = field(
        init=False,
        repr=False,
        default=Factory(lambda self: self.quota.server_clock.following(self.clock), takes_self=True),
    )

    @property
    def rules(self) -> Rules:
        """What requests are sent by."""
        settings = self.settings
        time = partial(self.quota.server_clock.time, self.clock)
        return Rules(self.authentication, self.api.errors, settings.max_retries, settings.max_wait, time)

    def changed(self, changes: dict[str, Any]) -> Context:
        """Return a context with changed settings that shares what was learned."""
        return evolve(self, settings=self.settings.changed(changes))
