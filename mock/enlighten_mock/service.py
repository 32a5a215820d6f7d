"""The simulated service, without any HTTP server: a request and a time in, a reply out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from email.utils import formatdate
from hmac import compare_digest
from typing import NamedTuple
from urllib.parse import parse_qsl

from enlighten_mock.call import Call, Json, localise
from enlighten_mock.fleet import Fleet
from enlighten_mock.operations import OPERATIONS
from enlighten_mock.quota import PLANS, Plan, Quota
from enlighten_mock.refusals import Refused, method_not_allowed, not_found, over_limit, unauthorized
from enlighten_mock.specification import Operation, Specification, read_parameters

PREFIX = "/api/v2"
"""Where everything that the real service has is served."""

API_KEY = "simulated-api-key"
USER_ID = "73696d756c61746564"

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
    """

    def __init__(
        self,
        fleet: Fleet,
        specification: Specification,
        *,
        credentials: Credentials | None = None,
        plan: Plan = PLANS["none"],
    ) -> None:
        self.fleet = fleet
        self.specification = specification
        self.credentials = credentials or Credentials()
        self.quota = Quota(plan)

    def handle(self, method: str, path: str, query: str, now: float) -> Reply:
        """Answer a request.

        Args:
            method: The HTTP method.
            path: The path as sent, with `PREFIX`, still percent-encoded.
            query: What follows the question mark, still percent-encoded.
            now: The service's time, in epoch seconds.
        """
        found = self.specification.find(path.removeprefix(PREFIX)) if path.startswith(PREFIX + "/") else None
        parameters = parse_qsl(query, keep_blank_values=True)
        try:
            if found is None:
                raise not_found()
            operation, names = found
            if method != "GET":
                raise method_not_allowed()
            self._authorize(parameters)
            excess = self.quota.spend(now)
            if excess:
                raise over_limit(excess)
            body = self._answer(operation, names, parameters, now)
        except Refused as refused:
            return reply(refused.status, refused.body, now)
        return reply(204 if body is None else 200, body, now)

    def _authorize(self, parameters: Sequence[tuple[str, str]]) -> None:
        sent = dict(parameters)
        for name, expected in (("key", self.credentials.api_key), ("user_id", self.credentials.user_id)):
            if not compare_digest(sent.get(name, "").encode(), expected.encode()):
                raise unauthorized()

    def _answer(
        self, operation: Operation, names: dict[str, str], parameters: Sequence[tuple[str, str]], now: float
    ) -> Json:
        call = Call(self.fleet, now, read_parameters(operation, names, parameters))
        if dict(parameters).get("datetime_format") != "iso8601":
            return OPERATIONS[operation.operation_id](call)
        site = call.values.get("system_id", call.values.get("site_id"))
        system = self.fleet.system(site) if isinstance(site, int) else None
        timezone = system.place.timezone if system else "UTC"
        try:
            return localise(OPERATIONS[operation.operation_id](call), timezone)
        except Refused as refused:
            raise Refused(refused.status, localise(refused.body, timezone)) from None


def reply(status: int, body: Json, now: float) -> Reply:
    """Return a reply with a JSON body, or without a body if that is None."""
    headers = [("Date", formatdate(now, usegmt=True))]
    if status == 405:
        headers.append(("Allow", "GET"))
    if body is None:
        return Reply(status, tuple(headers), b"")
    headers.append(_JSON)
    return Reply(status, tuple(headers), json.dumps(body, separators=(",", ":")).encode())
