"""The credentials of API v4: an application's key, and the tokens of an owner's login.

The key travels in the query, as in every recorded request, or in a header, as the vendor's reference asks for; the
access token in the header `Authorization`. The network layer alone adds them.
"""

from __future__ import annotations

import hashlib
import logging
import time as machine
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from attrs import evolve, frozen

from ..api import Pause, Work
from ..config.sources import Setting
from ..credentials.masking import MASK, Masking
from ..credentials.token import Token
from ..credentials.token_store import MemoryTokenStore
from ..errors import AuthorizationExpiredError, ConfigurationError, EnlightenError, shown
from ..timing.server_clock import ServerTime, date_of
from ..transport.delivery import UndeliveredError
from .error_bodies import Cause, cause_of
from .oauth import SIMULATED, SITE, Application
from .refreshing import refreshed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from ..api import Renewal, Response, Signature
    from ..credentials.token_store import TokenStore, Turn

logger = logging.getLogger("enphase_enlighten")

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


def _ways(what: str, settings: Sequence[Setting]) -> str:
    arguments, last = [f"{setting.name}=" for setting in settings[:-1]], settings[-1]
    variables = [str(setting.variable) for setting in settings[:-1]]
    return (
        f"Give {what} in one of three ways: the arguments {', '.join(arguments)} and {last.name}=, the environment "
        f"variables {', '.join(variables)} and {last.variable}, or a profile in the configuration file."
    )


WAYS, WAYS_OF_LOGINS = _ways("the credentials", SETTINGS[:3]), _ways("both", SETTINGS[1:3])
"""What the error for missing credentials says to do, and that of a login, which takes no key."""

TOKEN_URL = f"{SITE}/oauth/token"

MARGIN = 300.0
"""Seconds before its end at which a token is renewed; a tenth of its life where that is less."""

CLOCK_TOLERANCE = 7200.0
"""Seconds by which the machine's clock may be wrong before a response has shown the service's time."""

REFUSED_FOR = 3600.0
"""Seconds for which a token that took the place of a refused one is not renewed when it is refused as well: something
else is wrong then, and each renewal would spend a refresh token."""

AFTER_TROUBLE = 30.0
"""Seconds until the next renewal, where one has failed and the token has not ended."""

PATIENCE = 400.0
"""Seconds to wait for another one that renews: longer than a lease that is extended once."""


