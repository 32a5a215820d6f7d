"""The errors of API v4 that a fault brings, whatever the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enlighten_mock.accounts.plans import PLANS
from enlighten_mock.service.exchange import ServiceError
from enlighten_mock.service.quota import Excess, Plan, month_around
from enlighten_mock.v4.error_bodies import STREAM_REFUSALS, error, forbidden, mismatch, no_access, no_key, no_token

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body><center><h1>{0}</h1></center></body>\r\n</html>\r\n"


def _unavailable(status: int) -> ServiceError:
    return ServiceError(status, {"errorCode": 7, "errorMessages": ["Data is temporarily unavailable"]})


FAILURES: Mapping[tuple[str, str], Callable[[], ServiceError]] = {
    ("unauthorized", ""): no_token,
    ("unauthorized", "key"): no_key,
    ("unauthorized", "mismatch"): mismatch,
    ("unauthorized", "access"): no_access,
    ("forbidden", ""): forbidden,
    ("not_found", ""): lambda: error(404, "Resource not found"),
    ("server_error", ""): lambda: error(500, "unable to fetch data"),
    ("server_error", "data"): lambda: _unavailable(500),
    ("bad_gateway", ""): lambda: ServiceError(502, _PAGE.format("502 Bad Gateway")),
    ("unavailable", ""): lambda: _unavailable(503),
    ("unavailable", "html"): lambda: ServiceError(503, _PAGE.format("503 Service Temporarily Unavailable")),
    ("unavailable", "empty"): lambda: ServiceError(503, ""),
}
"""By the kind of the fault, and which of several bodies is sent."""


STREAM = tuple(("stream", str(status)) for status in STREAM_REFUSALS if status not in (403, 429))
"""The errors that only a stream has, by kind and shape."""


def used_up(period: str, plan: Plan, now: float) -> Excess:
    """Return the limit of the `minute` or `month` around `now` (epoch seconds) as if it were used up.

    A plan without that limit has Watt's.
    """
    minute = int(now // 60 * 60)
    start, end = month_around(now) if period == "month" else (minute, minute + 60)
    limited = PLANS["watt"] if _limit(plan, period) is None else plan
    return Excess(limited.name, period, start, end, _limit(limited, period) or 0)


def _limit(plan: Plan, period: str) -> int | None:
    return plan.per_month if period == "month" else plan.per_minute
