"""Profiles: credentials in a TOML file in the user's configuration folder, which only the user may read.

A profile is a table whose keys are the names of settings::

    [default]
    api_key = "..."
    user_id = "..."
"""

from __future__ import annotations

import json
import os
import re
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ..errors import ConfigurationError
from ..files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PROFILE_VARIABLE = "ENLIGHTEN_PROFILE"
DEFAULT_PROFILE = "default"

_HEADER = re.compile(r"\s*\[")
_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


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
        ConfigurationError: Others can read the file, it is not TOML, or the profile is missing or invalid.
    """
    wanted = name or os.environ.get(PROFILE_VARIABLE) or None
    path = configuration_file()
    try:
        profiles = _read(path)
    except FileNotFoundError:
        if wanted:
            raise ConfigurationError(
                f"No profile {wanted!r}: there is no file {path}. Create it, or give no profile."
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
        # Only the place out of the error's text: the rest may be content.
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
        raise ConfigurationError(f"{path}: {name!r} is not a table. Write [{name}] and below it {', '.join(keys)}.")
    for key, value in profile.items():
        if key not in keys or not isinstance(value, str):
            raise ConfigurationError(f"{path}: [{name}] has {key!r}; it may have {', '.join(keys)}, each a string.")
    return profile


def write_profile(name: str, profile: Mapping[str, str]) -> Path:
    """Write a profile in place of the one of that name; other profiles and comments stay.

    Args:
        name: The profile's name.
        profile: What it has.

    Returns:
        The configuration file: where a link leads to, if it is one.

    Raises:
        ConfigurationError: The file is not TOML, or cannot be written.
    """
    import tomllib

    path = configuration_file().resolve()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        present = path.read_bytes().decode() if path.exists() else ""
        # Never readable for others, not even while it is written.
        write_whole(path, with_profile(present, name, profile).encode(), 0o600)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path} is not TOML: {error}. Fix it or move it away; nothing is changed.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be written: {error}. Nothing is changed.") from None
    return path


def with_profile(text: str, name: str, profile: Mapping[str, str]) -> str:
    """Return the text of a configuration file with a profile in place of the one of that name.

    Raises:
        tomllib.TOMLDecodeError: The text is not TOML.
        ConfigurationError: The text has another profile that cannot be kept.
    """
    import tomllib

    wanted: dict[str, Any] = {**tomllib.loads(text), name: dict(profile)}
    edited = _edited(text, name, _table(name, profile))
    with suppress(tomllib.TOMLDecodeError):
        if tomllib.loads(edited) == wanted:
            return edited
    # Written in a way that cannot be edited line by line: all profiles are written again, without comments.
    return "\n".join(_table(other, values) for other, values in wanted.items())


def _edited(text: str, name: str, table: str) -> str:
    lines = text.splitlines(keepends=True)
    begin = next((at for at, line in enumerate(lines) if _is_header(line, name)), None)
    if begin is None:
        gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        return f"{text}{gap}{table}"
    end = next((at for at in range(begin + 1, len(lines)) if _HEADER.match(lines[at])), len(lines))
    # Comments right above the next table belong to it.
    while end > begin + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return "".join([*lines[:begin], table, *lines[end:]])


def _is_header(line: str, name: str) -> bool:
    import tomllib

    try:
        return _HEADER.match(line) is not None and list(tomllib.loads(line)) == [name]
    except tomllib.TOMLDecodeError:
        return False


def _table(name: str, values: Any) -> str:
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise ConfigurationError(
            f"The configuration file has {name!r} written in a way that is not kept: move it away."
        )
    return f"[{_key(name)}]\n" + "".join(f"{_key(key)} = {_quoted(value)}\n" for key, value in values.items())


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    # A basic string of TOML is one of JSON, but for DEL, which must be escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
