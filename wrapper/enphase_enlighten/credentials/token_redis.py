"""Tokens in Redis, for many machines."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any

from ..errors import ConfigurationError
from ..extras import load
from ..forks import renew_in_children
from .token import Token

if TYPE_CHECKING:
    import redis

LEASE = 180.0
"""Seconds after which a turn ends by itself: its machine is gone. A token request takes less, each of whose parts is
bounded, and a turn is extended before a second one."""

NOTED_FOR = 40 * 86_400
"""Seconds for which it is noted that a token was about to be refreshed: longer than a refresh token lasts."""

PATIENCE = 2 * LEASE + 20.0
"""Seconds to wait for another machine that refreshes, when a new login is saved."""

TIMEOUT = 10.0
"""Seconds to wait for Redis to connect or to respond."""

_PAUSE = 0.02

_SAVE = """
if ARGV[1] ~= '' and (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('DEL', KEYS[2])
return 1
"""
"""Keeps tokens if those that they replace are still there, and forgets that they were about to be refreshed."""

_EXTEND = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""
"""Lets a turn last longer, unless it has ended by itself."""

_END = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0
"""
"""Ends a turn, unless it has ended by itself and another one has begun."""

_REMEDY = "Log in again and save the new tokens there, or give another namespace."


class RedisTokenStore:
    """Keeps the tokens in Redis, for all machines that use the same one. Made from a URL, it pickles as that.

    Redis should keep what it has on its disk (``appendonly yes``), and be reached over TLS or a network of one's own:
    the tokens are in it in clear.

    Args:
        url_or_client: A URL such as ``redis://host:6379/0``, or a `redis.Redis`.
        namespace: What the keys begin with. Use one for each login.

    Raises:
        ConfigurationError: The extra ``redis`` is not installed, or the argument is neither. Redis itself is contacted
            on first use.

    Example:
        >>> store = RedisTokenStore("redis://127.0.0.1:6379/0", namespace="garden")
        >>> client = Enlighten(api_key, client_id, client_secret, tokens=store, base_url=base_url)
    """

    def __init__(self, url_or_client: str | redis.Redis, *, namespace: str = "enphase-enlighten") -> None:
        redis: Any = load("redis", "redis", "RedisTokenStore")
        self.namespace = namespace
        self._error = redis.RedisError
        self._client: Any = url_or_client
        self._url = url_or_client if isinstance(url_or_client, str) else None
        self._connect = redis.Redis.from_url
        if self._url is not None:
            try:
                self.renew()
            except ValueError:
                # Not shown: it may contain a password.
                raise ConfigurationError(
                    "The URL for RedisTokenStore is invalid. Give one such as 'redis://host:6379/0', or a redis.Redis."
                ) from None
            renew_in_children(self)
        elif not isinstance(url_or_client, redis.Redis):
            raise ConfigurationError(
                f"RedisTokenStore takes a URL such as 'redis://host:6379/0' or a redis.Redis, not a "
                f"{type(url_or_client).__module__}.{type(url_or_client).__name__}."
            )

    def __repr__(self) -> str:
        return f"RedisTokenStore(namespace={self.namespace!r})"

    def __reduce__(self) -> Any:
        if self._url is None:
            raise TypeError(
                "A RedisTokenStore that was given a client cannot be pickled. Give it a URL such as "
                "'redis://host:6379/0'."
            )
        return _made, (self._url, self.namespace)

    def renew(self) -> None:
        """Connect again, in the child of a fork; a client of the user's own does so itself."""
        self._client = self._connect(self._url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)

    def load(self) -> Token | None:
        """Return the tokens; None where there are none yet.

        Raises:
            ConfigurationError: Redis cannot be reached, or what is under the key is something else.
        """
        text = self.asked("get", self.key("tokens"))
        return None if text is None else Token.from_json(text, f"The key {self.key('tokens')!r} in Redis", _REMEDY)

    def turn(self) -> _RedisTurn | None:
        """Take the turn to change them; None where another machine, process, thread or task has it.

        Raises:
            ConfigurationError: Redis cannot be reached, or not be written to.
        """
        name = secrets.token_hex(8)
        taken = self.asked("set", self.key("turn"), name, nx=True, px=int(LEASE * 1000))
        return _RedisTurn(self, name) if taken else None

    def save(self, token: Token) -> None:
        """Keep the tokens of a new login in place of all that was there, damaged or not.

        Raises:
            ConfigurationError: Redis cannot be reached, or not be written to.
        """
        until = time.monotonic() + PATIENCE
        while (turn := self.turn()) is None:
            if time.monotonic() > until:
                raise ConfigurationError("Another machine has the tokens in Redis locked: save again later.")
            time.sleep(_PAUSE)
        try:
            turn.save(token)
        finally:
            turn.end()

    def key(self, name: str) -> str:
        """Return the key of something that is kept."""
        return f"{self.namespace}:oauth:{name}"

    def asked(self, command: str, *args: Any, **options: Any) -> Any:
        """Return the reply of Redis to a command, or raise a ConfigurationError."""
        try:
            return getattr(self._client, command)(*args, **options)
        except self._error as error:
            # Not its text: some of it repeats the arguments.
            kind = type(error).__name__
        raise ConfigurationError(
            f"The tokens in Redis cannot be used ({kind}). Check that the server runs and may be written to, the URL "
            "and the password."
        )


class _RedisTurn:
    """The turn to change the tokens in Redis: a lease, in case that its machine is gone."""

    def __init__(self, store: RedisTokenStore, name: str) -> None:
        self._store, self._name = store, name
        self._before = ""

    def load(self) -> Token | None:
        return self._store.load()

    def announce(self, token: Token) -> str:
        store = self._store
        key = store.key("refreshes")
        found = store.asked("get", key)
        text = store.asked("get", store.key("tokens"))
        self._before = "" if text is None else text if isinstance(text, str) else text.decode()
        note = "" if found is None else found if isinstance(found, str) else found.decode("utf-8", "replace")
        spent, _, earlier = note.partition(" ")
        again = spent == token.fingerprint
        # The first of them may be the one that has spent it.
        when = earlier if again else time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
        store.asked("set", key, f"{token.fingerprint} {when}", ex=NOTED_FOR)
        return f"A machine that refreshed the tokens at {when} UTC did not save the new ones." if again else ""

    def extend(self) -> bool:
        store = self._store
        return bool(store.asked("eval", _EXTEND, 1, store.key("turn"), self._name, int(LEASE * 1000)))

    def withdraw(self) -> None:
        self._store.asked("delete", self._store.key("refreshes"))

    def save(self, token: Token) -> None:
        store = self._store
        store.asked("eval", _SAVE, 2, store.key("tokens"), store.key("refreshes"), self._before, token.to_json())

    def end(self) -> None:
        self._store.asked("eval", _END, 1, self._store.key("turn"), self._name)


def _made(url: str, namespace: str) -> RedisTokenStore:
    return RedisTokenStore(url, namespace=namespace)
