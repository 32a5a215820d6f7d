"""From what a client was given, the environment and a profile to checked settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define

from ..config.settings import BASE_URL, Settings, checked_base_url
from ..config.sources import Sources
from ..credentials.log_filter import configure_logging
from ..engine.context import Context
from ..errors import ConfigurationError, EnlightenError
from ..quota.quota import Quota, resolve_plan
from ..timing.clock import Clock, as_clock
from ..transport.network import Connection
from .authentication import SETTINGS, Credentials, GivenCredentials, checked_secret
from .definition import V2

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..quota.quota import UsagePlan


@define
class Configuration:
    """All that a client needs to know before it makes its layers."""

    settings: Settings
    credentials: Credentials
    clock: Clock
    quota: Quota

    @classmethod
    def resolve(
        cls,
        given: GivenCredentials,
        *,
        base_url: str | None,
        profile: str | None,
        plan: str | UsagePlan | None,
        quota: Quota | None,
        clock: Any,
        **settings: Any,
    ) -> Configuration:
        """Find and check everything.

        Raises:
            ConfigurationError: Something is missing or cannot be used.
            InvalidArgumentError: A number is out of its range.
        """
        try:
            sources = Sources.read(SETTINGS, profile, given.names)
            credentials = Credentials(
                checked_secret("api_key", sources.find("api_key", given.api_key)),
                checked_secret("user_id", sources.find("user_id", given.user_id)),
            )
        except EnlightenError as error:
            raise error.without_frames() from None
        url, limits = sources.find("base_url", base_url), sources.find("plan", plan)
        if quota is not None and plan is not None:
            raise ConfigurationError("plan= and quota= were both given: give the plan to the quota, Quota(plan).")
        if quota is not None and not isinstance(quota, Quota):
            raise ConfigurationError(f"quota={quota!r} is no Quota. Give a Quota, SQLiteQuota or RedisQuota.")
        configure_logging(credentials.masking)
        return cls(
            Settings(checked_base_url(BASE_URL if url.value is None else url.value, url.source), **settings),
            credentials,
            as_clock(clock),
            quota if quota is not None else Quota(resolve_plan(limits.value, limits.source)),
        )

    def context(self, *, sequential: bool) -> Context:
        """Return the context of a new client."""
        return Context(V2, self.settings, self.credentials, self.clock, self.quota, sequential)

    def transport(self, given: Any, kind: type, deferred: Callable[[Connection], Any], proxy: Any, verify: Any) -> Any:
        """Return the innermost transport: the one that was given, or one that speaks HTTP.

        Raises:
            ConfigurationError: The one that was given is of the other client's kind, or none can be made.
        """
        if given is None:
            return deferred(Connection(self.settings.base_url, proxy, verify))
        if not isinstance(given, kind):
            raise ConfigurationError(f"transport={given!r} is no httpx.{kind.__name__}, which this client needs.")
        return given
