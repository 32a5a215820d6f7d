"""Operations whose response is a stream of events, which are handed on as they come."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from attrs import evolve

from ..engine.requests import build
from ..engine.steps import Live, LiveSteps, Message, Receive
from ..errors import APIStatusError, ConnectionFailedError, RequestTimeoutError, StreamInterruptedError
from ..reading.event_stream import EventDecoder, EventTooLargeError
from ..reading.models import decode_or_none, failure, invalid, property_of, read
from ..timing.clock import instant
from .arguments import checked, names_operation

if TYPE_CHECKING:
    from ..api import Operation, Request, Response
    from ..engine.context import Context

EVENT_STREAM = "text/event-stream"

TOLERANCE = 2.0
"""Seconds by which a stream may be shorter than was asked for: it began before its first byte came."""

_HEADERS = {"Accept": f"{EVENT_STREAM}, application/json", "Accept-Encoding": "identity"}
"""Errors come as JSON; what is compressed would be held back until there is enough of it."""

_OTHERS = ("application/json", "application/problem+json", "text/html", "text/plain")
"""Types of bodies that are no stream, though their status be one of success."""


@names_operation
def live(context: Context, operation: Operation, /, *, duration: Any, **arguments: Any) -> Live:
    """Ask for a stream of so many seconds, and hand on each message as it comes: the `items` of the operation's model.

    It is complete where its time is over, or it ends by itself after a whole message.

    Raises:
        InvalidArgumentError: An argument is not accepted.
    """
    parameters = checked(context, operation, {**arguments, "duration": duration})
    request = build(context.api, operation, **parameters)
    request = evolve(request, headers={**_HEADERS, **request.headers}, streams=True)
    return Live(operation.id, _LiveStream(context, operation, request, parameters["duration"]).steps())


class _LiveStream:
    """One stream.

    Args:
        context: The client's context.
        operation: The operation.
        request: Its request.
        duration: How many seconds were asked for.
    """

    def __init__(self, context: Context, operation: Operation, request: Request, duration: int) -> None:
        self._context, self._operation, self._request = context, operation, request
        self._duration = duration
        self._decoder = EventDecoder(context.settings.max_response_bytes)
        self._received = 0
        self._last = 0.0

    def steps(self) -> LiveSteps:
        """Ask for the stream, and for each part of it until it ends."""
        response = yield self._request
        if response.opened is None:
            succeeded = response.status in self._context.api.success
            raise self._unexpected(response) if succeeded else failure(response, self._context)
        if _media_type(response) in _OTHERS:
            raise (yield from self._other(response))
        begun = self._last = self._now()
        try:
            yield from self._messages(response)
            if response.opened.delimited and self._received and not self._decoder.incomplete:
                return
            cut = "it ended in the middle of a message" if self._decoder.incomplete else "the connection was closed"
            ended = self._now()
        except RequestTimeoutError:
            cut, ended = f"no message came for {self._context.settings.timeout:g} seconds", self._last
        except ConnectionFailedError as error:
            cut, ended = str(error.__cause__ or error), self._now()
        if ended - begun < self._duration - TOLERANCE:
            lasted = self._now() - begun
            raise StreamInterruptedError.after(self._operation.id, lasted, self._duration, self._received, cut)

    def _messages(self, response: Response) -> LiveSteps:
        """Hand on the messages until the body ends; raise `RequestTimeoutError` where none comes in time."""
        while (part := (yield Receive())) is not None:
            came = self._received
            try:
                for event in self._decoder.feed(part):
                    message = self._message(evolve(response, content=event))
                    self._received += 1
                    yield Message(message)
            except EventTooLargeError as error:
                began = evolve(response, content=error.beginning)
                raise invalid(began, self._context, "", f"{error}. Raise max_response_bytes") from None
            now = self._now()
            if self._received > came:
                # Only now: whoever was handed the messages may have taken time over them.
                self._last = now
            elif now - self._last > self._context.settings.timeout:
                raise RequestTimeoutError

    def _message(self, event: Response) -> Any:
        """Read one message, with or without the envelope that the model describes."""
        body, name = decode_or_none(event.content), self._operation.items
        error = self._error(event, body)
        if error is not None:
            raise error
        inner = body.get(name) if isinstance(body, dict) else None
        if isinstance(inner, dict) and not isinstance(inner.get(name), dict):
            event = evolve(event, content=b'{"%s": %s}' % (name.encode(), event.content))
        return property_of(read(event, self._operation, self._context), name)

    def _other(self, response: Response) -> Generator[Receive, bytes | None, Exception]:
        """Read what came instead of a stream, and return the error to raise."""
        content = b""
        while len(content) <= self._context.settings.max_response_bytes and (part := (yield Receive())) is not None:
            content += part
        response = evolve(response, content=content)
        return self._error(response, decode_or_none(content)) or self._unexpected(response)

    def _unexpected(self, response: Response) -> Exception:
        problem = f"an event stream was expected, not {_media_type(response) or 'nothing'}"
        return invalid(response, self._context, "", problem)

    def _error(self, response: Response, body: Any) -> APIStatusError | None:
        """Return the error that a decoded body of success stands for; None where it is none."""
        status = self._context.api.errors.status_in(body)
        return None if status is None else failure(evolve(response, status=status), self._context)

    def _now(self) -> float:
        return instant(self._context.clock).steady


def _media_type(response: Response) -> str:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return headers.get("content-type", "").partition(";")[0].strip().lower()
