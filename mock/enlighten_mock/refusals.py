"""How the service says no. Its error bodies have many shapes; each is written here once."""

from __future__ import annotations

from typing import Any

from enlighten_mock.quota import Excess

INVALID_RANGE = "Requested date range is invalid for this system"


class Refused(Exception):
    """Ends the handling of a request with an error status.

    Args:
        status: The HTTP status.
        body: The JSON body.
    """

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body


def unauthorized() -> Refused:
    """Return the answer to missing or wrong credentials, as recorded."""
    return Refused(401, {"reason": "401", "message": ["Not authorized to access requested resource."]})


def no_consumption(status: int) -> Refused:
    """Return the answer of some systems without a consumption meter: a plain message and no reason, as recorded."""
    return Refused(status, {"message": "No consumption data is available for this system."})


def not_found() -> Refused:
    """Return the answer for a system that does not exist or is not the user's, as recorded."""
    return Refused(404, {"reason": "404", "message": ["Resource not found."]})


def unknown_envoy() -> Refused:
    """Return the answer to a serial number that no Envoy has, as recorded."""
    return Refused(404, {"reason": "404", "errorMessages": ["Envoy not found with this serial number"]})


def unknown_site(site_id: int) -> Refused:
    """Return how the summary of inverters answers for a system that does not exist, as recorded."""
    return Refused(422, {"message": f"Couldn't find Site with 'id'={site_id}"})


def invalid(message: str) -> Refused:
    """Return the answer to a parameter that the specification does not allow."""
    return Refused(422, {"reason": "422", "message": message})


def out_of_range(reason: str, **times: int | None) -> Refused:
    """Return the answer to a period that cannot be served, with the times (epoch seconds) that explain why."""
    return Refused(
        422, {"reason": reason, **{name: time for name, time in times.items() if time is not None}}
    )


def over_limit(excess: Excess) -> Refused:
    """Return the answer to a request beyond the plan's limit, as recorded."""
    return Refused(
        409,
        {
            "reason": "409",
            "message": [f"Usage limit exceeded for plan {excess.plan}"],
            "period": excess.period,
            "period_start": excess.start,
            "period_end": excess.end,
            "limit": excess.limit,
        },
    )


def method_not_allowed() -> Refused:
    """Return the answer to any method but GET."""
    return Refused(405, {"reason": "405", "message": ["Method not allowed; this API only answers GET."]})