class Credentials:
    """What the requests of one application are signed with. No secret is shown by `repr`, nor pickled.

    Args:
        api_key: The application's key.
        tokens: The store of a login's tokens; tokens, which are then kept in memory; or an access token, which is used
            as it is.
        client_id: The application's client id, with which tokens are renewed.
        client_secret: Its client secret.
        key_in: Whether the key travels in the query or in a header.
        token_url: Where tokens are renewed.

    Raises:
        ConfigurationError: `key_in` is neither, or `tokens` are none.
    """

    def __init__(
        self,
        api_key: str,
        tokens: TokenStore | Token | str,
        *,
        client_id: str | None = None,
        client_secret: str | None = None,
        key_in: Literal["query", "header"] = "query",
        token_url: str = TOKEN_URL,
    ) -> None:
        if key_in not in ("query", "header"):
            raise ConfigurationError(f"key_in={shown(key_in)} is not accepted. Give 'query' or 'header'.")
        self._key = {KEY_PARAMETER: api_key}
        self._key_in = key_in
        self._application: Application | None = None
        if client_id and client_secret:
            self._application = Application(client_id, client_secret, site=token_url.removesuffix("/oauth/token"))
        self._secrets = tuple(secret for secret in (api_key, client_secret) if secret)
        logins = () if self._application is None else (self._application.login,)
        self.masking = Masking((*self._secrets, *logins))
        self._store: TokenStore | None = None
        self._token: Token | None = None
        self._unsaved: tuple[str, Token] | None = None
        self._not_before = 0.0
        self._signature: Signature = (self._key, {}) if key_in == "query" else ({}, self._key)
        if isinstance(tokens, str):
            self._sign_with(Token(tokens))
        elif isinstance(tokens, Token):
            self._store = MemoryTokenStore(tokens)
            self._adopt(tokens)
        elif all(callable(getattr(tokens, name, None)) for name in ("load", "turn", "save")):
            self._store = tokens
        else:
            raise ConfigurationError(
                f"tokens is a {type(tokens).__name__}: give a token store, a Token, or an access token as a string."
            )

    def __repr__(self) -> str:
        return f"Credentials(api_key={MASK!r}, tokens={MASK!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials are not pickled: make the client where it is used")

    @property
    def simulated(self) -> bool:
        """Whether all were made up for a simulated API: no secrets, so that they may travel in clear."""
        token = () if self._token is None else (self._token.access_token,)
        return all(secret.startswith(SIMULATED) for secret in (*self._secrets, *token))

    @property
    def application(self) -> str:
        """Tells the application, whose limits are its own, from others; the key cannot be got from it."""
        return hashlib.sha256(f"enphase-enlighten:{self._secrets[0]}".encode()).hexdigest()[:16]

    def signature(self) -> Signature:
        """Return what the next request is signed with."""
        return self._signature

    def preparation(self, time: Callable[[], ServerTime]) -> Renewal | None:
        """Return what loads the tokens, or renews them shortly before their end; None where they are fit for use."""
        if self._store is None or (self._token is not None and not self._is_due(self._token, time())):
            return None
        return self._prepared(time)

    def renewal(self, response: Response, signature: Signature) -> Renewal | None:
        """Return what renews the tokens, where a 401 can mean their end; None where it means something else."""
        cause, token = cause_of(response), self._token
        if self._store is None or token is None or cause in (Cause.KEY, Cause.PERMISSION):
            return None
        date = date_of(response.headers)
        now = response.sent_at if date is None else date
        ends = date is None or token.ends_at is None or token.ends_at - date < MARGIN
        again = token.after_refusal and now - (token.issued_at or 0.0) < REFUSED_FOR
        may_refresh = not again and (ends or cause is Cause.TOKEN)
        return self._renewed(signature, lambda: ServerTime(now, date is not None), may_refresh=may_refresh)

    def _is_due(self, token: Token, now: ServerTime) -> bool:
        if token.ends_at is None:
            return False
        if not now.certain:
            return now.seconds >= token.ends_at + CLOCK_TOLERANCE
        margin = MARGIN if token.issued_at is None else min(MARGIN, (token.ends_at - token.issued_at) / 10)
        return now.seconds >= token.ends_at - margin and not self._not_before - AFTER_TROUBLE <= now.seconds < min(
            self._not_before, token.ends_at
        )

    def _prepared(self, time: Callable[[], ServerTime]) -> Renewal:
        """Load or renew the tokens; where that fails although they have not ended, they are used until they have."""
        try:
            return (yield from self._renewed(None, time))
        except (EnlightenError, UndeliveredError) as error:
            token, now = self._token, time()
            if token is None or token.ends_at is None or not now.certain or now.seconds >= token.ends_at:
                raise
            self._not_before = now.seconds + AFTER_TROUBLE
            left = token.ends_at - now.seconds
            logger.warning("The tokens, which end in %.0f s, could not be renewed yet: %s", left, error)
            return True

    def _renewed(
        self, refused: Signature | None, time: Callable[[], ServerTime], *, may_refresh: bool = True
    ) -> Renewal:
        """Use the store's tokens, or those of a refresh where the store has none that are better than ours.

        Args:
            refused: What a request was signed with that the service refused; None before a request.
            time: Returns the service's time.
            may_refresh: Whether to refresh at all.
        """
        store, old = self._store, self._token
        if store is None or (refused is not None and self._signature is not refused):
            return True  # Another request has renewed them meanwhile.

        def fits(token: Token) -> bool:
            is_refused = refused is not None and old is not None and token.access_token == old.access_token
            return not is_refused and not self._is_due(token, time())

        if old is not None and refused is None and fits(old):
            return True
        turn = yield from self._turn(store, fits if may_refresh else lambda _: True)
        if turn is None:
            return refused is None or self._signature is not refused
        try:
            stored: Token | None = yield Work(turn.load)
            found = self._known(stored)
            if not fits(found):
                found = yield from self._refreshed(turn, found, stored or found, after_refusal=refused is not None)
            self._adopt(found)
        except BaseException:
            turn.end()
            raise
        yield Work(turn.end)
        return True

    def _turn(self, store: TokenStore, fits: Callable[[Token], bool]) -> Generator[Any, Any, Turn | None]:
        """Return the turn to refresh; None where the store has tokens that fit, or that cannot be refreshed."""
        until, pause = machine.monotonic() + PATIENCE, 0.01
        while True:
            found = self._known((yield Work(store.load)))
            # Without a refresh token, the service says whether these have ended.
            if fits(found) or not found.refresh_token:
                self._adopt(found)
                return None
            turn: Turn | None = yield Work(store.turn)
            if turn is not None:
                return turn
            if machine.monotonic() > until:
                raise ConfigurationError(
                    f"{store!r} is locked by another one that renews its tokens, and does not end. End that, or give "
                    "another token store."
                )
            yield Pause(pause)
            pause = min(2 * pause, 0.1)

    def _refreshed(self, turn: Turn, token: Token, stored: Token, *, after_refusal: bool) -> Generator[Any, Any, Token]:
        if self._application is None:
            raise ConfigurationError(f"Tokens are renewed with client_id and client_secret. {WAYS}")
        new: Token = yield from refreshed(self._application, turn, token, stored, self.masking)
        new = evolve(new, after_refusal=after_refusal)
        self.masking.add(new.access_token, new.refresh_token)
        self._unsaved = stored.fingerprint, new
        try:
            yield Work(lambda: turn.save(new))
        except ConfigurationError as error:
            # The old ones are spent, so these are all that there is: this process goes on with them.
            logger.warning("The renewed tokens are in memory alone, until this process ends: %s", error)
        else:
            self._unsaved = None
        return new

    def _known(self, token: Token | None) -> Token:
        """Return the tokens of the store, or those that it could not keep in their place."""
        if token is None:
            raise AuthorizationExpiredError(
                f"There are no tokens in {self._store!r} yet. {AuthorizationExpiredError.advice}"
            )
        application = self._application
        if token.client_id and application is not None and token.client_id != application.client_id:
            raise ConfigurationError(
                f"The tokens in {self._store!r} are those of another application: give its key, client id and secret, "
                "or another token store, and log in with this application."
            )
        if self._secrets[0].startswith(SIMULATED) and not token.access_token.startswith(SIMULATED):
            raise ConfigurationError(
                f"The tokens in {self._store!r} are not those of a simulated API, and the key is: they are not sent "
                "there. Give another token store."
            )
        unsaved = self._unsaved
        return unsaved[1] if unsaved is not None and unsaved[0] == token.fingerprint else token

    def _adopt(self, token: Token) -> None:
        self.masking.add(token.access_token, token.refresh_token)
        if self._token is None or self._token.access_token != token.access_token:
            self._sign_with(token)
        self._token = token

    def _sign_with(self, token: Token) -> None:
        self.masking.add(token.access_token)
        self._token, headers = token, {"Authorization": f"Bearer {token.access_token}"}
        self._signature = (self._key, headers) if self._key_in == "query" else ({}, {**self._key, **headers})


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
