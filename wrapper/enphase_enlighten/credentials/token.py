"""A login's tokens, and how a store writes them down."""

from __future__ import annotations

import hashlib
import json
import math
from datetime import datetime
from typing import Any, NoReturn, Self

from attrs import asdict, field, frozen

from ..errors import ConfigurationError
from .masking import MASK

VERSION = 1


def _checked_text(name: str, value: Any, *, needed: bool) -> None:
    """Raise a ConfigurationError for what cannot be a token; the message never has the value."""
    if value == "" and not needed:
        return
    if not isinstance(value, str) or not value.isascii() or not value.isprintable() or not value or " " in value:
        raise ConfigurationError(f"{name} is empty, has white space in it, or is not a string: copy it again.")


def _seconds(value: float | datetime | None) -> float | None:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ConfigurationError("ends_at has no timezone. Give an aware datetime, or epoch seconds.")
        return value.timestamp()
    if value is not None and (
        isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value)
    ):
        raise ConfigurationError("ends_at is no time. Give an aware datetime, or epoch seconds.")
    return value


@frozen(repr=False)
class Token:
    """A login's tokens: the access token, and the refresh token that gives the next ones, once.

    Neither is shown by `repr`, and it cannot be pickled: a token store keeps it.

    Attributes:
        access_token: What requests are signed with; it lasts a day.
        refresh_token: What gives new tokens, once; it lasts a month. Empty where there is none.
        ends_at: When the access token ends, by the service's clock: epoch seconds, or an aware datetime. None where
            that is not known.
        issued_at: When it was issued, likewise.
        client_id: The client id of the application that the login was for; empty where that is not known.
        after_refusal: Whether it took the place of one that the service had refused before its end.

    Raises:
        ConfigurationError: A text cannot be a token, or a time cannot be one.

    Example:
        >>> Token("simulated-access-token", "simulated-refresh-token", ends_at=1_790_000_000)
        Token(access_token='***', refresh_token='***', ends_at=1790000000)
    """

    access_token: str = field()
    refresh_token: str = field(default="")
    ends_at: float | None = field(default=None, converter=_seconds)
    issued_at: float | None = field(default=None, converter=_seconds, kw_only=True)
    client_id: str = field(default="", kw_only=True)
    after_refusal: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _checked_text("access_token", self.access_token, needed=True)
        _checked_text("refresh_token", self.refresh_token, needed=False)

    def __repr__(self) -> str:
        return f"Token(access_token={MASK!r}, refresh_token={MASK!r}, ends_at={self.ends_at})"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Token is not pickled, since it has secrets in it: save it in a token store")

    @property
    def fingerprint(self) -> str:
        """Tells refresh tokens apart without giving one away."""
        return hashlib.sha256(self.refresh_token.encode()).hexdigest()[:16]

    def to_json(self, replaces: Token | None = None) -> str:
        """Return everything as JSON, for a store: the secrets in it are to be kept as secrets.

        It tells, without giving it away, which refresh token was spent for these tokens.
        """
        fields = asdict(self)
        spent = "" if replaces is None else replaces.fingerprint
        return json.dumps({"version": VERSION, "replaces": spent, **fields, "check": _check(fields)}, indent=1)

    @classmethod
    def from_json(cls, text: str | bytes, place: str, remedy: str) -> Self:
        """Return the tokens that `to_json` wrote.

        Raises:
            ConfigurationError: The text is not such tokens. The message names the place, and the remedy.
        """
        # Not within the `except`: the errors there have the text.
        token, _ = cls.read(text)
        if token is None:
            raise ConfigurationError(f"{place} is damaged, or was not written by this version of the package. {remedy}")
        return token

    @classmethod
    def read(cls, text: str | bytes) -> tuple[Self | None, str]:
        """Return the tokens that `to_json` wrote, None where it has not, and the fingerprint of what they replace."""
        try:
            fields = json.loads(text)
            version, replaces, check = (fields.pop(name) for name in ("version", "replaces", "check"))
            token = cls(**fields)
        except (AttributeError, ConfigurationError, LookupError, RecursionError, TypeError, ValueError):
            return None, ""
        right = version == VERSION and check == _check(asdict(token)) and isinstance(replaces, str)
        return (token, replaces) if right else (None, "")


def _check(fields: dict[str, Any]) -> str:
    """Return what tells whether something was changed by accident."""
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:16]
