"""The two secrets: where they come from, how they get onto a request, and how they stay out of everything else.

The specification's security schemes `ApiKey` and `UserId` are query parameters, so a request's URL is itself a secret
once they are on it. They are added to a copy of the request in the innermost transport alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote, quote_plus

from attrs import field, frozen

from .errors import ConfigurationError

if TYPE_CHECKING:
    import httpx

KEY_PARAMETER = "key"
USER_PARAMETER = "user_id"
KEY_VARIABLE = "ENLIGHTEN_API_KEY"
USER_VARIABLE = "ENLIGHTEN_USER_ID"
MASK = "***"

_SHORT = 8
"""Below this length a secret is masked only where it stands as a word, so that `1` does not blot out every digit."""


@frozen(repr=False, eq=False)
class Credentials:
    """An application's API key and an owner's user id. Neither is shown by `repr`, nor pickled."""

    api_key: str = field()
    user_id: str = field()

    def __repr__(self) -> str:
        return f"Credentials(api_key={MASK!r}, user_id={MASK!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials are not pickled: make the client where it is used")

    def sign(self, request: httpx.Request) -> httpx.Request:
        """Return a copy of `request` with the credentials on it; the request itself stays free of them."""
        import httpx

        secrets = {KEY_PARAMETER: self.api_key, USER_PARAMETER: self.user_id}
        return httpx.Request(
            request.method,
            request.url.copy_merge_params(secrets),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )

    def mask(self, value: Any) -> Any:
        """Return `value`, a text or anything decoded from JSON, with both secrets masked in every string."""
        if isinstance(value, str):
            return _pattern(self).sub(MASK, value)
        if isinstance(value, list):
            return [self.mask(item) for item in value]
        if isinstance(value, dict):
            return {self.mask(key): self.mask(item) for key, item in value.items()}
        return value


def _pattern(credentials: Credentials) -> re.Pattern[str]:
    forms = []
    for secret in (credentials.api_key, credentials.user_id):
        for form in {secret, quote(secret, safe=""), quote_plus(secret)}:
            escaped = re.escape(form)
            forms.append(escaped if len(form) >= _SHORT else rf"(?<![A-Za-z0-9]){escaped}(?![A-Za-z0-9])")
    return re.compile("|".join(sorted(forms, key=len, reverse=True)))


def checked_secret(name: str, value: Any, source: str) -> str:
    """Return one of the two credentials.

    Args:
        name: ``api_key`` or ``user_id``.
        value: What was found; None where nothing was.
        source: Where it was found, for the message, which never has the value.

    Raises:
        ConfigurationError: It is missing, or cannot be a credential.
    """
    if value is None or value == "":
        raise ConfigurationError(
            f"No {name}. Give the credentials in one of three ways: the arguments api_key= and user_id=, the "
            f"environment variables {KEY_VARIABLE} and {USER_VARIABLE}, or a profile in the configuration file."
        )
    if not isinstance(value, str) or not value.isprintable() or value != value.strip():
        raise ConfigurationError(
            f"{source} has white space around it, control characters in it, or is not a string: copy it again."
        )
    return value
