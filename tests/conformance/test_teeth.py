"""The suite bites: it finds each of the seeded faults, and nothing where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .seeded import SEEDED, Seeded
from .teeth import bite, copy, seed

if TYPE_CHECKING:
    from pathlib import Path

# One in the specification, one in the wrapper, one in the simulated API: for `make test`.
SAMPLE = ("a parameter renamed", "an off-by-one at a window's edge", "JSON that says it is text")
NAMES = {fault.name: fault for fault in SEEDED}


def is_found(fault: Seeded, folder: Path) -> None:
    copy(folder)
    seed(fault, folder)
    result = bite(fault, folder)
    assert result.found_by, f"{fault.name}: nothing found it\n{result.output}"
    print(f"{fault.name}: {', '.join(result.found_by)}")  # noqa: T201 - the table is made of these lines


@pytest.mark.parametrize("name", SAMPLE)
def test_a_sample_of_the_seeded_faults_is_found(name: str, tmp_path: Path) -> None:
    is_found(NAMES[name], tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_a_seeded_fault_is_found(name: str, tmp_path: Path) -> None:
    is_found(NAMES[name], tmp_path)


@pytest.mark.long
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path) -> None:
    copy(tmp_path)
    parts = sorted({part for fault in SEEDED for part in fault.tests})
    assert bite(None, tmp_path, *parts).found_by == ()


def test_there_are_faults_enough_in_each_part() -> None:
    assert len(SEEDED) >= 20
    for folder in ("enlighten.yaml", "enlighten.overlay.yaml", "wrapper", "mock"):
        assert sum(fault.file.startswith(folder) for fault in SEEDED) >= 5
