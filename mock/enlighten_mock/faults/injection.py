"""A service's response to a request, with the faults that hit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enlighten_mock.faults import effects
from enlighten_mock.service.exchange import Outcome, Reply, Response, ServiceError, Stream, encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enlighten_mock.faults.schedule import Faults, Hit
    from enlighten_mock.service.exchange import Received, Request
    from enlighten_mock.service.protocol import Service


def respond(service: Service, faults: Faults, received: Received, now: float) -> Response:
    """Return the response to a request.

    The first of these that fails decides on the error: path, method, credentials, the plan's limits, faults,
    parameters. Only from the limits on does the request count against the plan.

    Args:
        service: What responds.
        faults: What goes wrong.
        received: The request.
        now: The service's time, in epoch seconds.
    """
    try:
        request = service.accept(received, now)
    except ServiceError as error:
        return encode(error, now)
    hits = faults.draw(service.name, request.operation.operation_id, request.system_id)
    skew = effects.skew(hits)
    outcome: Outcome
    try:
        # By a clock that no fault moves: requests that jump to another minute would start its count again.
        excess = service.spend(request, now)
        if excess:
            raise service.over_quota(request, excess.moved(int(skew)), now + skew)
        effects.fail(hits, service, request, now + skew)
        outcome = service.perform(request, now + skew)
    except ServiceError as error:
        outcome = error
    if not hits:
        return encode(outcome, now)
    return _affected(hits, service, request, outcome, now + skew)


def _affected(hits: Sequence[Hit], service: Service, request: Request, outcome: Outcome, now: float) -> Response:
    """Return the response with this outcome as the faults leave it."""
    if isinstance(outcome, ServiceError):
        outcome = ServiceError(
            outcome.status, effects.change(hits, outcome.body, service, request, now), outcome.headers
        )
    elif isinstance(outcome, Reply):
        outcome = outcome._replace(body=effects.change(hits, outcome.body, service, request, now))
    elif isinstance(outcome, Stream):
        outcome = outcome._replace(events=effects.change(hits, outcome.events, service, request, now))
    else:
        outcome = effects.change(hits, outcome, service, request, now)
    whole = encode(outcome, now)
    return whole._replace(
        body=effects.garble(hits, whole.body),
        delay=effects.delay(hits),
        cut=effects.cut(hits, len(whole.body)),
    )
