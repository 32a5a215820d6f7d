"""What a target answers to the wrapper is what the effective specification says; only read, and within a budget."""

from __future__ import annotations

import json
import warnings
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from dateutil.relativedelta import relativedelta

from enphase_enlighten import APIStatusError, AuthenticationError, ConfigurationError, EnlightenError, NotFoundError

from .bodies import Answer, answers, is_valid
from .live import Capped, SpentError, announcement, systems_within, target
from .profile import BASE_URL, HITS
from .wire import Answering, Catcher, faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from .live import Target
    from .tally import Tally

UNKNOWN = 1
"""The id of a system that nobody's fleet has."""

DESCRIBED: dict[tuple[str, int], Answer] = {(answer.operation_id, answer.status): answer for answer in answers()}


def test_what_a_target_answers_is_what_the_specification_says(tally: Tally) -> None:
    found = target()
    with found.client:
        systems, why = None, "are these the right credentials?"
        try:
            systems = held(found, "Systems", lambda: first(found, systems_within(HITS)), tally)
        except EnlightenError as error:
            why = str(error)
        if systems is None:
            statuses = [exchange.status for exchange in found.wire.exchanges]
            pytest.fail(f"{found.name} does not list its systems (answered {statuses}): {why}", pytrace=False)
        with (
            tally.case("Envoys", "live", f"unknown system {UNKNOWN}", f"/systems/{UNKNOWN}/envoys"),
            pytest.raises((NotFoundError, AuthenticationError)),
        ):
            found.client.envoys(UNKNOWN)
        for system in systems:
            hold_system(found, system, tally)
    assert len(found.wire.exchanges) <= HITS


def first(found: Target, count: int) -> list[Any]:
    # One page, and no more: a fleet may have a hundred of them. (`zip` asks the first for one more than it gives.)
    listing = found.client.systems(page_size=max(1, count))
    return [system for _, system in zip(range(count), listing, strict=False)]


def hold_system(found: Target, system: Any, tally: Tally) -> None:
    client, number = found.client, system.system_id
    yesterday = datetime.now(UTC) if BASE_URL else datetime.fromtimestamp(now_of(found), UTC)
    yesterday -= timedelta(days=1)
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


def now_of(found: Target) -> float:
    now: float = found.client._driver.context.clock.now()
    return now


def held(found: Target, operation_id: str, call: Callable[[], Any], tally: Tally) -> Any:
    """Call, and hold requests and answers against the specification; None where the answer is an error of it."""
    begun = len(found.wire.exchanges)
    result = None
    with tally.case(operation_id, "live", f"{operation_id} of {found.name}"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            # An error is an answer too; whether it is a documented one is held below.
            with suppress(APIStatusError):
                result = call()
        for exchange in found.wire.exchanges[begun:]:
            assert faults(exchange, "published") == []
            answer = DESCRIBED.get((operation_id, exchange.status or 0))
            assert answer is not None, f"{operation_id} does not document {exchange.status}"
            assert answer.schema is None or is_valid(answer, json.loads(exchange.body)), "the body is not as specified"
    return result


def test_a_run_ends_with_its_hits() -> None:
    sent = Catcher(Capped(Answering(lambda _request: httpx.Response(200)), 2))
    with httpx.Client(transport=sent) as client:
        client.get("https://simulated.invalid/api/v2/systems")
        client.get("https://simulated.invalid/api/v2/systems")
        with pytest.raises(SpentError):
            client.get("https://simulated.invalid/api/v2/systems")


def test_what_a_run_will_spend_is_said_beforehand() -> None:
    assert "at most 38 requests on 3 systems, 10 a minute, so about 4 minutes" in announcement(40, "watt")
    assert "at most 14 requests on 1 system, 100 a minute, so about 1 minute." in announcement(20, "megawatt")
    for hits, plan in ((13, "watt"), (14, "what")):
        with pytest.raises(ConfigurationError):
            announcement(hits, plan)
