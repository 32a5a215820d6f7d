"""The edge of history: telling the caller which part of a range lies beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define

from ..errors import MissingHistoryWarning, warn_caller
from ..timing.instants import local_time

if TYPE_CHECKING:
    from datetime import tzinfo

    from .windows import WindowRule


@define
class MissingHistory:
    """The part of a range that cannot be had, until the caller is told of it.

    Attributes:
        rule: What holds for the operation.
        zone: The system's timezone, in which it is told.
        since: Where the part begins, epoch seconds; None while there is nothing to tell.
    """

    rule: WindowRule
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
        older = f" {self.rule.older} has those days." if self.rule.older else ""
        warn_caller(
            MissingHistoryWarning(
                f"The service keeps intervals for {self.rule.kept}: {since.isoformat()} to "
                f"{local_time(until, self.zone).isoformat()} cannot be had and is missing.{older}"
            )
        )
