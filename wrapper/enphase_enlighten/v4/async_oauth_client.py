"""Logins beside an async client: from the owner's consent to tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..config.secrets import checked_secret
from ..config.settings import DEFAULT_TIMEOUT
from ..config.sources import Sources
from ..credentials.log_filter import configure_logging
from ..credentials.masking import MASK
from ..engine.results import EXPECTED_ERRORS, failed
from ..errors import ConfigurationError, EnlightenError, InvalidArgumentError
from ..forks import OfThisProcess
from ..transport.async_sending import AsyncNetwork
from ..transport.route import Route, checked_base_url
from .authentication import SETTINGS, WAYS_OF_LOGINS, GivenCredentials
from .definition import BASE_URL
from .oauth import OPERATION, REDIRECT, SIMULATED, Application, OAuthErrorBodies, Unsigned, code_of, site_of

if TYPE_CHECKING:
    import ssl

    import httpx

    from ..api import Request
    from ..credentials.token import Token

_ERRORS = OAuthErrorBodies()
_LARGEST = 256 * 1024


class AsyncOAuth(OfThisProcess):
    """Logs owners in: gives the address to send them to, and turns what comes back into tokens.

    The tokens are then saved in a token store, which a client is given: it renews them from then on.

    Client id and secret are taken from the arguments, else from the environment (``ENLIGHTEN_CLIENT_ID``,
    ``ENLIGHTEN_CLIENT_SECRET``), else from a profile.

    Args:
        client_id: The application's client id.
        client_secret: Its client secret.
        redirect_uri: Where the service sends the owner back to; by default a page of the vendor's that shows the code.
        base_url: Where the service is, as for a client: ``/oauth`` stands beside ``/api/v4``.
        profile: The profile of the configuration file, which then comes before the environment.
        timeout: Seconds to wait for a connection, and for each part of a response.
        proxy: The URL of a proxy; by default the environment's, and for loopback none.
        verify: As for httpx: False, or an ``ssl.SSLContext``, for a CA of one's own.
        transport: An httpx transport to send with; ``proxy`` and ``verify`` do not apply then.

    Raises:
        ConfigurationError: Client id or secret is missing, or a setting cannot be used.

    Example:
        >>> oauth = AsyncOAuth(client_id, client_secret, base_url=base_url)
        >>> oauth.authorization_url("a state").partition("?")[0].rpartition("/")[2]
        'authorize'
    """

    _instead = "Make one in each process."

    def __init__(
        self,
        client_id: str | None = None,
        client_secret: str | None = None,
        *,
        redirect_uri: str | None = None,
        base_url: str | None = None,
        profile: str | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        proxy: str | httpx.Proxy | None = None,
        verify: bool | ssl.SSLContext = True,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        given = GivenCredentials(None, client_id, client_secret, None)
        del client_id, client_secret  # so that no traceback shows them
        try:
            sources = Sources.read(SETTINGS, profile, {*given.names, "api_key"})
            url = sources.find("base_url", base_url)
            where = BASE_URL if url.value is None else url.value
            found, secret = (
                sources.find("client_id", given.client_id),
                sources.find("client_secret", given.client_secret),
            )
            self._application = Application(
                checked_secret("client_id", found, WAYS_OF_LOGINS),
                checked_secret("client_secret", secret, WAYS_OF_LOGINS),
                redirect_uri or REDIRECT,
                site_of(where),
            )
        except EnlightenError as error:
            raise error.without_frames() from None
        checked_base_url(where, url.source, BASE_URL, in_clear=self._application.simulated)
        self._timeout = timeout
        self._transport = transport
        self._route = Route(self._application.site, proxy, verify) if transport is None else None

    def __repr__(self) -> str:
        application = getattr(self, "_application", None)  # a traceback may show one whose __init__ raised
        shown = "" if application is None else f"{application.client_id!r}, client_secret={MASK!r}"
        return f"{type(self).__name__}({shown})"

    def authorization_url(self, state: str | None = None) -> str:
        """Return the address at which the owner authorises the application.

        Args:
            state: What comes back with the owner, to tell this login from a forged one: something that nobody can
                guess, such as ``secrets.token_urlsafe()``, kept in the owner's session. Leave it out where the owner
                copies the code from the vendor's page.

        Example:
            >>> "response_type=code" in oauth.authorization_url("a state")
            True
        """
        return self._application.authorization_url(state)

    async def tokens(self, redirect: str, *, state: str | None = None) -> Token:
        """Return the tokens for the address that the owner was sent back to, or for the code in it.

        Args:
            redirect: The whole address, or the code alone.
            state: The one that the owner was sent with; needed with an address that has one.

        Raises:
            InvalidArgumentError: There is no code in the address, or its state is another one. Nothing was sent.
            AuthenticationError: The owner did not agree, the code was used already or has ended, or client id and
                secret are wrong.

        Example:
            >>> token = await oauth.tokens(redirect, state="a state")
            >>> FileTokenStore(path).save(token)
        """
        try:
            request, unsigned = self._code_request(code_of(redirect, state))
        except EnlightenError as error:
            del redirect  # so that no traceback shows it
            raise error.without_frames() from None
        del redirect
        return await self._asked(request, unsigned)

    async def login(self, username: str, password: str) -> Token:
        """Return the tokens of an installer's Enlighten login, which only a partner's application gets.

        Raises:
            AuthenticationError: The login is wrong, or the application is not a partner's.

        Example:
            >>> token = await partner.login(username, password)
        """
        texts = {"username": isinstance(username, str) and username, "password": isinstance(password, str) and password}
        missing = [name for name, text in texts.items() if not text]
        request = None if missing else self._application.password_request(username, password)
        unsigned = self._unsigned("" if missing else password)
        del password, texts  # so that no traceback shows them
        if request is None:
            error = InvalidArgumentError(
                f"{missing[0]} is empty, or no text: give the Enlighten login of an installer."
            )
            error.argument = missing[0]
            raise error
        return await self._asked(request, unsigned)

    async def refresh(self, token: Token) -> Token:
        """Spend a refresh token for new tokens, and return them. Save them at once: the old one is used up.

        A client that was given a token store does so itself when it has to, and keeps what comes.

        Raises:
            AuthorizationExpiredError: The refresh token was used already, or has ended: log in again.
            ConfigurationError: The application is a simulated one, and the tokens are not. Nothing was sent.

        Example:
            >>> renewed = await oauth.refresh(token)
        """
        if not token.refresh_token:
            raise InvalidArgumentError("token has no refresh token in it: log in again.")
        # A simulated application may be asked for over http beyond loopback, where real tokens must not be seen.
        if self._application.simulated and not token.refresh_token.startswith(SIMULATED):
            raise ConfigurationError(
                "The tokens are not those of a simulated API, and the application is: they are not sent there. Give "
                "the client id and secret of the application that the owner logged in with."
            )
        return await self._asked(
            self._application.refresh_request(token), self._unsigned(token.refresh_token), before=token
        )

    def _code_request(self, code: str) -> tuple[Request, Unsigned]:
        return self._application.code_request(code), self._unsigned(code)

    def _unsigned(self, secret: str) -> Unsigned:
        return Unsigned(tuple(filter(None, (*self._application.secrets, secret))))

    async def _asked(self, request: Request, unsigned: Unsigned, before: Token | None = None) -> Token:
        """Send a request for tokens, once: what it has in it may be worth nothing afterwards."""
        configure_logging(unsigned.masking)
        network = AsyncNetwork(self._application.site, unsigned, self._route, self._transport)
        failure: EnlightenError
        try:
            delivery = network.requests.delivery(request, self._timeout, _LARGEST, signed=False)
            delivery.attempts = 1
            response = await network.send(delivery)
            if response.is_success:
                return self._application.token(response, before)
            failure = _ERRORS.error(response, unsigned.masking)
        except EXPECTED_ERRORS as error:
            failure = failed(request, error, 1)
        finally:
            if self._transport is None:
                await network.close()
        raise failure.during(OPERATION).without_frames() from failure.__cause__
