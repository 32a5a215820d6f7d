"""What a scenario chooses about systems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.scenarios.scenario import load
from enlighten_mock.world import balance, batteries, loads
from enlighten_mock.world.fleet import Fleet
from enlighten_mock.world.switches import Switches, parse

if TYPE_CHECKING:
    from pathlib import Path

    from enlighten_mock.world.system import System

NOW = 1_718_222_400


def chosen(**entry: Any) -> System:
    system = Fleet(20, seed=1, kind="mixed", switches={66: parse(entry)}).system(66)
    assert system is not None
    return system


@pytest.mark.parametrize(
    ("switches", "there"),
    [
        ({"battery": "none"}, False),
        ({"battery": "encharge", "battery_units": 5}, True),
        ({"battery": "acb"}, True),
        ({"battery": "acb", "metering": "none"}, False),
        ({"battery": "encharge", "consumption_metered": False}, False),
    ],
)
def test_batteries_are_there_if_they_are_chosen_and_measured(switches: dict[str, Any], *, there: bool) -> None:
    system = chosen(**switches)
    assert bool(batteries.batteries(system)) is there
    flows = balance.flows(system, NOW - 86_400, NOW)
    assert bool(flows.charged.any()) is there


def test_every_switch_changes_what_it_names() -> None:
    system = chosen(
        condition="power",
        metering="two",
        gateways=2,
        connection="cellular",
        phases=3,
        reserve=5,
        ev_chargers=["foreign", "enphase"],
        disabled_meters=["consumption"],
        heat_pump=True,
    )
    assert (system.condition, system.slots, len(system.envoys), system.connection_type) == ("power", 2, 2, "cellular")
    assert [charger.kind for charger in loads.chargers(system)] == ["foreign", "enphase"]
    assert system.equipment.disabled_meters == ("consumption",)
    assert (system.equipment.phases, system.equipment.reserve) == (3, 5)
    assert loads.heat_pump_day(system) is not None


def test_systems_with_other_switches_are_others_and_do_not_share_what_was_computed() -> None:
    one, other = chosen(battery_units=1), chosen(battery_units=3)
    assert one != other
    assert one == chosen(battery_units=1)
    assert balance.flows(one, NOW - 86_400, NOW).stored.max() < balance.flows(other, NOW - 86_400, NOW).stored.max()


def test_what_is_not_chosen_stays_as_the_fleet_has_it() -> None:
    drawn = Fleet(20, seed=1, kind="mixed").system(66)
    assert drawn is not None
    system = chosen(heat_pump=True)
    assert system.equipment == drawn.equipment._replace(heat_pump=True)
    assert (system.system_name, system.modules, system.meters) == (drawn.system_name, drawn.modules, drawn.meters)


def test_the_same_system_is_made_only_once() -> None:
    fleet = Fleet(20, switches={66: Switches(equipment={"heat_pump": True})})
    assert fleet.system(66) is fleet.system(66)


def test_switches_of_a_system_that_is_not_there_are_rejected() -> None:
    with pytest.raises(ValueError, match="system 90; this fleet has systems 66 to 85"):
        Fleet(20, switches={90: Switches()})


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("battery = 3", "battery is none or encharge or acb, not 3"),
        ('battery = "lead"', "not 'lead'"),
        ("phases = 2", "phases is 1 or 3"),
        ("reserve = 101", "reserve is from 0 to 100"),
        ("battery_units = 0", "battery_units is from 1 to 20"),
        ('ev_chargers = "enphase"', "ev_chargers is a list"),
        ('ev_chargers = ["tesla"]', "not 'tesla'"),
        ('heat_pump = "yes"', "heat_pump cannot be 'yes'"),
        ('condition = "broken"', "condition is normal or"),
        ("pool = true", "no switch 'pool'"),
        ("system_id = 66", "system 66 has its switches twice"),
        ('system_id = "66"', "has a system_id"),
    ],
)
def test_an_invalid_switch_is_rejected_by_name(tmp_path: Path, entry: str, message: str) -> None:
    path = tmp_path / "home.toml"
    first = "" if "=" in entry and not entry.startswith("system_id") else "[[switches]]\nsystem_id = 66\n"
    number = "" if entry.startswith("system_id") else "system_id = 66\n"
    path.write_text(f"{first}[[switches]]\n{number}{entry}\n")
    with pytest.raises(ValueError, match=rf"home\.toml: .*{message}") as error:
        load(path)
    assert "\n" not in str(error.value)


def test_the_scenario_of_a_week_with_batteries_has_what_it_says() -> None:
    api = SimulatedAPI(scenario="battery-week", clock=SettableClock(NOW))
    systems = [system for system in map(api.fleet.system, api.fleet.ids) if system is not None]
    assert [bool(batteries.batteries(system)) for system in systems] == [True, False, False, False, True]
    assert [system.equipment.phases for system in systems] == [1, 1, 3, 1, 3]
    assert len(systems[4].envoys) == 2
    assert systems[3].outages
