"""The protocol of a login, free of I/O: addresses to send the owner to, requests for tokens, and what they bring.

Ours, since oauthlib refuses loopback without a switch of the whole process, tells the time by the machine's clock, and
shows tokens in its objects.
"""

from __future__ import annotations

from base64 import b64encode
from hmac import compare_digest
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from attrs import field, frozen

from ..api import Request, Response
from ..credentials.masking import Masking
from ..credentials.token import Token
from ..errors import (
    APIStatusError,
    AuthenticationError,
    AuthorizationExpiredError,
    ConfigurationError,
    InvalidArgumentError,
    InvalidResponseError,
)
from ..reading.models import decode_or_none
from ..timing.numbers import whole_number
from ..timing.server_clock import date_of
from .error_bodies import V4ErrorBodies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..api import Signature

OPERATION = "Token"
SITE = "https://api.enphaseenergy.com"
REDIRECT = f"{SITE}/oauth/redirect_uri"
"""The vendor's page that shows the code to the owner."""

SIMULATED = "simulated"
"""How credentials begin that were made up for a simulated API. Real keys and secrets are hexadecimal digits, and real
tokens begin as JSON in base64 does."""

_LONGEST_LIFE = 400 * 86_400
_CODE, _PASSWORD, _REFRESH = "authorization_code", "password", "refresh_token"
_ADVICE = {
    _CODE: "A code can be used once, for a few minutes, with the redirect address that it was asked for with: send the "
    "owner to the authorization address again.",
    _PASSWORD: "Check username and password; this login is for partners' applications alone.",
    _REFRESH: AuthorizationExpiredError.advice,
}


@frozen(repr=False)
class Application:
    """An application as the service knows it."""

    client_id: str
    client_secret: str
    redirect_uri: str = REDIRECT
    site: str = SITE
    login: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        login = b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        object.__setattr__(self, "login", login)

    @property
    def secrets(self) -> tuple[str, str]:
        """What is to be masked."""
        return self.client_secret, self.login

    @property
    def simulated(self) -> bool:
        """Whether its secret was made up for a simulated API, so that it may travel in clear."""
        return self.client_secret.startswith(SIMULATED)

    def authorization_url(self, state: str | None) -> str:
        """Return the address at which the owner authorises the application."""
        query = {"response_type": "code", "client_id": self.client_id, "redirect_uri": self.redirect_uri}
        return f"{self.site}/oauth/authorize?{urlencode(query if state is None else {**query, 'state': state})}"

    def code_request(self, code: str) -> Request:
        """Return the request for the tokens of a code."""
        return self._request(_CODE, redirect_uri=self.redirect_uri, code=code)

    def password_request(self, username: str, password: str) -> Request:
        """Return the request for the tokens of an installer, for a partner's application."""
        return self._request(_PASSWORD, username=username, password=password)

    def refresh_request(self, token: Token) -> Request:
        """Return the request that spends a refresh token."""
        return self._request(_REFRESH, refresh_token=token.refresh_token)

    def _request(self, grant: str, **fields: str) -> Request:
        headers = {"Authorization": f"Basic {self.login}", "Content-Type": "application/x-www-form-urlencoded"}
        content = urlencode({"grant_type": grant, **fields}).encode()
        return Request(OPERATION, "POST", f"{self.site}/oauth/token", {}, headers, content, resend=False, secret=True)

    def token(self, response: Response, before: Token | None = None) -> Token:
        """Return the tokens in a response of success, which last by the service's clock.

        Raises:
            InvalidResponseError: There are none in it. The message has nothing of it.
        """
        body = decode_or_none(response.content)
        fields: dict[str, Any] = body if isinstance(body, dict) else {}
        now = date_of(response.headers)
        now = response.sent_at if now is None else now
        life = fields.get("expires_in")
        life = int(life) if isinstance(life, str) and life.isascii() and life.isdigit() and len(life) < 12 else life
        seconds = whole_number(life, 1, _LONGEST_LIFE)
        kept = "" if before is None else before.refresh_token
        problem = "no access token is in it"
        if str(fields.get("token_type", "bearer")).lower() != "bearer":
            problem, fields = "the token is of a kind other than bearer", {}
        try:
            return Token(
                fields["access_token"],
                fields.get("refresh_token") or kept,
                None if seconds is None else now + seconds,
                issued_at=now,
                client_id=self.client_id,
            )
        except (ConfigurationError, KeyError):
            pass
        raise InvalidResponseError.at("", problem, operation=OPERATION, status=response.status, excerpt="")


