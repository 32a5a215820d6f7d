"""The two credentials: checking them, signing with them, and keeping them out of everything else.

The specification's security schemes `ApiKey` and `UserId` are query parameters, so a signed URL is itself a secret. The
network layer alone adds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from attrs import frozen

from ..config.sources import Setting
from ..credentials.masking import MASK, Masking

if TYPE_CHECKING:
    from ..api import Renewal, Response, Signature


KEY_PARAMETER = "key"
USER_PARAMETER = "user_id"
KEY_VARIABLE = "ENLIGHTEN_API_KEY"
USER_VARIABLE = "ENLIGHTEN_USER_ID"
SETTINGS = (
    Setting("api_key", KEY_VARIABLE, secret=True),
    Setting("user_id", USER_VARIABLE, secret=True),
    Setting("base_url", "ENLIGHTEN_BASE_URL"),
    Setting("plan"),
)
"""The settings that the environment or a profile may have."""

WAYS = (
    f"Give the credentials in one of three ways: the arguments api_key= and user_id=, the environment variables "
    f"{KEY_VARIABLE} and {USER_VARIABLE}, or a profile in the configuration file."
)
"""What the error for missing credentials says to do."""


_SIMULATED = ("simulated", "73696d756c61746564")
"""How credentials begin that were made up for a simulated API: user ids are hexadecimal digits, here of the same word.
Real keys are hexadecimal digits too, and real user ids those of a number in base64."""


class Credentials:
    """An application's API key and an owner's user id. Neither is shown by `repr`, nor pickled."""

    def __init__(self, api_key: str, user_id: str) -> None:
        self.masking = Masking((api_key, user_id))
        self._signature: Signature = ({KEY_PARAMETER: api_key, USER_PARAMETER: user_id}, {})

    def __repr__(self) -> str:
        return f"Credentials(api_key={MASK!r}, user_id={MASK!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials are not pickled: make the client where it is used")

    @property
    def simulated(self) -> bool:
        """Whether both were made up for a simulated API: no secret, so that they may travel in clear."""
        return all(secret.startswith(_SIMULATED) for secret in self._signature[0].values())

    def signature(self) -> Signature:
        """Return what a request is signed with: the same for all."""
        return self._signature

    def renewal(self, _response: Response, _signature: Signature) -> Renewal | None:
        """Return None: credentials of API v2 do not expire."""
        return None


@frozen(repr=False, eq=False)
class GivenCredentials:
    """The credentials that a client was given, wrapped so that no traceback shows them."""

    api_key: Any
    user_id: Any

    def __repr__(self) -> str:
        return "GivenCredentials()"

    @property
    def names(self) -> set[str]:
        """Return the names of those that were given."""
        return {name for name in ("api_key", "user_id") if getattr(self, name)}
