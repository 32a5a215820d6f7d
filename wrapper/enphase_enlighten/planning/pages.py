"""Following a listing through its pages, with loop detection."""

from __future__ import annotations

import re
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
    smaller: int = field(init=False, default=0)
    ends_with_repeats: bool = field(init=False, default=False)

    def parameters(self, cursor: str | None, size: int) -> Mapping[str, Any]:
        """Return the parameters of a page's request; the first page has no cursor."""
        return {self.cursor: cursor, self.size: size}

    def accepts(self, cursor: str) -> bool:
        """Return whether a page may have this cursor."""
        return cursor != ""

    def following(self, read: ReadProperty, _entries: Sequence[object], _cursor: str | None, _size: int) -> Any:
        """Return the cursor of the page after this one, as it came."""
        return read(self.following_property)


@frozen
class NumberedPages:
    """Pages are numbered; the last one is that which reaches the total, or, without one, is not full.

    A cursor is the number of a page and the size of the pages that are counted, such as ``3/100``. The service may give
    smaller pages than were asked for, and say so or not: the listing then goes on with pages of that size. Where that
    does not come out even, entries are read twice rather than not at all.

    Attributes:
        largest: How many entries a page may have.
        page: The parameter for the number of a page.
        size: The parameter for the size of a page, and the property that says which size the service has taken.
        total: The property that says how many entries there are.
        first: The number of the first page.
        smaller: The size to ask for where a larger one is refused (422); 0 for none.
    """

    largest: int
    page: str = "page"
    size: str = "size"
    total: str = "total"
    first: int = 1
    smaller: int = 0
    ends_with_repeats: bool = field(init=False, default=False)

    @property
    def pointer(self) -> str:
        """The JSON pointer of what in a body says which page follows."""
        return f"/{self.total}"

    def parameters(self, cursor: str | None, size: int) -> Mapping[str, Any]:
        """Return the parameters of a page's request; the first page has no cursor."""
        number, size = _numbers(cursor, (self.first, size))
        return {self.page: number, self.size: size}

    def accepts(self, cursor: str) -> bool:
        """Return whether a page may have this cursor."""
        found = _NUMBERED.fullmatch(cursor)
        return found is not None and int(found[1]) >= self.first and 1 <= int(found[2]) <= self.largest

    def following(self, read: ReadProperty, entries: Sequence[object], cursor: str | None, size: int) -> str | None:
        """Return the cursor of the page after this one; None on the last page."""
        number, size = _numbers(cursor, (self.first, size))
        size = whole_number(read(self.size), 1, size) or size
        total = whole_number(read(self.total), 0)
        end = (number - self.first) * size + len(entries)
        if not entries or (len(entries) < size if total is None else end >= total):
            return None
        step = min(len(entries), size)
        # One that comes out even, where there is one that is not much smaller.
        step = next((each for each in range(step, step // 2, -1) if end % each == 0), step)
        return f"{end // step + self.first}/{step}"

    def resized(self, cursor: str | None, size: int) -> str | None:
        """Return the cursor of the page of another size in which a page begins."""
        if cursor is None:
            return None
        number, former = _numbers(cursor, (self.first, size))
        return f"{(number - self.first) * former // size + self.first}/{size}"


_NUMBERED = re.compile(r"(\d{1,9})/(\d{1,9})", re.ASCII)


@frozen
class UncountedPages:
    """Pages are numbered and say nothing of themselves: the last one is that which is not full, or brings nothing new.

    A page with as many entries as the service gives by default may be one whose size it did not heed, and is not taken
    for the last one.

    Attributes:
        largest: How many entries a page may have.
        default: How many it has where none are asked for.
        page: The parameter for the number of a page.
        size: The parameter for the size of a page.
        counted: The property of an entry that holds what is counted; empty where entries are.
    """

    largest: int
    default: int
    page: str = "page"
    size: str = "size"
    counted: str = ""
    pointer: str = field(init=False, default="")
    smaller: int = field(init=False, default=0)
    ends_with_repeats: bool = field(init=False, default=True)

    def parameters(self, cursor: str | None, size: int) -> Mapping[str, Any]:
        """Return the parameters of a page's request; the first page has no cursor."""
        number, size = _numbers(cursor, (1, size))
        return {self.page: number, self.size: size}

    def accepts(self, cursor: str) -> bool:
        """Return whether a page may have this cursor."""
        found = _NUMBERED.fullmatch(cursor)
        return found is not None and int(found[1]) >= 1 and 1 <= int(found[2]) <= self.largest

    def following(self, _read: ReadProperty, entries: Sequence[object], cursor: str | None, size: int) -> str | None:
        """Return the cursor of the page after this one; None on the last page."""
        number, size = _numbers(cursor, (1, size))
        count = len(entries)
        if self.counted:
            lists = (getattr(entry, self.counted, None) for entry in entries)
            count = sum(len(each) for each in lists if isinstance(each, list))
        is_last = count == 0 or (count < size and count != self.default)
        return None if is_last else f"{number + 1}/{size}"


def _numbers(cursor: str | None, first: tuple[int, int]) -> tuple[int, int]:
    if cursor is None:
        return first
    number, _, size = cursor.partition("/")
    return int(number), int(size)


@frozen
class OffsetPages:
    """Pages begin at an entry, counted from 0; the last one is that which is not full, or reaches the count.

    Whether a service counts the entries of a page or all of them is not known: a count is believed only where it is
    one of all by what it says. A page with as many entries as the service gives by default is not taken for the last.

    Attributes:
        largest: How many entries a page may have.
        default: How many it has where none are asked for.
        offset: The parameter for the first entry of a page.
        size: The parameter for the size of a page.
        count: The property that counts entries.
    """

    largest: int
    default: int
    offset: str = "offset"
    size: str = "limit"
    count: str = "count"
    smaller: int = field(init=False, default=0)
    ends_with_repeats: bool = field(init=False, default=False)

    @property
    def pointer(self) -> str:
        """The JSON pointer of what in a body says which page follows."""
        return f"/{self.count}"

    def parameters(self, cursor: str | None, size: int) -> Mapping[str, Any]:
        """Return the parameters of a page's request; the first page has no cursor."""
        return {self.offset: int(cursor or 0), self.size: size}

    def accepts(self, cursor: str) -> bool:
        """Return whether a page may have this cursor."""
        return re.fullmatch(r"\d{1,9}", cursor, re.ASCII) is not None

    def following(self, read: ReadProperty, entries: Sequence[object], cursor: str | None, size: int) -> str | None:
        """Return the cursor of the page after this one, its offset; None on the last page."""
        start, count = int(cursor or 0), len(entries)
        end, told = start + count, whole_number(read(self.count), 0)
        if count == 0:
            return None
        if told is not None and (told > end or (told == end and start > 0)):
            return str(end) if told > end else None
        return None if count < size and count != self.default else str(end)


Pages: TypeAlias = CursorPages | NumberedPages | UncountedPages | OffsetPages
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
