"""The edge of history: warning the caller of the part of a range that lies before it."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from attrs import define

from ..errors import MissingHistoryWarning, warn_caller

if TYPE_CHECKING:
    from .windows import WindowRule


@define
class MissingHistory:
    """The part of a range that the service no longer has, until the caller is warned of it.

    Attributes:
        rule: What holds for the operation.
        zone: The system's timezone, for the message.
        since: Where the part begins, epoch seconds; None while nothing is missing.
    """

    rule: WindowRule
    zone: tzinfo
    since: int | None = None

    def begin(self, since: int) -> None:
        """Note where a missing part begins, unless one has begun before: the edge may move meanwhile."""
        if self.since is None:
            self.since = since

    def end(self, until: float) -> None:
        """Warn the caller of a missing part that ends here, if there is one."""
        if self.since is None:
            return
        since, self.since = datetime.fromtimestamp(self.since, self.zone), None
        older = f" {self.rule.older} has those days." if self.rule.older else ""
        warn_caller(
            MissingHistoryWarning(
                f"The service keeps intervals for {self.rule.kept}: {since.isoformat()} to "
                f"{datetime.fromtimestamp(until, self.zone).isoformat()} is missing.{older}"
            )
        )
