"""A service's response to a request, with the faults that hit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enlighten_mock.faults import effects
from enlighten_mock.service.exchange import Json, Response, ServiceError, encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enlighten_mock.faults.schedule import Faults, Hit
    from enlighten_mock.service.exchange import Request
    from enlighten_mock.service.protocol import Service


def respond(service: Service, faults: Faults, *, method: str, path: str, query: str, now: float) -> Response:
    """Return the response to a request.

    The first of these that fails decides on the error: path, method, credentials, the plan's limits, faults,
    parameters. Only from the limits on does the request count against the plan.

    Args:
        service: What responds.
        faults: What goes wrong.
        method: The HTTP method.
        path: The path as sent, still percent-encoded.
        query: What follows the question mark, still percent-encoded.
        now: The service's time, in epoch seconds.
    """
    try:
        request = service.accept(method, path, query)
    except ServiceError as error:
        return encode(error, now)
    hits = faults.draw(request.operation.operation_id, request.system_id)
    skew = effects.skew(hits)
    outcome: Json | ServiceError
    try:
        # By a clock that no fault moves: requests that jump to another minute would start its count again.
        excess = service.quota.spend(now)
        if excess:
            raise service.over_quota(excess.moved(int(skew)))
        effects.fail(hits, service, now + skew)
        outcome = service.perform(request, now + skew)
    except ServiceError as error:
        outcome = error
    if not hits:
        return encode(outcome, now)
    return _affected(hits, service, request, outcome, now + skew)


def _affected(
    hits: Sequence[Hit], service: Service, request: Request, outcome: Json | ServiceError, now: float
) -> Response:
    """Return the response with this outcome as the faults leave it."""
    if isinstance(outcome, ServiceError):
        outcome = ServiceError(outcome.status, effects.change(hits, outcome.body, service, request), outcome.headers)
    else:
        outcome = effects.change(hits, outcome, service, request)
    whole = encode(outcome, now)
    return whole._replace(
        body=effects.garble(hits, whole.body),
        delay=effects.delay(hits),
        cut=effects.cut(hits, len(whole.body)),
    )
