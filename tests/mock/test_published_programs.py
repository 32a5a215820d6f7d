"""What programs send that others have published: it gets what the service sends, or is rejected as not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.v2.operations import OPERATIONS

if TYPE_CHECKING:
    from pathlib import Path

    from enlighten_mock.world.traits import Kind

Ask = Callable[..., httpx.Response]
Connect = Callable[[SimulatedAPI], httpx.Client]

OF_A_SYSTEM = (
    "summary",
    "envoys",
    "inventory",
    "energy_lifetime",
    "consumption_lifetime",
    "monthly_production",
    "production_meter_readings",
    "stats",
    "rgm_stats",
    "consumption_stats",
)
INTEGERS = [
    ("/systems/67/stats", "start_at"),
    ("/systems/67/stats", "end_at"),
    ("/systems/67/rgm_stats", "start_at"),
    ("/systems/67/consumption_stats", "end_at"),
    ("/systems/67/production_meter_readings", "end_at"),
    ("/systems/inverters_summary_by_envoy_or_site", "site_id"),
    ("/systems", "limit"),
    ("/systems", "system_id[]"),
]
DATES = [
    ("summary", "summary_date"),
    ("energy_lifetime", "start_date"),
    ("energy_lifetime", "end_date"),
    ("consumption_lifetime", "start_date"),
    ("consumption_lifetime", "end_date"),
    ("monthly_production", "start_date"),
]


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_a_slash_at_the_end_of_a_path_changes_nothing(api: SimulatedAPI, ask: Ask, operation: str) -> None:
    [path] = [one.path for one in api.service.specification.operations if one.operation_id == operation]
    path = path.format(system_id=67)
    serial = ask("/systems/67/envoys").json()["envoys"][0]["serial_number"]
    parameters = {"site_id": 67, "serial_num": serial, "start_date": "2024-05-01"}

    without, slashed = ask(path, **parameters), ask(f"{path}/", **parameters)

    assert without.status_code == slashed.status_code == 200
    assert without.content == slashed.content


@pytest.mark.parametrize("fleet", ["default", "plain"])
def test_unknown_systems_have_the_newer_wording_where_that_is_chosen(
    connect: Connect, clock: SettableClock, fleet: Kind
) -> None:
    client = connect(SimulatedAPI(systems=5, fleet=fleet, clock=clock, unknown_systems=422))
    for operation in OF_A_SYSTEM:
        for system in (0, 65, 10**30):
            response = client.get(f"/systems/{system}/{operation}", params={"start_date": "2024-05-01"})
            assert response.status_code == 422
            assert response.json() == {"message": f"Couldn't find Site with 'id'={system}"}
    assert client.get("/systems/67/summary").status_code == 200
    assert client.get("/nothing").status_code == 404
    assert client.get("/systems/search_system_id", params={"serial_num": "1"}).status_code == 404


def test_a_scenario_chooses_it_too(connect: Connect, clock: SettableClock, tmp_path: Path) -> None:
    scenario = tmp_path / "newer.toml"
    scenario.write_text("unknown_systems = 422")
    client = connect(SimulatedAPI(scenario=scenario, clock=clock))
    assert client.get("/systems/0/summary").json() == {"message": "Couldn't find Site with 'id'=0"}
    client = connect(SimulatedAPI(scenario=scenario, clock=clock, unknown_systems=404))
    assert client.get("/systems/0/summary").status_code == 404


@pytest.mark.parametrize(("chosen", "status"), [(None, 401), (404, 404)])
def test_a_plain_fleet_has_no_404_for_unknown_systems_unless_that_is_chosen(
    connect: Connect, clock: SettableClock, chosen: int | None, status: int
) -> None:
    client = connect(SimulatedAPI(systems=5, fleet="plain", clock=clock, unknown_systems=chosen))
    assert client.get("/systems/0/summary").status_code == status


@pytest.mark.parametrize("status", [401, 200, "422", True])
def test_another_status_for_unknown_systems_is_rejected(status: Any) -> None:
    with pytest.raises(ValueError, match="unknown_systems is 404 or 422, not"):
        SimulatedAPI(unknown_systems=status)


@pytest.mark.parametrize("text", ["", "yesterday", "06/01/2024", "2024-02-30", "2024-06-01T00:00:00Z", "1717200000"])
def test_a_malformed_date_has_the_wording_of_the_service(ask: Ask, text: str) -> None:
    for operation, name in DATES:
        response = ask(f"/systems/67/{operation}", **{"start_date": "2024-05-01", name: text})
        assert response.status_code == 422
        assert response.json() == {"reason": "Failed to parse date"}


@pytest.mark.parametrize("day", ["0001-01-01", "1901-12-13", "1969-12-31", "1970-01-01", "1999-12-31"])
def test_a_month_before_all_systems_is_not_said_to_be_too_recent(ask: Ask, day: str) -> None:
    response = ask("/systems/67/monthly_production", start_date=day)
    assert response.status_code == 422
    assert response.json() == {"reason": "Requested date range is invalid for this system"}


@pytest.mark.parametrize("day", ["2024-05-14", "2024-06-12", "9999-12-31"])
def test_a_month_that_has_not_passed_is_said_to_be_too_recent(ask: Ask, day: str) -> None:
    response = ask("/systems/67/monthly_production", start_date=day)
    assert response.status_code == 422
    assert response.json() == {"reason": "start_date must be at least one month ago"}


@pytest.mark.parametrize("text", ["1718222400.0", "1718222400.5", "-0.5", "67.", "1.7e9", "2E3"])
def test_a_fraction_is_rejected_as_not_known(ask: Ask, text: str) -> None:
    for path, name in INTEGERS:
        response = ask(path, **{name: text})
        assert response.status_code == 422
        message = response.json()["message"]
        assert message.startswith(f"{name} must be an integer, not {text!r}. What the service does here is not known")


@pytest.mark.parametrize("text", ["noon", "", "1.2.3", "0x10", "1_000", "9" * 1001])
def test_a_time_that_is_no_number_is_simply_invalid(ask: Ask, text: str) -> None:
    response = ask("/systems/67/stats", start_at=text)
    assert response.status_code == 422
    assert "is not known" not in response.json()["message"]


@pytest.mark.parametrize("path", ["/systems", "/systems/67/summary", "/systems/0/stats"])
def test_jsonp_is_rejected_as_not_known(ask: Ask, path: str) -> None:
    response = ask(path, callback="show")
    assert response.status_code == 422
    assert response.json()["message"].startswith("callback is not understood: no JSONP is sent. What the service does")


def test_other_undeclared_parameters_are_ignored_as_documented(ask: Ask) -> None:
    assert ask("/systems/67/summary", colour="red", _="1718222400123").json() == ask("/systems/67/summary").json()
