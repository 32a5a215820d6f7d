"""Checking a credential as it was found in an argument, the environment or a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import ConfigurationError

if TYPE_CHECKING:
    from .sources import Found


def checked_secret(name: str, found: Found, ways: str) -> str:
    """Return a credential as it was found.

    Args:
        name: The name of the setting.
        found: What was found, and where.
        ways: What to do where there is none.

    Raises:
        ConfigurationError: It is missing, or cannot be a credential. The message says where it was found, and never
            has the value.
    """
    value = found.value
    if value is None or value == "":
        raise ConfigurationError(f"No {name}. {ways}")
    if not isinstance(value, str) or not value.isprintable() or value != value.strip():
        raise ConfigurationError(
            f"{found.source} has white space around it, control characters in it, or is not a string: copy it again."
        )
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        raise ConfigurationError(
            f"{found.source} has quotes around it, which belong to no credential. Leave them out: Docker keeps those "
            "of an env file."
        )
    return value
