"""The settings of systems that requests have changed. Safe to use from several threads."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Settings:
    """What requests have changed: per system and topic, the values that differ from those of the world."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._changed: dict[tuple[int, str], dict[str, Any]] = {}

    def of(self, system_id: int, topic: str) -> dict[str, Any]:
        """Return what was changed."""
        with self._lock:
            return dict(self._changed.get((system_id, topic), {}))

    def change(self, system_id: int, topic: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Change values, and return all that were changed by now."""
        with self._lock:
            changed = self._changed.setdefault((system_id, topic), {})
            changed.update(values)
            return dict(changed)

    def reset(self) -> None:
        """Forget all changes."""
        with self._lock:
            self._changed.clear()
