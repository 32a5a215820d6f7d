"""The messages for a maintainer who changes the specification, generates and runs the tests.

Each change is made to a copy of a specification of the past, so that no edit of the real one fails a test here: what
the wrapper of today does not fit of that is left out of account.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from generate import generate
from generation import Sources
from overlay import SpecificationError, apply_overlay, effective_specification
from tests.fit import v2
from tests.fit.changes import Documents
from tests.fit.checks import findings
from tests.fit.corrected_trials import SILENT, STALE
from tests.fit.shapes import shapes
from tests.fit.trials import TRIALS
from tests.support.specification import OVERLAY_FILE, ROOT, SPECIFICATION_FILES, load_document

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FROZEN = ROOT / "tests" / "fit" / "frozen"
SPECIFICATION = FROZEN / SPECIFICATION_FILES["published"].name
OVERLAY = FROZEN / OVERLAY_FILE.name

SPECIFIED = "enlighten_v2"

# Those in which the package that is generated behaves otherwise than the one of today.
GENERATED = (
    *("a parameter with another name", "a value with another name", "a new value of a status"),
    *("another name of the path's parameter", "an operation by another method"),
)


def effective(documents: Documents) -> dict[str, Any]:
    return apply_overlay(documents.specification, documents.overlay, source=OVERLAY_FILE.name)


def messages(documents: Documents, recorded: Mapping[str, str]) -> list[str]:
    held = v2.subject(documents.specification, documents.overlay, effective(documents), recorded)
    return [str(finding) for found in findings(held).values() for finding in found]


@pytest.fixture(scope="module")
def frozen() -> Documents:
    return Documents(load_document(SPECIFICATION), load_document(OVERLAY))


@pytest.fixture(scope="module")
def recorded(frozen: Documents) -> dict[str, str]:
    return shapes(effective(frozen))


@pytest.fixture(scope="module")
def known(frozen: Documents, recorded: dict[str, str]) -> list[str]:
    """What the wrapper of today does not fit of the specification of the past."""
    return messages(frozen, recorded)


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


@pytest.mark.parametrize("change", TRIALS)
def test_a_change_is_told_once_with_operation_and_file(
    change: str, documents: Documents, recorded: dict[str, str], known: list[str]
) -> None:
    TRIALS[change].change(documents)
    assert_named([message for message in messages(documents, recorded) if message not in known], change)


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


@pytest.mark.parametrize("change", TRIALS)
def test_renewing_the_shapes_hides_nothing_that_the_wrapper_does_not_fit(
    change: str, documents: Documents, known: list[str]
) -> None:
    TRIALS[change].change(documents)
    renewed = shapes(effective(documents))
    assert bool(set(messages(documents, renewed)) - set(known)) == (change not in ACCEPTED)


@pytest.mark.parametrize("change", SILENT)
def test_a_change_that_nothing_depends_on_is_not_told(
    change: str, documents: Documents, recorded: dict[str, str], known: list[str]
) -> None:
    SILENT[change](documents)
    assert messages(documents, recorded) == known


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


@pytest.mark.parametrize("change", GENERATED)
def test_a_change_is_told_once_of_what_was_generated_from_it(
    change: str, documents: Documents, recorded: dict[str, str], known: list[str], tmp_path: Path
) -> None:
    TRIALS[change].change(documents)
    new = [message for message in messages_of_generated(documents, recorded, tmp_path) if message not in known]
    assert_named(new, change)


def messages_of_generated(documents: Documents, recorded: Mapping[str, str], folder: Path) -> list[str]:
    """Hold the wrapper against changed documents as it is with the package that is generated from them."""
    specification, overlay = folder / SPECIFICATION.name, folder / OVERLAY.name
    specification.write_text(json.dumps(documents.specification), encoding="utf-8")
    overlay.write_text(json.dumps(documents.overlay), encoding="utf-8")
    generate(Sources(specification=specification, overlay=overlay), folder / "generated" / SPECIFIED)
    code = (
        "import json, sys\n"
        "from tests.fit import v2\n"
        "from tests.fit.checks import findings\n"
        "from tests.support.specification import document\n"
        "published, overlay, recorded = json.load(sys.stdin)\n"
        "held = v2.subject(published, overlay, document('effective'), recorded)\n"
        "print(json.dumps([str(finding) for found in findings(held).values() for finding in found]))\n"
    )
    # A path in PYTHONPATH comes before the folder of the committed client.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder / "generated"), str(ROOT)])}
    run = subprocess.run(  # noqa: S603 - Python
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        input=json.dumps([documents.specification, documents.overlay, recorded]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: list[str] = json.loads(run.stdout)
    return found
