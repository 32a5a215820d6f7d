"""Credentials arrive as they are, whatever characters they have, and nothing else ever shows them."""

from __future__ import annotations

import logging
import pickle
import traceback
from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.v2_calls import CALLS

from .recording.caller import Caller
from .recording.logs import recorded_log
from .settings import effort
from .v2 import fleet
from .v2.operations import KEY, USER

if TYPE_CHECKING:
    from collections.abc import Callable

    from .reporting.tally import Tally

    Failure = Callable[[httpx.Request], httpx.Response]

SECRETS = st.text("abcXYZ0189+&=%/#?ü ~", min_size=12, max_size=24).map(str.strip).filter(lambda text: len(text) > 8)
LIBRARIES = ("httpx", "httpcore.connection", "httpcore.http11")


def respond_with_the_url(request: httpx.Request) -> httpx.Response:
    """Respond as a gateway that quotes the request's URL."""
    return httpx.Response(502, text=f"<p>no response to {request.url}</p>", headers={"X-Requested": str(request.url)})


def fail_as_a_library(request: httpx.Request) -> httpx.Response:
    """Fail as a library that quotes the request's URL in its exception."""
    raise httpx.ConnectError(f"nothing listens for {request.url}", request=request)


def fail_as_a_system_call(request: httpx.Request) -> httpx.Response:
    """Fail as a system call of a transport that is not ours."""
    raise ConnectionResetError(104, f"reset while asking for {request.url}")


def log_the_url(request: httpx.Request) -> httpx.Response:
    """Respond, and log the request's URL as the libraries below the wrapper could, in a text and in an exception."""
    for name in LIBRARIES:
        logger = logging.getLogger(name)
        logger.debug("asked for %s", request.url)
        logger.debug("failed", exc_info=ValueError(str(request.url)))
    return httpx.Response(503)


FAILURES: tuple[Failure, ...] = (respond_with_the_url, fail_as_a_library, fail_as_a_system_call, log_the_url)


@pytest.mark.parametrize("operation_id", CALLS)
def test_credentials_arrive_whole_and_show_nowhere(operation_id: str, tally: Tally) -> None:
    @effort(0.5)
    @given(key=SECRETS, user=SECRETS, failure=st.none() | st.sampled_from(FAILURES), sync=st.booleans())
    def run(key: str, user: str, failure: Failure | None, sync: bool) -> None:
        check(key, user, failure, sync=sync)

    def check(key: str, user: str, failure: Failure | None, *, sync: bool) -> None:
        api = fleet.simulated(api_key=key, user_id=user)
        circumstances = "no failure" if failure is None else failure.__name__
        with tally.case(operation_id, "credentials", f"api_key={key!r}, user_id={user!r}, {circumstances}"):
            inner = api.transport() if failure is None else httpx.MockTransport(failure)
            texts = texts_of_a_call(Caller(inner, api), operation_id, sync=sync, secrets=(key, user))
            for text in texts:
                for secret in (key, user):
                    for form in (secret, quote(secret, safe=""), quote_plus(secret)):
                        assert form not in text, "a credential is shown"

    run()
    # Few cases may miss some of these.
    for failure, sync in product(FAILURES, (True, False)):
        check("a key/with+signs", "a-user&id", failure, sync=sync)


def texts_of_a_call(caller: Caller, operation_id: str, *, sync: bool, secrets: tuple[str, str]) -> list[str]:
    """Call an operation, and return every text that somebody could come to see."""
    with recorded_log(None, logging.DEBUG) as logged:
        outcome = caller.call(operation_id, CALLS[operation_id].arguments, sync=sync)
    for exchange in outcome.exchanges:
        assert (exchange.value(KEY), exchange.value(USER)) == secrets
    texts: list[Any] = [*logged]
    if outcome.error is not None:
        texts += traceback.format_exception(outcome.error)
        texts += [repr(outcome.error), repr(vars(outcome.error)), repr(pickle.dumps(outcome.error))]
    return texts
