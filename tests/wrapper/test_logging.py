"""What is logged, where, and at which level."""

from __future__ import annotations

import io
import logging
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from enphase_enlighten import ConfigurationError, EnlightenError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.clients import Kind
    from tests.support.service import StubService

pytestmark = pytest.mark.lowest

LOGGER = logging.getLogger("enphase_enlighten")


@pytest.fixture(autouse=True)
def logger(monkeypatch: pytest.MonkeyPatch) -> Iterator[logging.Logger]:
    """The package's logger, as it was before it was configured, and so again afterwards."""
    monkeypatch.delenv("ENLIGHTEN_LOG", raising=False)
    level, handlers = LOGGER.level, list(LOGGER.handlers)
    yield LOGGER
    LOGGER.setLevel(level)
    LOGGER.handlers[:] = handlers


KEYS = {"api_key": "key-of-the-app", "user_id": "user-of-the-app"}


@pytest.fixture
def service(service: StubService) -> StubService:
    """A service that takes a quarter of a second over each request."""
    service.latency = 0.25
    return service


def debugged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.name == "enphase_enlighten" and record.levelno == logging.DEBUG
    ]


def test_each_request_is_logged(kind: Kind, service: StubService, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "enphase_enlighten")
    with kind.client(service) as client:
        client.search_system_id("1")
    assert debugged(caplog) == [
        "SearchSystemId: GET /systems/search_system_id: status 200, attempts 1, 0.250 s",
    ]


def test_a_request_that_failed_is_logged_with_its_error(
    kind: Kind, service: StubService, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "enphase_enlighten")
    service.always = httpx.ConnectError("refused")
    with kind.client(service, max_retries=0) as client, pytest.raises(EnlightenError):
        client.summary(67)
    [message] = debugged(caplog)
    assert message == "Summary: GET /systems/67/summary: ConnectError, attempts 1, 0.250 s"


def test_the_attempts_of_a_request_are_counted(
    kind: Kind, service: StubService, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "enphase_enlighten")
    service.then = [httpx.Response(503), httpx.Response(502)]
    with kind.client(service) as client:
        client.search_system_id("1")
    [message] = [message for message in debugged(caplog) if "status" in message]
    assert "status 200, attempts 3, " in message


def test_nothing_is_shown_unless_it_is_asked_for(service: StubService, capsys: pytest.CaptureFixture[str]) -> None:
    with service.client() as client:
        client.search_system_id("1")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("level", "shown"),
    [("debug", True), ("DEBUG", True), ("info", False), ("warning", False), ("error", False)],
)
def test_the_environment_sets_the_level(
    service: StubService, level: str, shown: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ENLIGHTEN_LOG", level)
    with service.client() as client:
        client.search_system_id("1")
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" DEBUG ")[2] for line in lines] == (
        ["enphase_enlighten: SearchSystemId: GET /systems/search_system_id: status 200, attempts 1, 0.250 s"]
        if shown
        else []
    )


def test_two_clients_do_not_show_everything_twice(
    service: StubService, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ENLIGHTEN_LOG", "debug")
    with service.client(), service.client() as client:
        client.search_system_id("1")
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_what_is_shown_goes_where_standard_error_goes_at_the_time(
    service: StubService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENLIGHTEN_LOG", "debug")
    with service.client() as client:
        later = io.StringIO()
        monkeypatch.setattr(sys, "stderr", later)
        client.search_system_id("1")
    assert "status 200" in later.getvalue()


@pytest.mark.parametrize("level", ["loud", "10", "debugging"])
def test_another_level_is_an_error(
    kind: Kind, service: StubService, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENLIGHTEN_LOG", level)
    with pytest.raises(
        ConfigurationError, match=f"ENLIGHTEN_LOG='{level}' is not a level. Set debug, info, warning or error"
    ):
        kind.client(service)


@pytest.mark.parametrize(
    "name",
    [
        "enphase_enlighten",
        "httpx",
        "httpcore",
        "httpcore.connection",
        "httpcore.http11",
        "httpcore.http2",
        "httpcore.proxy",
        "httpcore.one.of.tomorrow",
        "hpack.hpack",
        "asyncio",
    ],
)
def test_the_records_of_the_libraries_below_are_masked(
    service: StubService, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    library = logging.getLogger(name)
    with service.client(**KEYS), caplog.at_level(logging.DEBUG, name):
        library.debug("%s: %r", "asked", {"Location": "?k=key-of-the-app"})
        library.error("failed", exc_info=ValueError("u=user-of-the-app"))
        library.debug("100 % of nothing to hide")
    assert "-of-the-app" not in caplog.text
    # Not what stands around them: a client of another test, still alive, may have a word of it for a secret.
    first, failed = caplog.text.split("\nERROR", 1)
    assert "***" in first
    assert "***" in failed
    assert caplog.messages[-1] == "100 % of nothing to hide"


@pytest.mark.parametrize("other", ["key", "key-of", "the-app", "a key-of-the", "app user", "key-of-the-app"])
def test_the_secrets_of_clients_side_by_side_are_masked_whole(
    service: StubService, other: str, caplog: pytest.LogCaptureFixture
) -> None:
    library = logging.getLogger("httpx")
    with (
        service.client(api_key=other, user_id="another"),
        service.client(**KEYS),
        service.client(api_key=other, user_id="another"),
        caplog.at_level(logging.DEBUG, "httpx"),
    ):
        library.debug("sent with a key-of-the-app user-of-the-app, or another one")
    message = caplog.messages[-1]
    assert "***" in message
    assert not [word for word in ("key-of", "-of-", "the-app", "another") if word in message]
    assert message.startswith("sent with ")
    assert message.endswith(" one")


def test_a_record_whose_message_does_not_fit_its_arguments_is_shown_masked(
    service: StubService, caplog: pytest.LogCaptureFixture
) -> None:
    with service.client(**KEYS), caplog.at_level(logging.DEBUG, "asyncio"):
        logging.getLogger("asyncio").warning("took %d s", "a key-of-the-app")
    assert caplog.messages == ["took %d s ('a ***',)"]
