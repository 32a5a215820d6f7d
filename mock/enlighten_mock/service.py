"""The simulated service, without any HTTP server: a request and a time in, a reply out."""

from __future__ import annotations

import json
from email.utils import formatdate
from hmac import compare_digest
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from enlighten_mock import effects
from enlighten_mock.call import Call, Json, localise
from enlighten_mock.faults import Faults
from enlighten_mock.operations import OPERATIONS
from enlighten_mock.quota import PLANS, Plan, Quota
from enlighten_mock.refusals import RefusedError, method_not_allowed, not_found, over_limit, unauthorized
from enlighten_mock.specification import read_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enlighten_mock.faults import Hit
    from enlighten_mock.fleet import Fleet
    from enlighten_mock.specification import Operation, Specification, Value

PREFIX = "/api/v2"
"""Where everything that the real service has is served."""

API_KEY = "simulated-api-key"
USER_ID = "73696d756c61746564"

_LONG_ID = 19
_HTML = ("Content-Type", "text/html")
_JSON = ("Content-Type", "application/json; charset=utf-8")


class Credentials(NamedTuple):
    """What a request must bring."""

    api_key: str = API_KEY
    user_id: str = USER_ID


class Reply(NamedTuple):
    """An answer, and how it is to be sent.

    Attributes:
        status: The HTTP status.
        headers: Names and values, without the length.
        body: All of it, encoded.
        delay: Seconds to wait before it is sent.
        cut: After how many bytes of the body the connection breaks; None to send it all.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    delay: float = 0.0
    cut: int | None = None


class Service:
    """Answers the requests of the API.

    Args:
        fleet: The systems there are.
        specification: What parameters are checked against.
        credentials: What requests must bring.
        plan: The limits of the application.
        faults: What goes wrong.
    """

    def __init__(
        self,
        fleet: Fleet,
        specification: Specification,
        *,
        credentials: Credentials | None = None,
        plan: Plan = PLANS["none"],
        faults: Faults | None = None,
    ) -> None:
        self.fleet = fleet
        self.specification = specification
        self.credentials = credentials or Credentials()
        self.quota = Quota(plan)
        self.faults = faults or Faults()

    def handle(self, method: str, path: str, query: str, now: float) -> Reply:
        """Answer a request.

        A request is refused for the first of these reasons: its path, its method, its credentials, the plan's
        limit, a fault, its parameters. Only from the limit on does it count against the plan.

        Args:
            method: The HTTP method.
            path: The path as sent, with `PREFIX`, still percent-encoded.
            query: What follows the question mark, still percent-encoded.
            now: The service's time, in epoch seconds.
        """
        found = self.specification.find(path.removeprefix(PREFIX)) if path.startswith(PREFIX + "/") else None
        if found is None:
            return reply(not_found(), now)
        operation, names = found
        if method != "GET":
            return reply(method_not_allowed(), now, ("Allow", "GET"))
        parameters = parse_qsl(query, keep_blank_values=True)
        sent = dict(parameters)
        if not self._authorized(sent):
            return reply(unauthorized(), now)
        hits = self.faults.draw(operation.operation_id, _system_id(names, sent))
        counted, skew = now, effects.skew(hits)
        now += skew
        values: Mapping[str, Value] = {}
        try:
            # By a clock that no fault moves: requests that jump to another minute would start its count anew.
            excess = self.quota.spend(counted)
            if excess:
                raise over_limit(excess.moved(int(skew)))
            effects.refuse(hits, self.quota.plan, now)
            values = read_parameters(operation, names, parameters)
            answer: Json = self._answer(operation, Call(self.fleet, now, values), sent)
        except RefusedError as refused:
            answer = refused
        except effects.HtmlError as error:
            answer = error
        return _affected(hits, answer, values, now)

    def _authorized(self, sent: Mapping[str, str]) -> bool:
        expected = (("key", self.credentials.api_key), ("user_id", self.credentials.user_id))
        return all(compare_digest(sent.get(name, "").encode(), value.encode()) for name, value in expected)

    def _answer(self, operation: Operation, call: Call, sent: Mapping[str, str]) -> Json:
        perform = OPERATIONS[operation.operation_id]
        if sent.get("datetime_format") != "iso8601":
            return perform(call)
        site = call.values.get("system_id", call.values.get("site_id"))
        system = self.fleet.system(site) if isinstance(site, int) else None
        timezone = system.place.timezone if system else "UTC"
        try:
            return localise(perform(call), timezone)
        except RefusedError as refused:
            raise RefusedError(refused.status, localise(refused.body, timezone)) from None


def reply(answer: Json, now: float, *headers: tuple[str, str]) -> Reply:
    """Return the reply with this answer: a refusal, a gateway's page, JSON, or nothing where it is None.

    Args:
        answer: What to reply.
        now: The service's time for the `Date` header, in epoch seconds.
        headers: More headers.
    """
    dated = (("Date", formatdate(now, usegmt=True)), *headers)
    if answer is None:
        return Reply(HTTPStatus.NO_CONTENT, dated, b"")
    if isinstance(answer, effects.HtmlError):
        return Reply(answer.status, (*dated, _HTML), answer.page.encode())
    refused = isinstance(answer, RefusedError)
    body = json.dumps(answer.body if refused else answer, separators=(",", ":")).encode()
    return Reply(answer.status if refused else HTTPStatus.OK, (*dated, _JSON), body)


def _affected(hits: Sequence[Hit], answer: Json, values: Mapping[str, Value], now: float) -> Reply:
    """Return the reply with this answer as the faults leave it."""
    if not hits:
        return reply(answer, now)
    if isinstance(answer, RefusedError):
        answer = RefusedError(answer.status, effects.change(hits, answer.body, values))
    elif not isinstance(answer, effects.HtmlError):
        answer = effects.change(hits, answer, values)
    whole = reply(answer, now)
    return whole._replace(
        body=effects.garble(hits, whole.body),
        delay=effects.delay(hits),
        cut=effects.cut(hits, len(whole.body)),
    )


def _system_id(names: Mapping[str, str], sent: Mapping[str, str]) -> int | None:
    text = names.get("system_id") or sent.get("site_id", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONG_ID else None
