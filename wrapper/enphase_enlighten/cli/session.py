"""A client for a run: credentials from where they are, one quota for all runs, and the service's time."""

from __future__ import annotations

import hashlib
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from ..config.settings import BASE_URL
from ..config.sources import Found, Sources
from ..errors import ConfigurationError
from ..quota.quota import PLAN_FORMS, UsagePlan, resolve_plan
from ..timing.clock import SystemClock
from ..v2.authentication import KEY_VARIABLE, SETTINGS, USER_VARIABLE
from . import messages
from .exits import Code, CommandError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from enphase_enlighten import Enlighten, Quota

    from .options import Connection

HOW_TO_LOG_IN = f"run `enlighten login`, or set {KEY_VARIABLE} and {USER_VARIABLE}"


@frozen
class Access:
    """The credentials, the service and the plan, and where each of them was found.

    Attributes:
        api_key: The key.
        user_id: The user id.
        base_url: Where the service is.
        plan: The plan's limits.
        plan_place: Where the plan is set; empty where it is not.
    """

    api_key: Found
    user_id: Found
    base_url: Found
    plan: UsagePlan = field(factory=UsagePlan)
    plan_place: str = ""


def find_access(options: Connection) -> Access:
    """Find the credentials and the rest.

    Raises:
        CommandError: The configuration file cannot be used, or the plan is unknown.
    """
    try:
        sources = Sources.read(SETTINGS, options.profile or None)
    except ConfigurationError as error:
        raise CommandError(str(error), Code.CREDENTIALS) from None
    plan = sources.find("plan", options.plan or None, "--plan")
    return Access(
        sources.find("api_key"),
        sources.find("user_id"),
        base_url(sources, options),
        limits(plan),
        "" if plan.value is None else plan.place,
    )


def base_url(sources: Sources, options: Connection) -> Found:
    """Return where the service is."""
    found = sources.find("base_url", options.base_url or None, "--base-url")
    return Found(BASE_URL, "base_url", "the default") if found.value is None else found


def limits(plan: Found) -> UsagePlan:
    """Return the limits of a plan.

    Raises:
        CommandError: It is unknown.
    """
    try:
        return resolve_plan(plan.value)
    except ConfigurationError:
        raise CommandError(f"{plan.source} {plan.value!r} is unknown: give {PLAN_FORMS}.") from None


class WaitingClock(SystemClock):
    """The machine's clock, which says when it waits."""

    def __init__(self, on_wait: Callable[[float], None]) -> None:
        super().__init__()
        self._on_wait = on_wait

    def sleep(self, seconds: float) -> None:
        """Wait, and say so before and after."""
        self._on_wait(seconds)
        super().sleep(seconds)
        self._on_wait(0.0)


@define
class Session:
    """A client, and what its answers told.

    Attributes:
        client: The client.
        answers: How many requests were answered.
        offset: Seconds by which the service's clock is ahead of this machine's; None until it told.
    """

    client: Enlighten
    on_answer: Callable[[], None]
    answers: int = 0
    offset: float | None = None

    def now(self) -> datetime:
        """The time by the service's clock, as far as known."""
        return datetime.fromtimestamp(time.time() + (self.offset or 0.0), UTC)

    def received(self, response: httpx.Response) -> None:
        """Take in an answer."""
        self.answers += 1
        with suppress(KeyError, ValueError, TypeError, OverflowError):
            # A `Date` names the second in which it was written: on average half of it has passed.
            self.offset = parsedate_to_datetime(response.headers["Date"]).timestamp() + 0.5 - time.time()
        self.on_answer()


def _nothing(*_: Any) -> None:
    """Do nothing."""


@contextmanager
def connected(
    options: Connection,
    *,
    access: Access | None = None,
    on_answer: Callable[[], None] = _nothing,
    on_wait: Callable[[float], None] = _nothing,
) -> Iterator[Session]:
    """Give a session, whose client is closed at the end.

    Args:
        options: The options.
        access: The credentials and so on; by default they are looked for.
        on_answer: Called after each answer.
        on_wait: Called with the seconds of a wait before it, and with 0 after it.

    Raises:
        CommandError: There are no credentials.
    """
    from enphase_enlighten import Enlighten

    access = access or find_access(options)
    api_key, user_id = access.api_key.value, access.user_id.value
    if not api_key or not user_id:
        missing = "API key" if not api_key else "user id"
        raise CommandError(f"No {missing} found: {HOW_TO_LOG_IN}.", Code.CREDENTIALS)
    messages.keep_secret(api_key, user_id)
    messages.listen(debug=options.debug)
    with Enlighten(
        api_key,
        user_id,
        base_url=access.base_url.value,
        quota=shared_quota(access),
        clock=WaitingClock(on_wait),
    ) as client:
        session = Session(client, on_answer)
        client.low_level.get_httpx_client().event_hooks = {"response": [session.received]}
        yield session


def shared_quota(access: Access) -> Quota:
    """Return the quota that all runs with this key share, in a file for state; in memory where there can be none."""
    from enphase_enlighten import Quota, SQLiteQuota

    path = _quota_file(access)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        quota = SQLiteQuota(path, access.plan)
        quota.usage(time.time())
    except (OSError, ConfigurationError):
        return Quota(access.plan)
    return quota


def _quota_file(access: Access) -> Path:
    import platformdirs

    # The key itself must not be found in a file's name.
    name = hashlib.blake2b(f"{access.base_url.value}\n{access.api_key.value}".encode(), digest_size=12).hexdigest()
    return Path(platformdirs.user_state_path("enphase-enlighten")) / f"quota-{name}.sqlite"
