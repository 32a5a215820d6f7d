"""Importing what an extra installs, on first use."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module, metadata
from types import ModuleType

from .errors import ConfigurationError

DISTRIBUTION = "enphase-enlighten"


def load(module: str, extra: str, purpose: str) -> ModuleType:
    """Import a module, named like its distribution, that an extra installs for a purpose, which the message names.

    Raises:
        ConfigurationError: It is not installed, or in a version that is older than the extra asks for.
    """
    install = f"pip install 'enphase-enlighten[{extra}]'"
    try:
        found = import_module(module)
    except ImportError:
        raise ConfigurationError(f"{purpose} needs the extra '{extra}': {install}") from None
    try:
        installed, lowest = metadata.version(module), _lowest(module, extra)
    except metadata.PackageNotFoundError:
        # A frozen program has the modules alone, which were put together when it was made.
        return found
    if _numbers(installed) < _numbers(lowest):
        raise ConfigurationError(
            f"{purpose} needs {module} {lowest} or later, and {installed} is installed: {install} brings it up to date."
        )
    return found


@cache
def _lowest(module: str, extra: str) -> str:
    """Return the lowest version of a module that an extra allows, as this package's metadata have it."""
    wanted = re.compile(rf"{re.escape(module)}\s*>=\s*([\d.]+).*\bextra\s*==\s*['\"]{re.escape(extra)}['\"]")
    found = filter(None, map(wanted.match, metadata.requires(DISTRIBUTION) or ()))
    return next((match[1] for match in found), "0")


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version.split("+", maxsplit=1)[0])[:3]]
