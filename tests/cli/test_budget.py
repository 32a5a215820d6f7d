"""Asking before a run that spends a lot, and which systems a run is about."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import Usage
from enphase_enlighten.cli.exits import CommandError
from enphase_enlighten.cli.run.budget import confirm
from tests.support.service import reply, system

if TYPE_CHECKING:
    from tests.support.service import StubService

    from .running import Cli

ASSUMED = "(assuming the smallest plan, Watt; --plan names yours)"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def usage(spent: int = 0, limit: int | None = 1000) -> Usage:
    return Usage(0, spent, None, limit)


def asked(monkeypatch: pytest.MonkeyPatch, typed: str | None, requests: int = 500, **known: Any) -> None:
    """Ask about a run, at a terminal where something is typed."""
    monkeypatch.setattr("sys.stdin", io.StringIO() if typed is None else Terminal(typed))
    confirm(requests, usage(**known), yes=False)


def test_a_tenth_of_the_months_quota_is_spent_without_asking(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(monkeypatch, None, 100)
    assert capsys.readouterr().err == ""
    with pytest.raises(CommandError):
        asked(monkeypatch, None, 101)
    assert capsys.readouterr().err.startswith("enlighten: this run sends about 101 requests, 10% of the month's 1,000")


@pytest.mark.parametrize(
    ("requests", "known", "told"),
    [
        (500, {}, "about 500 requests, 50% of the month's 1,000; 1,000 are left."),
        (1500, {"spent": 400}, "about 1,500 requests, 150% of the month's 1,000; 600 are left."),
        (500, {"spent": 1200}, "about 500 requests, 50% of the month's 1,000; 0 are left."),
        (500, {"spent": 999}, "about 500 requests, 50% of the month's 1,000; 1 are left."),
        (
            5000,
            {"limit": None, "spent": 1000},
            f"about 5,000 requests, 50% of the month's 10,000 {ASSUMED}; 9,000 are left.",
        ),
    ],
)
def test_what_a_large_run_spends_is_said_also_where_it_is_agreed_to(
    capsys: pytest.CaptureFixture[str], requests: int, known: dict[str, Any], told: str
) -> None:
    confirm(requests, usage(**known), yes=True)

    assert capsys.readouterr().err == f"enlighten: this run sends {told}\n"


@pytest.mark.parametrize("typed", ["y\n", "Y\n", "yes\n", " Yes \n", "y"])
def test_who_agrees_goes_on(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str) -> None:
    asked(monkeypatch, typed)

    assert capsys.readouterr().err.endswith("are left.\nGo on? [y/N] ")


@pytest.mark.parametrize("typed", ["", "\n", "n\n", "no\n", "yess\n", "x\ny\n"])
def test_who_does_not_agree_starts_nothing(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    with pytest.raises(CommandError) as caught:
        asked(monkeypatch, typed)

    assert (str(caught.value), caught.value.code) == ("Not started.", 2)


def test_where_nobody_can_be_asked_nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError) as caught:
        asked(monkeypatch, None)

    assert (str(caught.value), caught.value.code) == ("Not a terminal, pass --yes to go on, or ask for less.", 2)


def test_a_run_is_weighed_by_the_requests_of_all_its_systems(bare: Cli, stub: StubService) -> None:
    # Of 60 requests, one is spent on looking the systems up.
    asked_for = ("stats", "-s", "66", "-s", "67", "--from", "2026-06-11", "--to", "2026-06-14", "--plan", "10/60")
    result = bare.run(*asked_for, "-o", "jsonl")

    assert result.code == 2
    assert result.err.splitlines() == [
        "enlighten: this run sends about 8 requests, 13% of the month's 60; 59 are left.",
        "enlighten: Not a terminal, pass --yes to go on, or ask for less.",
    ]
    assert [name for name, _ in stub.requests] == ["systems"]
    assert bare.run(*asked_for, "-o", "jsonl", "--yes").code == 0
    assert len(stub.asked("stats")) == 8


def test_fifty_systems_are_looked_up_with_one_request(bare: Cli, stub: StubService) -> None:
    stub.zones = dict.fromkeys(range(100, 201), "UTC")
    named = [part for number in range(100, 201) for part in ("-s", str(number))]
    result = bare.run("summary", *named, "-o", "jsonl", "--yes")

    assert [row["system_id"] for row in result.rows()] == list(range(100, 201))
    looked_up = [params["system_id[]"] for params in stub.asked("systems")]
    assert [(asked[0], len(asked)) for asked in looked_up] == [("100", 50), ("150", 50), ("200", 1)]


def test_all_systems_are_gone_on_with_from_the_one_that_is_named(bare: Cli, stub: StubService) -> None:
    rows = bare.run("summary", "--all", "--start-with", "69", "-o", "jsonl").rows()
    assert [row["system_id"] for row in rows] == [69, 70]
    assert "system_id[]" not in stub.asked("systems")[0]

    result = bare.run("summary", "--all", "--start-with", "7", "-o", "jsonl")
    assert (result.code, result.out) == (7, "")
    assert result.err == "enlighten: --start-with 7: these credentials do not list that system.\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Which systems? Give --system ID, once or more, or --all; `enlighten systems` lists them."),
        (("-s", "66", "--all"), "--system and --all were both given: give one of them."),
        (("-s", "66", "--start-with", "66"), "--start-with goes with --all."),
        (
            ("-s", "66", "--timezone", "Berlin"),
            "--timezone 'Berlin': it is unknown; write it like Europe/Berlin",
        ),
        (("-s", "66", "--timezone", ""), "--timezone '': it is unknown; write it like Europe/Berlin"),
    ],
)
def test_systems_that_are_not_clear_are_an_error_before_anything_is_sent(
    bare: Cli, stub: StubService, arguments: tuple[str, ...], told: str
) -> None:
    result = bare.run("stats", *arguments)

    assert result.code == 2
    # Of a timezone that may be right, more is said.
    assert result.err.startswith(f"enlighten: {told}")
    assert stub.requests == []


def test_credentials_that_list_nothing_are_no_data(bare: Cli, stub: StubService) -> None:
    stub.zones = {}
    result = bare.run("summary", "--all")

    assert (result.code, result.err) == (7, "enlighten: These credentials list no systems.\n")


@pytest.mark.parametrize("choice", [("--all",), ("-s", "66", "-s", "67")])
def test_the_timezone_that_is_given_is_for_systems_without_one_of_their_own(
    bare: Cli, stub: StubService, choice: tuple[str, ...]
) -> None:
    listed = [system(66, None), {**system(67), "system_name": None}]
    stub.zones = {66: "Asia/Kathmandu", 67: "America/Los_Angeles"}
    stub.list_systems = lambda _params: reply({"systems": listed})
    asked = ("--from", "2026-06-14 10:00", "--to", "2026-06-14 10:05", "--timezone", "Asia/Kathmandu", "-o", "jsonl")

    result = bare.run("stats", *choice, *asked)
    assert [row["end_at"] for row in result.rows()] == ["2026-06-14T10:05:00+05:45", "2026-06-14T10:05:00-07:00"]
    assert [row["system_name"] for row in bare.run("summary", *choice, "-o", "jsonl").rows()] == ["System 66", ""]
