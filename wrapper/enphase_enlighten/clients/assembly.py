"""From checked settings to the driver of a client."""

from __future__ import annotations

from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any

from attrs import define

from ..config.settings import Settings
from ..credentials.log_filter import configure_logging
from ..engine.concurrent_driver import AsyncDriver
from ..engine.context import Context
from ..engine.driver import Driver
from ..errors import ConfigurationError, shown
from ..quota.plans import resolve_plan
from ..quota.quota import RequestQuota
from ..quota.stores import MemoryStore
from ..timing.clock import Clock, as_clock
from ..transport.network import AsyncNetwork, Network
from ..transport.route import Route, checked_base_url

if TYPE_CHECKING:
    import httpx

    from ..api import API, Authentication, Observer
    from ..quota.plans import UsagePlan


@define
class Assembly:
    """All that a client needs to know before its driver is made.

    Attributes:
        api: The API.
        settings: The client's settings.
        authentication: What requests are signed with.
        clock: Tells the time and waits.
        quota: Paces requests.
        observe: Called after each attempt of a request.
    """

    api: API
    settings: Settings
    authentication: Authentication
    clock: Clock
    quota: RequestQuota
    observe: Observer | None = None

    @classmethod
    def checked(
        cls,
        api: API,
        authentication: Authentication,
        *,
        plan: str | UsagePlan | None = None,
        quota: RequestQuota | None = None,
        base_url: Any = None,
        base_url_source: str = "base_url",
        in_clear: bool = False,
        clock: Any = None,
        observe: Observer | None = None,
        **settings: Any,
    ) -> Assembly:
        """Check everything, and mask the credentials in every log.

        Args:
            api: The API.
            authentication: What requests are signed with.
            plan: The limits of requests, by the name of a plan of the API or as they are.
            quota: Paces requests; by default one in memory, by the plan.
            base_url: Where the service is; by default where the API says.
            base_url_source: Where that was given, for messages.
            in_clear: Whether the credentials are no secrets, and may travel over http.
            clock: The time to plan with; see `as_clock`.
            observe: Called after each attempt of a request.
            settings: See `Settings`.

        Raises:
            ConfigurationError: A setting cannot be used.
            InvalidArgumentError: A number is out of its range.
        """
        if quota is None:
            quota = RequestQuota(resolve_plan(plan, api.plans), MemoryStore(), api.name)
        if not isinstance(quota, RequestQuota):
            raise ConfigurationError(f"quota={quota!r} is not a Quota. Give a Quota, SQLiteQuota or RedisQuota.")
        if quota.api != api.name:
            raise ConfigurationError(
                f"quota={quota!r} is for API {quota.api}, whose limits are its own. Give a Quota for API {api.name}."
            )
        if observe is not None and (not callable(observe) or iscoroutinefunction(observe)):
            raise ConfigurationError(
                f"observe={shown(observe)} must be a function of one argument, and not a coroutine function."
            )
        url = api.base_url if base_url is None else base_url
        url = checked_base_url(url, base_url_source, api.base_url, in_clear=in_clear)
        configure_logging(authentication.masking)
        return cls(api, Settings(url, **settings), authentication, as_clock(clock), quota, observe)

    def driver(self, transport: httpx.BaseTransport | None, proxy: Any, verify: Any) -> Driver:
        """Return the driver of a sync client.

        Raises:
            ConfigurationError: The transport, the proxy or the certificates cannot be used.
        """
        route = self._route(proxy, verify) if transport is None else None
        network = Network(self.settings.base_url, self.authentication, route, transport)
        return Driver(self._context(sequential=True), network)

    def async_driver(self, transport: httpx.AsyncBaseTransport | None, proxy: Any, verify: Any) -> AsyncDriver:
        """Return the driver of an async client; see `driver`."""
        route = self._route(proxy, verify) if transport is None else None
        network = AsyncNetwork(self.settings.base_url, self.authentication, route, transport)
        return AsyncDriver(self._context(sequential=False), network)

    def _route(self, proxy: Any, verify: Any) -> Route:
        return Route(self.settings.base_url, proxy, verify)

    def _context(self, *, sequential: bool) -> Context:
        return Context(
            self.api,
            self.settings,
            self.authentication,
            self.clock,
            self.quota,
            sequential=sequential,
            observe=self.observe,
        )
