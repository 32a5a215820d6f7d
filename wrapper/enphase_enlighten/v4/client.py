# Generated from async_client.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The sync client: a method for each operation of the specification."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ..config.settings import (
    DEFAULT_CONCURRENCY,
    DEFAULT_MAX_RESPONSE_BYTES,
    DEFAULT_MAX_RETRIES,
    DEFAULT_MAX_WAIT,
    DEFAULT_TIMEOUT,
)
from .authentication import GivenCredentials
from .charger_methods import ChargerMethods
from .configuration import assembled
from .device_series_methods import DeviceSeriesMethods
from .event_methods import EventMethods
from .lifetime_methods import LifetimeMethods
from .live_methods import LiveMethods
from .settings_methods import SettingsMethods
from .site_series_methods import SiteSeriesMethods
from .system_methods import SystemMethods

if TYPE_CHECKING:
    import ssl

    import httpx

    from enlighten_v4 import AuthenticatedClient

    from ..api import Observer
    from ..credentials.token import Token
    from ..credentials.token_store import TokenStore
    from ..quota.plans import UsagePlan
    from .quotas import Quota


class Enlighten(
    SystemMethods,
    SiteSeriesMethods,
    DeviceSeriesMethods,
    LifetimeMethods,
    EventMethods,
    SettingsMethods,
    ChargerMethods,
    LiveMethods,
):
    """A client of the Monitoring API v4.

    It is safe to share between threads.

    Credentials are taken from the arguments, else from the environment (``ENLIGHTEN_API_KEY``,
    ``ENLIGHTEN_CLIENT_ID``, ``ENLIGHTEN_CLIENT_SECRET``), else from a profile of the configuration file, a TOML file in
    the user's configuration folder.

    Args:
        api_key: The application's key.
        client_id: The application's client id.
        client_secret: The application's client secret.
        tokens: What an owner's login gave: a `TokenStore`, whose tokens are renewed in time and saved before they are
            used; a `Token`, which is renewed and kept in memory alone; or an access token as a string, which is used as
            it is and never renewed. By default the store of the profile.
        key_in: Whether the key travels in the query or in a header.
        base_url: Where the service is: https, or http on loopback, or http to a simulated API elsewhere with its own
            credentials. By default ``ENLIGHTEN_BASE_URL``, the profile's, or the live service.
        profile: The profile of the configuration file, which then comes before the environment. By default
            ``ENLIGHTEN_PROFILE``, or ``default``, which is read where a credential is in neither of the other places.
        plan: The application's plan: its name, such as ``"watt"``, or its limits for a minute and a month, such as
            ``"10/1000"`` or a `UsagePlan`. Requests are then paced ahead. Without it the limits are learned from the
            first 429.
        timeout: Seconds to wait for a connection, for each part of a response, and for a free connection.
        max_retries: How often a request is sent again after a 500, 502, 503, 504, a timeout or a broken connection.
        max_wait: Seconds that one request may wait for its quota altogether; 0 never waits but raises.
        concurrency: Windows of a long range that are fetched at once at most; sync clients fetch one after another.
        max_response_bytes: The largest body that is read.
        strict: Whether every deviation from the specification is an error (needs the extra ``strict``).
        quota: A `Quota` to share between clients; by default each client has its own.
        proxy: The URL of a proxy; by default the environment's, and for loopback none.
        verify: As for httpx: False, or an ``ssl.SSLContext``, for a CA of one's own.
        clock: The time to plan with: a function or an object with ``now()`` that returns epoch seconds or an aware
            datetime. One with ``advance(seconds)`` too is moved on instead of waiting.
        transport: An httpx transport to send with, as the innermost layer; ``proxy`` and ``verify`` do not apply then.
        observe: Called after each attempt of a request with an `Exchange`: the request and its outcome, without
            credentials. It is called in the thread or the event loop that sends the request. An error that it
            raises is logged, and changes nothing for the request.

    Raises:
        ConfigurationError: Credentials are missing, or a setting cannot be used.
        InvalidArgumentError: A number is out of its range.

    Example:
        >>> with Enlighten(api_key, tokens=access_token, base_url=base_url) as client:
        ...     names = [system.name for system in client.systems()]
    """

    def __init__(
        self,
        api_key: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        *,
        tokens: TokenStore | Token | str | None = None,
        key_in: Literal["query", "header"] = "query",
        base_url: str | None = None,
        profile: str | None = None,
        plan: str | UsagePlan | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        max_retries: int = DEFAULT_MAX_RETRIES,
        max_wait: float = DEFAULT_MAX_WAIT,
        concurrency: int = DEFAULT_CONCURRENCY,
        max_response_bytes: int = DEFAULT_MAX_RESPONSE_BYTES,
        strict: bool = False,
        quota: Quota | None = None,
        proxy: str | httpx.Proxy | None = None,
        verify: bool | ssl.SSLContext = True,
        clock: Any = None,
        transport: httpx.BaseTransport | None = None,
        observe: Observer | None = None,
    ) -> None:
        given = GivenCredentials(api_key, client_id, client_secret, tokens)
        del api_key, client_id, client_secret, tokens  # so that no traceback shows them
        assembly = assembled(
            given,
            key_in=key_in,
            base_url=base_url,
            profile=profile,
            plan=plan,
            quota=quota,
            timeout=timeout,
            max_retries=max_retries,
            max_wait=max_wait,
            concurrency=concurrency,
            max_response_bytes=max_response_bytes,
            strict=strict,
            clock=clock,
            observe=observe,
        )
        super().__init__(assembly, transport, proxy=proxy, verify=verify)

    @property
    def low_level(self) -> AuthenticatedClient:
        """A client for the functions below ``enlighten_v4.api``, which sends through the same layers as this one.

        Use those of its kind alone, ``sync`` or ``asyncio``. They return generated models, and raise httpx's errors and
        `UsageLimitExceededError`. Do not close it: it shares this client's connections.
        To watch all requests of this client, give it ``observe=``.

        Example:
            >>> from enlighten_v4.api.default import devices
            >>> devices.sync(system_id, client=client.low_level).system_id == system_id
            True
        """
        from enlighten_v4 import AuthenticatedClient

        generated = AuthenticatedClient(base_url=self._driver.context.settings.base_url, token="")
        return generated.set_httpx_client(self._driver.http)
