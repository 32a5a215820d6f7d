"""Tokens in a file, for all processes of a machine."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

from ..errors import ConfigurationError
from ..files import FULL, Replacement, flush_folder
from ..forks import renew_in_children
from .token import Token

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R")

RESERVE = 16 * 1024
"""Bytes that are on the disk before a refresh token is spent: tokens take a few thousand."""

PATIENCE = 120.0
"""Seconds to wait for another process that refreshes, when a new login is saved."""

_PAUSE = 0.02
_LOG_IN = "Log in again and save the new tokens there; to keep what it has, move it away first."


class FileTokenStore:
    """Keeps the tokens in a file that its owner alone may read, for all processes of a machine.

    The new tokens are on the disk before the new access token is used. A process that is killed at any moment leaves
    a file that is whole. A file that is named as this one with ``.lock`` beside it is for processes to wait for each
    other, one with ``.new`` for what is being written.

    Args:
        path: The file, on a local disk; created by the first `save`, and so is its folder.

    Raises:
        ConfigurationError: No file can have that path. The file itself is opened on first use.

    Example:
        >>> store = FileTokenStore(path)
        >>> store.save(Token("simulated-access-token", "simulated-refresh-token"))
        >>> store.load()
        Token(access_token='***', refresh_token='***', ends_at=None)
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        try:
            # Where a link leads to, so that the file itself is replaced.
            self.path = Path(path).expanduser().resolve()
            nameable = b"\0" not in os.fsencode(self.path)
        except (OSError, RuntimeError, TypeError, ValueError):
            nameable = False
        if not nameable:
            raise ConfigurationError(f"No file can have the path {path!r}. Give that of a file on a local disk.")

    def __repr__(self) -> str:
        return f"FileTokenStore({str(self.path)!r})"

    def load(self) -> Token | None:
        """Return the tokens; None where there is no file yet.

        Raises:
            ConfigurationError: The file cannot be read, is damaged, or others may read it.
        """
        try:
            with self.path.open("rb") as file:
                # Asked of the open file, so that it is the one that is read.
                mode = os.fstat(file.fileno()).st_mode
                content = file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ConfigurationError(
                f"The token file {str(self.path)!r} cannot be read: {error.strerror}. Give the path of a file "
                "that this process may read."
            ) from None
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise ConfigurationError(
                f"{self.path} can be read by others, and it has tokens. Run: chmod 600 '{self.path}'"
            )
        return Token.from_json(content, f"The token file {str(self.path)!r}", _LOG_IN)

    def turn(self) -> _FileTurn | None:
        """Take the turn to change the file; None where another process, thread or task has it.

        Raises:
            ConfigurationError: The folder cannot be written to.
        """
        return _unless_it_fails(self.path, lambda: _FileTurn.taken(self))

    def save(self, token: Token) -> None:
        """Keep the tokens of a new login in place of all that was there, damaged or not.

        Raises:
            ConfigurationError: The file cannot be written.
        """
        until = time.monotonic() + PATIENCE
        while (turn := self.turn()) is None:
            if time.monotonic() > until:
                raise ConfigurationError(
                    f"The token file {str(self.path)!r} is locked by another process, which does not end. End it, and "
                    "save again."
                )
            time.sleep(_PAUSE)
        try:
            turn.save(token)
        finally:
            turn.end()