def site_of(base_url: object) -> str:
    """Return the address below which the service of a base URL has its logins."""
    return base_url.rstrip("/").removesuffix("/api/v4") if isinstance(base_url, str) else SITE


def code_of(redirect: Any, state: str | None) -> str:
    """Return the code in the address that the owner was sent back to, or the code alone as it was given.

    Raises:
        InvalidArgumentError: There is none, or the state is another one.
        AuthenticationError: The owner, or the service, did not agree.
    """
    if not isinstance(redirect, str) or not redirect.strip():
        raise _unusable("no text")
    if not set(redirect) & set("/?=&"):
        return redirect.strip()
    query = {name: values[-1] for name, values in parse_qs(urlsplit(redirect.strip()).query).items()}
    given = query.get("state")
    if (given is None) != (state is None) or not compare_digest((given or "").encode(), (state or "").encode()):
        raise _unusable(
            "its state is not that of this login: give the state= that the owner was sent with. If you did, somebody "
            "else may have made this address: begin the login again"
        )
    if "error" in query:
        error = AuthenticationError(
            f"{OPERATION}: the owner was sent back with the error {query['error'][:80]!r}. To use the application, the "
            "owner has to authorise it: send the owner to the authorization address again."
        )
        error.operation, error.reason = OPERATION, query["error"]
        raise error
    if not query.get("code"):
        raise _unusable("no code is in it")
    return query["code"]


def _unusable(problem: str) -> InvalidArgumentError:
    # Not shown: the code is a secret.
    error = InvalidArgumentError(f"The address that the owner was sent back to cannot be used: {problem}.")
    error.argument = "redirect"
    return error


class Unsigned:
    """Signs nothing, and masks the secrets of a request that has its own."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        self.masking = Masking(secrets)

    def preparation(self, _time: Any) -> None:
        """Return None: there is nothing to prepare."""

    def signature(self) -> Signature:
        """Return nothing to sign with."""
        return {}, {}

    def renewal(self, _response: Response, _signature: Signature) -> None:
        """Return None: there is nothing to renew."""


class OAuthErrorBodies(V4ErrorBodies):
    """Reads the errors of token requests."""

    classes: ClassVar[Mapping[int, type[APIStatusError]]] = {**V4ErrorBodies.classes, 400: AuthenticationError}

    def kind(self, response: Response, fields: Mapping[str, Any]) -> type[APIStatusError] | None:
        """Return the class of the error: a refresh token that is not accepted ends the authorisation."""
        if response.status not in (400, 401):
            return super().kind(response, fields)
        return (
            AuthorizationExpiredError
            if _grant(response) == _REFRESH and not _of_client(fields)
            else AuthenticationError
        )

    def advice(self, cls: type[APIStatusError], response: Response) -> str:
        """Return what to do next."""
        body = decode_or_none(response.content)
        if response.status not in (400, 401):
            return cls.advice
        if _of_client(body if isinstance(body, dict) else {}):
            return "Check the client id and the client secret: they must be those of one application."
        return _ADVICE.get(_grant(response), cls.advice)


def _grant(response: Response) -> str:
    return parse_qs(response.request.content.decode()).get("grant_type", [""])[0]


def _of_client(fields: Mapping[str, Any]) -> bool:
    """Whether an error is about the application: its id and secret, or what it may ask for."""
    return fields.get("error") in ("invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope")
