"""Importing what an extra installs, on first use."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from .errors import ConfigurationError


def load(module: str, extra: str, purpose: str) -> ModuleType:
    """Import a module that an extra installs.

    Args:
        module: Its name.
        extra: The extra.
        purpose: What needs it, for the message.

    Raises:
        ConfigurationError: The extra is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        raise ConfigurationError(
            f"{purpose} needs the extra '{extra}': pip install 'enphase-enlighten[{extra}]'"
        ) from None
