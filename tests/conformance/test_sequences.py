"""Wrapper and simulated API, driven together: whatever happens, what the wrapper gives is what the simulation holds."""

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

from . import fleet
from .calls import Caller, Outcome
from .profile import EXAMPLES, effort
from .reading import days_expected, rows_back
from .refusals import edge
from .specifications import operations
from .tally import Tally
from .truth import Truth

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enlighten_mock import SimulatedAPI

DAY = 86_400
METERED = (66, 71, 73)
"""Systems that measure production and consumption, each in another part of the world."""
LONGEST = {"Stats": 3, "RgmStats": 16, "ConsumptionStats": 65}
"""Days of a period: some windows of each kind."""
HISTORY = 364
ENOUGH = 200
"""Sequences in which everything should have happened."""
PER_MINUTE = 20
MONTHS = (10_000, 30)
"""Requests of a month: more than a sequence takes, and fewer."""
FAULTS = ("server_error", "unavailable", "bad_gateway", "cut", "latency", "conflict")
TRANSIENT = (ServerError, ConnectionFailedError, RequestTimeoutError, UsageLimitExceededError)


STATE_LASTS = 300
"""Seconds in which what a system says of itself changes once at most."""


def without(names: Sequence[str], system: Mapping[str, Any]) -> dict[str, Any]:
    """Return a system without these properties."""
    return {name: value for name, value in system.items() if name not in names}


