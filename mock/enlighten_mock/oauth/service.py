"""The simulated OAuth service: an owner consents on a page, and codes become tokens."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from enlighten_mock.accounts.tokens import Grant, GrantError, Tokens
from enlighten_mock.oauth import pages
from enlighten_mock.service.exchange import Json, Received, Reply, Request, ServiceError
from enlighten_mock.service.quota import Excess
from enlighten_mock.service.specification import Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from enlighten_mock.accounts.applications import Application
    from enlighten_mock.accounts.registry import Registry
    from enlighten_mock.world.fleet import Fleet

PREFIX = "/oauth"
"""The path below which everything of the real service is served."""

REDIRECT = f"{PREFIX}/redirect_uri"
"""The page that shows the code."""

_REAL_REDIRECT = "https://api.enphaseenergy.com/oauth/redirect_uri"
"""What programs for the real service ask for; here it is the page above."""

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_AUTHORIZE, _TOKEN, _SHOWN = "Authorize", "Token", "RedirectUri"
_GRANTS = ("authorization_code", "refresh_token", "password")

OPERATIONS = (_AUTHORIZE, _TOKEN, _SHOWN)
"""The names under which faults hit it: the page of consent, tokens, and the page that shows the code."""


class _Path(NamedTuple):
    operation: Operation
    methods: tuple[str, ...]


def _path(name: str, path: str, *methods: str) -> _Path:
    return _Path(Operation(name, path, re.compile(re.escape(path)), (), ("200",)), methods)


_PATHS = {
    "/authorize": _path(_AUTHORIZE, "/authorize", "GET", "POST"),
    "/token": _path(_TOKEN, "/token", "POST"),
    "/redirect_uri": _path(_SHOWN, "/redirect_uri", "GET"),
}

_PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body><center><h1>{0}</h1></center></body>\r\n</html>\r\n"

FAILURES: Mapping[tuple[str, str], Callable[[], ServiceError]] = {
    ("unauthorized", ""): lambda: _error(401, "invalid_client", "Bad client credentials"),
    ("unauthorized", "token"): lambda: _error(401, "invalid_token", "Invalid refresh token (expired)"),
    ("unauthorized", "grant"): lambda: _error(400, "invalid_grant", "Invalid authorization code"),
    ("server_error", ""): lambda: ServiceError(500, {"message": "Internal Server Error", "code": 500}),
    ("bad_gateway", ""): lambda: ServiceError(502, _PAGE.format("502 Bad Gateway")),
    ("unavailable", ""): lambda: ServiceError(503, _PAGE.format("503 Service Temporarily Unavailable")),
    ("unavailable", "empty"): lambda: ServiceError(503, ""),
}
"""By the kind of the fault, and which of several bodies is sent."""


class OAuth:
    """The service; see `service.protocol.Service`.

    Args:
        fleet: The systems.
        registry: The applications, the owners and their tokens.
    """

    name = "oauth"
    prefix = PREFIX
    enumerations = ("token_type", "app_type", "scope")

    def __init__(self, fleet: Fleet, registry: Registry) -> None:
        self.fleet = fleet
        self.registry = registry

    def accept(self, received: Received, now: float) -> Request:  # noqa: ARG002  # who asks is checked below
        """Check path and method.

        Raises:
            ServiceError: 404 or 405.
        """
        found = _PATHS.get(received.path.removeprefix(PREFIX).removesuffix("/"))
        if found is None:
            raise ServiceError(404, _PAGE.format("404 Not Found"))
        if received.method not in found.methods:
            body = {"reason": "405", "message": ["Method not allowed"]}
            raise ServiceError(405, body, (("Allow", ", ".join(found.methods)),))
        return Request(found.operation, {}, parse_qsl(received.query, keep_blank_values=True), None, received)

    def spend(self, request: Request, now: float) -> Excess | None:
        """Count a request for tokens against the quota of its application, if the rules say so."""
        if request.operation.operation_id != _TOKEN or not self.registry.tokens.rules.token_calls_count:
            return None
        application = self._client(request)
        return self.registry.spend(application, "GET", now) if application else None

    def perform(self, request: Request, now: float) -> Json:
        """Return a page, a redirect, or tokens.

        Raises:
            ServiceError: There are no tokens to give, or nobody to ask for consent.
        """
        if request.operation.operation_id == _TOKEN:
            return self._token(request, now)
        if request.operation.operation_id == _SHOWN:
            return Reply(200, pages.shown(request.sent))
        return self._authorize(request, now)

    def over_quota(self, request: Request, excess: Excess, now: float) -> ServiceError:  # noqa: ARG002  # all alike
        """Return the error for a request beyond a limit."""
        details = f"Usage limit exceeded for plan {excess.plan}"
        return ServiceError(429, {"message": "Too Many Requests", "details": details, "code": 429})

    def conflict(self, request: Request, period: str, now: float) -> ServiceError:
        """Return the error for a request beyond the limit of a `minute` or `month`, as if that were used up."""
        return self.over_quota(request, Excess("Watt", period, int(now), int(now), 0), now)

    def failure(
        self,
        request: Request,  # noqa: ARG002  # all alike
        kind: str,
        shape: str,
        now: float,  # noqa: ARG002  # all alike
    ) -> ServiceError | None:
        """Return the error that a fault of this kind brings, in one of its shapes, or None if it brings none."""
        make = FAILURES.get((kind, shape))
        return make() if make else None

    def repeated(self, request: Request, body: Json, now: float) -> Json:  # noqa: ARG002  # there are no pages
        """Return `body` as it is."""
        return body

    def _authorize(self, request: Request, now: float) -> Json:
        """Show the page of consent, or send the browser back with what was decided on it."""
        sent = {**request.sent, **_form(request)}
        application = self.registry.by_client(sent.get("client_id", ""))
        redirect_uri = sent.get("redirect_uri", "") or REDIRECT
        if application is None:
            raise ServiceError(400, pages.problem("No application has this client id."))
        if not _may_redirect(application, redirect_uri):
            raise ServiceError(400, pages.problem("The application may not send you to this redirect URI."))
        if sent.get("response_type") != "code":
            return _redirect(redirect_uri, sent, error="unsupported_response_type")
        if request.received.method == "GET":
            return Reply(200, self._page(application, sent))
        if sent.get("decision") != "allow":
            return _redirect(redirect_uri, sent, error="access_denied")
        owner = self.registry.login(sent.get("username", ""), sent.get("password", ""))
        if owner is None:
            return Reply(200, self._page(application, sent, "No login has this e-mail address and password."))
        code = self.registry.tokens.code(Grant(application, owner), redirect_uri, now)
        return _redirect(redirect_uri, sent, code=code)

    def _page(self, application: Application, sent: Mapping[str, str], problem: str = "") -> str:
        owner = self.registry.first_owner(application)
        count = self.fleet.size if owner.systems is None else len(owner.systems.intersection(self.fleet.ids))
        return pages.consent(application, owner, sent, systems=count, problem=problem)

    def _token(self, request: Request, now: float) -> Json:
        application = self._client(request)
        if application is None:
            raise _error(401, "invalid_client", "Bad client credentials")
        sent = {**request.sent, **_form(request)}
        grant = sent.get("grant_type")
        if not grant:
            raise _error(400, "invalid_request", "Missing grant type")
        if grant not in _GRANTS:
            raise _error(400, "unsupported_grant_type", f"Unsupported grant type: {grant}")
        try:
            return self._answer(application, self._tokens(application, grant, sent, now))
        except GrantError as error:
            raise _error(error.status, error.error, error.description) from None

    def _tokens(self, application: Application, grant: str, sent: Mapping[str, str], now: float) -> Tokens:
        book = self.registry.tokens
        if grant == "authorization_code":
            return book.exchange(application, sent.get("code", ""), sent.get("redirect_uri", "") or REDIRECT, now)
        if grant == "refresh_token":
            return book.renew(application, sent.get("refresh_token", ""), now)
        if not application.partner:
            raise GrantError(401, "invalid_client", "Unauthorized grant type: password")
        owner = self.registry.installer(sent.get("username", ""), sent.get("password", ""))
        return book.issue(Grant(application, owner), now)

    def _answer(self, application: Application, tokens: Tokens) -> Json:
        return {
            "access_token": tokens.access_token,
            "token_type": "bearer",
            "refresh_token": tokens.refresh_token,
            "expires_in": tokens.expires_in,
            "scope": "read write",
            "enl_uid": "1000000",
            "enl_cid": "",
            "enl_password_last_changed": "1700000000",
            "is_internal_app": False,
            "app_type": "partner" if application.partner else "system",
            "app_Id": "1400000000000",
            "jti": tokens.identifier,
        }

    def _client(self, request: Request) -> Application | None:
        """Return the application that a request for tokens is from, if its client id and secret are right."""
        scheme, _, encoded = request.received.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                client_id, _, secret = b64decode(encoded, validate=True).decode().partition(":")
            except (NotBase64, UnicodeDecodeError):
                return None
            return self.registry.by_client(client_id, secret)
        if self.registry.tokens.rules.client_login == "form":
            form = _form(request)
            return self.registry.by_client(form.get("client_id", ""), form.get("client_secret", ""))
        return None


def _error(status: int, error: str, description: str) -> ServiceError:
    return ServiceError(status, {"error": error, "error_description": description})


def _form(request: Request) -> dict[str, str]:
    if "application/x-www-form-urlencoded" not in request.received.headers.get("content-type", ""):
        return {}
    body = request.received.body.decode("utf-8", "replace")
    return {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True).items()}


def _may_redirect(application: Application, uri: str) -> bool:
    """Return whether a browser may be sent there: the page that shows the code, this machine, or what is registered."""
    try:
        parts = urlsplit(uri)
        host = parts.hostname
    except ValueError:
        return False
    if uri in (*application.redirect_uris, REDIRECT, _REAL_REDIRECT) or parts.path == REDIRECT:
        return True
    return parts.scheme == "http" and host in _LOOPBACK and not parts.fragment


def _redirect(uri: str, sent: Mapping[str, str], **outcome: str) -> Reply:
    parts = urlsplit(REDIRECT if urlsplit(uri).path == REDIRECT else uri)
    state = {"state": sent["state"]} if "state" in sent else {}
    query = "&".join(filter(None, (parts.query, urlencode({**outcome, **state}))))
    location = urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
    return Reply(302, "", (("Location", location), ("Cache-Control", "no-store")))
