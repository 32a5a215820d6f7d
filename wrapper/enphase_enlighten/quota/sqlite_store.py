"""The quota of several processes on one machine, in an SQLite file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..errors import ConfigurationError
from .ledger import Ledger
from .quota import Quota

if TYPE_CHECKING:
    from collections.abc import Callable

    from .quota import UsagePlan

R = TypeVar("R")

BUSY_TIMEOUT = 20.0
"""Seconds to wait for other processes, each of which needs a few milliseconds."""

_TABLE = "CREATE TABLE IF NOT EXISTS enlighten_quota (id INTEGER PRIMARY KEY CHECK (id = 1), ledger TEXT NOT NULL)"
_READ = "SELECT ledger FROM enlighten_quota"
_WRITE = "INSERT OR REPLACE INTO enlighten_quota VALUES (1, ?)"


class SQLiteStore:
    """Keeps a ledger in a file.

    Each change opens the file anew, in a transaction that locks it first. So it may be used from any thread, and in the
    children of a process that was forked.

    Args:
        path: The file, made where there is none. On a local disk: locks of network file systems cannot be relied on.
        busy_timeout: Seconds to wait for other processes at most.

    Raises:
        ConfigurationError: No file can have that path.
    """

    waits = True

    def __init__(self, path: str | os.PathLike[str], *, busy_timeout: float = BUSY_TIMEOUT) -> None:
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
        try:
            with closing(sqlite3.connect(self.path, timeout=self._busy_timeout, isolation_level=None)) as database:
                return self._changed(database, action)
        except sqlite3.Error as error:
            raise ConfigurationError(
                f"The quota's file {str(self.path)!r} cannot be used: {error}. {_advice(error)}"
            ) from None

    def _changed(self, database: sqlite3.Connection, action: Callable[[Ledger], R]) -> R:
        database.execute("BEGIN IMMEDIATE")
        try:
            database.execute(_TABLE)
            row = database.execute(_READ).fetchone()
            before = None if row is None else row[0]
            ledger = self._read(before)
            result = action(ledger)
            after = ledger.to_json()
            if after != before:
                database.execute(_WRITE, (after,))
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise
        return result

    def _read(self, text: str | None) -> Ledger:
        try:
            return Ledger() if text is None else Ledger.from_json(text)
        except ValueError as error:
            raise ConfigurationError(
                f"The quota's file {str(self.path)!r} was not written by this version of the package ({error}). Remove "
                "it, which forgets what was spent, or give another path."
            ) from None


def _advice(error: sqlite3.Error) -> str:
    if "locked" in str(error) or "busy" in str(error):
        return "Another process keeps it locked: end what has it open, such as a database browser."
    return "Give the path of a file on a local disk that this process may write to."


class SQLiteQuota(Quota):
    """The spending of one application, shared by all processes of a machine that name the same file.

    The file holds counts and limits, nothing of the credentials. Use one file for each application (API key): the
    limits are those of an application.

    Args:
        path: The file, on a local disk; made where there is none.
        plan: See `Quota`. The processes should give the same plan.

    Raises:
        ConfigurationError: There is no such plan, or no file can have that path. The file itself is opened on first
            use.

    Example:
        >>> quota = SQLiteQuota(path, plan="watt")
        >>> client = Enlighten(api_key, user_id, quota=quota, base_url=base_url)
    """

    def __init__(self, path: str | os.PathLike[str], plan: str | UsagePlan | None = None) -> None:
        super().__init__(plan, store=SQLiteStore(path))
