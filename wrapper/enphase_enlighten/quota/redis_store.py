"""The quota of several machines, in Redis."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import ConfigurationError
from ..extras import load
from ..forks import undivided
from .ledger import Ledger

if TYPE_CHECKING:
    import redis

R = TypeVar("R")

KEPT_FOR = 40 * 86_400
"""Seconds after which Redis drops an unchanged ledger: longer than the month that it counts."""

PATIENCE = 20.0
"""Seconds to wait for other machines, each of which needs about a millisecond."""

TIMEOUT = 10.0
"""Seconds to wait for Redis to connect or to respond."""

_SWAP = """
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1
"""
"""Writes a ledger if the one that it was made from is unchanged."""

_REMEDY = "Delete it, which forgets what was spent, or give another namespace."


class RedisStore:
    """Keeps a ledger under a key of Redis.

    A change reads the ledger, and writes it unless another machine has written it meanwhile; then it starts again.

    Args:
        url_or_client: A URL such as ``redis://host:6379/0``, or a `redis.Redis`.
        api: The name of the API, which is part of the key.
        namespace: What the key begins with.
        reads_unnamed: Whether to start from the ledger of an earlier version, whose key did not name the API.

    Raises:
        ConfigurationError: The extra ``redis`` is not installed, or the argument is neither.
    """

    waits = True

    def __init__(
        self,
        url_or_client: str | redis.Redis,
        api: str,
        *,
        namespace: str = "enphase-enlighten",
        reads_unnamed: bool = False,
    ) -> None:
        redis: Any = load("redis", "redis", "RedisQuota")
        self._error = redis.RedisError
        self._client: Any = url_or_client
        self.url = url_or_client if isinstance(url_or_client, str) else None
        self._connect = redis.Redis.from_url
        self._key = f"{namespace}:{api}:quota"
        self._unnamed_key = f"{namespace}:quota" if reads_unnamed else None
        if isinstance(url_or_client, str):
            try:
                self.renew()
            except ValueError:
                # Not shown: it may contain a password.
                raise ConfigurationError(
                    "The URL for RedisQuota is invalid. Give one such as 'redis://host:6379/0', or a redis.Redis."
                ) from None
        elif not isinstance(url_or_client, redis.Redis):
            raise ConfigurationError(
                f"RedisQuota takes a URL such as 'redis://host:6379/0' or a redis.Redis, not a "
                f"{type(url_or_client).__module__}.{type(url_or_client).__name__}."
            )

    def renew(self) -> None:
        """Connect again where a URL was given; a client of the user's own does so itself in the child of a fork."""
        if self.url is not None:
            self._client = self._connect(self.url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)

    def change(self, action: Callable[[Ledger], R]) -> R:
        """Call `action` with the ledger, again where another machine was quicker.

        Raises:
            ConfigurationError: Redis cannot be reached, or what is under the key is something else.
        """
        until = time.monotonic() + PATIENCE
        pause = 0.001
        try:
            while time.monotonic() < until:
                before = text = self._carried_out("get", self._key)
                key = self._key
                if before is None and self._unnamed_key is not None:
                    key = self._unnamed_key
                    text = self._carried_out("get", key)
                ledger = Ledger.from_json(text, f"The key {key!r} in Redis", _REMEDY)
                result = action(ledger)
                after = ledger.to_json()
                if before is not None and after == (before if isinstance(before, str) else before.decode()):
                    return result
                known = "" if before is None else before
                if self._carried_out("eval", _SWAP, 1, self._key, known, after, KEPT_FOR):
                    return result
                time.sleep(random.uniform(0, pause))  # noqa: S311 - only so that machines do not meet again
                pause = min(2 * pause, 0.05)
        except self._error as error:
            raise ConfigurationError(
                f"The quota in Redis cannot be used: {type(error).__name__}: {error}. Check that the server runs, the "
                "URL and the password; where machines must not wait for Redis, give each a Quota of its own."
            ) from None
        raise ConfigurationError(
            f"The quota in Redis changed all the time for {PATIENCE:.0f} seconds. Use fewer processes for one "
            "application."
        )

    def _carried_out(self, command: str, *args: object) -> Any:
        """Carry out a command.

        A fork waits for that where the client is the user's own: in the child nobody could free the locks of its pool.
        """
        with nullcontext() if self.url is not None else undivided():
            return getattr(self._client, command)(*args)
