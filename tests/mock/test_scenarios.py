"""Outages of systems, and scenarios as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from errno import EACCES
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import httpx
import pytest

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.scenarios.scenario import load
from enlighten_mock.world.fleet import Fleet
from enlighten_mock.world.reports import report

if TYPE_CHECKING:
    from pathlib import Path

Connect = Callable[[SimulatedAPI], httpx.Client]
California = Callable[[str], float]


@pytest.mark.parametrize(
    ("outages", "message"),
    [
        ([(69, 0, 1)], "system 69; this fleet has systems 66 to 68"),
        ([(66, 10, 10)], "outage of system 66 must end after its start"),
        ([(66, 10, 5)], "outage of system 66 must end after its start"),
    ],
)
def test_an_invalid_outage_is_rejected(outages: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Fleet(3, outages=outages)


def test_overlapping_outages_are_one_and_end_with_a_report(california: California) -> None:
    first, second = (california(f"2024-06-02T{hour}") for hour in ("08:00", "12:00"))
    end = california("2024-06-02T18:05")
    apart = Fleet(20, outages=[(system_id, first, end) for system_id in range(66, 86)])
    parts = [(first, california("2024-06-02T13:00")), (second, end), (first + 3600, second)]
    overlapping = Fleet(20, outages=[(system_id, *part) for system_id in range(66, 86) for part in parts])
    for system_id in apart.ids:
        one, other = apart.system(system_id), overlapping.system(system_id)
        assert one is not None
        assert other is not None
        for now in range(int(first) - 3600, int(end) + 7200, 300):
            assert report(other, now) == report(one, now)
            last = report(one, now).last_report_at
            assert last is None or not first < last < end


@pytest.mark.parametrize("seed", range(5))
def test_all_systems_of_a_plain_fleet_have_begun_when_it_can_be_asked(seed: int) -> None:
    fleet = Fleet(100, seed=seed, kind="plain")
    first = datetime(2016, 2, 1, tzinfo=UTC).timestamp()
    fleet.check_time(first)
    with pytest.raises(ValueError, match="2016-02-01"):
        fleet.check_time(first - 1)
    for system in filter(None, map(fleet.system, fleet.ids)):
        assert report(system, first).last_interval_at is not None


def test_an_evening_at_home(connect: Connect, california: California) -> None:
    clock = SettableClock(0)
    api = SimulatedAPI(scenario="evening-at-home", clock=clock)
    client = connect(api)

    def at(text: str) -> tuple[dict[str, Any], httpx.Response]:
        clock.set(california(text))
        return client.get("/systems/67/summary").json(), client.get("/systems/67/stats")

    summary, stats = at("2024-06-01T18:00")
    assert summary["status"] == "normal"
    assert stats.json()["intervals"][-1]["end_at"] == summary["last_interval_end_at"] > clock.now() - 1800

    asleep, stats = at("2024-06-01T22:00")
    assert asleep["energy_today"] > summary["energy_today"]
    assert asleep["last_interval_end_at"] < clock.now() - 3600
    evening = stats.json()["intervals"]
    assert sum(row["enwh"] for row in evening) == asleep["energy_today"]

    night, stats = at("2024-06-02T00:30")
    assert (night["energy_today"], night["status"]) == (0, "normal")
    assert stats.status_code == 422
    assert stats.json()["last_interval"] == evening[-1]["end_at"]

    morning, stats = at("2024-06-02T07:00")
    assert morning["energy_today"] > 0
    assert stats.status_code == 200

    silent, stats = at("2024-06-02T14:00")
    assert (silent["status"], stats.status_code) == ("normal", 200)
    assert silent["last_report_at"] <= california("2024-06-02T10:00")
    assert stats.json()["intervals"][-1]["end_at"] <= california("2024-06-02T10:00")

    failed, stats = at("2024-06-03T12:00")
    assert (failed["status"], failed["energy_today"], stats.status_code) == ("comm", 0, 422)
    assert failed["last_report_at"] == silent["last_report_at"]
    assert client.get("/systems/67/envoys").json()["envoys"][0]["status"] == "comm"

    back, stats = at("2024-06-03T16:30")
    assert (back["status"], stats.status_code) == ("normal", 200)
    missed = client.get("/systems/67/stats", params={"start_at": int(california("2024-06-02T00:00"))}).json()
    assert missed["intervals"][-1]["end_at"] > california("2024-06-02T20:00")
    total = client.get("/systems/67/energy_lifetime", params={"start_date": "2024-06-02"}).json()["production"]
    assert [sum(row["enwh"] for row in missed["intervals"])] == total


def test_a_scenario_sets_what_the_arguments_leave_out(tmp_path: Path) -> None:
    path = tmp_path / "storm.toml"
    path.write_text('systems = 3\nplan = "2/5"\nnow = 2024-06-01T12:00:00Z\n[[faults]]\nkind = "unavailable"\n')
    api = SimulatedAPI(scenario=path, systems=4)
    assert (api.fleet.size, api.service.quota.plan.per_minute) == (4, 2)
    assert api.clock.now() == pytest.approx(1717243200, abs=60)
    api.faults.replace()
    api.reset()
    assert [fault["kind"] for fault in api.faults.status()] == ["unavailable"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("systems = ", "Invalid value"),
        ('unknown_systems = "422"', "unknown_systems cannot be '422'"),
        ("system = 3", "no setting 'system'"),
        ('systems = "3"', "systems cannot be '3'"),
        ("now = 2024-06-01", "time with an offset"),
        ("now = 2024-06-01T12:00:00", "time with an offset"),
        ('faults = "all"', "list of tables"),
        ("[[outages]]\nsystem_id = 67", "an outage has"),
        ('[[faults]]\nkind = "rain"', "kind is one of"),
        ("outages = [3]", "an outage has"),
    ],
)
def test_an_invalid_scenario_is_rejected_by_name(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "storm.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=f"storm.toml: .*{message}") as error:
        load(path)
    assert "\n" not in str(error.value)


def test_an_unknown_scenario_names_those_that_come_along() -> None:
    with pytest.raises(ValueError, match="evening-at-home"):
        SimulatedAPI(scenario="no-such-thing")


def test_a_scenario_that_cannot_be_read_is_not_said_to_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "storm.toml"
    path.touch()
    denied = PermissionError(EACCES, "Permission denied")
    with (
        patch.object(type(path), "read_text", side_effect=denied),
        pytest.raises(ValueError, match=r"storm\.toml cannot be read: Permission denied"),
    ):
        load(path)
