# Generated from async_sending.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""Sending: carries out what `deliver` says, over the network, and reads the whole response."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import httpx

from ..api import Authentication, Exchange, Observer, Pause, Renewal, Request, Response, Work
from ..errors import EnlightenError
from ..event_loops import Lock, pause, to_its_end, uncut
from ..timing.clock import Clock, Instant, instant
from ..timing.server_clock import date_of
from .body import Body
from .delivery import Delivery, UndeliveredError, bounded
from .network import Requests
from .open_body import OpenBody
from .pipeline import Renew, Reserve, Rules, Send, Settle, Step, Wait, deliver
from .redaction import redacted
from .resending import check_sent_once
from .route import Connections, Route

if TYPE_CHECKING:
    from ..quota.ledger import Throttle
    from ..quota.quota import RequestQuota

logger = logging.getLogger("enphase_enlighten")


class Network:
    """Sends the requests of a sync client.

    Args:
        base_url: Where the service is, without a slash at its end.
        authentication: What requests are signed with.
        route: Makes httpx's own transport when the first request is sent.
        transport: A transport of the user's own in its place.

    Attributes:
        requests: Makes its requests.
        renewing: The turn to renew the signature.

    Raises:
        ConfigurationError: The transport is one of the other client's kind, or none.
    """

    def __init__(
        self,
        base_url: str,
        authentication: Authentication,
        route: Route | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.requests = Requests(base_url, authentication)
        self._route = route
        self.renewing = Lock()
        make = None if route is None else route.transport
        self._connections = Connections(httpx.BaseTransport, make, transport)

    def prepare(self) -> None:
        """Load what the first request needs."""
        if self._route is not None:
            self._route.prepare()

    def check(self, request: Request) -> None:
        """Raise where a request must not be sent by this transport; see `check_sent_once`."""
        if not request.resend:
            check_sent_once(request, self._connections.given)

    def send(self, delivery: Delivery) -> Response:
        """Send a request once and read its whole response.

        Raises:
            UndeliveredError: No response came that can be used.
            EnlightenError: The request cannot be sent.
        """
        try:
            return self._exchanged(delivery)
        except BaseException as error:  # noqa: BLE001 - whatever it is, its frames hold the signed request
            failure = redacted(error, self.requests.masking)
        raise failure

    def _exchanged(self, delivery: Delivery) -> Response:
        given = self._connections.given
        delivery.sent = False
        transport = self._connections.made() if given is None else given
        request, token = self.requests.begun(delivery, transport)
        try:
            response = transport.handle_request(request)
        finally:
            self.requests.end(token)
        try:
            body = Body(response, delivery, self.requests.masking)
            if delivery.request.streams and response.status_code == 200:
                delivery.opened = OpenBody(response, body, self.requests.masking)
                return body.head(opened=delivery.opened)
            if not response.is_stream_consumed:
                for chunk in response.stream:  # type: ignore[union-attr]  # a stream of the transport's own kind
                    if not body.take(chunk):
                        break
        finally:
            if delivery.opened is None:
                response.close()
        return body.whole()

    def close(self) -> None:
        """Close the connections."""
        transport = self._connections.ended()
        if transport is not None:
            transport.close()


class _Abandoned(BaseException):
    """Stands for the end of a coroutine: a generator takes GeneratorExit for its own, and must not yield any more."""


class Pipeline:
    """Sends what a sync client sends.

    Args:
        network: The layer below.
        quota: What paces requests.
        clock: Tells the time and waits.
        rules: What else to go by.
        observe: Called after each attempt.
    """

    def __init__(
        self,
        network: Network,
        quota: RequestQuota,
        clock: Clock,
        rules: Rules,
        observe: Observer | None = None,
    ) -> None:
        self._network, self._quota, self._clock, self._rules, self._observe = network, quota, clock, rules, observe

    @property
    def signed_parameters(self) -> Collection[str]:
        """The names of the query parameters that requests are signed with."""
        return self._rules.authentication.signature()[0].keys()

    def send(self, delivery: Delivery) -> Response:
        """Send a request; see `deliver`.

        Where its response streams, the body is open, and to be closed by the caller.

        Raises:
            ConfigurationError: The transport may send twice what may be carried out only once; nothing was sent.
        """
        if not delivery.request.resend:
            self._network.check(delivery.request)
        try:
            return self._delivered(delivery)
        except BaseException:
            if delivery.opened is not None:
                delivery.opened.close()
            raise

    def _delivered(self, delivery: Delivery) -> Response:
        steps = deliver(delivery, self._rules)
        try:
            step = next(steps)
            while True:
                try:
                    result = self._do(step, delivery)
                except BaseException as error:  # noqa: BLE001 - the generator raises it again
                    step = steps.throw(_Abandoned() if isinstance(error, GeneratorExit) else error)
                else:
                    step = steps.send(result)
        except StopIteration as stop:
            response: Response = stop.value
            return response
        except _Abandoned:
            raise GeneratorExit from None

    def _do(self, step: Step, delivery: Delivery) -> Any:
        match step:
            case Reserve():
                now = instant(self._clock)
                delivery.sent_at = now.wall
                return self._quota.reserve(now, delivery.request.method)
            case Send():
                return self._attempt(delivery)
            case Settle():
                return self._settled(step, instant(self._clock))
            case Wait():
                return self._clock.sleep(step.seconds)
            case Renew():
                return self._renewed(step.renewal, delivery)

    def _attempt(self, delivery: Delivery) -> Response:
        delivery.attempts += 1
        if self._observe is None:
            return self._network.send(delivery)
        try:
            response = self._network.send(delivery)
        except BaseException as error:
            self._tell(self._observe, delivery, error=error.error if isinstance(error, UndeliveredError) else error)
            raise
        self._tell(self._observe, delivery, status=response.status)
        return response

    def _tell(self, observe: Observer, delivery: Delivery, **outcome: Any) -> None:
        """Tell the observer of an attempt. An error of its own changes nothing for the request, and is logged."""
        request, sent_at = delivery.request, delivery.sent_at
        told = (request.operation, request.method, request.path, request.params, delivery.attempts, sent_at)
        exchange = Exchange(*told, self._clock.now() - sent_at, **outcome)
        try:
            observe(exchange)
        except Exception:
            logger.exception("%s: observe= raised an error", request.operation)

    def _settled(self, step: Settle, now: Instant) -> Throttle | None:
        date = None if step.response is None else date_of(step.response.headers)
        if date is not None:
            self._quota.server_clock.learn(date, step.ticket.since, now)
        try:
            if step.unsent:
                self._quota.give_back(step.ticket)
                return None
            accepted = step.response is not None and step.response.status < 300
            return self._quota.settle(step.ticket, now, date, step.reached, accepted=accepted)
        except EnlightenError as error:
            # The response came and is paid for. Its place stays taken until its lease ends, so nothing is overspent.
            logger.warning("The quota could not be told of a response: %s", error)
            return None

    def _renewed(self, renewal: Renewal, delivery: Delivery) -> bool:
        with self._network.renewing:
            cancelled: BaseException | None = None
            try:
                step = next(renewal)
                while True:
                    if cancelled is not None and isinstance(step, Pause):
                        raise cancelled
                    try:
                        result, late = self._part_of_renewal(step, delivery)
                    except (EnlightenError, UndeliveredError) as error:
                        step = renewal.throw(error)
                    else:
                        cancelled = cancelled or late
                        step = renewal.send(result)
            except (StopIteration, EnlightenError, UndeliveredError) as end:
                if cancelled is not None:
                    raise cancelled from None
                if isinstance(end, StopIteration):
                    return bool(end.value)
                raise
            finally:
                renewal.close()

    def _part_of_renewal(self, step: Request | Work | Pause, delivery: Delivery) -> tuple[Any, BaseException | None]:
        """Carry out what a renewal asks for: its result, and the cancellation that came meanwhile."""
        if isinstance(step, Request):
            timeout = bounded(delivery.timeout) if step.secret else delivery.timeout
            unsigned = self._network.requests.delivery(step, timeout, delivery.limit, signed=False)
            if not step.secret:
                return self._sent_unsigned(unsigned), None
            return uncut(self._sent_unsigned(unsigned))
        if isinstance(step, Work):
            return to_its_end(step.call)
        pause(step.seconds)
        return None, None

    def _sent_unsigned(self, delivery: Delivery) -> Response:
        begun = instant(self._clock)
        delivery.sent_at = begun.wall
        response = self._attempt(delivery)
        date = date_of(response.headers)
        if date is not None:
            self._quota.server_clock.learn(date, begun.steady, instant(self._clock))
        return response
