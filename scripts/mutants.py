"""Changes the library one small step at a time, and shows which changes no test notices.

mutmut makes the changes and runs the tests, in a copy of the checkout below `build/mutants`. A room is a part of the
library with the tests that are to hold it. What a survivor means is for people to say: `mutants-accepted.toml` lists
those that mean the same as the original, each with the reason, and everything else that survives is shown.

Not counted are changes of wording: of letters in a string with a space in it, and of nothing else. Such a string is a
sentence for people, whose letters no program depends on.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "mutants"
ACCEPTED = Path(__file__).with_name("mutants-accepted.toml")
PACKAGE = "enphase_enlighten"
LIBRARY, COMMAND_LINE = 0.95, 0.90
"""The shares that have to be killed or accepted."""

_PATHS = ("generated", "mock", "scripts", "tests")
_FILES = ("*.md", "*.toml", "*.txt", "*.yaml")
_SURVIVED = {0: "survived", 5: "no test", 33: "no test", None: "not run"}
# The trampolines of mutmut stand between a function and its caller, and change what these look at.
_NOT_IN_A_COPY = "not points"


@dataclass(frozen=True)
class Room:
    """A part of the library with its tests.

    Attributes:
        modules: Its modules, below the package.
        tests: The tests that are to hold it.
        share: The share of mutants that has to be killed or accepted.
    """

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    share: float = LIBRARY


def _tests(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/{name}.py" for name in names)


# Of the tests that hold a room those that are quick: each mutant that survives takes as long as all of them.
_RANGES = _tests(
    "wrapper/test_history",
    "wrapper/test_ranges",
    "wrapper/test_interval_series",
    "wrapper/test_spans",
    "wrapper/test_edges_of_ranges",
)
_LISTINGS = _tests("wrapper/test_pagination", "wrapper/test_numbered_pages", "wrapper/test_edges_of_listings")
_QUOTA = _tests(
    "wrapper/test_quota",
    "wrapper/test_plans",
    "wrapper/test_edges_of_the_quota",
)
_SECRETS = _tests(
    "wrapper/test_credentials", "wrapper/test_logging", "wrapper/test_untrusted", "wrapper/test_edges_of_credentials"
)
# Those that need no process of their own, which every mutant would start again.
_RUNS = _tests("cli/test_runs", "cli/test_resuming", "cli/test_budget")
_SETTINGS = _tests("cli/test_access", "wrapper/test_profiles", "wrapper/test_edges_of_profiles")

ROOMS = {
    "windows": Room(("planning/windows.py",), _tests("wrapper/test_windows", "wrapper/test_edges_of_ranges")),
    "ranges": Room(("planning/ranges.py",), _RANGES),
    "pagination": Room(("planning/pages.py", "operations/listing.py"), _LISTINGS),
    "intervals": Room(("operations/intervals.py",), (*_RANGES, *_tests("wrapper/test_absent_intervals"))),
    "dates": Room(
        ("timing/instants.py",),
        _tests("wrapper/test_dates", "wrapper/test_edges_of_dates", "wrapper/test_timezone_databases"),
    ),
    "ledger": Room(("quota/ledger.py",), _QUOTA),
    "pacing": Room(("quota/quota.py", "quota/plans.py"), _QUOTA),
    "masking": Room(("credentials/masking.py",), _SECRETS),
    "credentials": Room(("credentials/log_filter.py", "credentials/untrusted.py"), _SECRETS),
    "running": Room(("cli/run/running.py", "cli/run/writing.py"), _RUNS, COMMAND_LINE),
    "resuming": Room(("cli/run/resuming.py",), _tests("cli/test_resuming"), COMMAND_LINE),
    "budget": Room(("cli/run/budget.py",), _tests("cli/test_budget"), COMMAND_LINE),
    "targets": Room(("cli/run/targets.py",), _tests("cli/test_budget"), COMMAND_LINE),
    "destinations": Room(
        ("cli/output/destination.py",),
        _tests("cli/test_destinations", "cli/test_edges_of_destinations"),
        COMMAND_LINE,
    ),
    "sources": Room(("config/sources.py", "config/profiles.py"), _SETTINGS),
    "access": Room(("cli/session.py",), _tests("cli/test_access"), COMMAND_LINE),
    "exits": Room(("cli/exits.py", "cli/messages.py"), _tests("cli/test_exits", "cli/test_entry_point"), COMMAND_LINE),
}


@dataclass(frozen=True)
class Mutant:
    """A changed function.

    Attributes:
        function: Its module below the package, and its qualified name.
        before: The lines that were changed, as they were.
        after: The lines in their place.
        outcome: What became of it.
    """

    function: str
    before: str
    after: str
    outcome: str

    @property
    def is_wording(self) -> bool:
        """Whether it differs in letters of sentences alone."""
        before, after = _strings(self.before), _strings(self.after)
        if before is None or after is None or len(before[1]) != len(after[1]):
            return False
        changed = [one for one, other in zip(before[1], after[1], strict=True) if one != other]
        return before[0] == after[0] and bool(changed) and all(" " in text.strip() for text in changed)


@dataclass
class Score:
    """What became of the mutants of a room."""

    mutants: list[Mutant]
    unaccepted: list[Mutant] = field(default_factory=list)
    accepted: int = 0
    wording: int = 0

    @property
    def counted(self) -> int:
        """How many mutants count."""
        return len(self.mutants) - self.wording

    @property
    def share(self) -> float:
        """The share of them that is killed or accepted."""
        return 1 - len(self.unaccepted) / self.counted if self.counted else 1.0


def _strings(lines: str) -> tuple[str, list[str]] | None:
    """Return lines without the texts of their strings, and those texts."""
    pattern = r'"(?:[^"\\]|\\.)*"' + r"|'(?:[^'\\]|\\.)*'"
    return re.sub(pattern, '""', lines), re.findall(pattern, lines)


def copy(place: Path, room: Room) -> None:
    """Copy what the tests need, with the library in a folder that mutmut takes for one."""
    shutil.rmtree(place, ignore_errors=True)
    (place / "mutants").mkdir(parents=True)
    left_out = shutil.ignore_patterns("__pycache__", "build")
    shutil.copytree(ROOT / "wrapper", place / "src", ignore=left_out)
    for name in _PATHS:
        shutil.copytree(ROOT / name, place / name, ignore=left_out)
    for pattern in _FILES:
        for file in ROOT.glob(pattern):
            shutil.copy(file, place)
    for name in ("src", "generated", "mock"):
        # An entry of the module search path that does not exist when Python starts is forgotten.
        (place / "mutants" / name).mkdir()
    copied = [*_PATHS, *(file.name for pattern in _FILES for file in place.glob(pattern))]
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"src/{PACKAGE}/{module}" for module in room.modules],
        "also_copy": copied,
        "pytest_add_cli_args_test_selection": [test for test in room.tests if (ROOT / test).exists()],
        "pytest_add_cli_args": [
            "-p",
            "no:xdist",
            "-m",
            "not long and not redis and not browser",
            "-k",
            _NOT_IN_A_COPY,
        ],
        # A mutant may run for three times as long as its tests alone, and ten seconds: more is a loop without an end.
        "timeout_multiplier": ["1.5"],
        "timeout_constant": ["3"],
    }
    lines = ["[mutmut]"]
    for key, values in settings.items():
        lines += [f"{key}={values[0]}"] if len(values) == 1 else [f"{key}=", *(f"    {value}" for value in values)]
    (place / "setup.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")


def mutate(place: Path, children: int) -> bool:
    """Run mutmut in a copy, and return whether it could; otherwise, print what it says."""
    paths = os.pathsep.join(str(place / "mutants" / name) for name in ("src", "generated", "mock"))
    log = place / "mutmut.log"
    with log.open("w", encoding="utf-8") as output:
        status = subprocess.run(  # noqa: S603 - our own tool
            [sys.executable, "-m", "mutmut", "run", "--max-children", str(children)],
            cwd=place,
            env={**os.environ, "PYTHONPATH": paths, "HYPOTHESIS_STORAGE_DIRECTORY": str(place / "hypothesis")},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        ).returncode
    if status:
        print(f"{log.read_text(encoding='utf-8')[-4000:]}\nmutmut failed: {log}", flush=True)
    return status == 0


def mutants(place: Path, room: Room) -> Iterator[Mutant]:
    """Return the mutants of a room after a run."""
    for module in room.modules:
        file = place / "mutants" / "src" / PACKAGE / module
        meta = Path(f"{file}.meta")
        # There is none where nothing can be changed: mutmut leaves functions with decorators alone.
        results = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"] if meta.exists() else {}
        sources = dict(_functions(file.read_text(encoding="utf-8")))
        for key, code in results.items():
            name = key.rpartition(".")[2]
            mangled = name.rpartition("__mutmut_")[0]
            before, after = _difference(sources[f"{mangled}__mutmut_orig"], sources[name])
            function = mangled.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
            outcome = _SURVIVED.get(code, "killed")
            yield Mutant(f"{module.removesuffix('.py').replace('/', '.')}.{function}", before, after, outcome)


def _functions(source: str) -> Iterator[tuple[str, str]]:
    """Return the names and the normalised texts of all functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and "__mutmut_" in node.name:
            name, node.name = node.name, "_"
            yield name, ast.unparse(node)


