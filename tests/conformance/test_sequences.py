"""Wrapper and simulated API, driven together: whatever happens, the wrapper's results are the simulation's data."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from enlighten_mock import Fault, SettableClock
from enphase_enlighten import (
    ConnectionFailedError,
    Enlighten,
    EnlightenError,
    Quota,
    RequestTimeoutError,
    ServerError,
    UsageLimitExceededError,
    UsagePlan,
)
from tests.support.specification import operations
from tests.support.v2_calls import NOW

from .oracle.results import days_of, expected_days, intervals_of
from .oracle.simulation import SimulatedData
from .recording.caller import Caller, Outcome
from .reporting.tally import Tally
from .settings import EXAMPLES, effort
from .v2 import fleet
from .v2.limits import edge_of_history, on_the_grid
from .v2.operations import CONFLICT, DAY, FEW_WINDOWS, INTERVALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enlighten_mock import SimulatedAPI

METERED = (66, 71, 73)
"""Systems that measure production and consumption, each in another part of the world."""
HISTORY = 364
"""Days."""
ENOUGH = 200
"""Sequences in which everything should have happened."""
PER_MINUTE = 20
PER_MONTH = (10_000, 30)
"""More requests than a sequence takes, and fewer."""
FAULTS = ("server_error", "unavailable", "bad_gateway", "cut", "latency", "conflict")
TRANSIENT = (ServerError, ConnectionFailedError, RequestTimeoutError, UsageLimitExceededError)
STATE_LASTS = 300
"""Seconds in which the state of a system changes once at most."""


def without(names: Sequence[str], system: Mapping[str, Any]) -> dict[str, Any]:
    """Return a system without these properties."""
    return {name: value for name, value in system.items() if name not in names}


class WrapperAndSimulation(RuleBasedStateMachine):
    """One simulated service, and a wrapper that is used while faults occur and time passes."""

    tally = Tally()
    met: ClassVar[set[str]] = set()
    """The circumstances that have occurred in any sequence."""

    @initialize(paced=st.booleans(), later=st.integers(0, 400 * DAY), per_month=st.sampled_from(PER_MONTH))
    def begin(self, paced: bool, later: int, per_month: int) -> None:
        self.clock = SettableClock(NOW.timestamp() + later)
        self.api = fleet.simulated(clock=self.clock, plan=f"{PER_MINUTE}/{per_month}")
        self.data = SimulatedData(fleet.simulated(clock=self.clock))
        self.paced = paced
        plan = UsagePlan(per_minute=PER_MINUTE, per_month=per_month)
        self.options: dict[str, Any] = {
            "quota": Quota(plan) if paced else Quota(),
            "max_retries": 3,
            "max_wait": 600,
            "strict": True,
        }
        self.caller = Caller(self.api.transport(), self.api, concurrency=3, **self.options)

    def call(self, operation_id: str, arguments: dict[str, Any], *, sync: bool) -> Outcome:
        """Call the wrapper, and check that it fails only where there is a fault or the month is spent."""
        outcome = self.caller.call(operation_id, arguments, sync=sync)
        conflicts = [exchange for exchange in outcome.exchanges if exchange.status == CONFLICT]
        self.met.update(["a fault"] if self.faulty and outcome.error is None else [])
        if self.paced and not self.faulty:
            assert not conflicts, "a paced client exceeded its quota"
        if outcome.error is not None:
            spent = isinstance(outcome.error, UsageLimitExceededError) and outcome.error.period == "month"
            self.met.update(["a spent month"] if spent else [])
            assert spent or (self.faulty and isinstance(outcome.error, TRANSIENT)), repr(outcome.error)
        return outcome

    @property
    def faulty(self) -> bool:
        """Whether a fault is active."""
        return bool(self.api.faults.status())

    @rule(
        page=st.integers(3, 30), status=st.none() | st.sampled_from([["normal"], ["comm", "micro"]]), sync=st.booleans()
    )
    def list_all(self, page: int, status: list[str] | None, sync: bool) -> None:
        filters = {} if status is None else {"status": status}
        with self.tally.case("Systems", "sequences", f"page_size={page}, {filters}"):
            before, begun = self.data.systems(filters), self.clock.now()
            outcome = self.call("Systems", {**filters, "page_size": page}, sync=sync)
            if outcome.error is not None:
                return
            after = self.data.systems(filters)
            listed = [system.to_dict() for system in outcome.result]
            ids = [system["system_id"] for system in listed]
            assert ids == sorted(set(ids)), "not in order, or something twice"
            was, is_now = ({system["system_id"]: system for system in systems} for systems in (before, after))
            # A system's state may change between two pages: some systems are then in the earlier, some in the later
            # state, and in a long while there are others in between.
            assert was.keys() & is_now.keys() <= set(ids) <= was.keys() | is_now.keys(), "something lost, or made up"
            varying = () if self.clock.now() - begun < STATE_LASTS else ("status", "meta")
            for system in listed:
                known = [each[system["system_id"]] for each in (was, is_now) if system["system_id"] in each]
                assert without(varying, system) in [without(varying, each) for each in known]

    @rule(page=st.integers(2, 9), taken=st.integers(1, 20))
    def leave_a_listing_and_resume_it(self, page: int, taken: int) -> None:
        with self.tally.case("Systems", "sequences", f"page_size={page}, left after {taken}"):
            client = Enlighten(
                self.api.api_key,
                self.api.user_id,
                base_url=self.api.base_url,
                clock=self.clock,
                transport=self.api.transport(),
                **self.options,
            )
            failure: EnlightenError | None = None
            ids: list[int] = []
            with client:
                try:
                    listing = client.systems(page_size=page)
                    ids = [system.system_id for _, system in zip(range(taken), listing, strict=False)]
                    ids += [system.system_id for system in client.systems(page_size=page, cursor=listing.cursor)]
                except EnlightenError as error:
                    failure = error
            if failure is not None:
                assert self.faulty or isinstance(failure, UsageLimitExceededError), repr(failure)
                return
            # The page that was being read is repeated, no other is, and nothing is lost.
            assert set(ids) == set(self.api.fleet.ids)
            assert len(ids) - len(set(ids)) <= page

    @rule(
        operation_id=st.sampled_from(INTERVALS),
        system_id=st.one_of(fleet.metered_ids(), fleet.system_ids()),
        # The simplest choices have data too.
        ago=st.one_of(st.integers(DAY, HISTORY * DAY), st.integers(0, DAY)),
        length=st.integers(DAY // 2, max(FEW_WINDOWS.values()) * DAY),
        sync=st.booleans(),
    )
    def fetch_a_range(self, operation_id: str, system_id: int, ago: int, length: int, sync: bool) -> None:
        now = int(self.clock.now())
        start = now - ago
        end = min(now, start + min(length, FEW_WINDOWS[operation_id] * DAY))
        floor = on_the_grid(operations("effective")[operation_id], start)
        shown = f"{operation_id}({system_id}, {start}, {end})"
        with self.tally.case(operation_id, "sequences", shown):
            before = self.data.intervals(operation_id, system_id, floor, end)
            given = {"system_id": system_id, "start_at": start, "end_at": end}
            outcome = self.call(operation_id, given, sync=sync)
            if outcome.error is not None:
                return
            after = self.data.intervals(operation_id, system_id, floor, end)
            self.met.update([operation_id] if after else [])
            rows = intervals_of(outcome.result, timezone_of(self.api, system_id))
            ends = [row["end_at"] for row in rows]
            assert ends == sorted(set(ends)), "not in order, or something twice"
            assert set(before) <= set(ends) <= set(after), "something lost, or made up"
            assert rows == [after[end_at] for end_at in ends]
            assert not outcome.warned

    @rule(system_id=fleet.system_ids(), sync=st.booleans())
    def fetch_a_lifetime(self, system_id: int, sync: bool) -> None:
        path = f"/systems/{system_id}/energy_lifetime"
        with self.tally.case("EnergyLifetime", "sequences", f"system {system_id}", path):
            before = self.data.body(path, {"production": "all"})
            outcome = self.call("EnergyLifetime", {"system_id": system_id, "production": "all"}, sync=sync)
            if outcome.error is None:
                model = outcome.result.response
                body = None if model is None else model.to_dict()
                assert body in (before, self.data.body(path, {"production": "all"}))
                assert days_of(outcome.result) == (expected_days("EnergyLifetime", body, "all") if body else [])

    @rule(
        kind=st.sampled_from(FAULTS),
        count=st.integers(1, 4),
        seconds=st.sampled_from([1, 12, 45]),
        operation=st.sampled_from(["*", "Systems", "Stats"]),
    )
    def add_a_fault(self, kind: Any, count: int, seconds: int, operation: str) -> None:
        self.api.faults.add(
            Fault(kind=kind, operation=operation, count=count, seconds=seconds if kind == "latency" else 0)
        )

    @precondition(lambda self: self.faulty)
    @rule()
    def remove_all_faults(self) -> None:
        self.api.faults.replace()

    @rule(seconds=st.one_of(st.integers(1, 120), st.integers(3600, 40 * DAY)))
    def let_time_pass(self, seconds: int) -> None:
        self.clock.advance(seconds)


def test_the_results_of_the_wrapper_are_the_data_of_the_simulation(tally: Tally) -> None:
    class Counted(WrapperAndSimulation):
        met: ClassVar[set[str]] = set()

    Counted.tally = tally
    run_state_machine_as_test(Counted, settings=effort(1, stateful_step_count=15))
    # Few sequences may miss some of these.
    assert EXAMPLES < ENOUGH or Counted.met == {"a spent month", "a fault", *INTERVALS}


@pytest.mark.parametrize("operation_id", INTERVALS)
@pytest.mark.parametrize("system_id", [66, 68, 71, 73])
def test_a_long_range_with_every_edge_on_data_is_whole(operation_id: str, system_id: int, tally: Tally) -> None:
    """One range over several windows for systems with meters, so that each edge between windows has data beside it."""
    api = fleet.simulated()
    end = int(NOW.timestamp()) - 3 * DAY - 437
    start = end - FEW_WINDOWS[operation_id] * DAY
    with tally.case(operation_id, "sequences", f"{operation_id}({system_id}, {start}, {end})"):
        given = {"system_id": system_id, "start_at": start, "end_at": end}
        outcome = Caller(api.transport(), api, strict=True).call(operation_id, given)
        assert outcome.error is None
        floor = on_the_grid(operations("effective")[operation_id], start)
        expected = SimulatedData(api).intervals(operation_id, system_id, floor, end)
        assert [int(row.end_at.timestamp()) for row in outcome.result] == sorted(expected)


@pytest.mark.parametrize("operation_id", INTERVALS)
def test_a_range_that_begins_before_history_has_the_part_that_is_kept(operation_id: str, tally: Tally) -> None:
    api, operation, system_id = fleet.simulated(), operations("effective")[operation_id], METERED[0]
    oldest = int(edge_of_history(operation, api.clock.now(), timezone_of(api, system_id)))
    start, end = oldest - 2 * DAY, oldest + DAY
    path, data = operation.path.format(system_id=system_id), SimulatedData(api)
    with tally.case(operation_id, "sequences", f"{operation_id}({system_id}, {start}, {end})"):
        # The service has no interval of a range that begins before the edge, not even one after the edge.
        assert data.body(path, {"start_at": start, "end_at": end})["intervals"] == []
        given = {"system_id": system_id, "start_at": start, "end_at": end}
        outcome = Caller(api.transport(), api, strict=True).call(operation_id, given)
        assert outcome.error is None
        expected = data.intervals(operation_id, system_id, oldest, end)
        assert intervals_of(outcome.result, timezone_of(api, system_id)) == list(expected.values())
        assert expected
        assert outcome.warned


@pytest.mark.parametrize("system_id", METERED)
def test_the_energies_of_different_operations_for_the_same_days_agree(system_id: int, tally: Tally) -> None:
    """The schemas cannot say that the units of different operations are the same."""
    api = fleet.simulated()
    zone = ZoneInfo(timezone_of(api, system_id))
    today = datetime.fromtimestamp(api.clock.now(), zone).date()
    caller = Caller(api.transport(), api, strict=True)

    def result(operation_id: str, **arguments: Any) -> Any:
        outcome = caller.call(operation_id, {"system_id": system_id, **arguments})
        assert outcome.error is None
        return outcome.result

    whole = {"end_date": today}
    produced = {day.date: day for day in result("EnergyLifetime", production="all", **whole)}
    consumed = {day.date: day.consumption for day in result("ConsumptionLifetime", **whole)}
    # The first has 23 hours in Los Angeles.
    for day in (date(2024, 3, 10), today - timedelta(days=1), today):
        midnight = datetime.combine(day + timedelta(days=1), time(), zone)
        span = {"start_at": day, "end_at": min(midnight, datetime.fromtimestamp(api.clock.now(), zone))}
        with tally.case("Summary", "sequences", f"system {system_id} on {day}"):
            summary = result("Summary", summary_date=day)
            assert summary.energy_today == produced[day].production
            assert summary.energy_lifetime == sum(each.production for each in produced.values() if each.date < day)
        sums = {
            "Stats": ("enwh", produced[day].micro_production),
            "RgmStats": ("wh_del", produced[day].meter_production),
            "ConsumptionStats": ("enwh", consumed[day]),
        }
        for operation_id, (column, expected) in sums.items():
            with tally.case(operation_id, "sequences", f"system {system_id} on {day}"):
                assert sum(getattr(row, column) for row in result(operation_id, **span)) == expected
    month = date(2024, 4, 1)
    with tally.case("MonthlyProduction", "sequences", f"system {system_id} in {month:%B %Y}"):
        days = [each.production for each in produced.values() if (each.date.year, each.date.month) == (2024, 4)]
        assert result("MonthlyProduction", start_date=month).production_wh == sum(days)


def timezone_of(api: SimulatedAPI, system_id: int) -> str:
    timezone = fleet.timezone_of(api, system_id)
    assert timezone is not None
    return timezone
