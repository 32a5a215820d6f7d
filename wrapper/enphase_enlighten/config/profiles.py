"""Profiles: credentials in a TOML file in the user's configuration folder, which only the user may read.

A profile is a table whose keys are the names of settings::

    [default]
    api_key = "..."
    user_id = "..."
"""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

from ..errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PROFILE_VARIABLE = "ENLIGHTEN_PROFILE"
DEFAULT_PROFILE = "default"


def configuration_file() -> Path:
    """Return where the profiles are, whether or not there is such a file."""
    import platformdirs

    return platformdirs.user_config_path("enphase-enlighten") / "config.toml"


def profile_name(name: str | None) -> str:
    """Return the name of the profile that is used where `name` is asked for."""
    return name or os.environ.get(PROFILE_VARIABLE) or DEFAULT_PROFILE


def load_profile(name: str | None, keys: Sequence[str]) -> dict[str, str]:
    """Read a profile.

    Args:
        name: Its name; None for that of ``ENLIGHTEN_PROFILE``, else ``default``, which need not exist.
        keys: What a profile may have.

    Returns:
        What the profile has; nothing where there is no such file or no default profile.

    Raises:
        ConfigurationError: Others can read the file, it is not TOML, or the profile is not there or not well-formed.
    """
    wanted = name or os.environ.get(PROFILE_VARIABLE) or None
    path = configuration_file()
    try:
        profiles = _read(path)
    except FileNotFoundError:
        if wanted:
            raise ConfigurationError(
                f"No profile {wanted!r}: there is no file {path}. Make it, or give no profile."
            ) from None
        return {}
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}. Fix it, or move it away.") from None
    profile = profiles.get(wanted or DEFAULT_PROFILE)
    if profile is None and wanted is None:
        return {}
    return _checked(path, wanted or DEFAULT_PROFILE, profile, profiles, keys)


def _read(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        # Asked of the open file, so that it is the one that is read.
        mode = os.fstat(file.fileno()).st_mode
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise ConfigurationError(f"{path} can be read by others, and it has credentials. Run: chmod 600 '{path}'")
        content = file.read()
    import tomllib

    try:
        return tomllib.loads(content.decode())
    except ValueError as error:
        # Of the error's text only the place, if it has one: the rest may be content.
        place = re.search(r"\(at [^)]*\)$", str(error))
        raise ConfigurationError(
            f"{path} is not TOML{' ' + place.group() if place else ''}. Fix it, or move it away."
        ) from None


def _checked(
    path: Path, name: str, profile: object, profiles: dict[str, object], keys: Sequence[str]
) -> dict[str, str]:
    if profile is None:
        known = ", ".join(repr(known) for known in profiles) or "none"
        raise ConfigurationError(f"No profile {name!r} in {path}; it has {known}.")
    if not isinstance(profile, dict):
        raise ConfigurationError(f"{path}: {name!r} is no table. Write [{name}] and below it {', '.join(keys)}.")
    for key, value in profile.items():
        if key not in keys or not isinstance(value, str):
            raise ConfigurationError(f"{path}: [{name}] has {key!r}; it may have {', '.join(keys)}, each a string.")
    return profile
