"""Servers that are reached without the environment's proxy: every form of NO_PROXY of curl, httpx and urllib."""

from __future__ import annotations

import pytest

from enphase_enlighten.transport.no_proxy import goes_direct

NAMED = "https://gateway.example:8443/api/v2"
PLAIN = "https://gateway.example/api/v2"
IPV4 = "https://10.1.2.3:8443/api/v2"
IPV6 = "https://[fd00::1]:8443/api/v2"


@pytest.mark.parametrize(
    ("url", "entry"),
    [
        (NAMED, "*"),
        (NAMED, "gateway.example"),
        (NAMED, "GATEWAY.example"),
        (NAMED, "gateway.example."),
        (NAMED, "example"),
        (NAMED, ".example"),
        (NAMED, "*.example"),
        (NAMED, "*.gateway.example"),
        (NAMED, "gateway.example:8443"),
        (NAMED, ".example:8443"),
        (NAMED, "*:8443"),
        (NAMED, "https://gateway.example"),
        (NAMED, "all://gateway.example:8443"),
        (NAMED, "localhost, other.example,gateway.example"),
        (NAMED, "localhost gateway.example"),
        (PLAIN, "gateway.example:443"),
        (IPV4, "*"),
        (IPV4, "10.1.2.3"),
        (IPV4, "10.1.2.3:8443"),
        (IPV4, "10.0.0.0/8"),
        (IPV4, "10.1.2.99/24"),
        (IPV6, "fd00::1"),
        (IPV6, "[fd00::1]"),
        (IPV6, "[fd00::1]:8443"),
        (IPV6, "fd00::/8"),
        (IPV6, "FD00:0::1"),
    ],
)
def test_an_entry_that_is_about_the_server(url: str, entry: str) -> None:
    assert goes_direct(url, entry)


@pytest.mark.parametrize(
    ("url", "entry"),
    [
        (NAMED, ""),
        (NAMED, " , ."),
        (NAMED, "way.example"),
        (NAMED, "x.gateway.example"),
        (NAMED, "gateway.example:443"),
        (NAMED, "*:443"),
        (NAMED, "http://gateway.example"),
        (NAMED, "10.0.0.0/8"),
        (PLAIN, "gateway.example:80"),
        (IPV4, "2.3"),
        (IPV4, "10.1.2.3:443"),
        (IPV4, "10.0.0.0/16"),
        (IPV4, "fd00::/8"),
        (IPV6, "[fd00::1]:443"),
        (IPV6, "fd00::2"),
    ],
)
def test_an_entry_that_is_about_others(url: str, entry: str) -> None:
    assert not goes_direct(url, entry)
