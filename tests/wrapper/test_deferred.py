"""What waits for the first request."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from enphase_enlighten import Enlighten, EnlightenError


def test_a_new_client_has_not_imported_what_a_request_needs() -> None:
    script = """
import sys
sys.modules["click"] = None  # with which httpx imports its command line
from enphase_enlighten import Enlighten
Enlighten("key", "user")
print(*sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    loaded = set(run.stdout.split())
    assert "httpx" in loaded
    unneeded = {"aiohttp", "anyio", "certifi", "dateutil.parser", "html.entities", "httpcore", "tomllib"}
    assert loaded & unneeded == set()


def test_the_loggers_of_what_is_imported_later_are_masked_too(caplog: pytest.LogCaptureFixture) -> None:
    with Enlighten("key-of-the-app", "user-of-the-app", base_url="http://127.0.0.1:1", max_retries=0) as client:
        library = logging.getLogger("httpcore.imported.later")
        with pytest.raises(EnlightenError):
            client.summary(67)
        library.error("asked with %s", "key-of-the-app")
    assert caplog.messages[-1] == "asked with ***"
