"""Compares this working tree with another revision of it: the same benchmarks, run by turns on the code of each.

Each run is a process of its own, and gives ratios to the baselines that it took itself. What is compared is those
ratios, so that a machine that is busier for a while changes nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from measuring import Spread
from report import quartiles
from results import ROOT, revision
from run import BENCHMARKS, WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OUTPUT = ROOT / "build" / "bench-compare.json"
CODE = ("wrapper", "generated", "mock")
_ENOUGH = 5
"""A change is called one if every pair of runs agrees on it, and there are so many: chance does that once in 16 times,
once in 64 with the usual seven."""
_NOISE = 0.03
"""A median below this is not called a change."""


@dataclass
class Side:
    """One of the two revisions.

    Attributes:
        tree: Where its code is.
        ratios: What its runs gave, by row.
        problems: What could not be run.
    """

    tree: Path
    ratios: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    problems: set[str] = field(default_factory=set)

    def measure(self, options: Sequence[str]) -> None:
        """Run the benchmarks of this working tree once, on this side's code."""
        paths = [str(self.tree / folder) for folder in CODE]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        with tempfile.TemporaryDirectory() as scratch:
            output = Path(scratch, "bench.json")
            command = [sys.executable, str(ROOT / "bench" / "run.py"), "--output", str(output), *options]
            run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
            if not output.exists():
                raise RuntimeError(f"the benchmarks could not be run: {run.stderr.strip()}")
            found: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
        if found["revision"] != revision(self.tree):
            raise RuntimeError(f"the code of {found['revision']} ran in the place of {revision(self.tree)}")
        for result in found["results"]:
            self.ratios[result["name"]].append(result["ratio"]["median"])
        self.problems |= {f"{name}: {problem}" for name, problem in found["failures"].items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, show and write the comparison, and return the exit status: 1 where something has become slower."""
    parser = argparse.ArgumentParser(description="Compares the benchmarks of this working tree with another revision.")
    parser.add_argument("base", help="the revision to compare with: a commit, a branch or a tag")
    parser.add_argument("--only", action="append", choices=BENCHMARKS, default=[], help="compare this one alone")
    parser.add_argument("--runs", type=int, default=7, help="runs of each revision (default: %(default)s)")
    parser.add_argument("--full", action="store_true", help="full runs instead of quick ones")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="the file (default: %(default)s)")
    options = parser.parse_args(arguments)
    passed = [argument for name in options.only for argument in ("--only", name)] + ["--quick"] * (not options.full)
    try:
        with checked_out(options.base) as tree:
            base, present = Side(tree), Side(ROOT)
            names = revision(base.tree), revision(present.tree)
            for number in range(options.runs):
                # In turn the first and the second, since the first of a pair finds another machine.
                for side in (base, present) if number % 2 else (present, base):
                    side.measure(passed)
    except RuntimeError as error:
        parser.exit(1, f"{parser.prog}: {error}\n")
    changes = _changes(base, present)
    console = Console()
    if not console.is_terminal:
        console.width = WIDTH
    console.print(_table(changes, base, present, names))
    for side, name in ((base, names[0]), (present, names[1])):
        for problem in sorted(side.problems):
            console.print(f"{name}: {problem}", markup=False)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    written = {"base": names[0], "present": names[1], "base_ratios": base.ratios, "present_ratios": present.ratios}
    options.output.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 1 if any(_verdict(change) == "slower" for change in changes.values()) else 0


@contextmanager
def checked_out(name: str) -> Iterator[Path]:
    """Check a revision out into a temporary folder while the context lasts.

    Raises:
        RuntimeError: There is no such revision.
    """
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch, "base")
        # With `--` no name can be taken for an option.
        _git("worktree", "add", "--detach", "--quiet", "--", str(tree), name)
        try:
            yield tree
        finally:
            _git("worktree", "remove", "--force", str(tree))


def _git(*arguments: str) -> None:
    run = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607 - ours
    if run.returncode:
        raise RuntimeError(f"git {arguments[0]} failed: {run.stderr.strip()}")


def _changes(base: Side, present: Side) -> dict[str, list[float]]:
    """Return by row how many times as much the present takes, for each pair of runs."""
    changes = {}
    for name in base.ratios.keys() & present.ratios.keys():
        pairs = [(new, old) for new, old in zip(present.ratios[name], base.ratios[name], strict=False) if old]
        if pairs:
            changes[name] = [new / old for new, old in pairs]
    return changes


def _verdict(change: list[float]) -> str:
    if len(change) < _ENOUGH or abs(Spread.of(change).median - 1) < _NOISE:
        return ""
    return "slower" if min(change) > 1 else "faster" if max(change) < 1 else ""


def _table(changes: dict[str, list[float]], base: Side, present: Side, names: tuple[str, str]) -> Table:
    table = Table(title="Ratios to the same baselines; the change is the present by the base", title_justify="left")
    table.add_column("row")
    for heading in (*names, "change", "quartiles"):
        table.add_column(heading, justify="right")
    table.add_column("")
    for name in dict.fromkeys([*present.ratios, *base.ratios]):
        figures = [
            f"{Spread.of(side.ratios[name]).median:.3g}" if name in side.ratios else "none" for side in (base, present)
        ]
        shown = ["", "", ""]
        if name in changes:
            spread = Spread.of(changes[name])
            shown = [f"{spread.median:.3f}", quartiles(spread), _verdict(changes[name])]
        table.add_row(name, *figures, *shown)
    return table


if __name__ == "__main__":
    sys.exit(main())
