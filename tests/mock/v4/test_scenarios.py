"""Scenarios of API v4: behaviour, token rules, applications and owners in a TOML file."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, get_type_hints

import pytest

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.scenarios.scenario import parse
from enlighten_mock.v4.behaviour import Behaviour
from tests.mock.v4.conftest import NOW, v4_client

if TYPE_CHECKING:
    from pathlib import Path

SCENARIO = """
systems = 5
[behaviour]
week = "cut"
key_in_header = true
yesterday_from_hour = 17
[token_rules]
access_seconds = 3600
old_refresh_token = "lives"
[[applications]]
name = "My dashboard"
client_id = "simulated-dashboard"
api_key = "simulated-dashboard-key"
access_token = "simulated-dashboard-token"
plan = "kilowatt"
access_controls = ["System Details", "Streaming"]
redirect_uris = ["https://example.org/back"]
[[applications]]
partner = true
[[owners]]
username = "me@simulated.invalid"
systems = [66, 68]
"""


def test_a_scenario_has_applications_owners_and_rules(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SCENARIO)
    api = SimulatedAPI(scenario=path, clock=SettableClock(NOW))
    assert (api.v4.client_id, api.v4.username) == ("simulated-dashboard", "me@simulated.invalid")
    assert api.partner.client_id == "simulated-client-id"
    assert api.registry.applications[0].plan.per_minute == 50
    assert api.registry.tokens.rules.access_seconds == 3600
    assert (api.monitoring.behaviour.week, api.monitoring.behaviour.yesterday_from_hour) == ("cut", 17)
    client = v4_client(api)
    assert [row["system_id"] for row in client.get("/systems").json()["systems"]] == [66, 68]
    assert client.get("/systems/66/energy_lifetime").status_code == 401
    assert client.get("/systems/67").status_code == 403


def test_arguments_win_over_the_scenario() -> None:
    scenario = parse(tomllib.loads(SCENARIO))
    api = SimulatedAPI(scenario=scenario, behaviour={"week": "refused"}, clock=SettableClock(NOW))
    assert (api.monitoring.behaviour.week, api.monitoring.behaviour.yesterday_from_hour) == ("refused", 17)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[behaviour]\nweeks = 1", "behaviour has no 'weeks'"),
        ('[behaviour]\nweek = "half"', "week is honoured or cut or refused, not 'half'"),
        ("[behaviour]\nkey_in_header = 1", "key_in_header cannot be 1"),
        ('behaviour = "odd"', "behaviour is a table"),
        ('[token_rules]\naccess_seconds = "1"', "access_seconds cannot be '1'"),
        ('[[applications]]\nsecret = "x"', "an application has no 'secret'"),
        ('[[applications]]\nplan = "gold"', "there is no plan 'gold'"),
        ('[[applications]]\naccess_controls = ["All"]', "there is no access control 'All'"),
        ("[[applications]]\nname = 1", "name of an application cannot be 1"),
        ('[[owners]]\nsystems = ["66"]', r"systems of an owner cannot be \['66'\]"),
        ('owners = ["me"]', "an owner is a table"),
    ],
)
def test_a_scenario_that_is_wrong_is_named(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse(tomllib.loads(text))


def test_the_scenario_needs_no_two_of_one_name() -> None:
    with pytest.raises(ValueError, match="each key is that of one alone"):
        SimulatedAPI(scenario=parse(tomllib.loads("[[applications]]\n[[applications]]")))


def test_every_unknown_is_described() -> None:
    text = Behaviour.__doc__ or ""
    assert all(f"        {name}: " in text for name in get_type_hints(Behaviour))
