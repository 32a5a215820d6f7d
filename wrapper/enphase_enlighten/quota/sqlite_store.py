"""The quota of several processes on one machine, in an SQLite file."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from ..errors import ConfigurationError
from .ledger import Ledger

R = TypeVar("R")

BUSY_TIMEOUT = 20.0
"""Seconds to wait for other processes, each of which needs a few milliseconds."""

NOTICE_AFTER = 1.0
"""Seconds after which the log says that a file is locked."""

logger = logging.getLogger("enphase_enlighten")

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

    def change(self, action: Callable[[Ledger], R]) -> R:
        """Call `action` with the ledger while no other process has it.

        Raises:
            ConfigurationError: The file cannot be opened, is locked for too long, or is something else.
        """
        notice = min(NOTICE_AFTER, self._busy_timeout)
        try:
            # The connection as a context commits, or rolls back if anything is raised, and does not close itself.
            with (
                closing(sqlite3.connect(self.path, timeout=notice, isolation_level=None)) as database,
                database,
            ):
                self._begin(database)
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
        except sqlite3.Error as error:
            raise ConfigurationError(
                f"The quota's file {str(self.path)!r} cannot be used: {error}. {_advice(error)}"
            ) from None

    def _begin(self, database: sqlite3.Connection) -> None:
        try:
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            rest = self._busy_timeout - NOTICE_AFTER
            if not _is_locked(error) or rest <= 0:
                raise
            logger.warning(
                "Waiting up to %.0f s for the quota's file %r, which another process has locked", rest, str(self.path)
            )
            database.execute(f"PRAGMA busy_timeout = {rest * 1000:.0f}")
            database.execute("BEGIN IMMEDIATE")


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
