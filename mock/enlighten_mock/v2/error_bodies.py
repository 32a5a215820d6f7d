"""The errors of API v2. Their bodies have many shapes; each is written here once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enlighten_mock.service.exchange import ServiceError

if TYPE_CHECKING:
    from enlighten_mock.service.quota import Excess

INVALID_RANGE = "Requested date range is invalid for this system"

UNKNOWN = (
    "What the service does here is not known, and this simulated API does not guess: see 'What is not known' in its "
    "documentation."
)
"""Ends the message of an error that is the simulated API's own."""

UNKNOWN_SYSTEMS = (404, 422)
"""The statuses that were recorded for a system that does not exist, the older first."""


def unauthorized() -> ServiceError:
    """Return the error for missing or wrong credentials, as recorded."""
    return ServiceError(401, {"reason": "401", "message": ["Not authorized to access requested resource."]})


def no_consumption(status: int) -> ServiceError:
    """Return the error of some systems without a consumption meter: a message alone, as recorded."""
    return ServiceError(status, {"message": "No consumption data is available for this system."})


def not_found() -> ServiceError:
    """Return the error for a path that does not exist, or a system that does not or is not the user's, as recorded."""
    return ServiceError(404, {"reason": "404", "message": ["Resource not found."]})


def unknown_envoy() -> ServiceError:
    """Return the error for a serial number that no Envoy has, as recorded."""
    return ServiceError(404, {"reason": "404", "errorMessages": ["Envoy not found with this serial number"]})


def unknown_site(site_id: int) -> ServiceError:
    """Return the newer error for a system that does not exist, as recorded for the summary of inverters."""
    return ServiceError(422, {"message": f"Couldn't find Site with 'id'={site_id}"})


def invalid(message: str) -> ServiceError:
    """Return the error for a parameter that the specification does not allow."""
    return ServiceError(422, {"reason": "422", "message": message})


def invalid_date() -> ServiceError:
    """Return the error for a date that is none. A published client looks for these words in `reason`."""
    return ServiceError(422, {"reason": "Failed to parse date"})


def out_of_range(reason: str, **times: int | None) -> ServiceError:
    """Return the error for a window without data, with the times (epoch seconds) that say why."""
    return ServiceError(422, {"reason": reason, **{name: time for name, time in times.items() if time is not None}})


def over_limit(excess: Excess) -> ServiceError:
    """Return the error for a request beyond the plan's limit, as recorded."""
    return ServiceError(
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


def method_not_allowed() -> ServiceError:
    """Return the error for any method but GET."""
    body = {"reason": "405", "message": ["Method not allowed; this API only answers GET."]}
    return ServiceError(405, body, (("Allow", "GET"),))
