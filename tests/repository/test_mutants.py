"""How `make mutants` judges what mutmut leaves."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from mutants import ACCEPTED, PACKAGE, ROOMS, ROOT, Mutant, Room, judge, mutants, stale


def mutant(before: str, after: str, outcome: str = "survived", function: str = "room.function") -> Mutant:
    return Mutant(function, before, after, outcome)


@pytest.mark.parametrize(
    ("before", "after", "is_wording"),
    [
        ("say('it is so')", "say('XXit is soXX')", True),
        ("say('it is so')", "say('IT IS SO')", True),
        ('say("it\'s so", 5)', 'say("IT\'S SO", 5)', True),
        ("say('it is so')", "say(None)", False),
        ("say('it is so', 5)", "say('it is so', 6)", False),
        ("say('it is so', 5)", "say('IT IS SO', 6)", False),
        ("get('name')", "get('NAME')", False),
        ("get('name', 'it is so')", "get('NAME', 'it is so')", False),
        ("''", "'XXXX'", False),
    ],
)
def test_a_change_of_letters_in_a_sentence_is_wording(before: str, after: str, *, is_wording: bool) -> None:
    assert mutant(before, after).is_wording is is_wording


def test_what_is_neither_killed_nor_accepted_nor_wording_is_left() -> None:
    found = [
        mutant("a", "b", "killed"),
        mutant("a", "c"),
        mutant("a", "d", "no test"),
        mutant("'a b'", "'A B'"),
        mutant("a", "c", function="room.other"),
    ]
    accepted = [{"function": "room.function", "before": "a", "after": "c", "reason": "it means the same"}]

    score = judge(found, accepted)

    assert score.unaccepted == [found[2], found[4]]
    assert (score.accepted, score.wording, score.counted, score.share) == (1, 1, 4, 0.5)


def test_what_is_accepted_and_killed_or_gone_is_told() -> None:
    entry = {"function": "room.function", "before": "a", "after": "c", "reason": "it means the same"}

    assert stale([mutant("a", "c")], [entry]) == []
    assert stale([mutant("a", "c", "killed")], [entry]) == [entry]
    assert stale([mutant("a", "x")], [entry]) == [entry]
    assert stale([mutant("a", "x", function="another.function")], [entry]) == [], "of a room that did not run"


def test_mutants_are_known_by_their_function_and_their_changed_lines(tmp_path: Path) -> None:
    file = tmp_path / "mutants" / "src" / PACKAGE / "quota" / "ledger.py"
    file.parent.mkdir(parents=True)
    file.write_text(
        "class Ledger:\n"
        "    def xǁLedgerǁtake__mutmut_orig(self):\n        one = 1\n        return (one,\n            2)\n"
        "    def xǁLedgerǁtake__mutmut_1(self):\n        one = 2\n        return (one,\n            2)\n"
        "def x__of__mutmut_orig():\n    return 1\n"
        "def x__of__mutmut_1():\n    return 3\n"
    )
    codes = {f"{PACKAGE}.quota.ledger.xǁLedgerǁtake__mutmut_1": 0, f"{PACKAGE}.quota.ledger.x__of__mutmut_1": 1}
    Path(f"{file}.meta").write_text(json.dumps({"exit_code_by_key": codes}))

    assert list(mutants(tmp_path, Room(("quota/ledger.py",), ()))) == [
        Mutant("quota.ledger.Ledger.take", "one = 1", "one = 2", "survived"),
        Mutant("quota.ledger._of", "return 1", "return 3", "killed"),
    ]


def test_rooms_and_what_is_accepted_are_of_modules_and_tests_that_there_are() -> None:
    package = ROOT / "wrapper" / PACKAGE
    assert [module for room in ROOMS.values() for module in room.modules if not (package / module).is_file()] == []
    assert [test for room in ROOMS.values() for test in room.tests if not (ROOT / test).is_file()] == []

    entries: list[dict[str, Any]] = tomllib.loads(ACCEPTED.read_text(encoding="utf-8"))["accepted"]
    assert all(set(entry) == {"function", "before", "after", "reason"} for entry in entries)
    modules = [module.removesuffix(".py").replace("/", ".") for room in ROOMS.values() for module in room.modules]
    assert [entry for entry in entries if not entry["function"].startswith(tuple(modules))] == []
