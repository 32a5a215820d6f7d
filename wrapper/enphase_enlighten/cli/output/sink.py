"""The base of all forms of output, and values as JSON and people read them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..report import Column, Row


class Sink(ABC):
    """Takes in rows, and writes them as they come."""

    def __init__(self, columns: tuple[Column, ...], stream: Any) -> None:
        self.columns = columns
        self.stream = stream

    @abstractmethod
    def write(self, row: Row) -> None:
        """Take in a row."""

    @property
    def pending(self) -> bool:
        """Whether rows are held back for a file."""
        return bool(getattr(self.stream, "pending", False))

    def flush(self) -> None:
        """Write what is held back, if it is time for it."""
        self.stream.flush()

    def discard(self) -> None:
        """Drop what is held back."""
        getattr(self.stream, "discard", lambda: None)()

    def finish(self) -> None:
        """Write the end of a whole document; by default there is none."""
        self.stream.flush()


def plain(value: Any) -> Any:
    """Return a value as JSON can have it."""
    if isinstance(value, date):
        # A datetime is one too, and has its offset.
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - only NaN differs from itself
        return None
    if value is None or isinstance(value, int | float | list | dict):
        return value
    return str(value)


def shown_time(moment: datetime) -> str:
    """Return an instant for people: to the minute where it is a whole one, with the timezone's name."""
    pattern = "%Y-%m-%d %H:%M:%S %Z" if moment.second else "%Y-%m-%d %H:%M %Z"
    return f"{moment:{pattern}}"
