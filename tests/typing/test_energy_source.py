"""A program that keeps to `EnergySource` runs on the clients of both APIs, and both pass type checkers."""

from __future__ import annotations

import subprocess
import sys
import types
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from enlighten_mock import SettableClock, SimulatedAPI

PROGRAM = Path(__file__).with_name("energy_report.py")
IMPORTS = {
    "v2": "from enphase_enlighten import Enlighten\n",
    "v4": "from enphase_enlighten.v4 import Enlighten\n",
}
"""The import of each version of the API whose client has all of `EnergySource`."""

DAY, ZONE = date(2024, 6, 10), "America/Los_Angeles"


def program(version: str) -> str:
    """The program for a version of the API: all that differs is an import."""
    return PROGRAM.read_text(encoding="utf-8").replace(IMPORTS["v2"], IMPORTS[version])


@pytest.fixture
def options() -> dict[str, dict[str, Any]]:
    """What the client of each API is made with."""
    api = SimulatedAPI(systems=8, clock=SettableClock(datetime(2024, 6, 15, 20, tzinfo=UTC)))
    shared = {"transport": api.transport(), "clock": api.clock}
    return {
        "v2": {"api_key": api.api_key, "user_id": api.user_id, **shared},
        "v4": {"api_key": api.partner.api_key, "tokens": api.partner.access_token, **shared},
    }


def test_the_program_says_the_same_on_both(options: dict[str, dict[str, Any]]) -> None:
    said = {}
    for version in IMPORTS:
        module = types.ModuleType(f"energy_report_{version}")
        exec(compile(program(version), str(PROGRAM), "exec"), vars(module))  # noqa: S102 - ours
        said[version] = module.main(options[version], DAY, ZONE)
    assert said["v2"]
    assert all(each == said["v2"] for each in said.values())
    assert all(intervals > 0 for intervals, _, _ in said["v2"].values())


@pytest.mark.parametrize("version", IMPORTS)
def test_the_program_passes_mypy_strict(tmp_path: Path, version: str) -> None:
    path = tmp_path / f"report_{version}.py"
    path.write_text(program(version), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", str(path)]
    root = PROGRAM.parents[2]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert ran.returncode == 0, ran.stdout + ran.stderr
