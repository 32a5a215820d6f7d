"""`enlighten doctor`: checks everything that can be wrong, and says what to do about it."""

from __future__ import annotations

import time
from datetime import UTC
from typing import TYPE_CHECKING

from ...errors import AuthenticationError, EnlightenError
from ...v2.definition import PLANS
from ..exits import Code, CommandError, code_of, told
from ..messages import masked
from ..output.destination import Destination
from ..report import texts
from ..run.writing import RowWriter
from ..session import HOW_TO_LOG_IN, Access, Session, connected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ..options import ConnectionOptions

COLUMNS = texts("check", "state", "finding", "what_to_do")

CLOCK_TOLERANCE = 30.0
"""Seconds by which a clock may be off before it matters to people: a range until now would end too early or late."""

Finding = tuple[str, str, str, str]

_OK, _WARNING, _FAILED = "ok", "warning", "failed"


def run(options: Any) -> int:
    """Check everything, and return the exit code: that of the first thing that failed."""
    writer = RowWriter(Destination(options), COLUMNS, UTC)
    code: int = Code.OK
    for finding, found_code in _findings(options):
        writer.write(finding)
        code = code or found_code
    writer.finish(even_empty=True)
    return code


def _findings(options: ConnectionOptions) -> Iterator[tuple[Finding, int]]:
    try:
        access = Access.find(options)
    except CommandError as error:
        yield ("credentials", _FAILED, masked(str(error)), "Fix the configuration file"), error.code
        return
    yield from _credentials(access)
    if not access.api_key.value or not access.user_id.value:
        return
    try:
        with connected(options, access=access) as session:
            yield from _service(session, access)
    except (EnlightenError, CommandError) as error:
        # The client itself cannot be made from what was found.
        yield ("settings", _FAILED, masked(str(error)), "Fix what the message names"), code_of(error)


def _credentials(access: Access) -> Iterator[tuple[Finding, int]]:
    for name, found in (("api_key", access.api_key), ("user_id", access.user_id)):
        if found.value:
            yield (name, _OK, f"found in {found.place}", ""), Code.OK
        else:
            yield (name, _FAILED, "not found", f"{HOW_TO_LOG_IN[0].upper()}{HOW_TO_LOG_IN[1:]}"), Code.CREDENTIALS


def _service(session: Session, access: Access) -> Iterator[tuple[Finding, int]]:
    service = f"{access.base_url.value} ({access.base_url.place})"
    begin = time.monotonic()
    error: EnlightenError | None = None
    try:
        next(iter(session.client.systems(page_size=1)), None)
    except EnlightenError as caught:
        error = caught
    seconds = time.monotonic() - begin
    if session.responses:
        finding = f"{service} responds in {seconds * 1000:.0f} ms"
        yield ("service", _OK, finding, ""), Code.OK
    elif error is not None:
        finding = f"{service}: {masked(told(error))}"
        advice = "Check the network, a proxy, and the base URL"
        yield ("service", _FAILED, finding, advice), code_of(error)
    if session.responses:
        yield _access(error)
        yield _clock(session)
    yield _plan(session, access)
    yield _quota(session)


def _access(error: EnlightenError | None) -> tuple[Finding, int]:
    if error is None:
        return ("access", _OK, "the service accepts key and user id", ""), Code.OK
    advice = "Log in again: enlighten login" if isinstance(error, AuthenticationError) else "Try again later"
    return ("access", _FAILED, masked(told(error)), advice), code_of(error)


def _clock(session: Session) -> tuple[Finding, int]:
    if session.client.clock_offset is None:
        return ("clock", _WARNING, "the service does not tell its time", ""), Code.OK
    ahead = -session.client.clock_offset
    amount = f"{abs(ahead):.0f} s" if abs(ahead) < 86_400 else f"{abs(ahead) / 86_400:,.0f} days"
    told = f"this machine's clock is {amount} {'ahead of' if ahead > 0 else 'behind'} the service's"
    if abs(ahead) <= 1:
        told = "this machine's clock and the service's agree to a second"
    if abs(ahead) <= CLOCK_TOLERANCE:
        return ("clock", _OK, told, ""), Code.OK
    return ("clock", _WARNING, told, "Set it: turn on time synchronisation (NTP)"), Code.OK


def _plan(session: Session, access: Access) -> tuple[Finding, int]:
    usage = session.client.usage
    limits = [
        f"{limit:,} a {period}" for limit, period in ((usage.per_minute, "minute"), (usage.per_month, "month")) if limit
    ]
    if not limits:
        advice = f"Name it: --plan {'|'.join(PLANS)}, or plan = in the profile"
        return ("plan", _WARNING, "not known: it is learned when a limit is reached", advice), Code.OK
    given = f"from {access.plan.place}" if access.plan.value else "learned from the service"
    return ("plan", _OK, f"{' and '.join(limits)}, {given}", ""), Code.OK


def _quota(session: Session) -> tuple[Finding, int]:
    usage = session.client.usage
    spent = f"{usage.month:,} requests spent this month by this machine"
    if usage.per_month is None:
        return ("quota", _OK, spent, ""), Code.OK
    left = max(0, usage.per_month - usage.month)
    if not left:
        return (
            "quota",
            _FAILED,
            f"{spent}, none left",
            "Wait for the next month (UTC), or take a larger plan",
        ), Code.QUOTA
    state, advice = (_OK, "") if left > usage.per_month * 0.1 else (_WARNING, "Spend fewer, or take a larger plan")
    return ("quota", state, f"{spent}, {left:,} left", advice), Code.OK
