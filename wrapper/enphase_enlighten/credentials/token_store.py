"""Where the tokens of a login are kept.

A refresh token works once, and its successor is worth the owner's next visit. So whoever refreshes takes the store's
turn first, which one at a time has, and makes sure that the successor can be kept before it spends the token.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from ..errors import ConfigurationError
from ..forks import OfThisProcess, renew_in_children

if TYPE_CHECKING:
    from .token import Token


class Turn(Protocol):
    """The turn to change the tokens of a store, which nobody else has until it ends.

    One that also ends by itself, after some time, has a method ``extend()`` too: it begins that time from now, and
    returns whether the turn had not ended yet.
    """

    def load(self) -> Token | None:
        """Return the tokens, as `TokenStore.load` does."""

    def announce(self, token: Token) -> str:
        """Make sure that a successor can be kept, before a refresh token is spent, and note that this is about to be.

        Returns:
            A sentence about an earlier announcement for the same token, after which nothing was saved; empty if there
            was none.

        Raises:
            ConfigurationError: A successor could not be kept.
        """

    def withdraw(self) -> None:
        """Forget the announcement: the refresh token is certainly not spent."""

    def save(self, token: Token) -> None:
        """Keep the tokens: they outlast this process, or machine, as far as the store does.

        Raises:
            ConfigurationError: They cannot be kept.
        """

    def end(self) -> None:
        """Let others have their turn; an announcement stays."""


class TokenStore(Protocol):
    """Keeps the tokens of one login.

    `FileTokenStore`, `RedisTokenStore` and `MemoryTokenStore` are three of them; whatever has these three methods is
    another. They may wait for a disk or a network, but not for another's turn.

    Example:
        >>> store: TokenStore = FileTokenStore(path)
    """

    def load(self) -> Token | None:
        """Return the tokens; None where there are none yet.

        Raises:
            ConfigurationError: The place where they are kept cannot be read.
        """

    def turn(self) -> Turn | None:
        """Take the turn to change them; None where another one has it.

        Raises:
            ConfigurationError: The place where they are kept cannot be used.
        """

    def save(self, token: Token) -> None:
        """Keep the tokens of a new login in place of all that was there.

        Raises:
            ConfigurationError: They cannot be kept.
        """


class MemoryTokenStore(OfThisProcess):
    """Keeps the tokens in the memory of this process, for all its threads and tasks. What is renewed ends with it.

    Args:
        token: The tokens; without them, `save` is to be called first.

    Example:
        >>> store = MemoryTokenStore(Token("simulated-access-token", "simulated-refresh-token"))
        >>> store.load().ends_at is None
        True
    """

    _instead = "Use a FileTokenStore for several processes, or a RedisTokenStore for several machines."

    def __init__(self, token: Token | None = None) -> None:
        self._token = token
        self._taken = threading.Lock()
        self._inherited = False
        renew_in_children(self)

    def __repr__(self) -> str:
        return "MemoryTokenStore()"

    def renew(self) -> None:
        """Leave the refresh token to the parent, in the child of a fork: it can be spent once."""
        self._taken, self._inherited = threading.Lock(), True

    def load(self) -> Token | None:
        """Return the tokens; None where there are none yet."""
        return self._token

    def turn(self) -> _MemoryTurn | None:
        """Take the turn to change them; None where another one has it.

        Raises:
            ConfigurationError: This is the child of a fork, whose parent has the same tokens.
        """
        if self._inherited and self._token is not None:
            raise ConfigurationError(
                "The tokens in memory are those of the process that this one was forked from, which can renew them "
                f"alone. {self._instead}"
            )
        return _MemoryTurn(self) if self._taken.acquire(blocking=False) else None

    def save(self, token: Token) -> None:
        """Keep the tokens of a new login."""
        self._token, self._inherited = token, False

    def _end(self) -> None:
        self._taken.release()


class _MemoryTurn:
    """The turn to change what is in memory, where nothing can come between."""

    def __init__(self, store: MemoryTokenStore) -> None:
        self._store = store

    def load(self) -> Token | None:
        return self._store.load()

    def announce(self, token: Token) -> str:  # noqa: ARG002 - the name is that of the protocol
        return ""

    def withdraw(self) -> None:
        pass

    def save(self, token: Token) -> None:
        self._store.save(token)

    def end(self) -> None:
        self._store._end()  # noqa: SLF001 - the other half of one thing
