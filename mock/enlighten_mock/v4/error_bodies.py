"""The errors of API v4. Their bodies have several shapes; each is written here once."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from enlighten_mock.service.exchange import ServiceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enlighten_mock.service.quota import Excess

_TITLES = {
    401: "Not Authorized",
    403: "Forbidden",
    404: "Not Found",
    422: "Unprocessable Entity",
    429: "Too Many Requests",
    500: "Internal Server Error",
}

NO_ACCESS = "Not authorized to access this resource"
NO_TOKEN = "User is not authorized"  # noqa: S105  # a message
NO_KEY = "Keys are missing at Header location"
MISMATCH = "API Key -Client mismatch"
FUTURE = "Requested date is in the future"
RANGE = "Requested date range is invalid for this system"


def error(status: int, details: str, **more: Any) -> ServiceError:
    """Return an error in the usual shape."""
    return ServiceError(status, {"message": _TITLES[status], "details": details, "code": status, **more})


def no_token() -> ServiceError:
    """Return the error for a token that is missing, wrong or at its end."""
    return error(401, NO_TOKEN)


def no_key() -> ServiceError:
    """Return the error for a request without a key, as recorded."""
    body = {
        "message": "Not authorized to access requested resource.",
        "details": NO_KEY,
        "code": 401,
    }
    return ServiceError(401, body)


def mismatch() -> ServiceError:
    """Return the error for a key of another application than the token's."""
    return error(401, MISMATCH)


def no_access() -> ServiceError:
    """Return the error for an operation that plan or access controls lack, which is a 401, as recorded."""
    return error(401, NO_ACCESS)


def forbidden() -> ServiceError:
    """Return the error for a system of somebody else."""
    return error(403, NO_ACCESS)


def no_system(text: str) -> ServiceError:
    """Return the error for a system that does not exist, with its id as sent."""
    return error(404, f'System not found for {{:id=>"{text}"}}')


def no_device(kind: str, serial_number: str) -> ServiceError:
    """Return the error for a device that does not exist."""
    return error(404, f'{kind} not found for {{:id=>"{serial_number}"}}')


def invalid(details: str) -> ServiceError:
    """Return the error for a parameter that does not do."""
    return error(422, details)


def invalid_request(reason: str) -> ServiceError:
    """Return the error for a request that does not do, in the words of the operations that quote the reason."""
    return error(422, f"Invalid request because of '{reason}'")


def no_path() -> ServiceError:
    """Return the error for a path that does not exist."""
    return error(404, "Resource not found")


def method_not_allowed(allowed: Sequence[str]) -> ServiceError:
    """Return the error for a method that the path does not have."""
    body = {"reason": "405", "message": ["Method not allowed"]}
    return ServiceError(405, body, (("Allow", ", ".join(allowed)),))


def not_implemented() -> ServiceError:
    """Return the error for a method that no path has."""
    return ServiceError(501, {"reason": "501", "message": ["Not Implemented"]})


def over_limit(excess: Excess, *, period: bool = True, retry_after: float | None = None) -> ServiceError:
    """Return the error for a request beyond the plan's limit.

    Args:
        excess: The limit.
        period: Whether to tell it.
        retry_after: After how many seconds to try again, or None not to tell it.
    """
    told = {
        "period": excess.period,
        "period_start": excess.start,
        "period_end": excess.end,
        "limit": excess.limit,
    }
    found = error(429, f"Usage limit exceeded for plan {excess.plan}", **(told if period else {}))
    if retry_after is None:
        return found
    return ServiceError(found.status, found.body, (("Retry-After", str(max(1, int(retry_after)))),))


def of_charger(found: ServiceError) -> ServiceError:
    """Return an error in the shape of the chargers' operations, whose code is text, as far as one is known."""
    if not isinstance(found.body, dict) or "code" not in found.body or found.status == HTTPStatus.TOO_MANY_REQUESTS:
        return found
    if found.status == HTTPStatus.NOT_FOUND:
        return bad_charger_request(["Invalid system_id"])
    body = {**found.body, "code": str(found.status)}
    if found.status == HTTPStatus.UNPROCESSABLE_ENTITY:
        return bad_charger_request([body["details"]])
    return ServiceError(found.status, body, found.headers)


def bad_charger_request(details: str | Sequence[str]) -> ServiceError:
    """Return the error for a request about chargers that does not do."""
    told = details if isinstance(details, str) else list(details)
    return ServiceError(400, {"message": "Bad request", "code": "400", "details": told})


class StreamRefusal(NamedTuple):
    """Why there is no stream."""

    code: int
    type: str
    status: str
    message: str


STREAM_REFUSALS = {
    refusal.code: refusal
    for refusal in (
        StreamRefusal(403, "authorization_error", "FORBIDDEN", "User is not authorized"),
        StreamRefusal(429, "request_exceeded_error", "TOO_MANY_REQUESTS", "Too Many Requests"),
        StreamRefusal(461, "validation_error", "INVALID_DURATION", "Duration cannot be less than 30"),
        StreamRefusal(462, "validation_error", "INVALID_DURATION", "Duration cannot be greater than 300"),
        StreamRefusal(463, "validation_error", "INVALID_DURATION", "Duration must be an integer"),
        StreamRefusal(
            466,
            "validation_error",
            "UNSUPPORTED_ENVOY",
            "Envoy must be active and envoy version must be at least 6.0.0",
        ),
        StreamRefusal(468, "validation_error", "INVALID_SYSTEM_ID", "System ID doesn't exist"),
        StreamRefusal(
            472,
            "validation_error",
            "LIVE_STREAM_NOT_SUPPORTED",
            "The system doesn\N{RIGHT SINGLE QUOTATION MARK}t support live stream",
        ),
        StreamRefusal(473, "site_connectivity_error", "IQ_GATEWAY_NOT_REPORTING", "IQ gateway is not reporting"),
        StreamRefusal(550, "server_error", "SERVICE_UNREACHABLE", "Service unreachable, please try again"),
        StreamRefusal(551, "server_error", "SERVICE_UNREACHABLE", "Service unreachable, please try again"),
        StreamRefusal(552, "server_error", "CONNECTION_NOT_ESTABLISHED", "Unable to connect, please try again"),
    )
}
"""By status."""

STREAM_KEY = StreamRefusal(401, "authentication_error", "NOT_AUTHENTICATED", "API Key is invalid")
STREAM_TOKEN = StreamRefusal(401, "authentication_error", "UNAUTHORIZED", "User is not authorized")


def no_stream(refusal: StreamRefusal, now: float) -> ServiceError:
    """Return the error for a stream that does not begin."""
    return ServiceError(refusal.code, stream_body(refusal, now))


def stream_body(refusal: StreamRefusal, now: float) -> dict[str, Any]:
    """Return the body of an error about a stream, which may also come within one."""
    return {
        "error": {
            "code": refusal.code,
            "details": [{}],
            "message": refusal.message,
            "status": refusal.status,
        },
        "timestamp_epoch": int(now * 1000),
        "timestamp_utc": stream_time(now),
        "type": refusal.type,
    }


def stream_time(now: float) -> str:
    """Return a moment as streams write it."""
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M:%S.") + f"{int(now * 1000) % 1000:03d}"
