"""`enlighten doctor`: checks everything that can be wrong, and says what to do about it."""

from __future__ import annotations

import time
from datetime import UTC
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ...errors import AuthenticationError, EnlightenError
from ...timing.instants import NO_TIMEZONES, absence_of, has_timezones
from ...v2.definition import PLANS
from ..exits import Code, CommandError, code_of, told
from ..messages import masked
from ..output.destination import Destination
from ..report import DAY, texts
from ..run.writing import RowWriter
from ..session import HOW_TO_LOG_IN, Access, Session, connected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from enlighten_v2.models import System
    from enphase_enlighten import Usage

    from ...config.sources import Found
    from ..options import ConnectionOptions

COLUMNS = texts("check", "state", "finding", "what_to_do")

CLOCK_TOLERANCE = 30.0
"""Seconds by which a clock may be off before it matters to people: a range until now would end too early or late."""

_OK, _WARNING, _FAILED = "ok", "warning", "failed"


class Finding(NamedTuple):
    """The result of a check: the columns of its row, and the exit code that it leads to."""

    check: str
    state: str
    text: str
    what_to_do: str = ""
    code: int = Code.OK


def run(options: Any) -> int:
    """Check everything, and return the exit code: that of the first thing that failed."""
    code: int = Code.OK
    with RowWriter(Destination(options), COLUMNS, UTC) as writer:
        for finding in chain(_findings(options), [_timezones()]):
            writer.write(finding[:4])
            code = code or finding.code
    return code


def _findings(options: ConnectionOptions) -> Iterator[Finding]:
    try:
        access = Access.find(options)
    except CommandError as error:
        yield Finding("credentials", _FAILED, masked(str(error)), "Fix the configuration file", error.code)
        return
    for name, found in (("api_key", access.api_key), ("user_id", access.user_id)):
        if found.value:
            yield Finding(name, _OK, f"found in {found.place}")
        else:
            yield Finding(
                name, _FAILED, "not found", f"{HOW_TO_LOG_IN[0].upper()}{HOW_TO_LOG_IN[1:]}", Code.CREDENTIALS
            )
    if not access.api_key.value or not access.user_id.value:
        return
    try:
        with connected(options, access=access) as session:
            yield from _service(session, access)
    except (EnlightenError, CommandError) as error:
        # The client itself cannot be made from what was found.
        yield Finding("settings", _FAILED, masked(str(error)), "Fix what the message names", code_of(error))


def _service(session: Session, access: Access) -> Iterator[Finding]:
    service = f"{access.base_url.value} ({access.base_url.place})"
    begin = time.monotonic()
    error: EnlightenError | None = None
    system: System | None = None
    try:
        system = next(iter(session.client.systems(page_size=1)), None)
    except EnlightenError as caught:
        error = caught
    seconds = time.monotonic() - begin
    if session.responses:
        yield Finding("service", _OK, f"{service} responds in {seconds * 1000:.0f} ms")
        yield _access(error)
        yield from _timezone(system)
        yield _clock(session.client.clock_offset)
    elif error is not None:
        advice = "Check the network, a proxy, and the base URL"
        yield Finding("service", _FAILED, f"{service}: {masked(told(error))}", advice, code_of(error))
    yield _plan(session.client.usage, access.plan)
    yield _quota(session.client.usage, session.not_shared)


def _timezones() -> Finding:
    if has_timezones():
        return Finding("timezones", _OK, "this machine has a timezone database")
    problem, _, remedy = NO_TIMEZONES.partition(": ")
    return Finding("timezones", _FAILED, problem, f"Install one: {remedy}", Code.USAGE)


def _timezone(system: System | None) -> Iterator[Finding]:
    """Tell of a timezone that the service gives and this machine does not have, though it has others."""
    if system is not None and absence_of(system.timezone) not in {None, NO_TIMEZONES}:
        text = (
            f"system {system.system_id} is in {system.timezone}, which this machine's timezone database does not have"
        )
        yield Finding(
            "timezone", _FAILED, masked(text), "Install a newer one: pip install --upgrade tzdata", Code.USAGE
        )


def _access(error: EnlightenError | None) -> Finding:
    if error is None:
        return Finding("access", _OK, "the service accepts key and user id")
    advice = "Log in again: enlighten login" if isinstance(error, AuthenticationError) else "Try again later"
    return Finding("access", _FAILED, masked(told(error)), advice, code_of(error))


def _clock(offset: float | None) -> Finding:
    if offset is None:
        return Finding("clock", _WARNING, "the service does not tell its time")
    if abs(offset) <= 1:
        return Finding("clock", _OK, "this machine's clock and the service's agree to a second")
    amount = f"{abs(offset):.0f} s" if abs(offset) < DAY else f"{abs(offset) / DAY:,.0f} days"
    text = f"this machine's clock is {amount} {'ahead of' if offset < 0 else 'behind'} the service's"
    if abs(offset) <= CLOCK_TOLERANCE:
        return Finding("clock", _OK, text)
    return Finding("clock", _WARNING, text, "Set it: turn on time synchronisation (NTP)")


def _plan(usage: Usage, plan: Found) -> Finding:
    periods = ((usage.per_minute, "minute"), (usage.per_month, "month"))
    limits = " and ".join(f"{limit:,} a {period}" for limit, period in periods if limit)
    if not limits:
        advice = f"Name it: --plan {'|'.join(PLANS)}, or plan = in the profile"
        return Finding("plan", _WARNING, "not known: it is learned when a limit is reached", advice)
    return Finding("plan", _OK, f"{limits}, {f'from {plan.place}' if plan.value else 'learned from the service'}")


def _quota(usage: Usage, not_shared: str) -> Finding:
    if not_shared:
        return Finding("quota", _WARNING, "not counted together with other runs", not_shared)
    spent = f"{usage.month:,} requests spent this month by this machine"
    if usage.per_month is None:
        return Finding("quota", _OK, spent)
    left = max(0, usage.per_month - usage.month)
    if not left:
        advice = "Wait for the next month (UTC), or take a larger plan"
        return Finding("quota", _FAILED, f"{spent}, none left", advice, Code.QUOTA)
    state, advice = (_OK, "") if left > usage.per_month * 0.1 else (_WARNING, "Spend fewer, or take a larger plan")
    return Finding("quota", state, f"{spent}, {left:,} left", advice)
