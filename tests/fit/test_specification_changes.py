"""The messages for a maintainer who changes the specification, generates and runs the tests.

Each change is made to a copy of a specification of the past, so that no edit of the real one fails a test here: what
the wrapper of today does not fit of that is left out of account.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

import pytest

from generation import Methods
from method_errors import MethodsError
from overlay import SpecificationError, effective_specification
from tests.fit.changes import Documents
from tests.fit.corrected_trials import SILENT, STALE
from tests.fit.shapes import shapes
from tests.fit.steps import applied, fit, fit_of_generated, methods
from tests.fit.trials import TRIALS, together
from tests.support.specification import OVERLAY_FILE, ROOT, SPECIFICATION_FILES, load_document

if TYPE_CHECKING:
    from tests.fit.steps import Applied
    from tests.fit.trials import Trial

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
def past(frozen: Documents) -> Applied:
    return applied(frozen)


@pytest.fixture(scope="module")
def past_methods(past: Applied) -> dict[str, str]:
    return methods(past)


@pytest.fixture(scope="module")
def recorded(past: Applied) -> dict[str, str]:
    return shapes(past.effective)


@pytest.fixture(scope="module")
def known(past: Applied, recorded: dict[str, str]) -> list[str]:
    """What the wrapper of today does not fit of the specification of the past."""
    return fit(past, recorded)


@pytest.fixture
def documents(frozen: Documents) -> Documents:
    return deepcopy(frozen)


class Changed(NamedTuple):
    """The specification of the past with a change, which the tests of that change share."""

    change: str
    applied: Applied


@pytest.fixture(scope="module")
def changed(request: pytest.FixtureRequest, frozen: Documents) -> Changed:
    documents = deepcopy(frozen)
    TRIALS[request.param].change(documents)
    return Changed(request.param, applied(documents))


def assert_named(new: list[str], trial: Trial) -> None:
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
        methods(applied(documents))
    assert_named([str(problem) for problem in caught.value.problems], TRIALS[change])


@pytest.mark.parametrize("changed", trials("fit"), indirect=True)
def test_a_change_is_told_once_with_operation_and_file(
    changed: Changed, past_methods: dict[str, str], recorded: dict[str, str], known: list[str]
) -> None:
    assert methods(changed.applied) == past_methods
    new = [message for message in fit(changed.applied, recorded) if message not in known]
    assert_named(new, TRIALS[changed.change])


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


@pytest.mark.parametrize("changed", trials("fit"), indirect=True)
def test_renewing_the_shapes_hides_nothing_that_the_wrapper_does_not_fit(changed: Changed, known: list[str]) -> None:
    renewed = shapes(changed.applied.effective)
    assert bool(set(fit(changed.applied, renewed)) - set(known)) == (changed.change not in ACCEPTED)


@pytest.mark.parametrize("change", SILENT)
def test_a_change_that_nothing_depends_on_is_not_told(
    change: str, documents: Documents, recorded: dict[str, str], known: list[str]
) -> None:
    SILENT[change](documents)
    assert fit(applied(documents), recorded) == known


@pytest.mark.parametrize("change", STALE)
def test_a_correction_that_is_out_of_date_in_part_is_named(change: str, documents: Documents) -> None:
    apply, words = STALE[change]
    apply(documents)
    with pytest.raises(SpecificationError) as caught:
        applied(documents)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    for word in (OVERLAY_FILE.name, *words):
        assert word in message


def test_a_writing_operation_is_corrected_as_the_others_are(documents: Documents) -> None:
    operation = deepcopy(documents.operation("Envoys"))
    operation["operationId"] = "WriteEnvoys"
    documents.specification["paths"]["/systems/{system_id}/envoys"]["post"] = operation
    written = applied(documents).effective["paths"]["/systems/{system_id}/envoys"]["post"]
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


class Generated(NamedTuple):
    """What is said once `make generate` has taken several changes over, each of which concerns other operations.

    Attributes:
        changes: The changes.
        told: What `make fit` says of all of them.
        renewed: What it says once the shapes have been renewed.
    """

    changes: tuple[str, ...]
    told: list[str]
    renewed: list[str]


@pytest.fixture(scope="module")
def generated(
    request: pytest.FixtureRequest,
    frozen: Documents,
    recorded: dict[str, str],
    known: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Generated:
    documents = deepcopy(frozen)
    for change in request.param:
        TRIALS[change].change(documents)
    said = fit_of_generated(applied(documents), recorded, tmp_path_factory.mktemp("generated"))
    told, renewed = ([message for message in messages if message not in known] for messages in said)
    return Generated(request.param, told, renewed)


@pytest.mark.parametrize("generated", together(trials("generated")), indirect=True)
def test_changes_that_are_taken_over_are_told_once_each(generated: Generated) -> None:
    of_each = {change: _about(TRIALS[change], generated.told) for change in generated.changes}
    for change, messages in of_each.items():
        assert_named(messages, TRIALS[change])
    assert sorted(message for messages in of_each.values() for message in messages) == sorted(generated.told)


@pytest.mark.parametrize("generated", together(trials("generated")), indirect=True)
def test_renewing_the_shapes_hides_nothing_that_is_left_to_do(generated: Generated) -> None:
    left = {change for change in generated.changes if _about(TRIALS[change], generated.renewed)}
    assert left == LEFT.intersection(generated.changes)
    assert len(generated.renewed) == len(left)


def _about(trial: Trial, messages: list[str]) -> list[str]:
    """Return the messages about the operations of a trial; where it names none, those about several."""
    if trial.begins:
        return [message for message in messages if message.startswith(trial.begins)]
    return [message for message in messages if ", " in message.partition(":")[0]]
