"""Following `next` through the pages of a list, once round and no further."""

from __future__ import annotations

from attrs import define, field

MAX_PAGES_WITHOUT_NEWS = 10
"""So many pages in a row may bring nothing new before it counts as a loop: small pages of a fleet that grows while it
is listed repeat what moved on to them, and nobody has said that a filter leaves no page empty."""


@define
class Pages:
    """Where a listing stands.

    Attributes:
        cursor: The cursor of the page to ask for; None asks for the first one.
        complete: Whether the last page has been seen.
    """

    cursor: str | None = None
    complete: bool = False
    _followed: set[str] = field(factory=set)
    _seen: set[object] = field(factory=set)
    _news: bool = False
    _without_news: int = 0

    def is_new(self, key: object) -> bool:
        """Tell whether an entry has not been listed before; one without a key may be new each time, but is no news."""
        # Not what has no value, nor what no set can hold. A number may come as a string one day.
        if type(key) not in {int, float, str} or key == "":
            return True
        if key in self._seen:
            return False
        self._seen.add(key)
        self._news = True
        return True

    def turn(self, cursor: str | None) -> str | None:
        """Go on to the page that `cursor` names.

        Args:
            cursor: What the page at hand gives as its `next`; None on the last page.

        Returns:
            What is wrong with following this cursor, or None where all is well.
        """
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
