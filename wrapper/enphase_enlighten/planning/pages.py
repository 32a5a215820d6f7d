"""Following a listing through its pages, with loop detection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import define, field, frozen

from ..timing.numbers import whole_number

MAX_PAGES_WITHOUT_NEWS = 10
"""Pages in a row without a new entry that count as a loop: small pages of a fleet that grows while it is listed repeat
entries that moved on to them, and a filter may leave pages empty."""

ReadProperty: TypeAlias = "Callable[[str], Any]"
"""Reads a property of a body."""


@frozen
class CursorPages:
    """Each page names the next one, by `following_property` of its body, whose JSON pointer is `pointer`."""

    largest: int
    cursor: str
    size: str
    following_property: str
    pointer: str

    def parameters(self, cursor: str | None, size: int) -> Mapping[str, Any]:
        """Return the parameters of a page's request; the first page has no cursor."""
        return {self.cursor: cursor, self.size: size}

    def following(self, read: ReadProperty, _entries: Sequence[object], _cursor: str | None, _size: int) -> Any:
        """Return the cursor of the page after this one, as it came."""
        return read(self.following_property)


@frozen
class NumberedPages:
    """Pages are numbered; the last one is that which reaches the total, or, without one, is not full.

    `size` is the parameter for the size of a page, and the property that says which size the service has taken; `total`
    is the property that says how many entries there are.
    """

    largest: int
    page: str = "page"
    size: str = "size"
    total: str = "total"
    first: int = 1

    @property
    def pointer(self) -> str:
        """The JSON pointer of what in a body says which page follows."""
        return f"/{self.total}"

    def parameters(self, cursor: str | None, size: int) -> Mapping[str, Any]:
        """Return the parameters of a page's request; the first page has no cursor."""
        return {self.page: self.first if cursor is None else int(cursor), self.size: size}

    def following(self, read: ReadProperty, entries: Sequence[object], cursor: str | None, size: int) -> Any:
        """Return the cursor of the page after this one: its number; None on the last page."""
        number = self.first if cursor is None else int(cursor)
        total = whole_number(read(self.total))
        size = whole_number(read(self.size), 1, size) or size
        complete = len(entries) < size if total is None else (number - self.first + 1) * size >= total
        return None if complete or not entries else str(number + 1)


Pages: TypeAlias = CursorPages | NumberedPages
"""How the pages of a listing follow each other."""


@define
class Position:
    """The position of a listing: the cursor of the page to ask for, None for the first one, and what was listed."""

    cursor: str | None = None
    complete: bool = False
    _followed: set[str] = field(factory=set)
    _seen: set[object] = field(factory=set)
    _news: bool = False
    _without_news: int = 0

    def is_new(self, key: object) -> bool:
        """Return whether an entry has not been listed before; one without a key is always new, but is not progress."""
        # A key that is missing, or cannot be hashed, identifies nothing. A number may become a string one day.
        if type(key) not in {int, float, str} or key == "":
            return True
        if key in self._seen:
            return False
        self._seen.add(key)
        self._news = True
        return True

    def has_listed(self, keys: Iterable[int | str]) -> bool:
        """Return whether an entry of each of these keys has been listed, as a number or as a string."""
        return all(key in self._seen or str(key) in self._seen for key in keys)

    def turn(self, cursor: str | None) -> str | None:
        """Go on to the page after the current one, None on the last; return why its cursor must not be followed."""
        if cursor is None:
            self.cursor, self.complete = None, True
            return None
        if cursor == self.cursor or cursor in self._followed:
            return "the cursor leads back to a page that was already listed"
        self._without_news = 0 if self._news else self._without_news + 1
        self._news = False
        if self._without_news >= MAX_PAGES_WITHOUT_NEWS:
            return f"{self._without_news} pages in a row had nothing new: the list does not end"
        if self.cursor is not None:
            self._followed.add(self.cursor)
        self.cursor = cursor
        return None
