"""Figures that do not depend on how busy the machine is: instructions under callgrind, allocations under memray.

What is counted is reading alone. A process reads a body a few times, another one more often, and the difference is
what reading it once takes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from bodies import DAY, START, rgm_stats, systems
from results import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OUTPUT = ROOT / "build" / "bench-counts.json"
FEW, MORE = 2, 6
_COLLECTED = re.compile(r"Collected : (\d+)")


def works(name: str) -> dict[str, Callable[[], object]]:
    """Return what reads a body, by contender.

    Args:
        name: `rgm-stats`, a week of two meters, or `systems`, a page of 200.
    """
    # As little as shows the shape: callgrind is fifty times as slow as the machine.
    reading: Any = import_module("reading")
    if name == "rgm-stats":
        contenders: dict[str, Callable[[], object]] = reading.rgm_stats_works(rgm_stats(START, START + 7 * DAY))
    else:
        contenders = reading.systems_works(systems(200, 200))
    return contenders


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, show and write the counts, and return the exit status."""
    parser = argparse.ArgumentParser(description="Counts instructions or allocations of reading a body.")
    parser.add_argument("--what", choices=COUNTERS, default="instructions", help="default: %(default)s")
    parser.add_argument("--only", choices=("rgm-stats", "systems"), help="count for this body alone")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="the file (default: %(default)s)")
    parser.add_argument("--run", nargs=3, metavar=("BODY", "CONTENDER", "TIMES"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.run:
        _run(*options.run)
        return 0
    missing = _missing(options.what)
    if missing:
        parser.exit(2, f"{parser.prog}: {missing}\n")
    bodies = (options.only,) if options.only else ("rgm-stats", "systems")
    counts = {body: {name: _difference(options.what, body, name) for name in works(body)} for body in bodies}
    Console().print(_table(options.what, counts))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps({"what": options.what, "counts": counts}, indent=1) + "\n", encoding="utf-8")
    return 0


def _missing(what: str) -> str | None:
    if what == "instructions" and shutil.which("valgrind") is None:
        return "valgrind is not installed; install Debian's valgrind, or count --what allocations"
    if what == "allocations" and find_spec("memray") is None:
        return "memray is not installed; install it, or count --what instructions"
    return None


def _difference(what: str, body: str, contender: str) -> float:
    _process(_command(body, contender, FEW))  # what is run for the first time is compiled, which must not count
    few, more = (COUNTERS[what](body, contender, times) for times in (FEW, MORE))
    return (more - few) / (MORE - FEW)


def _instructions(body: str, contender: str, times: int) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={scratch}/out"]
        run = _process([*valgrind, *_command(body, contender, times)])
    found = _COLLECTED.search(run.stderr)
    if found is None:
        raise RuntimeError(f"callgrind counted nothing: {run.stderr[-500:]}")
    return int(found[1])


def _allocations(body: str, contender: str, times: int) -> int:
    memray = import_module("memray")
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch, "out")
        options = ["-m", "memray", "run", "--trace-python-allocators", "--quiet", "--output", str(output)]
        executable, *rest = _command(body, contender, times)
        _process([executable, *options, *rest])
        return int(memray.FileReader(output).metadata.total_allocations)


COUNTERS: dict[str, Callable[[str, str, int], int]] = {"instructions": _instructions, "allocations": _allocations}


def _command(body: str, contender: str, times: int) -> list[str]:
    return [sys.executable, str(Path(__file__).resolve()), "--run", body, contender, str(times)]


def _process(command: list[str]) -> subprocess.CompletedProcess[str]:
    # With hashes of its own, each process would take another number of instructions.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if run.returncode:
        raise RuntimeError(f"counting failed: {run.stderr[-500:]}")
    return run


def _run(body: str, contender: str, times: str) -> None:
    work = works(body)[contender]
    for _ in range(int(times)):
        work()


def _table(what: str, counts: dict[str, dict[str, float]]) -> Table:
    table = Table(title=f"{what.capitalize()} of reading a body once", title_justify="left")
    table.add_column("body")
    table.add_column("contender")
    table.add_column(what, justify="right")
    table.add_column("ratio", justify="right")
    for body, contenders in counts.items():
        baseline = contenders["json.loads"]
        for contender, count in contenders.items():
            table.add_row(body, contender, f"{count:,.0f}", f"{count / baseline:.2f}")
    return table


if __name__ == "__main__":
    sys.exit(main())
