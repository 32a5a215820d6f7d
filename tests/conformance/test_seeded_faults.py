"""The suite finds each of the seeded faults, and nothing where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.specification import ROOT

from .mutation.detection import FAULT_PROPERTY, copy, detect, generate
from .mutation.seeded_faults import (
    OF_THE_GENERATED_CLIENT,
    OF_THE_OVERLAY,
    OF_THE_SIMULATED_API,
    OF_THE_SPECIFICATION,
    OF_THE_WRAPPER,
    OVERLAY,
    SEEDED_FAULTS,
    SPECIFICATION,
    PatternNotFoundError,
    SeededFault,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# One in the overlay, one in the wrapper, one in the simulated API, each found soon: for `make test`.
SAMPLE = ("a credential renamed", "days one late", "a system lost between pages")
NAMES = {fault.name: fault for fault in SEEDED_FAULTS}


def found_by(fault: SeededFault, folder: Path) -> tuple[str, ...]:
    copy(folder)
    fault.seed(folder)
    if fault.place in (SPECIFICATION, OVERLAY) and not generate(folder):
        return ("the generation, which stops",)
    detection = detect(folder, fault.tests)
    assert detection.found_by, f"{fault.name}: nothing found it\n{detection.output}"
    return detection.found_by


@pytest.mark.parametrize("name", SAMPLE)
def test_a_sample_of_the_seeded_faults_is_found(name: str, tmp_path: Path) -> None:
    assert found_by(NAMES[name], tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_a_seeded_fault_is_found(name: str, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    file = str(NAMES[name].file(ROOT).relative_to(ROOT))
    record_property(FAULT_PROPERTY, [name, file, ["nothing"]])
    record_property(FAULT_PROPERTY, [name, file, found_by(NAMES[name], tmp_path)])


@pytest.mark.long
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path) -> None:
    copy(tmp_path)
    parts = sorted({part for fault in SEEDED_FAULTS for part in fault.tests})
    assert detect(tmp_path, parts).found_by == ()


@pytest.mark.parametrize("fault", SEEDED_FAULTS, ids=lambda fault: fault.name)
def test_the_code_that_a_fault_changes_exists_in_one_file(fault: SeededFault) -> None:
    assert fault.file(ROOT).is_relative_to(ROOT / fault.place)


def test_a_fault_whose_code_is_gone_says_which_entry_to_correct(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "one.py").write_text("position = 1\n", encoding="utf-8")
    (tmp_path / "package" / "other.py").write_text("position = 1\n", encoding="utf-8")
    for pattern, where in (("position = 2", "no file"), ("position = 1", "package/one.py, package/other.py")):
        fault = SeededFault("a position off by one", "package", pattern, "position = 0", ("requests",))
        with pytest.raises(PatternNotFoundError, match=rf"a position off by one: .* occurs in {where}\."):
            fault.seed(tmp_path)


def test_there_are_enough_faults_in_each_part() -> None:
    parts = (
        OF_THE_SPECIFICATION,
        OF_THE_OVERLAY,
        OF_THE_GENERATED_CLIENT,
        OF_THE_WRAPPER,
        OF_THE_SIMULATED_API,
    )
    assert len(NAMES) == len(SEEDED_FAULTS) >= 43
    assert all(len(part) >= 5 for part in parts)
