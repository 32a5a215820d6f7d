"""Which servers are reached without a proxy, by what NO_PROXY says."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def goes_direct(url: str, no_proxy: str) -> bool:
    """Whether an entry of NO_PROXY is about the server of a URL.

    Entries stand between commas or white space, in every form that curl, httpx or Python's urllib know: ``*`` for all;
    a name, which stands for those below it too, with or without ``.`` or ``*.`` before it; an address or a network such
    as ``10.0.0.0/8``; each with a port (an address of IPv6 in brackets then), and with a scheme before ``://``.
    """
    return any(_is_about(url, entry) for entry in re.split(r"[,\s]+", no_proxy.lower()) if entry)


def _is_about(url: str, entry: str) -> bool:
    parts = urlsplit(url)
    scheme, _, place = entry.rpartition("://")
    if scheme not in ("", "all", parts.scheme):
        return False
    host = (parts.hostname or "").rstrip(".")
    network = _network(place)
    if network is None:
        place, port = _without_port(place)
        if port and port != str(parts.port or _DEFAULT_PORTS.get(parts.scheme)):
            return False
        network = _network(place)
    address = _network(host)
    if network is not None or address is not None:
        return place == "*" or (network is not None and address is not None and address[0] in network)
    name = place.removeprefix("*").strip(".")
    return place == "*" or (bool(name) and f".{host}".endswith(f".{name}"))


def _without_port(place: str) -> tuple[str, str]:
    match = re.fullmatch(r"(.*):(\d+)", place)
    return (match[1], match[2]) if match else (place, "")


def _network(place: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(place.removeprefix("[").removesuffix("]"), strict=False)
    except ValueError:
        return None
