"""The operations and errors that a fault can be about. Each service adds its own here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enlighten_mock.v2 import operations
from enlighten_mock.v2.failures import FAILURES

if TYPE_CHECKING:
    from collections.abc import Mapping

OPERATIONS = tuple(operations.OPERATIONS)
"""The ids of all operations."""

WITHOUT_SYSTEM = operations.WITHOUT_SYSTEM
"""Those whose requests are about no single system."""

PAGED = operations.PAGED
"""Those that have a cursor."""

SHAPES: Mapping[str, tuple[str, ...]] = {
    kind: tuple(shape for named, shape in FAILURES if named == kind) for kind, _ in FAILURES
}
"""The bodies of each kind that brings an error."""
