"""The page for people, in headless Chromium."""

from __future__ import annotations

import io
import os
import shlex
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from PIL import Image

from enlighten_mock import Fault, Plan, SettableClock, SimulatedAPI
from enlighten_mock.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enlighten_mock.world.traits import Kind

pytestmark = pytest.mark.browser


NOW = datetime(2024, 6, 12, 20, tzinfo=UTC)


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """The page of a fleet in 2024, with nothing left to load."""
    with served(SimulatedAPI(systems=45, seed=1, clock=SettableClock(NOW))) as api:
        show(browser, api)
        yield browser
        assert browser.problems == []


def show(browser: Any, api: SimulatedAPI) -> None:
    browser.open(api.base_url.removesuffix("/api/v2") + "/")
    browser.wait_for("document.querySelector('#plot svg') && document.querySelector('.opblock')")


def fact(browser: Any, name: str) -> Any:
    """What the page says beside `name`."""
    return browser.evaluate(
        f"[...document.querySelectorAll('#facts dt')].find(t => t.textContent === '{name}').nextSibling.textContent"
    )


def test_it_tells_what_is_simulated_and_lists_the_fleet(page: Any) -> None:
    assert page.evaluate("document.querySelector('#summary').textContent").startswith("45 systems")
    assert page.evaluate("document.querySelectorAll('#systems tr').length") == 20
    assert page.evaluate("document.querySelector('#position').textContent") == "1\u201320 of 45"
    page.evaluate("document.querySelector('#next').click()")
    page.wait_for("document.querySelector('#systems tr').dataset.system === '86'")
    page.evaluate("document.querySelector('#next').click()")
    page.wait_for("document.querySelectorAll('#systems tr').length === 5")
    assert page.evaluate("document.querySelector('#next').disabled")


@pytest.mark.parametrize(
    ("plan", "fleet", "shown"),
    [
        ("none", "default", "no limits"),
        ("watt", "default", "10 requests a minute, 10000 requests a month"),
        ("watt", "plain", "10 requests a minute"),
        (Plan("Monthly", None, 500), "default", "500 requests a month"),
    ],
)
def test_it_tells_the_limits_that_there_are(browser: Any, plan: Plan | str, fleet: Kind, shown: str) -> None:
    with served(SimulatedAPI(systems=2, plan=plan, fleet=fleet, clock=SettableClock(NOW))) as api:
        show(browser, api)
        assert fact(browser, "Plan") == shown


def test_it_tells_the_faults_that_have_not_ended(browser: Any) -> None:
    with served(SimulatedAPI(systems=2, clock=SettableClock(NOW))) as api:
        api.faults.add(Fault(kind="nulls", count=1), Fault(kind="cut", count=2), Fault(kind="malformed"))
        api.answer("GET", "/api/v2/systems", f"key={api.api_key}&user_id={api.user_id}")
        show(browser, api)
        assert fact(browser, "Faults at work") == "cut, malformed"


def test_it_plots_a_day_of_any_system(page: Any) -> None:
    page.evaluate("document.querySelector('[data-system=\"73\"] button').click()")
    caption = page.wait_for("(t => t.includes('System 73') && t)(document.querySelector('#caption').textContent)")
    assert "Wh produced" in caption
    assert page.evaluate("document.querySelectorAll('#plot polyline').length") == 2
    assert page.evaluate("document.querySelector('[data-system=\"73\"]').getAttribute('aria-current')") == "true"


SUMMARY = "document.querySelector('#operations-default-Summary"


def test_a_request_tried_from_it_succeeds(page: Any) -> None:
    page.evaluate(f"{SUMMARY} .opblock-summary-control').click()")
    page.wait_for(f"{SUMMARY} .try-out__btn')")
    page.evaluate(f"{SUMMARY} .try-out__btn').click()")
    # The first system of the fleet has a production meter and a consumption meter.
    page.wait_for(f"{SUMMARY} input[placeholder=system_id]').value === '66'")
    page.evaluate(f"{SUMMARY} .execute').click()")
    status = page.wait_for(f"{SUMMARY} .live-responses-table tbody .response-col_status')?.innerText")
    assert status.startswith("200")
    body = page.wait_for(f"{SUMMARY} .live-responses-table .highlight-code')?.innerText")
    assert '"system_id": 66' in body


def test_its_style_leaves_the_specifications_alone(page: Any) -> None:
    heights = page.evaluate("[...document.querySelectorAll('.opblock-summary')].map(row => row.offsetHeight)")
    assert len(heights) == 13
    assert max(heights) < 80


def test_the_fleet_is_not_cut(page: Any) -> None:
    hidden = "(table => table.scrollWidth - table.clientWidth)(document.querySelector('.scroll'))"
    assert page.evaluate(hidden) == 0
    page.evaluate("document.querySelector('#next').click()")
    page.wait_for("document.querySelector('#systems tr').dataset.system === '86'")
    assert page.evaluate(hidden) == 0


def test_it_looks_like_a_page(page: Any) -> None:
    picture = page.screenshot()
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        Path(folder, "simulated-api.png").write_bytes(picture)
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    assert image.width >= 1000
    colours = Counter(zip(*[iter(image.tobytes())] * 3, strict=True))
    assert colours[255, 255, 255] > image.width * image.height / 3
    assert any(red > 180 and green < 90 and blue < 40 for red, green, blue in colours), "the plot's line is missing"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it is wider than its window"


def test_it_lists_the_applications_of_v4_with_lines_to_try(page: Any) -> None:
    names = page.evaluate("[...document.querySelectorAll('#applications h3')].map(node => node.textContent)")
    assert names == ["Simulated application", "Simulated partner"]
    line = page.evaluate("document.querySelector('#applications pre').textContent.split('\\n')[0]")
    program, header, address = shlex.split(line)[0], shlex.split(line)[2], shlex.split(line)[3]
    name, _, value = header.partition(": ")
    assert program == "curl"
    assert httpx.get(address, headers={name: value}).json()["total"] == 45
    page.open(page.evaluate("document.querySelector('#applications a').href"))
    assert "Allow access?" in page.evaluate("document.querySelector('h1').textContent")
