"""The suite bites: it finds each of the seeded faults, and nothing where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .seeded import SEEDED, Seeded
from .specifications import ROOT
from .teeth import PROPERTY, bite, copy, seed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# One in the overlay, one in the wrapper, one in the simulated API, each found at once: for `make test`.
SAMPLE = ("a credential renamed", "days one late", "JSON that says it is text")
NAMES = {fault.name: fault for fault in SEEDED}


def found_by(fault: Seeded, folder: Path) -> tuple[str, ...]:
    copy(folder)
    if seed(fault, folder):
        return ("the generation, which stops",)
    result = bite(fault, folder)
    assert result.found_by, f"{fault.name}: nothing found it\n{result.output}"
    return result.found_by


@pytest.mark.parametrize("name", SAMPLE)
def test_a_sample_of_the_seeded_faults_is_found(name: str, tmp_path: Path) -> None:
    assert found_by(NAMES[name], tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_a_seeded_fault_is_found(name: str, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    record_property(PROPERTY, [name, NAMES[name].file, ["nothing"]])
    record_property(PROPERTY, [name, NAMES[name].file, found_by(NAMES[name], tmp_path)])


@pytest.mark.long
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path) -> None:
    copy(tmp_path)
    parts = sorted({part for fault in SEEDED for part in fault.tests})
    assert bite(None, tmp_path, *parts).found_by == ()


@pytest.mark.parametrize("fault", SEEDED, ids=lambda fault: fault.name)
def test_the_text_that_a_fault_replaces_is_there(fault: Seeded) -> None:
    assert fault.old in (ROOT / fault.file).read_text(encoding="utf-8")


def test_there_are_faults_enough_in_each_part() -> None:
    assert len(SEEDED) >= 20
    for folder in ("enlighten.yaml", "enlighten.overlay.yaml", "wrapper", "mock"):
        assert sum(fault.file.startswith(folder) for fault in SEEDED) >= 5
