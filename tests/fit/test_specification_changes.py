"""The messages for a maintainer who changes the specification, generates and runs the tests.

Each change is made to a copy of a specification of the past, so that no edit of the real one fails a test here: what
the wrapper of today does not fit of that is left out of account.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

import pytest

from generation import Methods
from method_errors import MethodsError
from overlay import SpecificationError, effective_specification
from tests.fit.changes import Documents
from tests.fit.corrected_trials import SILENT, STALE
from tests.fit.shapes import shapes
from tests.fit.steps import effective, fit, fit_of_generated, methods
from tests.fit.trials import TRIALS
from tests.support.specification import OVERLAY_FILE, ROOT, SPECIFICATION_FILES, load_document

if TYPE_CHECKING:
    from pathlib import Path

FROZEN = ROOT / "tests" / "fit" / "frozen"
SPECIFICATION = FROZEN / SPECIFICATION_FILES["published"].name
OVERLAY = FROZEN / OVERLAY_FILE.name
METHODS = FROZEN / Methods().said.name


def trials(step: str) -> list[str]:
    return [change for change, trial in TRIALS.items() if trial.step == step]


@pytest.fixture(scope="module")
def frozen() -> Documents:
    return Documents(load_document(SPECIFICATION), load_document(OVERLAY), load_document(METHODS))


@pytest.fixture(scope="module")
def recorded(frozen: Documents) -> dict[str, str]:
    return shapes(effective(frozen))


@pytest.fixture(scope="module")
def known(frozen: Documents, recorded: dict[str, str]) -> list[str]:
    """What the wrapper of today does not fit of the specification of the past."""
    return fit(frozen, recorded)


@pytest.fixture
def documents(frozen: Documents) -> Documents:
    return deepcopy(frozen)


def assert_named(new: list[str], change: str) -> None:
    trial = TRIALS[change]
    assert len(new) == 1, "\n".join(new)
    assert new[0].startswith(trial.begins)
    for word in (*trial.says, trial.file):
        assert word in new[0]
    files = re.findall(r"(?:wrapper|mock|tests)/[\w/]+\.\w+", new[0])
    assert all((ROOT / file).is_file() for file in files), files


@pytest.mark.parametrize("change", trials("generate"))
def test_a_change_that_stops_the_generation_is_told_once(change: str, documents: Documents) -> None:
    TRIALS[change].change(documents)
    with pytest.raises(MethodsError) as caught:
        methods(documents)
    assert_named([str(problem) for problem in caught.value.problems], change)


@pytest.mark.parametrize("change", trials("fit"))
def test_a_change_is_told_once_with_operation_and_file(
    change: str, frozen: Documents, documents: Documents, recorded: dict[str, str], known: list[str]
) -> None:
    TRIALS[change].change(documents)
    assert methods(documents) == methods(frozen)
    assert_named([message for message in fit(documents, recorded) if message not in known], change)


# What the wrapper has no part in: the models have it as it is.
ACCEPTED = {
    *("a field of a row that may be null", "a field of one type or another", "a field that is deprecated"),
    *("a field that is not required any more", "a field with limits", "a leaf that may be null", "a new field"),
    *("a new value of a field", "an object in place of an array", "an operation at another path", "another default"),
    *("a field of another width", "a body without other properties", "a header of a response"),
    *(
        "a response for any other status",
        "another type of a field",
        "another type of a field of an error",
        "no content where there was some",
    ),
}


@pytest.mark.parametrize("change", trials("fit"))
def test_renewing_the_shapes_hides_nothing_that_the_wrapper_does_not_fit(
    change: str, documents: Documents, known: list[str]
) -> None:
    TRIALS[change].change(documents)
    renewed = shapes(effective(documents))
    assert bool(set(fit(documents, renewed)) - set(known)) == (change not in ACCEPTED)


@pytest.mark.parametrize("change", SILENT)
def test_a_change_that_nothing_depends_on_is_not_told(
    change: str, documents: Documents, recorded: dict[str, str], known: list[str]
) -> None:
    SILENT[change](documents)
    assert fit(documents, recorded) == known


@pytest.mark.parametrize("change", STALE)
def test_a_correction_that_is_out_of_date_in_part_is_named(change: str, documents: Documents) -> None:
    apply, words = STALE[change]
    apply(documents)
    with pytest.raises(SpecificationError) as caught:
        effective(documents)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    for word in (OVERLAY_FILE.name, *words):
        assert word in message


def test_a_writing_operation_is_corrected_as_the_others_are(documents: Documents) -> None:
    operation = deepcopy(documents.operation("Envoys"))
    operation["operationId"] = "WriteEnvoys"
    documents.specification["paths"]["/systems/{system_id}/envoys"]["post"] = operation
    written = effective(documents)["paths"]["/systems/{system_id}/envoys"]["post"]
    assert [parameter["$ref"] for parameter in written["parameters"]] == ["#/components/parameters/SystemId"]
    assert written["responses"]["404"] == {"$ref": "#/components/responses/NotFoundError"}


def test_the_specification_of_the_past_is_valid() -> None:
    assert effective_specification(SPECIFICATION, OVERLAY)


# What `make generate` does not take over as a whole.
LEFT = {
    *("a parameter that is gone", "a parameter that is required now", "another type of a parameter"),
    *("several values of another type", "a value with another name"),
    *("a longer window", "another grid", "a longer history"),
}


@pytest.mark.parametrize("change", trials("generated"))
def test_a_change_that_is_taken_over_is_told_once(
    change: str, documents: Documents, recorded: dict[str, str], known: list[str], tmp_path: Path
) -> None:
    TRIALS[change].change(documents)
    told, renewed = fit_of_generated(documents, recorded, tmp_path)
    assert_named([message for message in told if message not in known], change)
    # Renewing the shapes hides nothing that is left to do.
    assert bool(set(renewed) - set(known)) == (change in LEFT)
