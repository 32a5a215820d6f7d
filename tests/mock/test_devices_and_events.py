"""The devices of a system, what they do at the moment, and what happened to them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enlighten_mock.world import (
    batteries,
    charging,
    event_types,
    events,
    gateways,
    inventory,
    latest,
    loads,
    micros,
    sites,
)
from enlighten_mock.world.fleet import Fleet
from enlighten_mock.world.reports import Report, report

if TYPE_CHECKING:
    from enlighten_mock.world.system import System
    from enlighten_mock.world.traits import Kind

relaxed = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(0, 3)
numbers = st.integers(66, 66 + 99)
moments = st.integers(1_640_995_200, 1_798_675_200)  # from 2022 until 2026
kinds = st.sampled_from(("mixed", "default", "plain"))
DAY = 86_400
NOW = int(datetime(2025, 6, 1, 12, tzinfo=UTC).timestamp())


def mixed(system_id: int, seed: int = 0, now: int = NOW) -> tuple[System, Report]:
    system = Fleet(100, seed=seed, kind="mixed").system(system_id)
    assert system is not None
    return system, report(system, now)


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments)
def test_devices_have_ids_and_serial_numbers_of_their_own(kind: Kind, seed: int, system_id: int, now: int) -> None:
    system = Fleet(100, seed=seed, kind=kind).system(system_id)
    assert system is not None
    known = report(system, now)
    found = inventory.devices(system, known, now)
    own = Counter(device.number for device in found if device.number is not None)
    assert max(own.values()) == 1
    assert max(Counter(device.serial_number for device in found if device.serial_number).values()) == 1
    assert [device.serial_number for device in found if device.kind == "micro"] == micros.serial_numbers(system)
    assert all(device.last_report_at is None or device.last_report_at <= now for device in found)
    assert {device.gateway for device in found} <= {None, *(envoy.serial_number for envoy in system.envoys)}
    if known.last_report_at is None:
        assert all(device.last_report_at is None for device in found)


@pytest.mark.parametrize("seed", range(3))
def test_the_first_systems_of_a_mixed_fleet_have_every_kind_of_device(seed: int) -> None:
    found = Counter(
        device.kind
        for system, known in (mixed(system_id, seed) for system_id in range(66, 80))
        for device in inventory.devices(system, known, NOW)
    )
    assert set(found) == {
        *("micro", "meter", "gateway", "relay", "acb", "encharge", "controller", "ev_charger", "heat_pump", "collar"),
        *("air", "generator"),
    }


@pytest.mark.parametrize("seed", range(3))
def test_a_mixed_fleet_has_every_kind_of_system(seed: int) -> None:
    def devices(system_id: int, kind: str) -> list[inventory.Device]:
        system, known = mixed(system_id, seed)
        return [device for device in inventory.devices(system, known, NOW) if device.kind == kind]

    assert [meter.status for meter in devices(67, "meter")] == ["disabled", "disabled"]
    assert [meter.status for meter in devices(70, "meter")] == ["normal", "disabled"]
    assert [meter.last_report_at is None for meter in devices(70, "meter")] == [False, True]
    assert [device.modem is None for device in devices(71, "gateway")] == [True, False]
    assert len(devices(69, "ev_charger")) == 2
    assert mixed(72, seed)[1].last_report_at is None
    assert [system_id for system_id in range(66, 80) if mixed(system_id, seed)[0].equipment.phases == 3] == [69, 70]


@pytest.mark.parametrize("seed", range(5))
def test_a_gateway_with_a_modem_of_its_own_reports_less_often(seed: int) -> None:
    seen: list[set[int | None]] = [set(), set()]
    for now in range(NOW, NOW + DAY, 900):
        system, known = mixed(71, seed, now)
        assert len(system.envoys) == 2
        for position, envoy in enumerate(system.envoys):
            seen[position].add(gateways.last_report(system, known, envoy))
    assert len(seen[0]) > 90
    assert len(seen[1]) in (4, 5)


@relaxed
@given(seed=seeds, system_id=st.integers(66, 120), now=moments)
def test_the_latest_power_of_phases_and_batteries_fits_their_quarter(seed: int, system_id: int, now: int) -> None:
    system, known = mixed(system_id, seed, now)
    for meter in (*system.meters, *filter(None, [system.consumption_meter])):
        power = latest.meter(system, known, meter)
        assert power is None or len(power) == system.equipment.phases
    for battery in batteries.batteries(system):
        found = latest.battery(system, known, battery)
        if found is not None:
            assert abs(found.power) <= battery.model.watts + 4
            assert (found.mode == "Discharging") == (found.power > 0)


def test_a_charger_is_plugged_in_while_it_has_a_session() -> None:
    system, _ = mixed(69)
    charger = loads.chargers(system)[0]
    session = loads.sessions(system, charger, NOW - 30 * DAY, NOW - DAY)[-1]
    modes = []
    for now in (session.start - 60, session.start + 60, session.charged + 60, session.end + 60):
        known = report(system, now)._replace(last_report_at=now)
        modes.append(latest.charger_mode(system, known, charger))
    assert modes == ["PLUGGED_OUT", "CHARGING", "PLUGGED_IN", "PLUGGED_OUT"]


def test_only_enphases_own_chargers_tell_of_what_happened() -> None:
    system, _ = mixed(69)
    own, foreign = loads.chargers(system)
    found = charging.events(system, NOW - 30 * DAY, NOW)
    assert {event.charger for event in found} == {own}
    assert not charging.events(system, NOW - 30 * DAY, NOW, charger=foreign)
    assert [event.at for event in found] == sorted((event.at for event in found), reverse=True)
    assert charging.schedules(system, own)[0].kind == "Custom"


@relaxed
@given(seed=seeds, system_id=numbers, now=moments, cuts=st.lists(st.integers(1, 59), max_size=5, unique=True))
def test_events_of_windows_are_those_of_the_whole_each_once(
    seed: int, system_id: int, now: int, cuts: list[int]
) -> None:
    system, known = mixed(system_id, seed, now)
    start = now - 60 * DAY
    marks = [start, *(start + cut * DAY for cut in sorted(cuts)), now]
    parts = [event for begin, end in pairwise(marks) for event in events.events(system, known, now, begin, end)]
    assert parts == events.events(system, known, now, start, now)
    assert all(start <= event.start < now for event in parts)
    assert all(event.end is None or event.start <= event.end <= now for event in parts)


@relaxed
@given(seed=seeds, system_id=numbers, now=moments)
def test_an_open_event_closes_or_stays(seed: int, system_id: int, now: int) -> None:
    system, known = mixed(system_id, seed, now)
    before = events.open_events(system, known, now)
    later = now + 3 * DAY
    after = events.events(system, report(system, later), later, min((e.start for e in before), default=now), later)
    remembered = {(event.type.number, event.serial_number, event.start) for event in after}
    assert {(event.type.number, event.serial_number, event.start) for event in before} <= remembered


@relaxed
@given(seed=seeds, system_id=numbers, now=moments)
def test_alarms_stand_for_the_events_that_are_serious(seed: int, system_id: int, now: int) -> None:
    system, known = mixed(system_id, seed, now)
    start = now - 90 * DAY
    found = events.alarms(system, known, now, start, now)
    told = events.events(system, known, now, start, now)
    serious = [event for event in told if event.type.severity < event_types.NO_ALARM]
    assert [event for alarm in found for event in alarm.events] == serious
    assert len({alarm.number for alarm in found}) == len(found)
    assert all((alarm.end is None) == any(event.end is None for event in alarm.events) for alarm in found)


@pytest.mark.parametrize("seed", range(3))
def test_a_mixed_fleet_has_open_and_closed_alarms_and_events_of_many_types(seed: int) -> None:
    found = [
        event
        for system, known in (mixed(system_id, seed) for system_id in range(66, 86))
        for event in events.events(system, known, NOW, NOW - 270 * DAY, NOW)
    ]
    assert len({event.type.number for event in found}) >= 5
    system, known = mixed(77, seed)
    assert events.open_alarms(system, known, NOW)
    assert any(event.end is not None for event in found)


def test_a_system_that_has_stopped_has_a_silent_gateway() -> None:
    system, known = mixed(78)
    assert system.stopped_at is not None
    assert event_types.GATEWAY_SILENT in {event.type for event in events.open_events(system, known, NOW)}


def test_a_site_has_what_was_entered() -> None:
    recorded, plain = (sites.site(mixed(system_id)[0]) for system_id in (66, 73))
    assert recorded.attachment is not None
    assert recorded.connected_day is not None
    assert (plain.attachment, plain.connected_day) == (None, None)
    assert sites.battery_settings(mixed(74)[0]).reserve == 100
    assert [load.contact for load in sites.controlled_loads(mixed(66)[0])] == ["NC1", "NC2"]
    assert sites.controlled_loads(mixed(67)[0]) == []
