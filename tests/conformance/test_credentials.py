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

from . import fleet
from .calls import Caller
from .profile import effort
from .reading import ARGUMENTS
from .specifications import KEY, USER, operations
from .wire import Answering

if TYPE_CHECKING:
    from collections.abc import Callable

    from .tally import Tally

    Failure = Callable[[httpx.Request], httpx.Response]

SECRETS = st.text("abcXYZ0189+&=%/#?ü ~", min_size=12, max_size=24).map(str.strip).filter(lambda text: len(text) > 8)


class Records(logging.Handler):
    """Keeps the text of every record of every logger, at every level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


@pytest.mark.parametrize("operation_id", operations("effective"))
def test_credentials_arrive_whole_and_show_nowhere(operation_id: str, tally: Tally) -> None:
    @effort(0.5)
    @given(key=SECRETS, user=SECRETS, failure=st.none() | st.sampled_from(FAILURES), sync=st.booleans())
    def run(key: str, user: str, failure: Failure | None, sync: bool) -> None:
        hold(key, user, failure, sync=sync)

    def hold(key: str, user: str, failure: Failure | None, *, sync: bool) -> None:
        api = fleet.simulated(api_key=key, user_id=user)
        how = "answered" if failure is None else failure.__name__
        with tally.case(operation_id, "credentials", f"api_key={key!r}, user_id={user!r}, {how}"):
            inner = api.transport() if failure is None else Answering(failure)
            given = ARGUMENTS.get(operation_id, {"system_id": 67})
            texts = logged(Caller(inner, api), operation_id, given, sync=sync, secrets=(key, user))
            for text in texts:
                for secret in (key, user):
                    for form in (secret, quote(secret, safe=""), quote_plus(secret)):
                        assert form not in text, "a credential is shown"

    run()
    # Few cases may miss some of it.
    for failure, sync in product(FAILURES, (True, False)):
        hold("a key/with+signs", "a-user&id", failure, sync=sync)


def echo(request: httpx.Request) -> httpx.Response:
    """Answer as a gateway that quotes the request's URL."""
    return httpx.Response(502, text=f"<p>{request.url} was not answered</p>", headers={"X-Asked": str(request.url)})


def refuse(request: httpx.Request) -> httpx.Response:
    """Fail as a library that quotes the request's URL in its exception."""
    raise httpx.ConnectError(f"nothing listens for {request.url}", request=request)


def break_down(request: httpx.Request) -> httpx.Response:
    """Fail as a system call of a transport that somebody else wrote."""
    raise ConnectionResetError(104, f"reset while asking for {request.url}")


def chatter(request: httpx.Request) -> httpx.Response:
    """Answer, and log the request's URL as the libraries below the wrapper could, in a text and in an exception."""
    for name in LIBRARIES:
        logger = logging.getLogger(name)
        logger.debug("asked for %s", request.url)
        logger.debug("failed", exc_info=ValueError(str(request.url)))
    return httpx.Response(503)


FAILURES: tuple[Failure, ...] = (echo, refuse, break_down, chatter)
LIBRARIES = ("httpx", "httpcore.connection", "httpcore.http11")


def logged(caller: Caller, operation_id: str, given: Any, *, sync: bool, secrets: tuple[str, str]) -> list[str]:
    """Call, and return every text that somebody could come to see."""
    records, root = Records(), logging.getLogger()
    level = root.level
    root.addHandler(records)
    root.setLevel(logging.DEBUG)
    try:
        outcome = (caller.call if sync else caller.acall)(operation_id, given)
    finally:
        root.removeHandler(records)
        root.setLevel(level)
    for exchange in outcome.exchanges:
        assert (exchange.value(KEY), exchange.value(USER)) == secrets
    texts = [*records.texts]
    if outcome.error is not None:
        texts += traceback.format_exception(outcome.error)
        texts += [repr(outcome.error), repr(vars(outcome.error)), repr(pickle.dumps(outcome.error))]
    return texts
