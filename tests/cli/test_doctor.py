"""The doctor: each finding, and what to do about it."""

from __future__ import annotations

from typing import Any

import pytest


def findings(result: Any) -> dict[str, dict[str, str]]:
    return {row["check"]: row for row in result.rows()}


def test_a_healthy_setup(cli: Any, simulated: Any) -> None:
    result = cli.run("doctor", "-o", "jsonl", "--plan", "megawatt")
    found = findings(result)
    assert result.code == 0
    assert {name for name, row in found.items() if row["state"] == "ok"} == set(found) - {"clock"}
    assert found["api_key"]["finding"] == "found in ENLIGHTEN_API_KEY"
    assert "(ENLIGHTEN_BASE_URL) responds in" in found["service"]["finding"]
    assert found["quota"]["finding"].endswith("299,999 left")
    assert simulated.api_key not in result.out
    assert simulated.user_id not in result.out


def test_a_clock_that_is_off(cli: Any) -> None:
    found = findings(cli.run("doctor", "-o", "jsonl"))
    assert found["clock"]["state"] == "warning"
    assert "days ahead of the service's" in found["clock"]["finding"]
    assert "NTP" in found["clock"]["what_to_do"]


def test_no_credentials(bare: Any) -> None:
    result = bare.run("doctor", "-o", "jsonl")
    assert result.code == 3
    assert findings(result)["user_id"]["what_to_do"].startswith("Run `enlighten login`")


def test_credentials_that_the_service_rejects(cli: Any) -> None:
    result = cli.run("doctor", "-o", "jsonl", environment={"ENLIGHTEN_USER_ID": "somebody-else"})
    assert result.code == 3
    assert findings(result)["access"]["state"] == "failed"
    assert "somebody-else" not in result.out + result.err


def test_no_way_to_the_service(cli: Any) -> None:
    result = cli.run("doctor", "-o", "jsonl", "--base-url", "http://127.0.0.1:9")
    assert result.code == 6
    assert findings(result)["service"]["state"] == "failed"


def test_a_profile_that_is_not_there(cli: Any) -> None:
    result = cli.run("doctor", "-o", "jsonl", "--profile", "barn")
    assert result.code == 3
    assert "No profile 'barn'" in findings(result)["credentials"]["finding"]


@pytest.mark.parametrize("url", ["ftp://example.com", "http://example.com"])
def test_settings_that_cannot_be_used(cli: Any, url: str) -> None:
    result = cli.run("doctor", "-o", "jsonl", "--base-url", url, environment={"ENLIGHTEN_API_KEY": "that-may-be-real"})
    assert result.code == 2
    assert findings(result)["settings"]["state"] == "failed"


def test_the_limit_that_the_service_told_is_remembered(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="conflict", operation="Summary", period="month")
    assert cli.run("summary", "-s", "66").code == 4
    simulated.control("POST", "/reset")
    found = findings(cli.run("doctor", "-o", "jsonl"))
    assert "learned from the service" in found["plan"]["finding"]


def test_a_quota_file_that_cannot_be_used_is_told_by_each_run(cli: Any) -> None:
    assert cli.run("summary", "-s", "66", "--plan", "3/100").err == ""
    [file] = (cli.folder.parent / "state" / "enphase-enlighten").glob("*.sqlite")
    file.write_bytes(b"no database" * 400)
    run = cli.run("summary", "-s", "66", "--plan", "3/100", "--quiet")
    assert run.code == 0
    [message] = run.err.splitlines()
    assert "not counted together with those of others" in message
    assert file.name in message
    found = findings(cli.run("doctor", "-o", "jsonl", "--plan", "3/100"))["quota"]
    assert (found["state"], found["finding"]) == ("warning", "not counted together with other runs")
    assert file.name in found["what_to_do"]


def test_a_folder_for_state_that_cannot_be_made_is_told(cli: Any) -> None:
    (cli.folder.parent / "state").write_text("a file where a folder should be")
    run = cli.run("summary", "-s", "66")
    assert run.code == 0
    assert "not counted together" in run.err
