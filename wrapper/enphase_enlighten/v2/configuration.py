"""From the arguments of a client of API v2, the environment and a profile to checked settings."""

from __future__ import annotations

from typing import Any

from ..clients.assembly import Assembly
from ..config.secrets import checked_secret
from ..config.sources import Sources
from ..errors import ConfigurationError, EnlightenError
from ..quota.plans import UsagePlan, resolve_plan
from .authentication import SETTINGS, WAYS, Credentials, GivenCredentials
from .definition import PLANS, V2
from .quotas import Quota


def assembled(
    given: GivenCredentials,
    *,
    base_url: str | None,
    profile: str | None,
    plan: str | UsagePlan | None,
    quota: Quota | None,
    **options: Any,
) -> Assembly:
    """Find and check all settings.

    Raises:
        ConfigurationError: A setting is missing or cannot be used.
        InvalidArgumentError: A number is out of its range.
    """
    try:
        sources = Sources.read(SETTINGS, profile, given.names)
        api_key, user_id = sources.find("api_key", given.api_key), sources.find("user_id", given.user_id)
        # Not in variables of their own, which a traceback would show.
        credentials = Credentials(checked_secret("api_key", api_key, WAYS), checked_secret("user_id", user_id, WAYS))
    except EnlightenError as error:
        raise error.without_frames() from None
    if quota is not None and plan is not None:
        raise ConfigurationError("plan= and quota= were both given: give the plan to the quota, Quota(plan).")
    url, limits = sources.find("base_url", base_url), sources.find("plan", plan)
    if quota is None:
        quota = Quota(resolve_plan(limits.value, PLANS, limits.source))
    where = {"base_url": url.value, "base_url_source": url.source, "in_clear": credentials.simulated}
    return Assembly.checked(V2, credentials, quota=quota, **where, **options)
