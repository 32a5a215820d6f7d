"""The edge of history: telling the caller which part of a range lies beyond it."""

from __future__ import annotations

import inspect
import warnings
from typing import TYPE_CHECKING

from attrs import define

from ..errors import MissingHistoryWarning
from ..timing.instants import local_time

if TYPE_CHECKING:
    from datetime import tzinfo


@define
class MissingHistory:
    """The part of a range that cannot be had, until the caller is told of it.

    Attributes:
        zone: The system's timezone, in which it is told.
        since: Where the part begins, epoch seconds; None while there is nothing to tell.
    """

    zone: tzinfo
    since: int | None = None

    def begin(self, since: int) -> None:
        """Note that what follows cannot be had; if the edge has moved meanwhile, the part begins where it did."""
        if self.since is None:
            self.since = since

    def end(self, until: float) -> None:
        """Tell the caller of a part that ends here, if there is one."""
        if self.since is None:
            return
        since, self.since = local_time(self.since, self.zone), None
        warnings.warn(
            MissingHistoryWarning(
                f"The service keeps intervals for one year: {since.isoformat()} to "
                f"{local_time(until, self.zone).isoformat()} cannot be had and is missing. energy_lifetime has those "
                "days."
            ),
            stacklevel=_levels_to_caller(),
        )


def _levels_to_caller() -> int:
    """Count the frames from where the warning is raised to the line of the application that asks for rows."""
    package = __name__.partition(".")[0]
    frame, levels = inspect.currentframe(), 0
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == package:
        frame, levels = frame.f_back, levels + 1
    return levels