class _FileTurn:
    """The turn to change a token file: the lock, and the reserve file while there is one."""

    def __init__(self, store: FileTokenStore, lock: int) -> None:
        self._store, self._lock = store, lock
        self._path = store.path
        self._beside = self._path.with_name(f"{self._path.name}.new")
        self._reserve: Replacement | None = None
        self._spent: Token | None = None
        renew_in_children(self)

    @classmethod
    def taken(cls, store: FileTokenStore) -> _FileTurn | None:
        path = store.path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if _locked(lock):
                return cls(store, lock)
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)
        return None

    def renew(self) -> None:
        """Leave everything to the parent, in the child of a fork: closed here, the lock is still the parent's."""
        reserve, lock = self._reserve, self._lock
        self._reserve, self._lock = None, -1
        for descriptor in (-1 if reserve is None else reserve.descriptor, lock):
            if descriptor >= 0:
                with suppress(OSError):
                    os.close(descriptor)

    def load(self) -> Token | None:
        """Return the tokens; those that a process had written when it was killed are put in their place first."""
        token = self._store.load()
        found, replaces = Token.read(self._left_behind())
        if found is None or token is None or replaces != token.fingerprint:
            return token
        _unless_it_fails(self._path, self._complete)
        return found

    def announce(self, token: Token) -> str:
        earlier = _Note.left_behind(self._left_behind(), token)
        # The first of them may be the one that has spent it.
        note = earlier or _Note(token.fingerprint, os.getpid(), int(time.time()))
        _unless_it_fails(self._path, lambda: self._reserved(json.dumps(note._asdict())))
        self._spent = token
        return "" if earlier is None else earlier.told

    def withdraw(self) -> None:
        reserve, self._reserve = self._reserve, None
        if reserve is not None:
            reserve.discard()

    def save(self, token: Token) -> None:
        _unless_it_fails(self._path, lambda: self._written(token.to_json(self._spent)))

    def end(self) -> None:
        self.renew()

    def _left_behind(self) -> bytes:
        with suppress(OSError):
            return self._beside.read_bytes()
        return b""

    def _complete(self) -> None:
        self._beside.replace(self._path)
        flush_folder(self._path.parent)

    def _reserved(self, note: str) -> None:
        self._beside.unlink(missing_ok=True)
        self._reserve = reserve = Replacement.of(self._path, ".new", 0o600)
        try:
            _write(reserve.descriptor, note.encode().ljust(RESERVE))
            os.fsync(reserve.descriptor)
            flush_folder(self._path.parent)
        except BaseException:
            self.withdraw()
            raise

    def _written(self, text: str) -> None:
        """Write the file, over the reserve if there is one: the disk has given those blocks already."""
        new, self._reserve = self._reserve, None
        if new is None:
            self._beside.unlink(missing_ok=True)
            new = Replacement.of(self._path, ".new", 0o600)
        try:
            # At once as long as what it is written over, so that nothing of that is left at any moment.
            content = text.encode()
            _write(new.descriptor, content.ljust(RESERVE))
            os.ftruncate(new.descriptor, len(content))
            new.commit()
        except BaseException:
            # It stays, whole or not: it may be all that there is of the new tokens.
            with suppress(OSError):
                os.close(new.descriptor)
            raise
        flush_folder(self._path.parent)


class _Note(NamedTuple):
    """What the reserve file tells until the new tokens are in it.

    Attributes:
        refreshes: The fingerprint of the tokens that are refreshed.
        process: The process that does so; 0 where its note was cut off.
        at: When it began, epoch seconds by the machine's clock.
    """

    refreshes: str
    process: int
    at: int

    @classmethod
    def left_behind(cls, content: bytes, token: Token) -> Self | None:
        """Return the note that a process left behind when it refreshed the same tokens, if one did."""
        if not content:
            return None
        try:
            fields = json.loads(content)
            note = cls(str(fields["refreshes"]), int(fields["process"]), int(fields["at"]))
        except (LookupError, OverflowError, TypeError, ValueError):
            # It ended while it wrote.
            return cls(token.fingerprint, 0, int(time.time()))
        return note if note.refreshes == token.fingerprint else None

    @property
    def told(self) -> str:
        """The same in a sentence."""
        if not self.process:
            return "A process that was about to refresh the tokens ended before it had saved the new ones."
        when = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(self.at))
        return (
            f"Process {self.process}, which refreshed the tokens at {when} UTC, ended before it had saved the new ones."
        )


def _write(descriptor: int, content: bytes) -> None:
    """Write at the beginning of a file."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    while content:
        content = content[os.write(descriptor, content) :]


def _locked(descriptor: int) -> bool:
    """Lock a file for this descriptor, unless it is locked for another one, of this process or of another."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True


def _unless_it_fails(path: Path, action: Callable[[], R]) -> R:
    """Carry out what writes a token file, or raise a ConfigurationError that says what to do."""
    try:
        return action()
    except OSError as error:
        advice = (
            "Make room on its disk, or give the path of a file on another one."
            if error.errno in FULL
            else "Give the path of a file on a local disk that this process may write to."
        )
        raise ConfigurationError(
            f"The token file {str(path)!r} cannot be written: {error.strerror}. {advice}"
        ) from None
