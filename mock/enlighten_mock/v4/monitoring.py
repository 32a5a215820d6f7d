"""The simulated Monitoring API v4: a request in, the body of its response or an error out."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from enlighten_mock.accounts.tokens import Grant
from enlighten_mock.service.exchange import Json, Received, Request, ServiceError
from enlighten_mock.service.specification import Specification, effective_path, load
from enlighten_mock.v4.behaviour import Behaviour
from enlighten_mock.v4.call import Call
from enlighten_mock.v4.error_bodies import (
    MISMATCH,
    NO_KEY,
    STREAM_KEY,
    STREAM_REFUSALS,
    STREAM_TOKEN,
    StreamRefusal,
    method_not_allowed,
    mismatch,
    no_access,
    no_key,
    no_path,
    no_stream,
    no_token,
    not_implemented,
    of_charger,
    over_limit,
)
from enlighten_mock.v4.failures import FAILURES, used_up
from enlighten_mock.v4.operations import CHARGER_OPERATIONS, ENUMERATIONS, OPERATIONS, PAGED, READINGS, STREAM
from enlighten_mock.v4.parameters import read_body, read_parameters
from enlighten_mock.v4.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from enlighten_mock.accounts.registry import Registry
    from enlighten_mock.service.quota import Excess
    from enlighten_mock.world.fleet import Fleet

PREFIX = "/api/v4"
"""The path below which everything of the real service is served."""

_GENERATED = "enlighten_v4"
_METHODS = ("POST", "PUT", "GET", "DELETE", "HEAD", "OPTIONS", "PATCH")
_LONG_ID = 19
_KEY = "key"
_BEARER = "bearer "


def load_specification(path: Path | None = None) -> Specification:
    """Return the specification in the JSON file at `path`, by default the effective one.

    Raises:
        FileNotFoundError: There is no such file.
    """
    return load(path or effective_path(_GENERATED))


class MonitoringV4:
    """The service; see `service.protocol.Service`.

    Args:
        fleet: The systems.
        specification: What parameters are checked against.
        registry: The applications, the owners and their tokens.
        behaviour: Which of several ways the service has.
    """

    name = "v4"
    prefix = PREFIX
    enumerations = ENUMERATIONS

    def __init__(
        self, fleet: Fleet, specification: Specification, registry: Registry, *, behaviour: Behaviour | None = None
    ) -> None:
        self.fleet = fleet
        self.specification = specification
        self.registry = registry
        self.behaviour = behaviour or Behaviour()
        self.settings = Settings()

    def accept(self, received: Received, now: float) -> Request:
        """Check method, path, key and token, in this order.

        Raises:
            ServiceError: 501, 404, 405 or 401.
        """
        if received.method not in _METHODS:
            raise not_implemented()
        path = received.path.removeprefix(PREFIX) if received.path.startswith(PREFIX + "/") else ""
        methods = self.specification.methods(path)
        method = "GET" if received.method == "HEAD" and self.behaviour.head == "served" else received.method
        found = self.specification.find(path, method)
        if not methods:
            raise no_path()
        if found is None or method not in methods:
            raise method_not_allowed(methods)
        operation, names = found
        parameters = parse_qsl(received.query, keep_blank_values=True)
        system = names.get("system_id") or dict(parameters).get("site_id", "")
        request = Request(operation, names, parameters, _number(system), received)
        try:
            return request._replace(caller=self._caller(received, dict(parameters), now))
        except ServiceError as error:
            raise self._told(request, error, now) from None

    def spend(self, request: Request, now: float) -> Excess | None:
        """Count the request against the quota of its application, or return the limit that is used up."""
        return self.registry.spend(_grant(request).application, request.received.method, now)

    def perform(self, request: Request, now: float) -> Json:
        """Return the body of the response.

        Raises:
            ServiceError: The application may not, or a parameter or the system is invalid.
        """
        grant = _grant(request)
        try:
            if not grant.application.may(request.operation.access_control):
                raise no_access()
            return OPERATIONS[request.operation.operation_id](self._call(request, grant, now))
        except ServiceError as error:
            raise self._told(request, error, now) from None

    def over_quota(self, request: Request, excess: Excess, now: float) -> ServiceError:
        """Return the error for a request beyond a limit."""
        wait = excess.end - now if self.behaviour.retry_after else None
        return self._told(request, over_limit(excess, period=self.behaviour.period_fields, retry_after=wait), now)

    def conflict(self, request: Request, period: str, now: float) -> ServiceError:
        """Return the error for a request beyond the limit of a `minute` or `month`, as if that were used up."""
        return self.over_quota(request, used_up(period, _grant(request).application.plan, now), now)

    def failure(self, request: Request, kind: str, shape: str, now: float) -> ServiceError | None:
        """Return the error that a fault of this kind brings, in one of its shapes, or None if it brings none."""
        if kind == "stream":
            return no_stream(STREAM_REFUSALS[int(shape)], now) if request.operation.operation_id == STREAM else None
        make = FAILURES.get((kind, shape))
        return self._told(request, make(), now) if make else None

    def repeated(self, request: Request, body: Json, now: float) -> Json:
        """Return the first page of a list in place of the page that is asked for, under that page's number."""
        if request.operation.operation_id not in PAGED or not isinstance(body, list | dict) or "code" in body:
            return body
        query = [(name, text) for name, text in request.query if name not in ("page", "offset")]
        first = self.perform(request._replace(query=query), now)
        numbers = ("current_page", "page")
        return {**first, **{name: body[name] for name in numbers if name in body}} if isinstance(body, dict) else first

    def reset(self) -> None:
        """Forget what requests have changed."""
        self.settings.reset()

    def _caller(self, received: Received, sent: Mapping[str, str], now: float) -> Grant:
        key = sent.get(_KEY) or (received.headers.get(_KEY) if self.behaviour.key_in_header else None)
        if not key:
            raise no_key()
        scheme = received.headers.get("authorization", "")
        token = scheme[len(_BEARER) :] if scheme.lower().startswith(_BEARER) else ""
        grant = self.registry.tokens.grant(token, now)
        if grant is None:
            raise no_token()
        if self.registry.by_key(key) != grant.application:
            raise mismatch()
        return grant

    def _call(self, request: Request, grant: Grant, now: float) -> Call:
        call = Call(
            fleet=self.fleet,
            now=now,
            grant=grant,
            behaviour=self.behaviour,
            settings=self.settings,
            system_text=request.path.get("system_id", ""),
            values={},
            body={},
        )
        if call.system_text:
            _ = call.system  # whose it is comes before what is asked of it
        return replace(call, values=read_parameters(request, now), body=read_body(request))

    def _told(self, request: Request, error: ServiceError, now: float) -> ServiceError:
        """Return an error in the shape of the operation that is asked for."""
        operation = request.operation.operation_id
        if operation in CHARGER_OPERATIONS:
            return of_charger(error)
        if operation in READINGS and error.status == HTTPStatus.NOT_FOUND and isinstance(error.body, dict):
            return ServiceError(error.status, {**error.body, "message": "Not Authorized"})
        if operation == STREAM and isinstance(error.body, dict) and "details" in error.body:
            return no_stream(_stream_refusal(error), now)
        return error


def _stream_refusal(error: ServiceError) -> StreamRefusal:
    if error.status == HTTPStatus.UNAUTHORIZED:
        keyless = isinstance(error.body, dict) and error.body["details"] in (NO_KEY, MISMATCH)
        return STREAM_KEY if keyless else STREAM_TOKEN
    return STREAM_REFUSALS[_STREAM_STATUS.get(error.status, error.status)]


_STREAM_STATUS = {404: 468, 422: 463}


def _grant(request: Request) -> Grant:
    if not isinstance(request.caller, Grant):
        raise TypeError("a request that was accepted has its sender")
    return request.caller


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONG_ID else None
