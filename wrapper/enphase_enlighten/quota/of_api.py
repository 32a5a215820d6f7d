"""The quotas of one API: in memory, in a file, in Redis. A class for each names the API and its plans."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from ..errors import ConfigurationError
from .plans import UsagePlan, resolve_plan
from .quota import MemoryStore, RequestQuota, Store

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    import redis

    from .plans import Usage


class APIQuota(RequestQuota):
    """The spending of one application.

    Attributes:
        api_name: The name of the API.
        plans: Its plans by name.
        reads_unnamed: Whether stores start from the ledgers of an earlier version, which did not name the API.
        by_application: Whether shared places keep a ledger for each application, so that one has to be known.
    """

    api_name: ClassVar[str]
    plans: ClassVar[Mapping[str, UsagePlan]]
    reads_unnamed: ClassVar[bool] = False
    by_application: ClassVar[bool] = False

    def __init__(self, plan: str | UsagePlan | None = None, *, store: Store | None = None) -> None:
        store = store if store is not None else MemoryStore()
        super().__init__(resolve_plan(plan, self.plans), store, self.api_name)


class SharedQuota(APIQuota):
    """The spending of one application, in a place that may have that of others."""

    def usage(self, now: float) -> Usage:
        """Return what is spent at `now`, epoch seconds of the client's clock.

        Raises:
            ConfigurationError: The place where the spending is kept cannot be used, or no client has told which
                application's spending is meant.
        """
        usage = super().usage(now)
        if self.by_application and not self.application:
            raise ConfigurationError(
                f"{self!r} keeps the requests of each application (API key) apart, and does not know yet which one is "
                "meant. Make a client with quota= and its API key first; no request is needed."
            )
        return usage


class QuotaInFile(SharedQuota):
    """The spending of one application, in a file that many processes share; pickled as its path and plan."""

    def __init__(self, path: str | os.PathLike[str], plan: str | UsagePlan | None = None) -> None:
        from .sqlite_store import SQLiteStore

        store = SQLiteStore(path, self.api_name, reads_unnamed=self.reads_unnamed)
        self._made_from = store.path, plan
        super().__init__(plan, store=store)

    def _store_of(self, application: str) -> None:
        from .sqlite_store import SQLiteStore

        self.store = SQLiteStore(self._made_from[0], f"{self.api_name}:{application}")

    def __reduce__(self) -> Any:
        return type(self), self._made_from


class QuotaInRedis(SharedQuota):
    """The spending of one application, in a Redis that many machines share; pickled as its URL, plan and namespace."""

    def __init__(
        self,
        url_or_client: str | redis.Redis,
        plan: str | UsagePlan | None = None,
        *,
        namespace: str = "enphase-enlighten",
    ) -> None:
        from .redis_store import RedisStore

        store = RedisStore(url_or_client, self.api_name, namespace=namespace, reads_unnamed=self.reads_unnamed)
        self._made_from, self._redis = (store.url, plan, namespace), url_or_client
        super().__init__(plan, store=store)

    def _store_of(self, application: str) -> None:
        from .redis_store import RedisStore

        self.store = RedisStore(self._redis, f"{self.api_name}:{application}", namespace=self._made_from[2])

    def __reduce__(self) -> Any:
        url, plan, namespace = self._made_from
        if url is None:
            raise TypeError(
                "A RedisQuota that was given a client cannot be pickled. Give it a URL such as 'redis://host:6379/0'."
            )
        return partial(type(self), namespace=namespace), (url, plan)
