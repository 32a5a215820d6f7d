"""What a target answers to the wrapper is what the effective specification says; only read, and within a budget."""

from __future__ import annotations

import json
import warnings
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from dateutil.relativedelta import relativedelta

from enlighten_mock import Fault
from enphase_enlighten import (
    APIStatusError,
    AuthenticationError,
    ConfigurationError,
    ConnectionFailedError,
    EnlightenError,
    NotFoundError,
    UsageLimitExceededError,
)

from . import fleet
from .bodies import Answer, answers, is_valid
from .collecting import UNFINISHED
from .live import (
    FOR_REFUSALS,
    OF_A_SYSTEM,
    OF_THE_LIST,
    Capped,
    SpentError,
    announcement,
    simulated_target,
    systems_within,
    target,
)
from .profile import HITS
from .tally import NotFinishedError, Tally
from .wire import Answering, Catcher, faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .live import Target

UNKNOWN = 1
"""The id of a system that nobody's fleet has."""

DESCRIBED: dict[tuple[str, int], Answer] = {(answer.operation_id, answer.status): answer for answer in answers()}


def test_what_a_target_answers_is_what_the_specification_says(
    tally: Tally, record_property: Callable[[str, object], None]
) -> None:
    reason = None
    try:
        hold_target(target(), systems_within(HITS), tally)
    except NotFinishedError as error:
        reason = str(error)
    if reason is not None:
        record_property(UNFINISHED, reason)
        pytest.fail(f"not finished: {reason}", pytrace=False)


def hold_target(found: Target, count: int, tally: Tally) -> None:
    """Look at the list of systems and at so many of them.

    Raises:
        NotFinishedError: There are no requests left, of the run or of the quota.
    """
    with found.client:
        systems, why = None, "are these the right credentials?"
        try:
            systems = held(found, "Systems", lambda: first(found, count), tally)
        except EnlightenError as error:
            why = str(error)
        if systems is None:
            statuses = [exchange.status for exchange in found.wire.exchanges]
            pytest.fail(f"{found.name} does not list its systems (answered {statuses}): {why}", pytrace=False)
        with (
            tally.case("Envoys", "live", f"unknown system {UNKNOWN}", f"/systems/{UNKNOWN}/envoys"),
            while_some_are_left(found),
            pytest.raises((NotFoundError, AuthenticationError)),
        ):
            found.client.envoys(UNKNOWN)
        for system in systems:
            hold_system(found, system, tally)
    assert not found.budget.exceeded


def first(found: Target, count: int) -> list[Any]:
    # One page, and no more: a fleet may have a hundred of them. (`zip` asks the first for one more than it gives.)
    listing = found.client.systems(page_size=max(1, count))
    return [system for _, system in zip(range(count), listing, strict=False)]


def hold_system(found: Target, system: Any, tally: Tally) -> None:
    client, number = found.client, system.system_id
    yesterday = datetime.fromtimestamp(now_of(found), UTC) - timedelta(days=1)
    hours: dict[str, Any] = {"start_at": yesterday - timedelta(hours=20), "end_at": yesterday}
    summary = held(found, "Summary", lambda: client.summary(system), tally)
    assert summary is None or summary.system_id == number
    envoys = held(found, "Envoys", lambda: client.envoys(system), tally)
    if envoys is not None and envoys.envoys:
        serial = envoys.envoys[0].serial_number
        assert held(found, "SearchSystemId", lambda: client.search_system_id(serial), tally) == number
    held(found, "Inventory", lambda: client.inventory(system), tally)
    held(found, "InvertersSummaryByEnvoyOrSite", lambda: client.inverters_summary_by_envoy_or_site(system), tally)
    held(found, "ProductionMeterReadings", lambda: client.production_meter_readings(system), tally)
    month = yesterday.date() - relativedelta(months=3)
    held(found, "MonthlyProduction", lambda: client.monthly_production(system, month), tally)
    held(found, "EnergyLifetime", lambda: client.energy_lifetime(system), tally)
    held(found, "ConsumptionLifetime", lambda: client.consumption_lifetime(system), tally)
    held(found, "Stats", lambda: list(client.stats(system, **hours)), tally)
    held(found, "RgmStats", lambda: list(client.rgm_stats(system, **hours)), tally)
    held(found, "ConsumptionStats", lambda: list(client.consumption_stats(system, **hours)), tally)


