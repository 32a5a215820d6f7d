"""The credentials of API v4: an application's key, and the access token that an owner's login gave it.

The key travels in the query, as in every recorded request, or in a header, as the vendor's reference asks for; the
token in the header `Authorization`. The network layer alone adds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NoReturn

from attrs import frozen

from ..config.sources import Setting
from ..credentials.masking import MASK, Masking
from ..errors import ConfigurationError, shown

if TYPE_CHECKING:
    from ..api import Renewal, Response, Signature

KEY_PARAMETER = "key"
KEY_VARIABLE = "ENLIGHTEN_API_KEY"
CLIENT_ID_VARIABLE = "ENLIGHTEN_CLIENT_ID"
CLIENT_SECRET_VARIABLE = "ENLIGHTEN_CLIENT_SECRET"  # noqa: S105 - the name of a variable
SETTINGS = (
    Setting("api_key", KEY_VARIABLE, secret=True),
    Setting("client_id", CLIENT_ID_VARIABLE, secret=True),
    Setting("client_secret", CLIENT_SECRET_VARIABLE, secret=True),
    Setting("base_url", "ENLIGHTEN_BASE_URL"),
    Setting("plan"),
)
"""The settings that the environment or a profile may have."""

WAYS = (
    "Give the credentials in one of three ways: the arguments api_key=, client_id= and client_secret=, the environment "
    f"variables {KEY_VARIABLE}, {CLIENT_ID_VARIABLE} and {CLIENT_SECRET_VARIABLE}, or a profile in the configuration "
    "file."
)
"""What the error for missing credentials says to do."""

TOKEN_URL = "https://api.enphaseenergy.com/oauth/token"  # noqa: S105 - an address

_SIMULATED = "simulated"
"""How credentials begin that were made up for a simulated API. Real keys and secrets are hexadecimal digits, and real
tokens begin as JSON in base64 does."""


class Credentials:
    """What the requests of one application are signed with. No secret is shown by `repr`, nor pickled.

    Args:
        api_key: The application's key.
        tokens: An access token, which is used as it is.
        client_id: The application's client id.
        client_secret: Its client secret.
        key_in: Whether the key travels in the query or in a header.
        token_url: Where tokens are renewed.

    Raises:
        ConfigurationError: `key_in` is neither.
    """

    def __init__(
        self,
        api_key: str,
        tokens: str,
        *,
        client_id: str | None = None,
        client_secret: str | None = None,
        key_in: Literal["query", "header"] = "query",
        token_url: str = TOKEN_URL,
    ) -> None:
        if key_in not in ("query", "header"):
            raise ConfigurationError(f"key_in={shown(key_in)} is not accepted. Give 'query' or 'header'.")
        self._client_id, self._token_url = client_id, token_url
        self._secrets = tuple(secret for secret in (api_key, client_secret, tokens) if secret)
        self.masking = Masking(self._secrets)
        headers, key = {"Authorization": f"Bearer {tokens}"}, {KEY_PARAMETER: api_key}
        self._signature: Signature = (key, headers) if key_in == "query" else ({}, {**key, **headers})

    def __repr__(self) -> str:
        return f"Credentials(api_key={MASK!r}, tokens={MASK!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials are not pickled: make the client where it is used")

    @property
    def simulated(self) -> bool:
        """Whether all were made up for a simulated API: no secrets, so that they may travel in clear."""
        return all(secret.startswith(_SIMULATED) for secret in self._secrets)

    def signature(self) -> Signature:
        """Return what the next request is signed with."""
        return self._signature

    def renewal(self, _response: Response, _signature: Signature) -> Renewal | None:
        """Return None: an access token that was given as a string is used as it is."""
        return None


@frozen(repr=False, eq=False)
class GivenCredentials:
    """The credentials that a client was given, wrapped so that no traceback shows them."""

    api_key: Any
    client_id: Any
    client_secret: Any
    tokens: Any

    def __repr__(self) -> str:
        return "GivenCredentials()"

    @property
    def names(self) -> set[str]:
        """Return the names of those settings that were given, or that are not needed."""
        names = {name for name in ("api_key", "client_id", "client_secret") if getattr(self, name)}
        # An access token that is used as it is needs nobody's login.
        return names | {"client_id", "client_secret"} if isinstance(self.tokens, str) else names
