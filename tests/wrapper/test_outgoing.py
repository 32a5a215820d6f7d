"""The requests that the client makes itself are those that httpx would make of the same parts."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enphase_enlighten.api import Request
from enphase_enlighten.errors import InvalidArgumentError
from enphase_enlighten.transport.network import HEADERS
from enphase_enlighten.transport.sending import Network
from enphase_enlighten.v2.authentication import Credentials
from tests.support.service import StubService

pytestmark = pytest.mark.lowest

BASE_URLS = [
    "https://api.enphaseenergy.com/api/v2",
    "http://127.0.0.1:8080",
    "http://[::1]:8080/api",
    "https://bücher.example",
]
texts_in_a_key = st.characters(exclude_categories=["Cs"])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.one_of(texts, st.integers(), st.booleans())
params = st.dictionaries(
    st.sampled_from(["limit", "serial_num", "system_name[]", "start_at"]), values | st.lists(values, max_size=3)
)
paths = st.builds("/systems/{}/{}".format, st.integers(), st.sampled_from(["stats", "summary", "a%2Fb", ".."]))


def sent(base_url: str, request: Request, timeout: float = 1, key: str = "a-key") -> httpx.Request:
    """What a transport of the user's own gets."""
    service = StubService(always=httpx.Response(200))
    network = Network(base_url, Credentials(key, "user"), transport=service.transport())
    network.send(network.requests.delivery(request, timeout, 1000))
    return service.sent[-1]


def of_httpx(base_url: str, *args: Any, timeout: float = 1, **options: Any) -> httpx.Request:
    """What httpx makes of the same parts."""
    transport = httpx.MockTransport(lambda _request: httpx.Response(200))
    with httpx.Client(base_url=base_url, headers=HEADERS, timeout=timeout, transport=transport) as client:
        return client.build_request(*args, **options)


@given(st.sampled_from(BASE_URLS), paths, params, st.floats(0.1, 100), st.text(texts_in_a_key, min_size=1))
def test_a_request_is_what_httpx_makes_of_it(
    base_url: str, path: str, given: dict[str, Any], timeout: float, secret: str
) -> None:
    made = sent(base_url, Request("Stats", "GET", path, given), timeout, secret)
    expected = of_httpx(base_url, "GET", path, params=given, timeout=timeout)
    signed = expected.url.copy_merge_params({"key": secret, "user_id": "user"})

    assert (made.url, made.url.raw_path) == (signed, signed.raw_path)
    assert (made.method, made.headers.raw, made.content) == ("GET", expected.headers.raw, b"")
    assert made.extensions == expected.extensions


@given(st.binary(min_size=1), st.dictionaries(st.sampled_from(["Content-Type", "X-One"]), st.just("a"), max_size=2))
def test_a_body_and_headers_are_sent_as_httpx_sends_them(content: bytes, headers: dict[str, str]) -> None:
    made = sent(BASE_URLS[0], Request("Write", "PUT", "/settings", headers=headers, content=content))
    expected = of_httpx(BASE_URLS[0], "PUT", "/settings", headers=headers, content=content)

    assert sorted(made.headers.multi_items()) == sorted(expected.headers.multi_items())
    assert (made.method, made.content) == ("PUT", content)


@pytest.mark.parametrize("value", ["\ud800", "x" * 70_000])
def test_an_argument_that_cannot_be_sent_is_an_error(value: str) -> None:
    request = Request("SearchSystemId", "GET", "/systems/search_system_id", {"serial_num": value})

    with pytest.raises(InvalidArgumentError, match="SearchSystemId: an argument cannot be sent"):
        sent(BASE_URLS[0], request)
