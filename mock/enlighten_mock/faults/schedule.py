"""The requests that faults hit.

They depend on a fault's seed and on the order of the requests alone, so that a run with the same requests meets the
same faults.
"""

from __future__ import annotations

import dataclasses
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from enlighten_mock.world import draws

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enlighten_mock.faults.fault import Fault


@dataclass
class _Armed:
    """A fault with the requests that it has met."""

    fault: Fault
    key: int
    seen: int = 0
    hits: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A fault that hits a request.

    Attributes:
        fault: The fault.
        key: What the random draws of this hit start from.
    """

    fault: Fault
    key: int


@dataclass
class Faults:
    """The faults that are at work. Safe to use from several threads.

    Attributes:
        seed: What the draws start from.
    """

    seed: int = 0
    _armed: list[_Armed] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, *faults: Fault) -> None:
        """Let more faults happen, beside those at work."""
        with self._lock:
            for fault in faults:
                self._armed.append(_Armed(fault, draws.key(self.seed, "fault", len(self._armed))))

    def replace(self, faults: Iterable[Fault] = ()) -> None:
        """Let these faults happen and no others, and forget what has happened; without an argument, none."""
        with self._lock:
            self._armed.clear()
        self.add(*faults)

    def status(self) -> list[dict[str, Any]]:
        """Return each fault with the number of requests that it has hit."""
        with self._lock:
            return [{**dataclasses.asdict(armed.fault), "hits": armed.hits} for armed in self._armed]

    def draw(self, api: str, operation: str, system_id: int | None) -> list[Hit]:
        """Return the faults that hit a request to `operation` of an API about `system_id`."""
        hits = []
        with self._lock:
            for armed in self._armed:
                fault = armed.fault
                if not fault.is_about(api, operation) or fault.system_id not in (None, system_id):
                    continue
                number = armed.seen
                armed.seen += 1
                spent = fault.count is not None and armed.hits >= fault.count
                if number < fault.after or spent or not draws.chance(armed.key, number, fault.share):
                    continue
                armed.hits += 1
                hits.append(Hit(fault, draws.key(armed.key, "hit", number)))
        return hits