class Together(RuleBasedStateMachine):
    """One simulated service, and a wrapper that is used while things happen to it."""

    tally = Tally()
    met: ClassVar[set[str]] = set()
    """What has happened in any sequence."""

    @initialize(paced=st.booleans(), later=st.integers(0, 400 * DAY), per_month=st.sampled_from(MONTHS))
    def begin(self, paced: bool, later: int, per_month: int) -> None:
        self.clock = SettableClock(fleet.NOW.timestamp() + later)
        self.api = fleet.simulated(clock=self.clock, plan=f"{PER_MINUTE}/{per_month}")
        self.truth = Truth(fleet.simulated(clock=self.clock))
        self.paced = paced
        plan = UsagePlan(per_minute=PER_MINUTE, per_month=per_month)
        self.options: dict[str, Any] = {
            "quota": Quota(plan) if paced else Quota(),
            "max_retries": 3,
            "max_wait": 600,
            "strict": True,
        }
        self.caller = Caller(self.api.transport(), self.api, concurrency=3, **self.options)

    def ask(self, operation_id: str, given: dict[str, Any], *, sync: bool) -> Outcome:
        """Call the wrapper, and hold that it fails only where something is wrong."""
        outcome = (self.caller.call if sync else self.caller.acall)(operation_id, given)
        refused = [exchange for exchange in outcome.exchanges if exchange.status == 409]
        self.met.update(["a fault"] if self.troubled and outcome.error is None else [])
        if self.paced and not self.troubled:
            assert not refused, "a paced client was refused"
        if outcome.error is not None:
            spent = isinstance(outcome.error, UsageLimitExceededError) and outcome.error.period == "month"
            self.met.update(["a spent month"] if spent else [])
            assert spent or (self.troubled and isinstance(outcome.error, TRANSIENT)), repr(outcome.error)
        return outcome

    @property
    def troubled(self) -> bool:
        """Whether a fault is at work."""
        return bool(self.api.faults.status())

    @rule(
        page=st.integers(3, 30), status=st.none() | st.sampled_from([["normal"], ["comm", "micro"]]), sync=st.booleans()
    )
    def list_all(self, page: int, status: list[str] | None, sync: bool) -> None:
        filters = {} if status is None else {"status": status}
        with self.tally.case("Systems", "sequences", f"page_size={page}, {filters}"):
            before, begun = self.truth.systems(filters), self.clock.now()
            outcome = self.ask("Systems", {**filters, "page_size": page}, sync=sync)
            if outcome.error is not None:
                return
            after = self.truth.systems(filters)
            listed = [system.to_dict() for system in outcome.result]
            ids = [system["system_id"] for system in listed]
            assert ids == sorted(set(ids)), "not in order, or something twice"
            was, is_now = ({system["system_id"]: system for system in systems} for systems in (before, after))
            # What a system's state is may change while the pages are turned: some are then of the earlier, some of the
            # later, and in a long while there are others in between.
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
                assert self.troubled or isinstance(failure, UsageLimitExceededError), repr(failure)
                return
            # The page that was at hand comes again, no other does, and nothing is lost.
            assert set(ids) == set(self.api.fleet.ids)
            assert len(ids) - len(set(ids)) <= page

    @rule(
        operation_id=st.sampled_from(sorted(LONGEST)),
        system_id=st.one_of(fleet.metered_ids(), fleet.system_ids()),
        # The simplest choices have data too.
        ago=st.one_of(st.integers(DAY, HISTORY * DAY), st.integers(0, DAY)),
        length=st.integers(DAY // 2, max(LONGEST.values()) * DAY),
        sync=st.booleans(),
    )
    def fetch_a_range(self, operation_id: str, system_id: int, ago: int, length: int, sync: bool) -> None:
        now = int(self.clock.now())
        start = now - ago
        end = min(now, start + min(length, LONGEST[operation_id] * DAY))
        floor = on_the_grid(operation_id, start)
        shown = f"{operation_id}({system_id}, {start}, {end})"
        with self.tally.case(operation_id, "sequences", shown):
            before = self.truth.intervals(operation_id, system_id, floor, end)
            given = {"system_id": system_id, "start_at": start, "end_at": end}
            outcome = self.ask(operation_id, given, sync=sync)
            if outcome.error is not None:
                return
            after = self.truth.intervals(operation_id, system_id, floor, end)
            self.met.update([operation_id] if after else [])
            rows = rows_back(outcome.result, zone_of(self.api, system_id))
            ends = [row["end_at"] for row in rows]
            assert ends == sorted(set(ends)), "not in order, or something twice"
            assert set(before) <= set(ends) <= set(after), "something lost, or made up"
            assert rows == [after[end_at] for end_at in ends]
            assert not outcome.warned

    @rule(system_id=fleet.system_ids(), sync=st.booleans())
    def fetch_a_life(self, system_id: int, sync: bool) -> None:
        path = f"/systems/{system_id}/energy_lifetime"
        with self.tally.case("EnergyLifetime", "sequences", f"system {system_id}", path):
            before = self.truth.ask(path, {"production": "all"})
            outcome = self.ask("EnergyLifetime", {"system_id": system_id, "production": "all"}, sync=sync)
            if outcome.error is None:
                response = outcome.result.response
                came = None if response is None else response.to_dict()
                assert came in (before, self.truth.ask(path, {"production": "all"}))
                assert list(outcome.result) == (days_expected("EnergyLifetime", came, "all") if came else [])

    @rule(
        kind=st.sampled_from(FAULTS),
        count=st.integers(1, 4),
        seconds=st.sampled_from([1, 12, 45]),
        operation=st.sampled_from(["*", "Systems", "Stats"]),
    )
    def let_something_go_wrong(self, kind: Any, count: int, seconds: int, operation: str) -> None:
        self.api.faults.add(
            Fault(kind=kind, operation=operation, count=count, seconds=seconds if kind == "latency" else 0)
        )

    @precondition(lambda self: self.troubled)
    @rule()
    def let_all_be_well(self) -> None:
        self.api.faults.replace()

    @rule(seconds=st.one_of(st.integers(1, 120), st.integers(3600, 40 * DAY)))
    def let_time_pass(self, seconds: int) -> None:
        self.clock.advance(seconds)


def test_wrapper_and_simulation_stay_together(tally: Tally) -> None:
    class Counted(Together):
        met: ClassVar[set[str]] = set()

    Counted.tally = tally
    run_state_machine_as_test(Counted, settings=effort(1, stateful_step_count=15))
    # Few sequences may miss some of it.
    assert EXAMPLES < ENOUGH or Counted.met == {"a spent month", "a fault", *LONGEST}


@pytest.mark.parametrize("operation_id", sorted(LONGEST))
@pytest.mark.parametrize("system_id", [66, 68, 71, 73])
def test_a_long_range_with_every_edge_on_data_is_whole(operation_id: str, system_id: int, tally: Tally) -> None:
    """One range over several windows for systems with meters, so that each edge between windows has data beside it."""
    api = fleet.simulated()
    end = int(fleet.NOW.timestamp()) - 3 * DAY - 437
    start = end - LONGEST[operation_id] * DAY
    with tally.case(operation_id, "sequences", f"{operation_id}({system_id}, {start}, {end})"):
        given = {"system_id": system_id, "start_at": start, "end_at": end}
        outcome = Caller(api.transport(), api, strict=True).call(operation_id, given)
        assert outcome.error is None
        held = Truth(api).intervals(operation_id, system_id, on_the_grid(operation_id, start), end)
        assert [int(row.end_at.timestamp()) for row in outcome.result] == sorted(held)


@pytest.mark.parametrize("operation_id", sorted(LONGEST))
def test_a_range_that_begins_before_history_has_what_is_left_of_it(operation_id: str, tally: Tally) -> None:
    api, operation, system_id = fleet.simulated(), operations("effective")[operation_id], METERED[0]
    oldest = int(edge(operation, api.clock.now(), zone_of(api, system_id)))
    start, end = oldest - 2 * DAY, oldest + DAY
    path, truth = operation.path.format(system_id=system_id), Truth(api)
    with tally.case(operation_id, "sequences", f"{operation_id}({system_id}, {start}, {end})"):
        # The service has nothing of what is older, also where the end is not.
        assert truth.ask(path, {"start_at": start, "end_at": end})["intervals"] == []
        given = {"system_id": system_id, "start_at": start, "end_at": end}
        outcome = Caller(api.transport(), api, strict=True).call(operation_id, given)
        assert outcome.error is None
        held = truth.intervals(operation_id, system_id, oldest, end)
        assert rows_back(outcome.result, zone_of(api, system_id)) == list(held.values())
        assert held
        assert outcome.warned


@pytest.mark.parametrize("system_id", METERED)
def test_what_operations_tell_of_the_same_days_adds_up(system_id: int, tally: Tally) -> None:
    """What the schemas cannot say: the units of different operations are the same."""
    api = fleet.simulated()
    zone = ZoneInfo(zone_of(api, system_id))
    today = datetime.fromtimestamp(api.clock.now(), zone).date()
    caller = Caller(api.transport(), api, strict=True)

    def told(operation_id: str, **given: Any) -> Any:
        outcome = caller.call(operation_id, {"system_id": system_id, **given})
        assert outcome.error is None
        return outcome.result

    whole = {"end_date": today}
    produced = {day.date: day for day in told("EnergyLifetime", production="all", **whole)}
    consumed = {day.date: day.consumption for day in told("ConsumptionLifetime", **whole)}
    # The first has 23 hours in Los Angeles.
    for day in (date(2024, 3, 10), today - timedelta(days=1), today):
        midnight = datetime.combine(day + timedelta(days=1), time(), zone)
        span = {"start_at": day, "end_at": min(midnight, datetime.fromtimestamp(api.clock.now(), zone))}
        with tally.case("Summary", "sequences", f"system {system_id} on {day}"):
            summary = told("Summary", summary_date=day)
            assert summary.energy_today == produced[day].production
            assert summary.energy_lifetime == sum(each.production for each in produced.values() if each.date < day)
        sums = {
            "Stats": ("enwh", produced[day].micro_production),
            "RgmStats": ("wh_del", produced[day].meter_production),
            "ConsumptionStats": ("enwh", consumed[day]),
        }
        for operation_id, (column, expected) in sums.items():
            with tally.case(operation_id, "sequences", f"system {system_id} on {day}"):
                assert sum(getattr(row, column) for row in told(operation_id, **span)) == expected
    month = date(2024, 4, 1)
    with tally.case("MonthlyProduction", "sequences", f"system {system_id} in {month:%B %Y}"):
        days = [each.production for each in produced.values() if (each.date.year, each.date.month) == (2024, 4)]
        assert told("MonthlyProduction", start_date=month).production_wh == sum(days)


def zone_of(api: SimulatedAPI, system_id: int) -> str:
    system = api.fleet.system(system_id)
    assert system is not None
    return system.place.timezone


def on_the_grid(operation_id: str, moment: int) -> int:
    window = operations("effective")[operation_id].window
    assert window is not None
    step: int = window["interval"]
    return moment // step * step