def _difference(before: str, after: str) -> tuple[str, str]:
    removed, added = [], []
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        if line.startswith("- "):
            removed.append(line[2:].strip())
        elif line.startswith("+ "):
            added.append(line[2:].strip())
    return "\n".join(removed), "\n".join(added)


def judge(found: Sequence[Mutant], accepted: Sequence[dict[str, str]]) -> Score:
    """Return how many mutants are killed, accepted, or neither."""
    known = {(entry["function"], entry["before"].strip(), entry["after"].strip()) for entry in accepted}
    score = Score(list(found))
    for mutant in found:
        if mutant.is_wording:
            score.wording += 1
        elif mutant.outcome == "killed":
            continue
        elif (mutant.function, mutant.before, mutant.after) in known:
            score.accepted += 1
        else:
            score.unaccepted.append(mutant)
    return score


def stale(found: Sequence[Mutant], accepted: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Return the accepted mutants of these functions' modules that no longer survive."""
    alive = {(mutant.function, mutant.before, mutant.after) for mutant in found if mutant.outcome != "killed"}
    functions = {mutant.function for mutant in found}
    return [
        entry
        for entry in accepted
        if entry["function"] in functions
        and (entry["function"], entry["before"].strip(), entry["after"].strip()) not in alive
    ]


def show(score: Score, outdated: Sequence[dict[str, str]]) -> None:
    """Print the survivors that are not accepted, and what is accepted in vain."""
    for mutant in score.unaccepted:
        print(f"  {mutant.function} ({mutant.outcome})")
        print("".join(f"    - {line}\n" for line in mutant.before.splitlines()), end="")
        print("".join(f"    + {line}\n" for line in mutant.after.splitlines()), end="")
    for entry in outdated:
        print(f"  accepted in vain: {entry['function']}: {entry['after']}")


def main() -> int:
    """Run the rooms, and return whether one has too many survivors."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rooms", nargs="*", help=f"of {', '.join(ROOMS)}; by default all")
    arguments.add_argument("--children", type=int, default=os.cpu_count() or 1, help="processes side by side")
    arguments.add_argument("--again", action="store_true", help="judge the last run again, with what is accepted now")
    options = arguments.parse_args()
    unknown = [name for name in options.rooms if name not in ROOMS]
    if unknown:
        arguments.error(f"there is no room {', '.join(unknown)}: give {', '.join(ROOMS)}")
    accepted = tomllib.loads(ACCEPTED.read_text(encoding="utf-8"))["accepted"]
    failed = False
    for name in options.rooms or ROOMS:
        room, place = ROOMS[name], BUILD / name
        if not options.again:
            copy(place, room)
            if not mutate(place, options.children):
                failed = True
                continue
        found = list(mutants(place, room))
        score, outdated = judge(found, accepted), stale(found, accepted)
        outcomes = Counter(mutant.outcome for mutant in found if not mutant.is_wording)
        print(
            f"{name}: {score.share:.1%} of {score.counted} ({outcomes['killed']} killed, {score.accepted} accepted, "
            f"{len(score.unaccepted)} left; {room.share:.0%} is asked for), {score.wording} of wording not counted",
            flush=True,
        )
        show(score, outdated)
        failed = failed or score.share < room.share or bool(outdated)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
