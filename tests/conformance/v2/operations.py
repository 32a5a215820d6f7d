"""Facts about API v2 that its specification does not give in a form that a program can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.v2_calls import CALLS

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "/api/v2"
"""The beginning of each path of the service."""

KEY, USER = "key", "user_id"
"""The query parameters that are credentials."""

OK, NO_CONTENT, UNAUTHORIZED, NOT_FOUND, CONFLICT, UNPROCESSABLE = 200, 204, 401, 404, 409, 422

ERRORS: Mapping[int, str] = {
    401: "AuthenticationError",
    404: "NotFoundError",
    409: "UsageLimitExceededError",
    422: "UnprocessableRequestError",
    500: "ServerError",
    503: "ServiceUnavailableError",
}
"""The class of the error for each status, as the contract names them."""

INTERVALS = tuple(call.operation_id for call in CALLS.values() if call.shape == "intervals")
DAILY = tuple(call.operation_id for call in CALLS.values() if call.shape == "daily")
LAZY = tuple(call.operation_id for call in CALLS.values() if call.is_lazy)
CONSUMPTION = ("ConsumptionLifetime", "ConsumptionStats")
"""Operations that a system without a consumption meter may answer with an error, which is an empty series."""

FILTERS = ("system_id", "system_name", "status", "reference", "installer", "connection_type")
"""The filters of the systems list, each with a form for one value and one for several in the published document."""

DAY = 86_400
"""Seconds."""

FEW_WINDOWS: Mapping[str, int] = {"Stats": 3, "RgmStats": 20, "ConsumptionStats": 70}
"""Days that take about three windows of each interval operation; more would only be more of the same."""

DAILY_COLUMNS: Mapping[str, Mapping[str | None, tuple[str, ...]]] = {
    "EnergyLifetime": {None: ("production",), "all": ("production", "micro_production", "meter_production")},
    "ConsumptionLifetime": {None: ("consumption",)},
}
"""The properties that are the columns of a daily series, by the value of `production`."""

_ARGUMENTS = {"Systems": {"next": "cursor", "limit": "page_size"}}
"""The arguments that the contract names otherwise than the API."""


def arguments(operation_id: str, parameters: Mapping[str, object]) -> dict[str, object]:
    """Return the keyword arguments of a method for the parameters of a request, which are without credentials."""
    renamed = _ARGUMENTS.get(operation_id, {})
    return {renamed.get(name, name.removesuffix("[]")): value for name, value in parameters.items()}
