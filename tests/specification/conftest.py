"""The specification as it is in the repository, read once."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_schema_validator import OAS30Validator, oas30_format_checker

import overlay
from tests.support.described import described
from tests.support.specification import OVERLAY_FILE, SPECIFICATION_FILES, load_document


@pytest.fixture(scope="session")
def specification_file() -> Path:
    return SPECIFICATION_FILES["published"]


@pytest.fixture(scope="session")
def overlay_file() -> Path:
    return OVERLAY_FILE


@pytest.fixture(scope="session")
def published(specification_file: Path) -> dict[str, Any]:
    return json.loads(json.dumps(load_document(specification_file)))  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def corrections(overlay_file: Path) -> dict[str, Any]:
    return load_document(overlay_file)


@pytest.fixture(scope="session")
def effective(specification_file: Path, overlay_file: Path) -> dict[str, Any]:
    return overlay.effective_specification(specification_file, overlay_file)


@pytest.fixture(scope="session")
def operations(effective: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The operations by their ids."""
    return {name: dict(operation.definition) for name, operation in described(effective).items()}


def _faults(specification: dict[str, Any], schema: dict[str, Any], value: object) -> Iterator[str]:
    # The components go along, so that references lead somewhere. allOf, since a $ref silences its siblings.
    document = {"allOf": [schema], "components": specification["components"]}
    for error in OAS30Validator(document, format_checker=oas30_format_checker).iter_errors(value):
        yield f"{error.json_path}: {error.message}"


@pytest.fixture(scope="session")
def faults() -> Callable[[dict[str, Any], dict[str, Any], object], list[str]]:
    """Returns how a value violates a schema of a specification, as a list of messages."""
    return lambda specification, schema, value: list(_faults(specification, schema, value))