@contextmanager
def while_some_are_left(found: Target) -> Iterator[None]:
    """Tell that requests are spent from what is wrong with an answer."""
    try:
        yield
    except UsageLimitExceededError as error:
        raise NotFinishedError(str(error)) from None
    except ConnectionFailedError as error:
        if not found.budget.exceeded:
            raise
        raise NotFinishedError(str(error)) from None


def now_of(found: Target) -> float:
    now: float = found.client._driver.context.clock.now()
    return now


def held(found: Target, operation_id: str, call: Callable[[], Any], tally: Tally) -> Any:
    """Call, and hold requests and answers against the specification; None where the answer is an error of it."""
    begun = len(found.wire.exchanges)
    result, failure = None, None
    with tally.case(operation_id, "live", f"{operation_id} of {found.name}"), while_some_are_left(found):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            try:
                result = call()
            except APIStatusError as error:
                # It is an answer too; whether it is a documented one is held below.
                failure = error
        for exchange in found.wire.exchanges[begun:]:
            assert faults(exchange, "published") == []
            answer = DESCRIBED.get((operation_id, exchange.status or 0))
            assert answer is not None, f"{operation_id} does not document {exchange.status}"
            assert answer.schema is None or is_valid(answer, json.loads(exchange.body)), "the body is not as specified"
        if isinstance(failure, UsageLimitExceededError):
            raise failure
    return result


def test_a_quota_that_others_spend_of_too_is_no_disagreement() -> None:
    api = fleet.simulated(plan="watt")
    api.faults.add(Fault(kind="conflict", after=3, count=FOR_REFUSALS))
    least = OF_THE_LIST + OF_A_SYSTEM + FOR_REFUSALS
    found = simulated_target(api, least)
    hold_target(found, systems_within(least), Tally())
    assert [exchange.status for exchange in found.wire.exchanges].count(409) == FOR_REFUSALS


@pytest.mark.parametrize(
    ("hits", "fault", "reason"),
    [
        (1, None, "set HITS= for more"),
        (5, None, "set HITS= for more"),
        (40, Fault(kind="conflict", period="month"), "The month ends at"),
    ],
    ids=["at the unknown system", "at a system", "the month is spent"],
)
def test_a_run_without_requests_left_is_not_finished_and_nothing_else(
    hits: int, fault: Fault | None, reason: str
) -> None:
    api, counted = fleet.simulated(plan="watt"), Tally()
    if fault is not None:
        api.faults.add(fault)
    with pytest.raises(NotFinishedError, match=reason):
        hold_target(simulated_target(api, hits), 3, counted)
    assert [record for record in counted.records() if record["failure"]] == []


def test_a_run_ends_with_its_hits() -> None:
    sent = Catcher(Capped(Answering(lambda _request: httpx.Response(200)), 2))
    with httpx.Client(transport=sent) as client:
        client.get("https://simulated.invalid/api/v2/systems")
        client.get("https://simulated.invalid/api/v2/systems")
        with pytest.raises(SpentError):
            client.get("https://simulated.invalid/api/v2/systems")


def test_what_a_run_will_spend_is_said_beforehand() -> None:
    assert "at most 40 requests, 10 a minute, so about 4 minutes: 38 on 3 systems" in announcement(40, "watt")
    assert "at most 20 requests, 100 a minute, so about 1 minute: 14 on 1 system" in announcement(20, "megawatt")
    for hits, plan in ((15, "watt"), (16, "what")):
        with pytest.raises(ConfigurationError):
            announcement(hits, plan)
