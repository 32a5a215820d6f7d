"""From the arguments of a client of API v4, the environment and a profile to checked settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ..clients.assembly import Assembly
from ..config.folders import state_folder
from ..config.profiles import profile_name
from ..config.secrets import checked_secret
from ..config.sources import Sources
from ..credentials.token_files import FileTokenStore
from ..errors import ConfigurationError, EnlightenError
from ..quota.plans import UsagePlan, resolve_plan
from .authentication import SETTINGS, WAYS, Credentials, GivenCredentials
from .definition import V4
from .oauth import site_of
from .quotas import PLANS, Quota


def profile_store(profile: str | None) -> FileTokenStore:
    """Return the store of the tokens that belong to a profile, by default to ``ENLIGHTEN_PROFILE``'s or ``default``."""
    return FileTokenStore(state_folder() / f"tokens-{quote(profile_name(profile), safe='')}.json")


def assembled(
    given: GivenCredentials,
    *,
    key_in: Any,
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
        with_login = not isinstance(given.tokens, str)
        secret = sources.find("client_secret", given.client_secret)
        client = sources.find("client_id", given.client_id)
        credentials = Credentials(
            checked_secret("api_key", sources.find("api_key", given.api_key), WAYS),
            profile_store(profile) if given.tokens is None else given.tokens,
            client_id=checked_secret("client_id", client, WAYS) if with_login else None,
            client_secret=checked_secret("client_secret", secret, WAYS) if with_login else None,
            key_in=key_in,
            token_url=f"{site_of(sources.find('base_url', base_url).value)}/oauth/token",
        )
    except EnlightenError as error:
        raise error.without_frames() from None
    if quota is not None and plan is not None:
        raise ConfigurationError("plan= and quota= were both given: give the plan to the quota, Quota(plan).")
    url, limits = sources.find("base_url", base_url), sources.find("plan", plan)
    if isinstance(url.value, str) and url.value.rstrip("/").endswith("/api/v2"):
        raise ConfigurationError(
            f"{url.source} is where API v2 is, and this is a client of API v4: give an address that ends with /api/v4, "
            "or use enphase_enlighten.Enlighten."
        )
    if quota is None:
        quota = Quota(resolve_plan(limits.value, PLANS, limits.source))
    where = {"base_url": url.value, "base_url_source": url.source, "in_clear": credentials.simulated}
    where["application"] = credentials.application
    return Assembly.checked(V4, credentials, quota=quota, **where, **options)
