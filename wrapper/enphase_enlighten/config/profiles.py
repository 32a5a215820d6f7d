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
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import ConfigurationError
from ..extras import load
from ..files import write_whole
from .folders import configuration_folder

if TYPE_CHECKING:
    from pathlib import Path

PROFILE_VARIABLE = "ENLIGHTEN_PROFILE"
DEFAULT_PROFILE = "default"


def configuration_file() -> Path:
    """Return where the profiles are, whether or not there is such a file; see `configuration_folder`."""
    return configuration_folder() / "config.toml"


def profile_name(name: str | None) -> str:
    """Return the name of the profile that is used where `name` is asked for."""
    return name or os.environ.get(PROFILE_VARIABLE) or DEFAULT_PROFILE


def load_profile(name: str | None, keys: Sequence[str]) -> dict[str, str]:
    """Read the profile of that name, by default ``ENLIGHTEN_PROFILE``'s or ``default``, which alone need not exist.

    Raises:
        ConfigurationError: Others can read the file, it is not TOML, or the profile is missing or invalid.
    """
    wanted = profile_name(name)
    needed = bool(name or os.environ.get(PROFILE_VARIABLE))
    path = configuration_file()
    try:
        profiles = _read(path)
    except FileNotFoundError:
        if not needed:
            return {}
        raise ConfigurationError(
            f"No profile {wanted!r}: there is no file {path}. Create it, or give no profile."
        ) from None
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}. Fix it, or move it away.") from None
    if needed and wanted not in profiles:
        known = ", ".join(map(repr, profiles)) or "none"
        raise ConfigurationError(f"No profile {wanted!r} in {path}; it has {known}.")
    profile = profiles.get(wanted, {})
    if not isinstance(profile, dict):
        raise ConfigurationError(f"{path}: {wanted!r} is not a table. Write [{wanted}] and below it {', '.join(keys)}.")
    for key, value in profile.items():
        if key not in keys or not isinstance(value, str):
            raise ConfigurationError(f"{path}: [{wanted}] has {key!r}; it may have {', '.join(keys)}, each a string.")
    return profile


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        # Asked of the open file, so that it is the one that is read.
        mode = os.fstat(file.fileno()).st_mode
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise ConfigurationError(f"{path} can be read by others, and it has credentials. Run: chmod 600 '{path}'")
        content = file.read()
    try:
        return _parsed(_decoded(content, path))
    except ValueError as error:
        # Only the place out of the error's text: the rest may be content.
        place = re.search(r" \(at [^)]*\)$", str(error))
        raise ConfigurationError(f"{path} is not TOML{place[0] if place else ''}. Fix it, or move it away.") from None


def _decoded(content: bytes, path: Path) -> str:
    """Return the text of the configuration file, without the mark that some editors begin UTF-8 with."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeError:
        raise ConfigurationError(
            f"{path} is not in UTF-8. Save it as UTF-8, for which editors have a choice, and PowerShell -Encoding utf8."
        ) from None


def _parsed(text: str) -> dict[str, Any]:
    """Return what a text has in TOML, whose errors are `ValueError`."""
    import tomllib

    return tomllib.loads(text)


def write_profile(name: str, profile: Mapping[str, str]) -> Path:
    """Write a profile in place of the one of that name, and return the file, where a link leads to if it is one.

    Raises:
        ConfigurationError: The file is not TOML, or cannot be written.
    """
    path = configuration_file().resolve()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        present = _decoded(path.read_bytes(), path) if path.exists() else ""
        # Never readable for others, not even while it is written.
        write_whole(path, with_profile(present, name, profile).encode(), 0o600)
    except (OSError, UnicodeError) as error:
        raise ConfigurationError(f"{path} cannot be written: {error}. Nothing is changed.") from None
    except ValueError as error:
        raise ConfigurationError(f"{path} is not TOML: {error}. Fix it or move it away; nothing is changed.") from None
    return path


def with_profile(text: str, name: str, profile: Mapping[str, str]) -> str:
    """Return the text of a configuration file with a profile in place of the one of that name.

    Raises:
        ValueError: The text is not TOML.
        ConfigurationError: The extra ``cli`` is not installed, or the profile cannot be written into this text.
    """
    tomlkit: Any = load("tomlkit", "cli", "Writing a profile")
    document = tomlkit.parse(text)
    wanted = {**document.unwrap(), name: dict(profile)}
    present = document.get(name)
    if isinstance(present, tomlkit.items.Table):
        for key in present.keys() - profile.keys():
            del present[key]
        # Comments right above the next table belong to it, so new keys are put before them.
        entries = present.value.body
        end: list[Any] = []
        while entries and entries[-1][0] is None:
            end.insert(0, entries.pop())
        present.update(profile)
        entries.extend(end)
    else:
        document[name] = dict(profile)
    written: str = tomlkit.dumps(document)
    if _parsed(written) != wanted:
        raise ConfigurationError(
            f"The configuration file cannot be given the profile {name!r}: write it with an editor."
        )
    return written
