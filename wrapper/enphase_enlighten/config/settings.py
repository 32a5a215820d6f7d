"""The settings of a client, checked once and frozen."""

from __future__ import annotations

import math
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from attrs import Attribute, evolve, field, frozen

from ..errors import ConfigurationError, InvalidArgumentError
from ..extras import load

if TYPE_CHECKING:
    import httpx


BASE_URL = "https://api.enphaseenergy.com/api/v2"
"""`servers` of the specification."""

DEFAULT_TIMEOUT = 30.0
DEFAULT_MAX_RETRIES = 3
DEFAULT_MAX_WAIT = 120.0
DEFAULT_CONCURRENCY = 2
"""The service answers 503 to too many requests at once (recorded by users), so few windows are under way."""
DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024 * 1024


def _number(value: Any) -> float:
    """Return a number as a float, and NaN for what is none or too large to be one."""
    try:
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    except OverflowError:
        return math.nan


def _seconds(least: str) -> Any:
    def check(_settings: object, attribute: Attribute[Any], value: Any) -> None:
        seconds = _number(value)
        if not seconds >= 0 or (least == "above 0" and (seconds == 0 or math.isinf(seconds))):
            raise InvalidArgumentError.for_argument(attribute.name, value, f"a number of seconds {least}")

    return check


def _truth(_settings: object, attribute: Attribute[Any], value: Any) -> None:
    if not isinstance(value, bool):
        raise InvalidArgumentError.for_argument(attribute.name, value, "True or False")


def _count(least: int) -> Any:
    def check(_settings: object, attribute: Attribute[Any], value: Any) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise InvalidArgumentError.for_argument(attribute.name, value, f"a whole number of at least {least}")

    return check


@frozen
class Settings:
    """What the layers and the operations of a client go by; `Enlighten` says what each means."""

    base_url: str
    timeout: float = field(default=DEFAULT_TIMEOUT, validator=_seconds("above 0"))
    max_retries: int = field(default=DEFAULT_MAX_RETRIES, validator=_count(0))
    max_wait: float = field(default=DEFAULT_MAX_WAIT, validator=_seconds("of at least 0"))
    concurrency: int = field(default=DEFAULT_CONCURRENCY, validator=_count(1))
    max_response_bytes: int = field(default=DEFAULT_MAX_RESPONSE_BYTES, validator=_count(1))
    strict: bool = field(default=False, validator=_truth)

    def __attrs_post_init__(self) -> None:
        if self.strict:
            load("jsonschema", "strict", "strict=True")

    def changed(self, changes: dict[str, Any]) -> Settings:
        """Return settings with those changes that are not None."""
        return evolve(self, **{name: value for name, value in changes.items() if value is not None})


def checked_base_url(url: Any, source: str) -> str:
    """Check a base URL, and return it without a slash at its end.

    Args:
        url: The URL.
        source: Where it was given, for the message.

    Raises:
        ConfigurationError: It is no https URL (http is accepted for loopback alone: the credentials would travel in
            clear), or has a query, a fragment or user information.
    """
    example = f"Give one such as {BASE_URL!r}."
    if not isinstance(url, str) or set(url) & set("@?#"):
        # Not shown: whatever stands there may be a secret.
        raise ConfigurationError(f"{source} has a query, a fragment or a user in it, or is no string. {example}")
    shown = f"{source}={url!r}"
    parts = _parsed(url)
    if parts is None or parts.scheme not in ("https", "http"):
        raise ConfigurationError(f"{shown} is not a web address. {example}")
    if parts.scheme == "http" and not is_loopback(parts.raw_host.decode()):
        raise ConfigurationError(
            f"{shown} is refused: over http the credentials would travel in clear. Use https; http is for a simulated "
            "API on loopback."
        )
    return str(parts).rstrip("/")


def _parsed(url: str) -> httpx.URL | None:
    """Return the URL, unless two parsers read another host out of it: then it is a trick, or a slip."""
    import httpx

    try:
        parts, other = httpx.URL(url), urlsplit(url)
        host, hosts = other.hostname, (parts.host, parts.raw_host.decode())
        same = bool(host) and host in hosts and parts.port == _explicit_port(other)
    except (httpx.InvalidURL, ValueError):
        return None
    return parts if same else None


def _explicit_port(parts: SplitResult) -> int | None:
    return None if parts.port == {"http": 80, "https": 443}.get(parts.scheme) else parts.port


def is_loopback(host: str) -> bool:
    """Whether a host's name or address is that of this machine to itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
