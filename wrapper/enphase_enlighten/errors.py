"""All errors of this package, as one tree below `EnlightenError`.

Each message begins with what happened and ends with what to do next. Each error pickles, so that it crosses process
pools and task queues, and none of them carries a credential.
"""

from __future__ import annotations

import copyreg
import inspect
import warnings
from datetime import date, datetime
from typing import Any, ClassVar, Self


def shown(value: object) -> str:
    """Return the `repr` of an argument, shortened to fit into a message."""
    try:
        given = repr(value.isoformat() if isinstance(value, date) else value)
    except (NotImplementedError, TypeError, ValueError):
        # Python does not write out an int of thousands of digits, nor a time whose tzinfo has no offset.
        given = f"<{type(value).__name__}>"
    return given if len(given) <= 80 else f"{given[:77]}..."


class EnlightenError(Exception):
    """The base of all errors that this package raises.

    Attributes:
        operation: The operation of the specification that was carried out, such as ``Stats``; None outside of one.

    Example:
        >>> try:
        ...     client.summary(1)
        ... except EnlightenError as error:
        ...     print(type(error).__name__, error.operation)
        NotFoundError Summary
    """

    operation: str | None = None

    def during(self, operation: str) -> Self:
        """Return this error with the name of the operation, unless it has one.

        A request of another operation, such as one that looks up a timezone, has named it already.
        """
        if self.operation is None:
            self.operation = operation
        return self

    def without_frames(self) -> Self:
        """Return this error without the frames of its traceback, and without its context.

        Their local variables have whole bodies in them, and arguments that were credentials.
        """
        self.__context__ = None
        return self.with_traceback(None)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle without calling ``__init__``, whose arguments differ from class to class."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]  # typeshed lacks it


class ConfigurationError(EnlightenError):
    """The client cannot be created: credentials, base URL, a profile or an extra is missing or invalid.

    Example:
        >>> try:
        ...     Enlighten(api_key, user_id, plan="bronze")
        ... except ConfigurationError as error:
        ...     print(str(error).partition(".")[0])
        plan='bronze' is unknown
    """


class InvalidArgumentError(EnlightenError, ValueError):
    """An argument is invalid; nothing was sent.

    Attributes:
        argument: The name of the argument.

    Example:
        >>> try:
        ...     client.systems(page_size=0)
        ... except InvalidArgumentError as error:
        ...     print(error.argument)
        page_size
    """

    argument: str = ""

    @classmethod
    def for_argument(cls, argument: str, value: object, accepted: str) -> Self:
        """Build the error for one argument: its name, what was given and the accepted forms."""
        error = cls(f"{argument}={shown(value)} is not accepted. Give {accepted}.")
        error.argument = argument
        return error


class ConnectionFailedError(EnlightenError):
    """No complete response: the name did not resolve, the connection was refused, or it broke.

    Example:
        >>> try:
        ...     Enlighten(api_key, user_id, base_url="http://127.0.0.1:1", max_retries=0).envoys(system_id)
        ... except ConnectionFailedError as error:
        ...     print(error.operation)
        Envoys
    """


class RequestTimeoutError(EnlightenError):
    """No response in time.

    Example:
        >>> try:
        ...     summary = client.with_options(timeout=5, max_retries=1).summary(system_id)
        ... except RequestTimeoutError:
        ...     summary = None
    """


class InvalidResponseError(EnlightenError):
    """A body does not match the specification and cannot be used.

    Attributes:
        status: The HTTP status of the response.
        pointer: The JSON pointer (RFC 6901) of the invalid place; '' is the whole body.
        excerpt: The beginning of the body, credentials masked.

    Example:
        >>> try:
        ...     devices = client.with_options(strict=True).inventory(system_id)
        ... except InvalidResponseError as error:
        ...     print(error.operation, error.pointer, error.excerpt)
    """

    status: int | None = None
    pointer: str = ""
    excerpt: str = ""

    @classmethod
    def at(cls, pointer: str, problem: str, *, operation: str, status: int, excerpt: str) -> Self:
        """Build the error for the place `pointer` of a body."""
        place = pointer or "the body"
        begins = f" The body begins: {excerpt!r}" if excerpt else ""
        error = cls(
            f"{operation}: {place}: {problem} (status {status}). The service or a proxy sent something that the "
            f"specification does not allow: try again later, and report it if it stays.{begins}"
        )
        error.operation, error.status, error.pointer, error.excerpt = operation, status, pointer, excerpt
        return error


