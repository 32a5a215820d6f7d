"""A thousand systems: memory flat, progress right, one failing system told at the end."""

from __future__ import annotations

import re
import resource
import sys
from typing import Any

import pytest

from enphase_enlighten.credentials.untrusted import one_line

from .service import simulated_api

PEAK = (
    "import resource, sys; from enphase_enlighten.cli import main; code = main(); "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=open('peak', 'w')); sys.exit(code)"
)


@pytest.fixture(scope="module")
def fleet() -> Any:
    with simulated_api("--systems", "1000") as simulated:
        yield simulated


def peak(cli: Any) -> int:
    """The most memory, in MiB, that the last run took."""
    return int((cli.folder / "peak").read_text()) // 1024


@pytest.mark.long
def test_a_thousand_systems(bare: Any, fleet: Any) -> None:
    bare.environment.update(fleet.environment)
    bare.command = [sys.executable, "-c", PEAK]
    fleet.control("POST", "/reset")
    fleet.fail(kind="not_found", operation="Summary", system_id=500)
    small = bare.in_process("summary", "-s", "66", "-O", "one.csv")
    assert small.code == 0, small.err
    least = peak(bare)
    shown = bare.at_terminal("summary", "--all", "--file", "all.csv", "--plan", "1000/1000000", width=140)
    assert shown.code == 8
    rows = (bare.folder / "all.csv").read_text().splitlines()
    assert len(rows) == 1000
    assert {row.split(",")[0] for row in rows[1:]} == {str(number) for number in range(66, 1066) if number != 500}
    told = [one_line(line) for line in shown.out.splitlines()]
    assert any("enlighten: 1 of 1,000 systems failed" in line for line in told)
    assert any("enlighten: system 500: Summary: status 404" in line for line in told)
    done = [int(number) for number in re.findall(r"(\d+)/1000", one_line(shown.out))]
    assert done == sorted(done)
    assert done[-1] == 1000
    assert peak(bare) - least < 25, f"{least} MiB for one system, {peak(bare)} MiB for all"


@pytest.mark.long
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_year_of_intervals_takes_the_memory_of_a_week(bare: Any, fleet: Any, form: str) -> None:
    bare.environment.update(fleet.environment)
    bare.command = [sys.executable, "-c", PEAK]
    assert bare.in_process("stats", "-s", "66", "--last", "7d", "-O", f"week.{form}").code == 0
    least = peak(bare)
    assert bare.in_process("stats", "-s", "66", "--last", "11mo", "-O", f"year.{form}").code == 0
    assert peak(bare) - least < 40, f"{least} MiB for a week, {peak(bare)} MiB for a year"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss > 0
