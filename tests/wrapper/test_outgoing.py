"""The requests that the client makes itself are those that httpx would make of the same parts."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enphase_enlighten.api import Request
from enphase_enlighten.errors import InvalidArgumentError
from enphase_enlighten.transport.layers import TRAIL, Trail
from enphase_enlighten.transport.outgoing import HEADERS, Outgoing, complete
from enphase_enlighten.v2.authentication import Credentials

BASE_URLS = [
    "https://api.enphaseenergy.com/api/v2",
    "http://127.0.0.1:8080",
    "http://[::1]:8080/api",
    "https://bücher.example",
]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.one_of(texts, st.integers(), st.booleans())
params = st.dictionaries(
    st.sampled_from(["limit", "serial_num", "system_name[]", "start_at"]), values | st.lists(values, max_size=3)
)
paths = st.builds("/systems/{}/{}".format, st.integers(), st.sampled_from(["stats", "summary", "a%2Fb", ".."]))


@given(st.sampled_from(BASE_URLS), paths, params, st.floats(0.1, 100))
def test_a_request_is_what_httpx_makes_of_it(base_url: str, path: str, given: dict[str, Any], timeout: float) -> None:
    trail = Trail()
    made = complete(Outgoing(base_url, timeout).prepared(Request("Stats", "GET", path, given), trail))
    with httpx.Client(base_url=base_url, headers=HEADERS, timeout=timeout) as client:
        expected = client.build_request("GET", path, params=given)

    assert str(made.url).rstrip("?") == str(expected.url).rstrip("?")
    assert (made.method, made.headers.raw, made.content) == ("GET", expected.headers.raw, b"")
    assert made.extensions == {**expected.extensions, TRAIL: trail}


@given(st.sampled_from(BASE_URLS), paths, params, st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_signature_is_what_httpx_adds(base_url: str, path: str, given: dict[str, Any], secret: str) -> None:
    unsigned = Outgoing(base_url, 1).prepared(Request("Stats", "GET", path, given), Trail())
    signed = Credentials(secret, "user").sign(unsigned)

    expected = complete(unsigned).url.copy_merge_params({"key": secret, "user_id": "user"})
    assert (signed.url, signed.url.raw_path) == (expected, expected.raw_path)
    assert (signed.headers.raw, signed.content) == (unsigned.headers.raw, b"")
    assert "key=" not in str(unsigned.url) + str(unsigned.extensions)


@pytest.mark.parametrize("value", ["\ud800", "x" * 70_000])
def test_what_cannot_be_sent_is_refused(value: str) -> None:
    request = Request("SearchSystemId", "GET", "/systems/search_system_id", {"serial_num": value})

    with pytest.raises(InvalidArgumentError, match="SearchSystemId: an argument cannot be sent"):
        Outgoing(BASE_URLS[0], 1).prepared(request, Trail())
