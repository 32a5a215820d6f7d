"""The responses of API v2 about the consumption of a system that has no consumption meter.

The service does it in four ways, and nothing in a request says which. So it is a property of the system here: the
first systems of a default fleet have every way, and for the others it is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from enlighten_mock.v2.error_bodies import no_consumption
from enlighten_mock.world import draws
from enlighten_mock.world.fleet import FIRST_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enlighten_mock.world.system import System

Way = Literal["empty", "no_content", "unauthorized", "not_found"]
"""An empty list of intervals and no content instead of a daily series, 204, 401 or 404."""

_WAYS: tuple[Way, ...] = ("empty", "no_content", "unauthorized", "not_found")
_CHOSEN: Mapping[int, Way] = {
    FIRST_ID + 2: "empty",
    FIRST_ID + 3: "no_content",
    FIRST_ID + 4: "unauthorized",
    FIRST_ID + 8: "no_content",
    FIRST_ID + 9: "no_content",
    FIRST_ID + 11: "not_found",
}
_DRAW = 21  # of the system's key; the world takes others


def check_consumption(system: System) -> None:
    """Raise the error with which the service responds about a system without a consumption meter, if it does so.

    Raises:
        ServiceError: 401 or 404.
    """
    way = _way(system)
    if way in ("unauthorized", "not_found"):
        raise no_consumption(401 if way == "unauthorized" else 404)


def has_no_content(system: System) -> bool:
    """Return whether the service responds about the system's consumption with 204."""
    return _way(system) == "no_content"


def _way(system: System) -> Way | None:
    if system.consumption_meter is not None:
        return None
    return _CHOSEN.get(system.system_id) or draws.choose(system.key, _DRAW, _WAYS)
