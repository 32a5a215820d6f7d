"""A client for a run: credentials from where they are, one quota for all runs, and the service's time."""

from __future__ import annotations

import hashlib
import time
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from ..config.folders import state_folder
from ..config.sources import Found, Sources
from ..errors import ConfigurationError
from ..quota.plans import plan_forms, resolve_plan
from ..timing.clock import SystemClock
from ..v2.authentication import KEY_VARIABLE, SETTINGS, USER_VARIABLE
from ..v2.definition import BASE_URL, PLANS
from .exits import Code, CommandError
from .messages import keep_secret, listening, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from enphase_enlighten import Enlighten, Exchange, Quota

    from .options import ConnectionOptions

HOW_TO_LOG_IN = f"run `enlighten login`, or set {KEY_VARIABLE} and {USER_VARIABLE}"


@frozen
class Access:
    """The credentials, the service and the plan, and where each of them was found."""

    api_key: Found
    user_id: Found
    base_url: Found
    plan: Found

    @classmethod
    def find(
        cls,
        options: ConnectionOptions,
        sources: Sources | None = None,
        typed: tuple[str | None, str | None] = (None, None),
    ) -> Access:
        """Find all of it."""
        try:
            sources = sources or Sources.read(SETTINGS, options.profile or None)
        except ConfigurationError as error:
            raise CommandError(str(error), Code.CREDENTIALS) from None
        base_url = sources.find("base_url", options.base_url or None, "--base-url")
        if base_url.value is None:
            base_url = Found(BASE_URL, "base_url", "the default")
        plan = sources.find("plan", options.plan or None, "--plan")
        try:
            resolve_plan(plan.value, PLANS)
        except ConfigurationError:
            raise CommandError(f"{plan.source} {plan.value!r} is unknown: give {plan_forms(PLANS)}.") from None
        return cls(sources.find("api_key", typed[0]), sources.find("user_id", typed[1]), base_url, plan)


CLOCK: ContextVar[SystemClock] = ContextVar("CLOCK", default=SystemClock())  # noqa: B039 - it keeps nothing
"""What runs have the time from, and wait by: the machine's clock, unless who calls the command sets another."""


class WaitingClock(SystemClock):
    """A clock that says when it waits."""

    def __init__(self, clock: SystemClock, on_wait: Callable[[float], None]) -> None:
        super().__init__(clock.now, clock.sleep)
        self.steady = clock.steady
        self._on_wait = on_wait

    def sleep(self, seconds: float) -> None:
        """Wait, and say so before and after."""
        self._on_wait(seconds)
        super().sleep(seconds)
        self._on_wait(0.0)


@define
class Session:
    """A client and its responses."""

    on_response: Callable[[], None]  # called after each response
    not_shared: str  # why the quota is not shared with other runs; empty where it is
    client: Enlighten = field(init=False)
    responses: int = 0  # how many responses came

    def now(self) -> datetime:
        """Return the time by the service's clock, as far as known."""
        return datetime.fromtimestamp(CLOCK.get().now() + (self.client.clock_offset or 0.0), UTC)

    def observe(self, exchange: Exchange) -> None:
        """Count a response."""
        if exchange.status is not None:
            self.responses += 1
            self.on_response()


@contextmanager
def connected(
    options: ConnectionOptions,
    *,
    access: Access | None = None,
    on_response: Callable[[], None] = lambda: None,
    on_wait: Callable[[float], None] = lambda _seconds: None,
) -> Iterator[Session]:
    """Give a session, whose client is closed at the end."""
    from enphase_enlighten import Enlighten

    access = access or Access.find(options)
    api_key, user_id = access.api_key.value, access.user_id.value
    if not api_key or not user_id:
        missing = "API key" if not api_key else "user id"
        raise CommandError(f"No {missing} found: {HOW_TO_LOG_IN}.", Code.CREDENTIALS)
    keep_secret(api_key, user_id)
    with listening(debug=options.debug):
        quota, not_shared = shared_quota(access)
        if not_shared:
            say(f"The requests of this run are not counted together with those of others. {not_shared}", "warning")
        session = Session(on_response, not_shared)
        with Enlighten(
            api_key,
            user_id,
            base_url=access.base_url.value,
            quota=quota,
            clock=WaitingClock(CLOCK.get(), on_wait),
            observe=session.observe,
        ) as session.client:
            yield session


def shared_quota(access: Access) -> tuple[Quota, str]:
    """Return the quota that all runs with this key share, in a file for state.

    Where there can be no such file, the quota is one in memory, and the text says why.
    """
    from enphase_enlighten import Quota, SQLiteQuota

    # The key itself must not be found in a file's name.
    name = hashlib.blake2b(f"{access.base_url.value}\n{access.api_key.value}".encode(), digest_size=12).hexdigest()
    try:
        path = state_folder() / f"quota-{name}.sqlite"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        quota = SQLiteQuota(path, access.plan.value)
        quota.usage(time.time())
    except (OSError, ConfigurationError) as error:
        return Quota(access.plan.value), str(error)
    return quota, ""