class StreamInterruptedError(ConnectionFailedError):
    """A live stream broke off before its end; what came until then was handed on.

    Attributes:
        seconds: How long it lasted.
        duration: How long it was to last, in seconds.

    Example:
        >>> try:
        ...     powers = [message.data.pv_power for message in client.live_data(system_id, duration=60)]
        ... except StreamInterruptedError as error:
        ...     print(error.seconds, "of", error.duration)
    """

    seconds: float = 0.0
    duration: float = 0.0

    @classmethod
    def after(cls, operation: str, seconds: float, duration: float, received: int, problem: str) -> Self:
        """Build the error for a stream that has lasted so long, and given so many messages."""
        messages = "1 message" if received == 1 else f"{received} messages"
        error = cls(
            f"{operation}: the stream broke off after {seconds:.1f} of {duration:g} seconds and {messages}: {problem}. "
            "What came was handed on. Try again for more, which is another call."
        )
        error.operation, error.seconds, error.duration = operation, seconds, duration
        return error


class TimezoneUnknownError(EnlightenError):
    """The system's timezone is needed and unknown; pass ``timezone=`` to the call.

    A series of intervals always needs it, also with aware times or epoch seconds, since its rows have their times in
    it. `production_meter_readings` needs it for a local time alone. A machine without a timezone database knows no
    timezone by its name; the message then says so: install the package tzdata.

    Example:
        >>> try:
        ...     list(client.stats(1))
        ... except TimezoneUnknownError as error:
        ...     days = list(client.stats(system_id, timezone="America/Los_Angeles"))
    """

    advice: ClassVar[str] = "Pass timezone='Area/City' to the call."


class MissingHistoryWarning(UserWarning):
    """A part of the requested range is older than what the service keeps; the message names it.

    Example:
        >>> import warnings
        >>> with warnings.catch_warnings():
        ...     warnings.simplefilter("ignore", MissingHistoryWarning)
        ...     weeks = list(client.rgm_stats(system_id, start_at="2023-06-01", end_at="2023-06-30"))
    """


class DroppedValuesWarning(UserWarning):
    """A data frame has nulls where the service sent values of other types than specified; the message says how many.

    Example:
        >>> import warnings
        >>> with warnings.catch_warnings():
        ...     warnings.simplefilter("error", DroppedValuesWarning)
        ...     frame = client.systems().to_pandas()
    """


class APIStatusError(EnlightenError):
    """The service responded with an error status.

    Attributes:
        status: The HTTP status; None where the client did not send the request, since the plan is used up.
        reason: The reason in the body, if any.
        messages: The messages in the body; in API v4 its `details`, and `reason` is its `message`.
        code: The code in the body, if any, which may be a text; only API v4 has one.
        body: The decoded JSON body, or the beginning of the text where it is not JSON. Credentials are masked.
        attempts: How many requests were sent for this response, retries included.

    Example:
        >>> try:
        ...     client.search_system_id("0")
        ... except APIStatusError as error:
        ...     print(error.status, error.messages)
        404 ('Envoy not found with this serial number',)
    """

    status: int | None = None
    reason: str | None = None
    messages: tuple[str, ...] = ()
    code: int | str | None = None
    body: Any = None
    attempts: int = 1
    advice: ClassVar[str] = "Look at `body` for what the service says."


class AuthenticationError(APIStatusError):
    """401: key and user id do not give access.

    Example:
        >>> try:
        ...     with Enlighten("another key", user_id, base_url=base_url) as other:
        ...         other.envoys(system_id)
        ... except AuthenticationError as error:
        ...     print(error.status)
        401
    """

    advice = "Check the API key and the user id, and that the system's owner has authorised this application for it."


