"""The quota of several processes on one machine, in an SQLite file."""

from __future__ import annotations

import logging
import os
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TypeVar

from ..errors import ConfigurationError
from ..forks import is_child, undivided
from .ledger import Ledger

R = TypeVar("R")

BUSY_TIMEOUT = 20.0
"""Seconds to wait for other processes, each of which needs a few milliseconds."""

NOTICE_AFTER = 1.0
"""Seconds after which the log says that a file is locked."""

logger = logging.getLogger("enphase_enlighten")

_FIRST_LOCKED, _LOCKED_BYTES = 0x40000000, 512
"""The bytes of a file that SQLite's locks are on: pending, reserved, and 510 shared ones."""

_TABLE = "CREATE TABLE IF NOT EXISTS enlighten_ledgers (api TEXT PRIMARY KEY, ledger TEXT NOT NULL)"
_READ = "SELECT ledger FROM enlighten_ledgers WHERE api = ?"
_WRITE = "INSERT OR REPLACE INTO enlighten_ledgers VALUES (?, ?)"
_UNNAMED_TABLE = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'enlighten_quota'"
_READ_UNNAMED = "SELECT ledger FROM enlighten_quota"
_REMEDY = "Remove it, which forgets what was spent, or give another path."


class SQLiteStore:
    """Keeps a ledger in a file.

    Each change opens the file again, in a transaction that locks it first. So it may be used from any thread, and in
    the children of a process that was forked.

    Args:
        path: The file, created if missing. On a local disk: locks of network file systems cannot be relied on.
        api: The name of the API, under which its ledger is kept.
        reads_unnamed: Whether to start from the ledger of an earlier version, whose table did not name the API.
        busy_timeout: Seconds to wait for other processes at most.

    Raises:
        ConfigurationError: No file can have that path.
    """

    waits = True

    def __init__(
        self, path: str | os.PathLike[str], api: str, *, reads_unnamed: bool = False, busy_timeout: float = BUSY_TIMEOUT
    ) -> None:
        self._api = api
        self._reads_unnamed = reads_unnamed
        try:
            # Absolute, so that it stays the same file when the process changes its folder.
            self.path = Path(path).absolute()
            nameable = b"\0" not in os.fsencode(self.path)
        except (OSError, TypeError, ValueError):
            nameable = False
        if not nameable:
            raise ConfigurationError(f"No file can have the path {path!r}. Give that of a file on a local disk.")
        self._busy_timeout = busy_timeout

    def renew(self) -> None:
        """Do nothing: a fork waits for a change, and nothing is left open between two."""

    def change(self, action: Callable[[Ledger], R]) -> R:
        """Call `action` with the ledger while no other process has it.

        Raises:
            ConfigurationError: The file cannot be opened, is locked for too long, or is something else.
        """
        begun, noticed = time.monotonic(), False
        while True:
            try:
                return self._change(action)
            except sqlite3.Error as error:
                waited = time.monotonic() - begun
                if not _is_locked(error) or waited >= self._busy_timeout:
                    raise ConfigurationError(
                        f"The quota's file {str(self.path)!r} cannot be used: {error}. {_advice(error)}"
                    ) from None
            if waited >= NOTICE_AFTER and not noticed:
                noticed, rest = True, self._busy_timeout - waited
                logger.warning(
                    "Waiting up to %.0f s for the quota's file %r, which another process has locked",
                    rest,
                    str(self.path),
                )
            time.sleep(random.uniform(0, min(0.05, 0.002 + waited / 2)))  # noqa: S311 - only so that processes do not meet again

    def _change(self, action: Callable[[Ledger], R]) -> R:
        """Call `action` with the ledger, unless another process has it.

        A fork waits for this, which itself waits for nobody: SQLite would be as it was in the middle, in the child.
        """
        # The connection as a context commits, or rolls back if anything is raised, and does not close itself.
        with undivided(), ExitStack() as stack, closing(self._connected(stack)) as database, database:
            database.execute("BEGIN IMMEDIATE")
            database.execute(_TABLE)
            before = text = _first(database, _READ, self._api)
            if before is None and self._reads_unnamed and _first(database, _UNNAMED_TABLE):
                text = _first(database, _READ_UNNAMED)
            ledger = Ledger.from_json(text, f"The quota's file {str(self.path)!r}", _REMEDY)
            result = action(ledger)
            after = ledger.to_json()
            if after != before:
                database.execute(_WRITE, (self._api, after))
            return result

    def _connected(self, stack: ExitStack) -> sqlite3.Connection:
        if not is_child():
            return sqlite3.connect(self.path, timeout=0, isolation_level=None)
        # SQLite takes the locks of connections that the parent had open for held in the child as well, and for ever.
        # So it does no locking there; the bytes that it would lock are locked here (https://sqlite.org/lockingv3.html).
        import fcntl

        try:
            file = stack.enter_context(self.path.open("ab"))
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKED_BYTES, _FIRST_LOCKED)
        except OSError as error:
            locked = isinstance(error, BlockingIOError)
            raise sqlite3.OperationalError("database is locked" if locked else f"unable to open it ({error})") from None
        return sqlite3.connect(f"{self.path.as_uri()}?vfs=unix-none", timeout=0, isolation_level=None, uri=True)


def _first(database: sqlite3.Connection, query: str, *parameters: str) -> str | None:
    row = database.execute(query, parameters).fetchone()
    first: str | None = row and row[0]
    return first


def _is_locked(error: sqlite3.Error) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def _advice(error: sqlite3.Error) -> str:
    if _is_locked(error):
        return "Another process keeps it locked: end what has it open, such as a database browser."
    if "full" in str(error):
        return "Make room on its disk, or give the path of a file on another one."
    return "Give the path of a file on a local disk that this process may write to."
