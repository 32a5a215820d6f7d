"""Whatever the fleet, the system and the time: the energy of roof, house, batteries and grid adds up, to the Wh."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from enlighten_mock.world import (
    balance,
    batteries,
    channels,
    consumption,
    interval_series,
    live,
    loads,
    micros,
    production,
    reported,
)
from enlighten_mock.world.days import day_at, day_start
from enlighten_mock.world.fleet import Fleet
from enlighten_mock.world.reports import report
from enlighten_mock.world.switches import Switches

if TYPE_CHECKING:
    from enlighten_mock.world.reports import Report
    from enlighten_mock.world.system import System
    from enlighten_mock.world.traits import Kind

relaxed = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
moments = st.integers(1_577_836_800, 1_798_675_200)  # from 2020 until 2026
numbers = st.integers(66, 66 + 99)
seeds = st.integers(0, 3)
kinds = st.sampled_from(("mixed", "mixed", "default"))
quarters = st.tuples(st.integers(0, 300 * 96), st.integers(1, 7 * 96))


def system_of(kind: Kind, seed: int, system_id: int) -> System:
    system = Fleet(100, seed=seed, kind=kind).system(system_id)
    assert system is not None
    return system


def balanced(kind: Kind, seed: int, system_id: int, now: int) -> System:
    """A system whose grid is measured at this time."""
    system = system_of(kind, seed, system_id)
    assume(system.grid_measured_from is not None and system.grid_measured_from < now - 2 * 86_400)
    return system


def stored_in(kind: Kind, seed: int, system_id: int, now: int) -> tuple[System, batteries.Storage]:
    """A system whose batteries work at this time."""
    system = balanced(kind, seed, system_id, now)
    storage = batteries.storage_of(system)
    assume(storage is not None and storage.installed_at < now - 2 * 86_400)
    assert storage is not None
    return system, storage


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments, window=quarters)
def test_every_quarter_is_balanced_exactly(
    kind: Kind, seed: int, system_id: int, now: int, window: tuple[int, int]
) -> None:
    system = balanced(kind, seed, system_id, now)
    end = now - window[0] * 900
    flows = balance.flows(system, end - window[1] * 900, end)
    assert len(flows.end_at) == window[1]
    measured = flows.end_at > (system.grid_measured_from or 0)
    into = flows.produced + flows.imported + flows.discharged
    out_of = flows.consumed + flows.exported + flows.charged
    assert (into == out_of)[measured].all()
    assert not flows.imported[~measured].any()
    assert not flows.exported[~measured].any()
    assert not flows.charged[~measured].any()
    assert all((values >= 0).all() for values in flows)


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments, window=quarters)
def test_the_balance_is_made_of_what_the_meters_measure(
    kind: Kind, seed: int, system_id: int, now: int, window: tuple[int, int]
) -> None:
    system = balanced(kind, seed, system_id, now)
    end = now // 900 * 900 - window[0] * 900
    start = end - window[1] * 900
    flows = balance.flows(system, start, end)
    produced = dict.fromkeys(flows.end_at.tolist(), 0)
    for meter in system.meters:
        for end_at, energy in interval_series.production_meter(system, meter, start, end):
            produced[end_at] += energy or 0
    assert list(produced.values()) == flows.produced.tolist()
    assert [energy for _, energy in interval_series.consumption_meter(system, start, end)] == flows.consumed.tolist()


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments, window=quarters)
def test_the_state_of_charge_follows_from_charge_and_discharge(
    kind: Kind, seed: int, system_id: int, now: int, window: tuple[int, int]
) -> None:
    system, storage = stored_in(kind, seed, system_id, now)
    end = now - window[0] * 900
    flows = balance.flows(system, end - (window[1] + 1) * 900, end)
    works = flows.end_at[1:] > storage.installed_at + 900
    after = flows.stored[:-1] + 9 * flows.charged[1:] // 10 - flows.discharged[1:]
    assert (after == flows.stored[1:])[works].all()
    there = flows.end_at > storage.installed_at
    assert ((flows.stored >= storage.reserve) & (flows.stored <= storage.capacity))[there].all()
    percent = batteries.percent(flows.stored, storage.capacity)
    assert percent.min() >= 0
    assert percent.max() <= 100
    assert not (flows.charged * flows.discharged).any()
    assert max(flows.charged.max(), flows.discharged.max()) <= storage.per_step


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments, ago=st.integers(0, 400))
def test_quarters_add_up_to_days(kind: Kind, seed: int, system_id: int, now: int, ago: int) -> None:
    system = balanced(kind, seed, system_id, now)
    timezone = system.place.timezone
    number = day_at(timezone, now) - ago
    flows = balance.flows(system, day_start(timezone, number), day_start(timezone, number + 1))
    days = balance.days(system, number - 3, number + 3)
    for name in days._fields:
        assert getattr(days, name)[3] == getattr(flows, name).sum()
    assert production.all_meter_days(system, number, number)[0] == flows.produced.sum()
    assert consumption.days(system, number, number)[0] == flows.consumed.sum()


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments)
def test_what_is_reported_of_today_ends_at_the_last_report(kind: Kind, seed: int, system_id: int, now: int) -> None:
    system = balanced(kind, seed, system_id, now)
    known = report(system, now)
    assume(known.last_report_at is not None)
    assert known.last_report_at is not None
    today = day_at(system.place.timezone, known.last_report_at)
    flows = balance.flows(system, day_start(system.place.timezone, today), known.last_report_at)
    for name in balance.Daily._fields:
        series = getattr(reported, name)(system, known, today - 1, today + 1)
        whole = getattr(balance.days(system, today - 1, today - 1), name)[0]
        assert series.tolist() == [whole, getattr(flows, name).sum(), 0]


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments, window=quarters)
def test_the_parts_of_batteries_and_phases_add_up(
    kind: Kind, seed: int, system_id: int, now: int, window: tuple[int, int]
) -> None:
    system, storage = stored_in(kind, seed, system_id, now)
    flows = balance.flows(system, now - window[1] * 900, now)
    own = batteries.batteries(system)
    for totals in (flows.charged, flows.discharged, flows.stored):
        parts = batteries.divided(system, totals)
        assert parts.shape == (len(own), len(totals))
        assert (parts.sum(axis=0) == totals).all()
    each = batteries.divided(system, flows.stored)
    assert (batteries.percent(each, storage.capacity // len(own)) <= 100).all()
    meter = system.meters[0].serial_number
    phases = channels.divided(system, meter, flows.produced)
    assert len(phases) == system.equipment.phases
    assert (phases.sum(axis=0) == flows.produced).all()
    assert (phases >= 0).all()


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments)
def test_storage_odometers_are_the_sums_of_all_quarters(kind: Kind, seed: int, system_id: int, now: int) -> None:
    system, storage = stored_in(kind, seed, system_id, now)
    known = report(system, now)
    before, after = (reported.storage_odometers(system, known, at) for at in (now - 40 * 86_400, now))
    assume(before is not None and after is not None and storage.installed_at < before[2])
    assert before is not None
    assert after is not None
    flows = balance.flows(system, before[2], after[2])
    assert after[0] - before[0] == flows.charged.sum()
    assert after[1] - before[1] == flows.discharged.sum()


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments)
def test_a_consumption_odometer_counts_what_its_meter_measures(kind: Kind, seed: int, system_id: int, now: int) -> None:
    system = balanced(kind, seed, system_id, now)
    known = report(system, now)
    before, after = (reported.consumption_odometer(system, known, at) for at in (now - 86_400, now))
    assume(before is not None and after is not None)
    assert before is not None
    assert after is not None
    rows = interval_series.consumption_meter(system, before[1], after[1])
    assert after[0] - before[0] == sum(energy for _, energy in rows)


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments, late=st.booleans())
def test_microinverters_add_up_to_their_system(kind: Kind, seed: int, system_id: int, now: int, *, late: bool) -> None:
    switches = {system_id: Switches(equipment={"late_reports": late})}
    system = Fleet(100, seed=seed, kind=kind, switches=switches).system(system_id)
    assert system is not None
    known = report(system, now)
    assume(known.last_interval_at is not None and known.last_report_at is not None)
    assert known.last_interval_at is not None
    assert known.last_report_at is not None
    until, at = known.last_interval_at, known.last_report_at
    rows = list(interval_series.micro(system, until - 86_400, until, reported_at=at))
    energy, power = ({row.end_at: 0 for row in rows} for _ in range(2))
    devices = dict(energy)
    parts = interval_series.each_micro(system, until - 86_400, until, reported_at=at)
    assert [part.serial_number for part in parts] == micros.serial_numbers(system)
    for part in parts:
        for end_at, watts, wh in zip(part.end_at, part.power, part.energy, strict=True):
            energy[end_at] += wh
            power[end_at] += watts
            devices[end_at] += 1
    assert list(energy.values()) == [row.energy for row in rows]
    assert list(power.values()) == [row.power for row in rows]
    assert all(row.devices <= devices[row.end_at] for row in rows)


@relaxed
@given(seed=seeds, system_id=numbers, now=moments)
def test_late_reports_change_past_intervals_until_all_are_in(seed: int, system_id: int, now: int) -> None:
    chosen = {"condition": "normal", "connection": "wifi"}
    switches = {system_id: Switches(chosen, {"late_reports": True})}
    system = Fleet(100, seed=seed, kind="mixed", switches=switches).system(system_id)
    assert system is not None
    known = report(system, now)
    assume(known.last_interval_at is not None)
    assert known.last_interval_at is not None
    until = known.last_interval_at
    intervals = [
        list(interval_series.micro(system, until - 3600, until, reported_at=at))
        for at in (known.last_report_at, now + 2 * 3600, now + micros.LONGEST_LAG + 900, None)
    ]
    totals = [sum(row.energy for row in rows) for rows in intervals]
    assert totals == sorted(totals)
    assert intervals[-1] == intervals[-2]
    assert totals[-1] - totals[0] == _lacking(system, known, until)


def _lacking(system: System, known: Report, until: int) -> int:
    assert known.last_report_at is not None
    number = day_at(system.place.timezone, until - 1)
    lacking = micros.late(system, number, known.last_report_at)
    last = (until - day_start(system.place.timezone, number)) // production.STEP
    return int(lacking.energy[max(0, last - 12) : last].sum()) if lacking else 0


@relaxed
@given(seed=seeds, now=moments, ago=st.integers(1, 900))
def test_loads_add_up_and_are_part_of_the_consumption(seed: int, now: int, ago: int) -> None:
    system = system_of("mixed", seed, 69)
    timezone = system.place.timezone
    number = day_at(timezone, now) - ago
    total = np.zeros((day_start(timezone, number + 1) - day_start(timezone, number)) // 900, dtype=np.int64)
    for charger in loads.chargers(system):
        marks = loads.charger_day(system, charger, number)
        assert marks[-1] == loads.charger_days(system, charger, number, number)[0]
        total += np.diff(marks[::3])
    marks = loads.heat_pump_marks(system, number)
    assert marks[-1] == loads.heat_pump_days(system, number, number)[0]
    total += np.diff(marks[::3])
    begin = consumption.first_day(system)
    assert begin is not None
    assume(number >= begin)
    assert (np.diff(consumption.day(system, number)) >= total).all()


@relaxed
@given(seed=seeds, now=moments)
def test_a_chargers_days_add_up_to_its_sessions(seed: int, now: int) -> None:
    system = system_of("mixed", seed, 69)
    timezone = system.place.timezone
    last = day_at(timezone, now)
    for charger in loads.chargers(system):
        found = loads.sessions(system, charger, 0, day_start(timezone, last + 1) - 1)
        days = loads.charger_days(system, charger, charger.installed_day - 1, last + 1)
        assert days.sum() - days[-1] == sum(session.energy for session in found) - _rest(found, last, timezone)
        assert all(session.start < session.charged < session.end for session in found)
        assert all(one.end < other.start for one, other in pairwise(found))


def _rest(found: list[loads.Session], last: int, timezone: str) -> int:
    """What the sessions of the last day still bring on the day after it."""
    after = day_start(timezone, last + 1)
    late = [session for session in found if session.charged > after]
    return sum(
        session.energy - session.energy * (after - session.start) // (session.charged - session.start)
        for session in late
    )


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments)
def test_live_power_is_balanced_and_near_the_meters(kind: Kind, seed: int, system_id: int, now: int) -> None:
    system = balanced(kind, seed, system_id, now)
    reading = live.reading(system, now)
    assert reading is not None
    assert reading.production + reading.battery + reading.grid == reading.consumption
    flows = balance.flows(system, now // 900 * 900, now // 900 * 900 + 900)
    assert reading.production == pytest.approx(4 * int(flows.produced[0]), rel=0.2, abs=2)
    assert reading.consumption == pytest.approx(4 * int(flows.consumed[0]), rel=0.2, abs=2)
    assert reading.state_of_charge is None or 0 <= reading.state_of_charge <= 100


class Change(NamedTuple):
    day: date
    quarters: int


@pytest.mark.parametrize("change", [Change(date(2025, 3, 30), 92), Change(date(2025, 10, 26), 100)])
def test_the_days_on_which_the_clocks_change_are_balanced(change: Change) -> None:
    found = 0
    for system in filter(None, map(Fleet(60, seed=2, kind="mixed").system, range(66, 126))):
        timezone = system.place.timezone
        if not timezone.startswith("Europe/") or system.grid_measured_from is None:
            continue
        number = change.day.toordinal()
        flows = balance.flows(system, day_start(timezone, number), day_start(timezone, number + 1))
        assert len(flows.end_at) == change.quarters
        assert (flows.produced + flows.imported + flows.discharged).tolist() == (
            flows.consumed + flows.exported + flows.charged
        ).tolist()
        days = balance.days(system, number, number)
        assert days.imported[0] == flows.imported.sum()
        found += 1
    assert found > 2


def test_months_fit_together_whatever_was_asked_before() -> None:
    system = system_of("mixed", 0, 69)
    start, end = (int(datetime(2025, month, 20, tzinfo=UTC).timestamp()) for month in (1, 5))
    whole = balance.flows(system, start, end)
    for function in vars(balance).values():
        if hasattr(function, "cache_clear"):
            function.cache_clear()
    for moment in range(end - 900 * 96, start, -900 * 96 * 10):
        part = balance.flows(system, moment, moment + 900)
        position = int(np.searchsorted(whole.end_at, part.end_at[0]))
        assert [int(values[0]) for values in part] == [int(values[position]) for values in whole]


def test_a_day_in_spring_looks_like_life() -> None:
    system = system_of("mixed", 0, 73)
    start = day_start(system.place.timezone, date(2025, 4, 10).toordinal())
    flows = balance.flows(system, start, start + 86_400)
    hours = (flows.end_at - 1 - start) // 3600
    noon, evening, night = (hours >= 10) & (hours < 16), hours >= 19, hours < 5
    assert flows.charged[noon].sum() > 0.8 * flows.charged.sum() > 0
    assert flows.discharged[evening].sum() > 0.6 * flows.discharged.sum() > 0
    assert flows.imported[night].sum() > 0.8 * flows.consumed[night].sum()
    assert flows.exported.sum() > 0
