"""From checked settings to the driver of a client."""

from __future__ import annotations

from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from ..config.settings import Settings
from ..credentials.log_filter import configure_logging
from ..engine.async_driver import AsyncDriver
from ..engine.context import Context
from ..engine.driver import Driver
from ..errors import ConfigurationError, shown
from ..quota.plans import UsagePlan, resolve_plan
from ..quota.quota import AsyncRequestQuota, MemoryStore, RequestQuota
from ..timing.clock import as_clock
from ..transport.async_sending import AsyncNetwork
from ..transport.route import Route, checked_base_url
from ..transport.sending import Network

if TYPE_CHECKING:
    import httpx

    from ..api import API, Authentication, Observer


@frozen
class Assembly:
    """All that a client needs to know before its driver is made."""

    context: Context

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
        application: str = "",
        clock: Any = None,
        observe: Observer | None = None,
        **settings: Any,
    ) -> Assembly:
        """Check everything, and mask the credentials in every log.

        `base_url_source` is where the base URL was given, for messages; `in_clear` says that the credentials are no
        secrets, and may travel over http; `application` tells the applications apart that have limits of their own.

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
        if application:
            quota.bind(application)
        if observe is not None and (not callable(observe) or iscoroutinefunction(observe)):
            raise ConfigurationError(
                f"observe={shown(observe)} must be a function of one argument, and not a coroutine function."
            )
        url = api.base_url if base_url is None else base_url
        url = checked_base_url(url, base_url_source, api.base_url, in_clear=in_clear)
        configure_logging(authentication.masking)
        return cls(Context(api, Settings(url, **settings), authentication, as_clock(clock), quota, observe=observe))

    def driver(self, transport: httpx.BaseTransport | None, proxy: Any, verify: Any) -> Driver:
        """Return the driver of a sync client; raise `ConfigurationError` for what it cannot connect with."""
        context = evolve(self.context, sequential=True)
        return Driver(context, Network(*self._way(transport, proxy, verify), transport), context.quota)

    def async_driver(self, transport: httpx.AsyncBaseTransport | None, proxy: Any, verify: Any) -> AsyncDriver:
        """Return the driver of an async client; see `driver`."""
        context = self.context
        network = AsyncNetwork(*self._way(transport, proxy, verify), transport)
        return AsyncDriver(context, network, AsyncRequestQuota(context.quota))

    def _way(self, transport: object, proxy: Any, verify: Any) -> tuple[str, Authentication, Route | None]:
        base_url = self.context.settings.base_url
        route = Route(base_url, proxy, verify) if transport is None else None
        return base_url, self.context.authentication, route
