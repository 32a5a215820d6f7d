"""Asking before a run that spends a lot of the month's quota."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ...v2.definition import PLANS
from ..exits import CommandError
from ..messages import say
from ..streams import typed_line

if TYPE_CHECKING:
    from enphase_enlighten import Usage

SHARE = 0.1
"""The share of the month's quota above which a run is asked about."""


def confirm(requests: int, usage: Usage, *, yes: bool) -> None:
    """Say what a run of so many requests spends if that is a lot, and ask whether to go on, unless `yes` agrees.

    Where no limit for the month is known, the smallest plan's is assumed.
    """
    limit = usage.per_month or PLANS["watt"].per_month or 0
    if requests <= limit * SHARE:
        return
    known = "" if usage.per_month else " (assuming the smallest plan, Watt; --plan names yours)"
    left = max(0, limit - usage.month)
    say(
        f"this run sends about {requests:,} requests, {requests / limit:.0%} of the month's {limit:,}{known}; "
        f"{left:,} are left."
    )
    if yes:
        return
    if not sys.stdin.isatty():
        raise CommandError("Not a terminal, pass --yes to go on, or ask for less.")
    sys.stderr.write("Go on? [y/N] ")
    sys.stderr.flush()
    if typed_line().lower() not in ("y", "yes"):
        raise CommandError("Not started.")
