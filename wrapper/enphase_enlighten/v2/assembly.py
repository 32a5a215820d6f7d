"""From what a client was given, the environment and a profile to checked settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from ..config.profiles import PROFILE_VARIABLE, load_profile
from ..config.settings import BASE_URL, Settings
from ..credentials.log_filter import configure_logging
from ..engine.context import Context
from ..errors import ConfigurationError, EnlightenError
from ..quota.quota import Quota
from ..timing.clock import Clock, as_clock
from ..transport.route import Route, checked_base_url
from .authentication import KEY_VARIABLE, USER_VARIABLE, Credentials, GivenCredentials, checked_secret
from .definition import V2

if TYPE_CHECKING:
    from ..api import Observer
    from ..quota.quota import UsagePlan

BASE_URL_VARIABLE = "ENLIGHTEN_BASE_URL"


@frozen
class Sources:
    """Where a setting may come from: an argument, before the environment, before the profile.

    A profile that is named by an argument is an argument: it comes before the environment, because the credentials of
    one account must not go to the server of another.
    """

    profile: dict[str, str] = field(repr=False)
    named: bool

    def find(self, name: str, given: Any, variable: str | None = None) -> tuple[Any, str]:
        """Return a setting, None where it is nowhere, and its place for messages."""
        if given is not None:
            return given, name
        of_profile = self.profile.get(name), f"{name} of the profile"
        if self.named and name in self.profile:
            return of_profile
        if variable and os.environ.get(variable):
            return os.environ[variable], variable
        return of_profile


def _needed_profile(given: GivenCredentials, name: str | None) -> dict[str, str]:
    """Read the profile if it was asked for or something is missing: no other client needs the file."""
    complete = (given.api_key or os.environ.get(KEY_VARIABLE)) and (given.user_id or os.environ.get(USER_VARIABLE))
    return {} if complete and name is None and not os.environ.get(PROFILE_VARIABLE) else load_profile(name)


@define
class Configuration:
    """All that a client needs to know before it makes its layers."""

    settings: Settings
    credentials: Credentials
    clock: Clock
    quota: Quota
    observe: Observer | None = None

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
        observe: Observer | None = None,
        **settings: Any,
    ) -> Configuration:
        """Find and check everything.

        Raises:
            ConfigurationError: Something is missing or cannot be used.
            InvalidArgumentError: A number is out of its range.
        """
        try:
            sources = Sources(_needed_profile(given, profile), named=profile is not None)
            credentials = Credentials(
                checked_secret("api_key", *sources.find("api_key", given.api_key, KEY_VARIABLE)),
                checked_secret("user_id", *sources.find("user_id", given.user_id, USER_VARIABLE)),
            )
        except EnlightenError as error:
            raise error.without_frames() from None
        url, source = sources.find("base_url", base_url, BASE_URL_VARIABLE)
        if quota is not None and plan is not None:
            raise ConfigurationError("plan= and quota= were both given: give the plan to the quota, Quota(plan).")
        if quota is not None and not isinstance(quota, Quota):
            raise ConfigurationError(f"quota={quota!r} is no Quota. Give a Quota, SQLiteQuota or RedisQuota.")
        configure_logging(credentials.masking)
        return cls(
            Settings(checked_base_url(BASE_URL if url is None else url, source, BASE_URL), **settings),
            credentials,
            as_clock(clock),
            quota if quota is not None else Quota(plan if plan is not None else sources.find("plan", None)[0]),
            observe,
        )

    def context(self, *, sequential: bool) -> Context:
        """Return the context of a new client."""
        return Context(V2, self.settings, self.credentials, self.clock, self.quota, sequential, self.observe)

    def route(self, proxy: Any, verify: Any) -> Route:
        """Return the way to the service.

        Raises:
            ConfigurationError: The proxy or the certificates cannot be used.
        """
        return Route(self.settings.base_url, proxy, verify)
