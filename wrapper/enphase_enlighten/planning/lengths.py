"""The lengths of windows that requests name: which one to ask for, and what to do after a response that is shorter.

Whether a service gives the length that was asked for is known from its responses alone. So nothing counts as covered
but what a response says it covers.
"""

from __future__ import annotations

from datetime import tzinfo
from enum import Enum, auto
from typing import NamedTuple

from attrs import define, field, frozen

from .windows import Length, Window, WindowRule

HOUR = 3600
_SETTLED = 48 * HOUR
"""Seconds after which a response that ends too early was cut, and is not waiting for reports."""
_REPORTING = 24 * HOUR
"""Seconds within which a system that reports at all has reported."""


@define
class Lengths:
    """What a session has learned of the lengths of an operation.

    Attributes:
        offered: The lengths that are worth asking for, the longest first.
        holds: Whether a window of the first came whole.
        meets: Whether its response reached the beginning of the next window, so that several may be asked for at once.
        refused: The systems for which a shorter length was refused as well.
    """

    offered: tuple[Length, ...]
    holds: bool = False
    meets: bool = False
    refused: set[int] = field(factory=set)

    @property
    def asked(self) -> Length:
        """The length to ask for."""
        return self.offered[0]

    def shorter(self, system_id: int) -> Length | None:
        """Return the length to try where the first is refused; None where that has another reason."""
        is_known = self.holds or system_id in self.refused or len(self.offered) < 2
        return None if is_known else self.offered[1]

    def shorten(self) -> None:
        """Ask for the next length from now on, of which a window came whole."""
        self.offered = self.offered[1:] or self.offered
        self.holds = True

    def windows(self, start: int, end: float, most: int, rule: WindowRule, length: Length | None) -> list[Window]:
        """Return the next windows of a range: one until it is known that the length holds."""
        seconds, grid = (length or self.asked).seconds, rule.floor(end)
        ends = range(start + seconds, grid + seconds, seconds)[
            : most if self.holds and self.meets and length is None else 1
        ]
        return [Window(each - seconds, min(each, int(end))) for each in ends]


class Following(Enum):
    """What follows a response."""

    NEXT = auto()
    REST = auto()
    NOTHING = auto()


@frozen
class Covered:
    """The span that a response says it covers, in epoch seconds, and the end of its last interval."""

    start: int
    end: int
    last: int | None = None


class At(NamedTuple):
    """When a response came.

    Attributes:
        now: Epoch seconds.
        zone: The system's timezone.
    """

    now: float
    zone: tzinfo


def following(window: Window, length: Length, covered: Covered, rule: WindowRule, at: At, *, holds: bool) -> Following:
    """Return what follows the response to a request for a window of some length; `holds` says whether it is known to.

    `NEXT` is the next window; `REST` that the window was cut, so that its rest is to be asked for; `NOTHING` that the
    service has no more, so that all after the response's end is open.
    """
    start, end = covered.start, covered.end
    now, zone = at
    if rule.floor(end) <= window.start:
        return Following.NOTHING
    if length.is_whole(start, end, rule.interval, zone):
        return Following.NEXT
    if start + length.seconds < now - _SETTLED or end < now - _REPORTING:
        return Following.REST
    # Exactly a day of what was to be a week: a cut, or a last report that happens to be then. One request can tell.
    may_be_cut = length is not Length.DAY and not holds and end in Length.DAY.ends(start, zone)
    return Following.REST if may_be_cut else Following.NOTHING


def is_a_day(covered: Covered) -> bool:
    """Return whether a response that was cut was cut to a day, of any length that days have."""
    return 23 * HOUR <= covered.end - covered.start <= 25 * HOUR


@frozen
class DevicePages:
    """How the devices of a window come in pages, each device with its intervals.

    Attributes:
        largest: How many devices a page may have.
        default: How many it has where none are asked for: such a page may be full as well.
        intervals: The property of a device that has its intervals.
        fields: The fields of a row that are properties of the device.
        page: The parameter for the number of a page.
        size: The parameter for the size of a page.
        total: The property that says how many devices there are.
    """

    largest: int
    default: int
    intervals: str = "intervals"
    fields: frozenset[str] = frozenset({"serial_number"})
    page: str = "page"
    size: str = "size"
    total: str = "total_devices"
