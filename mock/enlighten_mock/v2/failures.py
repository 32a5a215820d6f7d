"""The errors of API v2 that a fault brings, whatever the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enlighten_mock.service.exchange import ServiceError
from enlighten_mock.service.quota import Excess, Plan, month_around
from enlighten_mock.v2.error_bodies import not_found, unauthorized
from enlighten_mock.v2.plans import PLANS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body><center><h1>{0}</h1></center></body>\r\n</html>\r\n"


def _unavailable(status: int) -> ServiceError:
    return ServiceError(status, {"errorCode": 7, "errorMessages": ["Data temporarily unavailable."]})


FAILURES: Mapping[tuple[str, str], Callable[[], ServiceError]] = {
    ("unauthorized", ""): unauthorized,
    ("not_found", ""): not_found,
    ("server_error", ""): lambda: _unavailable(500),
    ("server_error", "reason"): lambda: ServiceError(
        500, {"reason": "500", "type": "ServerError", "message": ["Internal server error"]}
    ),
    ("bad_gateway", ""): lambda: ServiceError(502, _PAGE.format("502 Bad Gateway")),
    ("unavailable", ""): lambda: _unavailable(503),
    ("unavailable", "html"): lambda: ServiceError(503, _PAGE.format("503 Service Temporarily Unavailable")),
    ("unavailable", "empty"): lambda: ServiceError(503, ""),
}
"""By the kind of the fault, and which of several bodies is sent."""


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
