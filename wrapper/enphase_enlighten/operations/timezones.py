"""Learning the timezone of a system: from the call, from what was listed before, or by one request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..engine.steps import Batch, Outcome, build, settled
from ..errors import TimezoneUnknownError
from .arguments import learn_timezone
from .listing import read_page

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from datetime import tzinfo

    from ..engine.context import Context


def timezone_of(
    context: Context, system_id: int, given: tzinfo | None = None
) -> Generator[Batch, Sequence[Outcome], tzinfo]:
    """Return the timezone of a system; costs one request, once for each system that was never listed.

    Raises:
        TimezoneUnknownError: The system is not listed, or with a timezone that does not exist.
    """
    if given is not None:
        return given
    if system_id not in context.timezones:
        yield from _look_up(context, system_id)
    zone = context.timezones.get(system_id)
    if zone is None:
        raise TimezoneUnknownError(
            f"The timezone of system {system_id} is unknown: these credentials do not list the system, or list it "
            f"without a timezone that exists. {TimezoneUnknownError.advice}"
        )
    return zone


def _look_up(context: Context, system_id: int) -> Generator[Batch, Sequence[Outcome], None]:
    request = build("Systems", system_id=[system_id], limit=1)
    outcomes = yield Batch([request], needless=lambda: system_id in context.timezones)
    for outcome in outcomes:
        for system in read_page(settled(outcome), context).systems:
            learn_timezone(context, system)
