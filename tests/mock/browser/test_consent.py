"""The page of consent, clicked through in headless Chromium: by a redirect to this machine, and by the code shown."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.serving import served

pytestmark = pytest.mark.browser

NOW = datetime(2026, 6, 12, 20, tzinfo=UTC)
CONTRAST = """
(() => {
  const rgb = (text) => text.match(/[0-9.]+/g).map(Number);
  const light = (colour) => rgb(colour).slice(0, 3)
    .map((part) => part / 255).map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (node) => {
    const colour = getComputedStyle(node).backgroundColor;
    return rgb(colour)[3] === 0 && node.parentElement ? behind(node.parentElement) : colour;
  };
  const nodes = [...document.querySelectorAll("h1, p, li, label, input:not([type=hidden]), button")];
  return Math.min(...nodes.map((node) => {
    const [one, other] = [light(getComputedStyle(node).color), light(behind(node))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }));
})()
"""


@pytest.fixture
def api() -> Iterator[SimulatedAPI]:
    with served(SimulatedAPI(systems=5, seed=1, clock=SettableClock(NOW))) as simulated:
        yield simulated


@pytest.fixture
def listener() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """An application that waits on loopback: its redirect URI, and what comes back."""
    received: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if urlsplit(self.path).path == "/callback":
                received.append({name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()})
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<title>Back</title><link rel=icon href=data:,>")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/callback", received
    server.shutdown()
    thread.join()
    server.server_close()


def ask(browser: Any, api: SimulatedAPI, redirect_uri: str) -> None:
    query = {
        "response_type": "code",
        "client_id": api.v4.client_id,
        "redirect_uri": redirect_uri,
        "state": "a&b",
    }
    browser.open(f"{api.v4.authorize_url}?{urlencode(query)}")
    browser.wait_for("document.querySelector('button[value=allow]')")


def press(browser: Any, decision: str) -> None:
    browser.evaluate(f"document.querySelector('button[value={decision}]').click()")


def exchange(api: SimulatedAPI, code: str, redirect_uri: str) -> httpx.Response:
    grant = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
    return httpx.post(api.v4.token_url, data=grant, auth=(api.v4.client_id, api.v4.client_secret))


def test_consent_sends_the_browser_back_to_this_machine(
    browser: Any, api: SimulatedAPI, listener: tuple[str, list[dict[str, str]]]
) -> None:
    uri, received = listener
    ask(browser, api, uri)
    press(browser, "allow")
    browser.wait_for("document.title === 'Back'")
    assert received[0]["state"] == "a&b"
    assert exchange(api, received[0]["code"], uri).status_code == 200
    assert browser.problems == []


def test_denial_sends_the_browser_back_too(
    browser: Any, api: SimulatedAPI, listener: tuple[str, list[dict[str, str]]]
) -> None:
    uri, received = listener
    ask(browser, api, uri)
    press(browser, "deny")
    browser.wait_for("document.title === 'Back'")
    assert received == [{"error": "access_denied", "state": "a&b"}]


def test_without_an_application_on_this_machine_the_code_is_shown(browser: Any, api: SimulatedAPI) -> None:
    ask(browser, api, api.v4.redirect_uri)
    press(browser, "allow")
    code = browser.wait_for("document.querySelector('#code')?.textContent")
    assert len(code) == 6
    assert exchange(api, code, api.v4.redirect_uri).status_code == 200
    assert browser.problems == []


def test_a_wrong_password_is_told_on_the_page(browser: Any, api: SimulatedAPI) -> None:
    ask(browser, api, api.v4.redirect_uri)
    browser.evaluate("document.querySelector('#password').value = 'simulated-wrong'")
    press(browser, "allow")
    told = browser.wait_for("document.querySelector('[role=alert]')?.textContent")
    assert told == "No login has this e-mail address and password."
    press(browser, "allow")
    browser.wait_for("document.querySelector('#code')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_and_used_on_a_phone(
    browser: Any, api: SimulatedAPI, scheme: str, keep_picture: Callable[[str, bytes], None]
) -> None:
    browser.send(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    )
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.send("Emulation.setEmulatedMedia", {"features": features})
    ask(browser, api, api.v4.redirect_uri)
    keep_picture(f"consent-{scheme}", browser.screenshot())
    assert browser.evaluate("document.documentElement.scrollWidth <= 360")
    assert browser.evaluate(CONTRAST) >= 4.5
    assert browser.evaluate("document.documentElement.lang") == "en"
    assert browser.evaluate("document.querySelectorAll('h1').length") == 1
    labelled = "[...document.querySelectorAll('input:not([type=hidden])')].every(field => field.labels.length === 1)"
    assert browser.evaluate(labelled)
    heights = browser.evaluate("[...document.querySelectorAll('button')].map(button => button.offsetHeight)")
    assert min(heights) >= 44
