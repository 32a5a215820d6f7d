"""Writing a profile into the configuration file, without anybody else being able to read it for a moment."""

from __future__ import annotations

import json
import os
import re
import secrets
import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from .exits import Code, CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_HEADER = re.compile(r"\s*\[")
_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def write_profile(path: Path, name: str, profile: Mapping[str, str]) -> Path:
    """Write a profile in place of the one of that name; other profiles and comments stay.

    Args:
        path: The configuration file.
        name: The profile's name.
        profile: What it has.

    Returns:
        The file, where it really is.

    Raises:
        CommandError: There is a file that is no TOML, or it cannot be written.
    """
    # Behind a link, as of those who keep their configuration elsewhere, is the file itself.
    path = path.resolve()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            present = path.read_bytes().decode()
        except FileNotFoundError:
            present = ""
        _replace(path, with_profile(present, name, profile))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be written: {error}. Nothing is changed.", Code.CREDENTIALS) from None
    except tomllib.TOMLDecodeError as error:
        raise CommandError(
            f"{path} is not TOML: {error}. Mend it or move it away; nothing is changed.", Code.CREDENTIALS
        ) from None
    return path


def with_profile(text: str, name: str, profile: Mapping[str, str]) -> str:
    """Return the text of a configuration file with a profile in place of the one of that name.

    Raises:
        tomllib.TOMLDecodeError: The text is no TOML.
    """
    wanted: dict[str, Any] = {**tomllib.loads(text), name: dict(profile)}
    table = _table(name, profile)
    edited = _edited(text, name, table)
    with suppress(tomllib.TOMLDecodeError):
        if tomllib.loads(edited) == wanted:
            return edited
    # Written in a way that cannot be edited line by line: all profiles anew, without comments.
    return "\n".join(_table(other, values) for other, values in wanted.items())


def _edited(text: str, name: str, table: str) -> str:
    lines = text.splitlines(keepends=True)
    begin = next((at for at, line in enumerate(lines) if _names(line, name)), None)
    if begin is None:
        gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        return f"{text}{gap}{table}"
    end = next((at for at in range(begin + 1, len(lines)) if _HEADER.match(lines[at])), len(lines))
    # Comments right above the next table belong to it.
    while end > begin + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return "".join([*lines[:begin], table, *lines[end:]])


def _names(line: str, name: str) -> bool:
    if not _HEADER.match(line):
        return False
    try:
        return list(tomllib.loads(line)) == [name]
    except tomllib.TOMLDecodeError:
        return False


def _table(name: str, values: Any) -> str:
    header = name if _BARE.fullmatch(name) else _quoted(name)
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise CommandError(
            f"The configuration file has {name!r} written in a way that is not kept: move it away.", Code.CREDENTIALS
        )
    return f"[{header}]\n" + "".join(
        f"{key if _BARE.fullmatch(key) else _quoted(key)} = {_quoted(value)}\n" for key, value in values.items()
    )


def _quoted(text: str) -> str:
    # A basic string of TOML is one of JSON, but for DEL, which must be escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(path: Path, text: str) -> None:
    """Write beside the file and rename: it is there whole, or as before, and never readable for others."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
