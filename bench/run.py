"""The benchmarks: a table on the terminal, and everything about the run in `build/bench.json`.

Times are ratios taken within one run, because those of two runs, or of two machines, cannot be compared.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

import report
from measuring import FULL, QUICK
from results import ROOT, document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from measuring import Effort
    from results import Result

OUTPUT = ROOT / "build" / "bench.json"

WIDTH = 120
"""Columns where the output is no terminal."""

BENCHMARKS = {
    "sync": "calls.sync_stats",
    "async": "calls.async_calls",
    "read-rgm-stats": "reading.month_of_rgm_stats",
    "read-systems": "reading.page_of_systems",
    "frames": "frames.year_of_stats",
    "startup": "startup.startup",
    "memory": "memory.peaks",
    "requests": "spending.requests_needed",
    "quota": "spending.quota_used",
    "fleet": "fleet.listing",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run benchmarks, show and write what they found, and return the exit status.

    It is 0 whether the aims are met or not, and 1 when a benchmark could not be run.
    """
    parser = argparse.ArgumentParser(description="Runs the benchmarks, each as a ratio against its baseline.")
    parser.add_argument("--only", action="append", choices=BENCHMARKS, help="run this one; may be given several times")
    parser.add_argument("--quick", action="store_true", help="a short run: figures to look at, not to rely on")
    parser.add_argument("--rounds", type=int, help="how often each contender has its turn")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="the file (default: %(default)s)")
    options = parser.parse_args(arguments)
    effort = QUICK if options.quick else FULL
    if options.rounds is not None:
        effort = replace(effort, rounds=max(1, options.rounds))
    console, errors = Console(), Console(stderr=True)
    if not console.is_terminal:
        console.width = WIDTH
    results: list[Result] = []
    failures: dict[str, str] = {}
    for name in options.only or BENCHMARKS:
        try:
            with errors.status(f"{name} ..."):
                results += run(name, effort)
        except Exception as error:  # noqa: BLE001 - the other benchmarks can be run all the same
            failures[name] = f"{type(error).__name__}: {error}"
    console.print(report.table(results))
    for name, problem in failures.items():
        errors.print(f"{name} could not be run: {problem}", markup=False)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document(results, effort, failures), indent=1, ensure_ascii=False)
    options.output.write_text(text + "\n", encoding="utf-8")
    return 1 if failures else 0


def run(name: str, effort: Effort) -> list[Result]:
    """Run one benchmark. What it needs of the wrapper is imported here: another revision may not have it."""
    module, _, function = BENCHMARKS[name].partition(".")
    results: list[Result] = getattr(import_module(module), function)(effort)
    return results


if __name__ == "__main__":
    sys.exit(main())