class InvalidKeyError(AuthenticationError):
    """401: the API key is missing, or belongs to another application than the access token.

    Example:
        >>> try:
        ...     client.summary(system_id)
        ... except InvalidKeyError as error:
        ...     print(error.messages)
    """

    advice = "Check the API key: it must be the one of the application that the owner authorised."


class PermissionMissingError(AuthenticationError):
    """401: the application's plan or access control does not have the operation.

    No new login changes that.

    Example:
        >>> try:
        ...     client.summary(system_id)
        ... except PermissionMissingError as error:
        ...     print(error.operation)
    """

    advice = (
        "The application's plan or its access control does not have this operation: look both up in the developer "
        "portal. A new login changes nothing, unless another application is made."
    )


class AuthorizationExpiredError(AuthenticationError):
    """The authorisation has ended, and cannot be renewed: log in again.

    Example:
        >>> try:
        ...     client.summary(system_id)
        ... except AuthorizationExpiredError:
        ...     print("Please log in again")
    """

    advice = "Log in again: let the system's owner authorise the application once more, and save the new tokens."


class ForbiddenError(APIStatusError):
    """403: the system's owner has not authorised this application for it.

    Example:
        >>> try:
        ...     client.summary(1)
        ... except ForbiddenError as error:
        ...     print(error.messages)
    """

    advice = "Check the system id: `systems()` lists those whose owners have authorised this application."


class NotFoundError(APIStatusError):
    """404: no such system, envoy or resource.

    Example:
        >>> try:
        ...     client.summary(1)
        ... except NotFoundError as error:
        ...     print(error.messages)
        ('Resource not found.',)
    """

    advice = "Check the id or serial number; `systems()` lists what these credentials can see."


class UsageLimitExceededError(APIStatusError):
    """409 (or 429): the plan's limit for the minute or the month is used up.

    Attributes:
        period: ``minute`` or ``month``.
        limit: Requests that the plan allows in the period.
        resets_at: When the period ends, an aware datetime in UTC.

    Example:
        >>> try:
        ...     with Enlighten(api_key, user_id, base_url=base_url, plan=UsagePlan(per_month=1)) as careful:
        ...         summaries = [careful.summary(system_id) for _ in range(2)]
        ... except UsageLimitExceededError as error:
        ...     print(error.period, error.limit, error.resets_at.isoformat())
        month 1 2024-07-01T00:00:00+00:00
    """

    period: str | None = None
    limit: int | None = None
    resets_at: datetime | None = None
    advice = "Wait until the period ends, raise max_wait, spend fewer requests, or take a larger plan."


class UnprocessableRequestError(APIStatusError):
    """422: the service cannot do this for the given system and range.

    Attributes:
        start_at: Start of the range that the service understood, epoch seconds.
        end_at: Its end, epoch seconds.
        first_interval: End of the first interval that the system has, epoch seconds.
        last_interval: End of the last one, epoch seconds.

    Example:
        >>> try:
        ...     client.energy_lifetime(system_id, start_date="2024-06-15")
        ... except UnprocessableRequestError as error:
        ...     print(error.reason)
        Requested date range is invalid for this system
    """

    start_at: int | None = None
    end_at: int | None = None
    first_interval: int | None = None
    last_interval: int | None = None
    advice = "Check the arguments; the message names what the service did not accept."


class ServerError(APIStatusError):
    """5xx: the service failed.

    Example:
        >>> patient = client.with_options(max_retries=10)
    """

    advice = "Nothing is wrong with the request: try again later."


class ServiceUnavailableError(ServerError):
    """503: the service is down, or gets too many requests at once.

    Example:
        >>> gentle = client.with_options(concurrency=1, max_retries=10)
    """

    advice = "Try again later, with fewer requests at once."


def warn_caller(warning: Warning) -> None:
    """Issue a warning at the line of the application that called this package."""
    package = __name__.partition(".")[0]
    frame, levels = inspect.currentframe(), 0
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == package:
        frame, levels = frame.f_back, levels + 1
    warnings.warn(warning, stacklevel=levels + 1)
