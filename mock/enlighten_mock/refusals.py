"""How the service says no. Its error bodies have many shapes; each is written here once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enlighten_mock.quota import Excess

INVALID_RANGE = "Requested date range is invalid for this system"


class RefusedError(Exception):
    """Ends the handling of a request with an error status.

    Args:
        status: The HTTP status.
        body: The JSON body.
    """

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body


def unauthorized() -> RefusedError:
    """Return the answer to missing or wrong credentials, as recorded."""
    return RefusedError(401, {"reason": "401", "message": ["Not authorized to access requested resource."]})


def no_consumption(status: int) -> RefusedError:
    """Return the answer of some systems without a consumption meter: a message alone, as recorded."""
    return RefusedError(status, {"message": "No consumption data is available for this system."})


def not_found() -> RefusedError:
    """Return the answer for a system that does not exist or is not the user's, as recorded."""
    return RefusedError(404, {"reason": "404", "message": ["Resource not found."]})


def unknown_envoy() -> RefusedError:
    """Return the answer to a serial number that no Envoy has, as recorded."""
    return RefusedError(404, {"reason": "404", "errorMessages": ["Envoy not found with this serial number"]})


def unknown_site(site_id: int) -> RefusedError:
    """Return how the summary of inverters answers for a system that does not exist, as recorded."""
    return RefusedError(422, {"message": f"Couldn't find Site with 'id'={site_id}"})


def invalid(message: str) -> RefusedError:
    """Return the answer to a parameter that the specification does not allow."""
    return RefusedError(422, {"reason": "422", "message": message})


def out_of_range(reason: str, **times: int | None) -> RefusedError:
    """Return the answer to a period that cannot be served, with the times (epoch seconds) that tell why."""
    return RefusedError(422, {"reason": reason, **{name: time for name, time in times.items() if time is not None}})


def over_limit(excess: Excess) -> RefusedError:
    """Return the answer to a request beyond the plan's limit, as recorded."""
    return RefusedError(
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


def method_not_allowed() -> RefusedError:
    """Return the answer to any method but GET."""
    return RefusedError(405, {"reason": "405", "message": ["Method not allowed; this API only answers GET."]})
