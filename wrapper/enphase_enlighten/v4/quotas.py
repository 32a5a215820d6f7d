"""The quotas of API v4: in memory, in a file, in Redis."""

from __future__ import annotations

from ..quota.of_api import APIQuota, QuotaInFile, QuotaInRedis
from ..quota.plans import UsagePlan

NAME = "v4"

PLANS = {
    "watt": UsagePlan(10, 1_000),
    "kilowatt": UsagePlan(50, 50_000),
    "megawatt": UsagePlan(100, 300_000),
    "partner": UsagePlan(300, 1_500_000, 200),
}
"""Watt is confirmed by several users; the larger plans' figures come from one second-hand source."""


class Quota(APIQuota):
    """The spending of one application, shared by all clients that are given it. Safe for threads.

    For several processes there is `SQLiteQuota`, for several machines `RedisQuota`.

    Args:
        plan: The name of a plan, or its limits, such as ``"10/500"`` or a `UsagePlan`; without one, the limits are
            learned from the first 429. A smaller limit that the service names holds instead, for a day: a plan may be
            changed.
        store: Where the spending is kept; by default in memory.

    Raises:
        ConfigurationError: There is no such plan.

    Example:
        >>> quota = Quota("watt")
        >>> quota.usage(now=1_700_000_000)
        Usage(minute=0, month=0, per_minute=10, per_month=1000)
    """

    api_name, plans, suspects_month, by_application = NAME, PLANS, True, True


class SQLiteQuota(QuotaInFile, Quota):
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
        >>> client = Enlighten(api_key, tokens=access_token, quota=quota, base_url=base_url)
    """


class RedisQuota(QuotaInRedis, Quota):
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
        >>> client = Enlighten(api_key, tokens=access_token, quota=quota, base_url=base_url)
    """
