"""A client for a run: credentials from where they are, one quota for all runs, and the service's time."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from ..config.profiles import DEFAULT_PROFILE, PROFILE_VARIABLE, configuration_file, load_profile
from ..config.settings import BASE_URL
from ..errors import ConfigurationError
from ..quota.quota import PLANS, UsagePlan
from ..timing.clock import SystemClock
from ..v2.assembly import BASE_URL_VARIABLE
from ..v2.authentication import KEY_VARIABLE, USER_VARIABLE
from . import messages
from .exits import Code, CommandError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from enphase_enlighten import Enlighten, Quota

    from .options import Connection

HOW_TO_LOG_IN = f"run `enlighten login`, or set {KEY_VARIABLE} and {USER_VARIABLE}"


@frozen
class Sources:
    """What is known of the service and the credentials, and where from.

    Attributes:
        api_key: The key; None where there is none.
        user_id: The user id, likewise.
        base_url: Where the service is.
        plan: The plan's limits.
        places: Where each of these was found, by name, for people.
    """

    api_key: str | None = field(repr=False)
    user_id: str | None = field(repr=False)
    base_url: str
    plan: UsagePlan | None
    places: dict[str, str]


def find_sources(options: Connection) -> Sources:
    """Find the credentials and the rest: an option, before the environment, before the profile.

    Raises:
        CommandError: The configuration file cannot be used, or the plan is unknown.
    """
    environment = os.environ.get
    in_environment = bool(environment(KEY_VARIABLE) and environment(USER_VARIABLE))
    named = options.profile or environment(PROFILE_VARIABLE)
    profile: dict[str, str] = {}
    if named or not in_environment:
        try:
            profile = load_profile(options.profile)
        except ConfigurationError as error:
            raise CommandError(str(error), Code.CREDENTIALS) from None
    in_file = f"profile {named or DEFAULT_PROFILE!r} of {configuration_file()}"
    places: dict[str, str] = {}

    def find(name: str, given: str | None, variable: str | None) -> str | None:
        candidates = [(given, f"--{name.replace('_', '-')}"), (profile.get(name), in_file)]
        # Whoever names a profile on the command line means that one, whatever the environment has.
        candidates.insert(2 if options.profile else 1, (environment(variable) if variable else None, str(variable)))
        for found, place in candidates:
            if found:
                places[name] = place
                return found
        return None

    return Sources(
        find("api_key", None, KEY_VARIABLE),
        find("user_id", None, USER_VARIABLE),
        find("base_url", options.base_url, BASE_URL_VARIABLE) or BASE_URL,
        _plan(find("plan", options.plan, None)),
        places,
    )


def _plan(name: str | None) -> UsagePlan | None:
    if name is None:
        return None
    known = PLANS.get(name.lower())
    minute, slash, month = name.partition("/")
    if known is None and slash and minute.isdecimal() and month.isdecimal():
        known = UsagePlan(int(minute), int(month))
    if known is None:
        raise CommandError(f"--plan {name!r} is unknown: give {', '.join(PLANS)}, or MINUTE/MONTH such as 10/5000.")
    return known


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
        plan: The limits that were given.
    """

    client: Enlighten
    plan: UsagePlan | None
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
    sources: Sources | None = None,
    on_answer: Callable[[], None] = _nothing,
    on_wait: Callable[[float], None] = _nothing,
) -> Iterator[Session]:
    """Give a session, whose client is closed at the end.

    Args:
        options: The options.
        sources: The credentials and so on; by default they are looked for.
        on_answer: Called after each answer.
        on_wait: Called with the seconds of a wait before it, and with 0 after it.

    Raises:
        CommandError: There are no credentials.
    """
    from enphase_enlighten import Enlighten

    sources = sources or find_sources(options)
    if not sources.api_key or not sources.user_id:
        missing = "API key" if not sources.api_key else "user id"
        raise CommandError(f"No {missing} found: {HOW_TO_LOG_IN}.", Code.CREDENTIALS)
    messages.keep_secret(sources.api_key, sources.user_id)
    messages.listen(debug=options.debug)
    with Enlighten(
        sources.api_key,
        sources.user_id,
        base_url=sources.base_url,
        quota=shared_quota(sources),
        clock=WaitingClock(on_wait),
    ) as client:
        session = Session(client, sources.plan, on_answer)
        client.low_level.get_httpx_client().event_hooks = {"response": [session.received]}
        yield session


def shared_quota(sources: Sources) -> Quota:
    """Return the quota that all runs with this key share, in a file for state; in memory where there can be none."""
    from enphase_enlighten import Quota, SQLiteQuota

    path = _quota_file(sources)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        quota = SQLiteQuota(path, sources.plan)
        quota.usage(time.time())
    except (OSError, ConfigurationError):
        return Quota(sources.plan)
    return quota


def _quota_file(sources: Sources) -> Path:
    import platformdirs

    # The key itself must not be found in a file's name.
    name = hashlib.blake2b(f"{sources.base_url}\n{sources.api_key}".encode(), digest_size=12).hexdigest()
    return Path(platformdirs.user_state_path("enphase-enlighten")) / f"quota-{name}.sqlite"
