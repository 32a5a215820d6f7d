"""Codes and tokens: issued, used, renewed and revoked. Safe to use from several threads."""

from __future__ import annotations

import secrets
import string
import threading
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from enlighten_mock.accounts.applications import SIMULATED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enlighten_mock.accounts.applications import Application, Owner
    from enlighten_mock.accounts.rules import TokenRules

_CODE_LENGTH = 6
_RANDOM_BYTES = 48


class Grant(NamedTuple):
    """The access of an application to the systems of an owner."""

    application: Application
    owner: Owner


class Tokens(NamedTuple):
    """A pair of tokens.

    Attributes:
        access_token: The access token.
        refresh_token: The refresh token.
        expires_in: How many seconds the access token is good.
        identifier: Of the pair, a UUID.
    """

    access_token: str
    refresh_token: str
    expires_in: int
    identifier: str


class GrantError(Exception):
    """No tokens are given.

    Args:
        status: The HTTP status.
        error: OAuth's word for the reason.
        description: The reason in a sentence.
    """

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(status, error, description)
        self.status = status
        self.error = error
        self.description = description


class _Known(NamedTuple):
    grant: Grant
    end: float
    redirect_uri: str = ""


class TokenBook:
    """The codes and tokens that are good.

    Args:
        rules: The rules of tokens.
        standing: Access tokens that never end.
    """

    def __init__(self, rules: TokenRules, standing: Iterable[tuple[str, Grant]] = ()) -> None:
        self.rules = rules
        self._standing = dict(standing)
        self._lock = threading.Lock()
        self._codes: dict[str, _Known] = {}
        self._access: dict[str, _Known] = {
            token: _Known(grant, float("inf")) for token, grant in self._standing.items()
        }
        self._refresh: dict[str, _Known] = {}

    def code(self, grant: Grant, redirect_uri: str, now: float) -> str:
        """Return a new code for an owner's consent, that is good once and for a short time."""
        with self._lock:
            while True:
                code = "".join(secrets.choice(string.ascii_letters) for _ in range(_CODE_LENGTH))
                if code not in self._codes:
                    self._codes[code] = _Known(grant, now + self.rules.code_seconds, redirect_uri)
                    return code

    def exchange(self, application: Application, code: str, redirect_uri: str, now: float) -> Tokens:
        """Return tokens for a code, which is thereby used.

        Raises:
            GrantError: The code is unknown, used, too old, or of another application or redirect URI.
        """
        with self._lock:
            known = self._codes.pop(code, None)
            if known is None or known.end <= now or known.grant.application != application:
                raise GrantError(
                    self.rules.invalid_grant_status, "invalid_grant", f"Invalid authorization code: {code}"
                )
            if known.redirect_uri != redirect_uri:
                raise GrantError(self.rules.invalid_grant_status, "invalid_grant", "Redirect URI mismatch.")
            return self._issue(known.grant, now)

    def renew(self, application: Application, refresh_token: str, now: float) -> Tokens:
        """Return tokens for a refresh token, which by the usual rules is thereby used.

        Raises:
            GrantError: The refresh token is unknown, used, too old, or of another application.
        """
        with self._lock:
            known = self._refresh.get(refresh_token)
            if known is None or known.grant.application != application:
                raise GrantError(401, "invalid_token", f"Invalid refresh token: {refresh_token}")
            if known.end <= now:
                raise GrantError(401, "invalid_token", f"Invalid refresh token (expired): {refresh_token}")
            if self.rules.old_refresh_token == "dies":  # noqa: S105  # no password
                del self._refresh[refresh_token]
            return self._issue(known.grant, now)

    def issue(self, grant: Grant, now: float) -> Tokens:
        """Return a new pair of tokens."""
        with self._lock:
            return self._issue(grant, now)

    def grant(self, access_token: str, now: float) -> Grant | None:
        """Return what an access token gives access to, or None if it is no good."""
        with self._lock:
            known = self._access.get(access_token)
        return known.grant if known and known.end > now else None

    def revoke(self, *, client_id: str | None = None, username: str | None = None) -> None:
        """Take back all access of an application, of an owner, of an application to an owner's systems, or all."""

        def kept(known: _Known) -> bool:
            application, owner = known.grant
            return client_id not in (None, application.client_id) or username not in (None, owner.username)

        with self._lock:
            self._codes, self._access, self._refresh = (
                {text: known for text, known in book.items() if kept(known)}
                for book in (self._codes, self._access, self._refresh)
            )

    def reset(self) -> None:
        """Forget all codes and tokens but those that never end."""
        with self._lock:
            self._codes, self._refresh = {}, {}
            self._access = {token: _Known(grant, float("inf")) for token, grant in self._standing.items()}

    def _issue(self, grant: Grant, now: float) -> Tokens:
        tokens = Tokens(
            f"{SIMULATED}-access-{secrets.token_urlsafe(_RANDOM_BYTES)}",
            f"{SIMULATED}-refresh-{secrets.token_urlsafe(_RANDOM_BYTES)}",
            self.rules.access_seconds,
            str(uuid4()),
        )
        self._access[tokens.access_token] = _Known(grant, now + self.rules.access_seconds)
        self._refresh[tokens.refresh_token] = _Known(grant, now + self.rules.refresh_seconds)
        return tokens
