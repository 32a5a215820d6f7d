"""The quotas of API v2: in memory, in a file, in Redis."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ..quota.plans import UsagePlan, resolve_plan
from ..quota.quota import MemoryStore, RequestQuota, Store
from .definition import NAME, PLANS

if TYPE_CHECKING:
    import os

    import redis


class Quota(RequestQuota):
    """The spending of one application, shared by all clients that are given it. Safe for threads.

    For several processes there is `SQLiteQuota`, for several machines `RedisQuota`.

    Args:
        plan: The name of a plan, or its limits, such as ``"10/5000"`` or a `UsagePlan`; without one, the limits are
            learned from the first 409. A smaller limit that the service names holds instead, for a day: a plan may be
            changed.
        store: Where the spending is kept; by default in memory.

    Raises:
        ConfigurationError: There is no such plan.

    Example:
        >>> quota = Quota("watt")
        >>> quota.usage(now=1_700_000_000)
        Usage(minute=0, month=0, per_minute=10, per_month=10000)
    """

    def __init__(self, plan: str | UsagePlan | None = None, *, store: Store | None = None) -> None:
        super().__init__(resolve_plan(plan, PLANS), store if store is not None else MemoryStore(), NAME)


class SQLiteQuota(Quota):
    """The spending of one application, shared by all processes of a machine that name the same file.

    It pickles as its path and plan.

    The file holds counts and limits, nothing of the credentials. Use one file for each application (API key): the
    limits are those of an application.

    Args:
        path: The file, on a local disk; created if missing.
        plan: See `Quota`. The processes should give the same plan.

    Raises:
        ConfigurationError: There is no such plan, or no file can have that path. The file itself is opened on first
            use.

    Example:
        >>> quota = SQLiteQuota(path, plan="watt")
        >>> client = Enlighten(api_key, user_id, quota=quota, base_url=base_url)
    """

    def __init__(self, path: str | os.PathLike[str], plan: str | UsagePlan | None = None) -> None:
        from ..quota.sqlite_store import SQLiteStore

        store = SQLiteStore(path, NAME, reads_unnamed=True)
        self._made_from = store.path, plan
        super().__init__(plan, store=store)

    def __reduce__(self) -> Any:
        return type(self), self._made_from


class RedisQuota(Quota):
    """The spending of one application, shared by all machines that use the same Redis.

    Made from a URL, it pickles as that, with its password, plan and namespace.

    The key holds counts and limits, nothing of the credentials. The machines' clocks should be right to within a few
    seconds: until its first response, each client takes its own for the service's.

    Args:
        url_or_client: A URL such as ``redis://host:6379/0``, or a `redis.Redis`.
        plan: See `Quota`. The machines should give the same plan.
        namespace: What the key begins with. Use one for each application (API key), never the key itself: the limits
            are those of an application.

    Raises:
        ConfigurationError: There is no such plan, the extra ``redis`` is not installed, or the argument is neither.
            Redis itself is contacted on first use.

    Example:
        >>> quota = RedisQuota("redis://127.0.0.1:6379/0", plan="watt")
        >>> client = Enlighten(api_key, user_id, quota=quota, base_url=base_url)
    """

    def __init__(
        self,
        url_or_client: str | redis.Redis,
        plan: str | UsagePlan | None = None,
        *,
        namespace: str = "enphase-enlighten",
    ) -> None:
        from ..quota.redis_store import RedisStore

        store = RedisStore(url_or_client, NAME, namespace=namespace, reads_unnamed=True)
        self._made_from = store.url, plan, namespace
        super().__init__(plan, store=store)

    def __reduce__(self) -> Any:
        url, plan, namespace = self._made_from
        if url is None:
            raise TypeError(
                "A RedisQuota that was given a client cannot be pickled. Give it a URL such as 'redis://host:6379/0'."
            )
        return partial(type(self), namespace=namespace), (url, plan)
