"""The responses of a target are valid by the effective specification; it is only read, and within a budget."""

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

from .oracle.violations import violations
from .recording.exchanges import RecordingTransport
from .recording.target import (
    FOR_A_SYSTEM,
    FOR_LISTING,
    RESERVE,
    BudgetSpentError,
    BudgetTransport,
    announcement,
    simulated_target,
    systems_within,
    target,
)
from .reporting.plugin import UNFINISHED_PROPERTY
from .reporting.tally import NotFinishedError, Tally
from .settings import HITS
from .specification.responses import documented_responses, is_valid
from .v2 import fleet
from .v2.operations import CONFLICT, DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .recording.target import Target

UNKNOWN = 1
"""The id of a system that nobody's fleet has."""

DOCUMENTED = {(response.operation_id, response.status): response for response in documented_responses()}


def test_the_responses_of_a_target_are_valid_by_the_specification(
    tally: Tally, record_property: Callable[[str, object], None]
) -> None:
    reason = None
    try:
        check_target(target(), systems_within(HITS), tally)
    except NotFinishedError as error:
        reason = str(error)
    if reason is not None:
        record_property(UNFINISHED_PROPERTY, reason)
        pytest.fail(f"not finished: {reason}", pytrace=False)


def check_target(service: Target, count: int, tally: Tally) -> None:
    """Read the list of systems and so many of them.

    Raises:
        NotFinishedError: There are no requests left, of the run or of the quota.
    """
    with service.client:
        systems, why = None, "are these the right credentials?"
        try:
            systems = checked(service, "Systems", lambda: first(service, count), tally)
        except EnlightenError as error:
            why = str(error)
        if systems is None:
            statuses = [exchange.status for exchange in service.recording.exchanges]
            pytest.fail(f"{service.name} does not list its systems (status {statuses}): {why}", pytrace=False)
        with (
            tally.case("Envoys", "live", f"unknown system {UNKNOWN}", f"/systems/{UNKNOWN}/envoys"),
            unless_spent(service),
            pytest.raises((NotFoundError, AuthenticationError)),
        ):
            service.client.envoys(UNKNOWN)
        for system in systems:
            check_system(service, system, tally)
    assert not service.budget.exceeded


def first(service: Target, count: int) -> list[Any]:
    # One page, and no more: a fleet may have a hundred of them. (`zip` takes one more item of its first argument.)
    listing = service.client.systems(page_size=max(1, count))
    return [system for _, system in zip(range(count), listing, strict=False)]


def check_system(service: Target, system: Any, tally: Tally) -> None:
    client, number = service.client, system.system_id
    yesterday = datetime.fromtimestamp(service.now() - DAY, UTC)
    hours: dict[str, Any] = {"start_at": yesterday - timedelta(hours=20), "end_at": yesterday}
    summary = checked(service, "Summary", lambda: client.summary(system), tally)
    assert summary is None or summary.system_id == number
    envoys = checked(service, "Envoys", lambda: client.envoys(system), tally)
    if envoys is not None and envoys.envoys:
        serial = envoys.envoys[0].serial_number
        assert checked(service, "SearchSystemId", lambda: client.search_system_id(serial), tally) == number
    checked(service, "Inventory", lambda: client.inventory(system), tally)
    checked(service, "InvertersSummaryByEnvoyOrSite", lambda: client.inverters_summary_by_envoy_or_site(system), tally)
    checked(service, "ProductionMeterReadings", lambda: client.production_meter_readings(system), tally)
    month = yesterday.date() - relativedelta(months=3)
    checked(service, "MonthlyProduction", lambda: client.monthly_production(system, month), tally)
    checked(service, "EnergyLifetime", lambda: client.energy_lifetime(system), tally)
    checked(service, "ConsumptionLifetime", lambda: client.consumption_lifetime(system), tally)
    checked(service, "Stats", lambda: list(client.stats(system, **hours)), tally)
    checked(service, "RgmStats", lambda: list(client.rgm_stats(system, **hours)), tally)
    checked(service, "ConsumptionStats", lambda: list(client.consumption_stats(system, **hours)), tally)


@contextmanager
def unless_spent(service: Target) -> Iterator[None]:
    """Let spent requests end a test unfinished, which is no failure."""
    try:
        yield
    except UsageLimitExceededError as error:
        raise NotFinishedError(str(error)) from None
    except ConnectionFailedError as error:
        if not service.budget.exceeded:
            raise
        raise NotFinishedError(str(error)) from None


def checked(service: Target, operation_id: str, call: Callable[[], Any], tally: Tally) -> Any:
    """Call, and check requests and responses; return None where the response is an error that is documented."""
    begun = len(service.recording.exchanges)
    result, failure = None, None
    with tally.case(operation_id, "live", f"{operation_id} of {service.name}"), unless_spent(service):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            try:
                result = call()
            except APIStatusError as error:
                # It is a response too; whether it is a documented one is checked below.
                failure = error
        for exchange in service.recording.exchanges[begun:]:
            assert violations(exchange, "published") == []
            documented = DOCUMENTED.get((operation_id, exchange.status or 0))
            assert documented is not None, f"{operation_id} does not document {exchange.status}"
            valid = documented.schema is None or is_valid(documented, json.loads(exchange.body))
            assert valid, "the body is not as specified"
        if isinstance(failure, UsageLimitExceededError):
            raise failure
    return result


def test_a_quota_that_others_use_as_well_is_no_disagreement() -> None:
    api = fleet.simulated(plan="watt")
    api.faults.add(Fault(kind="conflict", after=3, count=RESERVE))
    least = FOR_LISTING + FOR_A_SYSTEM + RESERVE
    service = simulated_target(api, least)
    check_target(service, systems_within(least), Tally())
    assert [exchange.status for exchange in service.recording.exchanges].count(CONFLICT) == RESERVE


@pytest.mark.parametrize(
    ("hits", "fault", "reason"),
    [
        (1, None, "set HITS= for more"),
        (5, None, "set HITS= for more"),
        (40, Fault(kind="conflict", period="month"), "The month ends at"),
    ],
    ids=["at the unknown system", "at a system", "the month is spent"],
)
def test_a_run_without_requests_left_is_unfinished_and_no_failure(hits: int, fault: Fault | None, reason: str) -> None:
    api, counted = fleet.simulated(plan="watt"), Tally()
    if fault is not None:
        api.faults.add(fault)
    with pytest.raises(NotFinishedError, match=reason):
        check_target(simulated_target(api, hits), 3, counted)
    assert [record for record in counted.records() if record["failure"]] == []


def test_a_run_ends_with_its_hits() -> None:
    transport = RecordingTransport(BudgetTransport(httpx.MockTransport(lambda _request: httpx.Response(200)), 2))
    with httpx.Client(transport=transport) as client:
        client.get("https://simulated.invalid/api/v2/systems")
        client.get("https://simulated.invalid/api/v2/systems")
        with pytest.raises(BudgetSpentError):
            client.get("https://simulated.invalid/api/v2/systems")


def test_a_run_says_beforehand_what_it_will_spend() -> None:
    assert "at most 40 requests, 10 a minute, so about 4 minutes: 38 on 3 systems" in announcement(40, 10)
    assert "at most 20 requests, 100 a minute, so about 1 minute: 14 on 1 system" in announcement(20, 100)
    assert "at most 16 requests, unpaced: 14 on 1 system" in announcement(16, None)
    with pytest.raises(ConfigurationError):
        announcement(15, 10)
