"""The listing of systems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.async_series import AsyncListing
from .system_columns import system_layout

if TYPE_CHECKING:
    from enlighten_v2.models import System  # noqa: F401 - named in the base class, which is needed at run time

    from ..data.tables import Layout


class AsyncSystems(AsyncListing["System"]):
    """The systems of a fleet, listed lazily; each iteration lists them again.

    Example:
        >>> fleet = client.systems(page_size=4)
        >>> async for system in fleet:
        ...     cursor = fleet.cursor  # where to resume, should the listing break off
        >>> fleet.complete
        True
    """

    def _layout(self) -> Layout:
        return system_layout()
