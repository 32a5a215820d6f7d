"""Error bodies as the live service sends them are valid by the effective specification."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Faults = Callable[[dict[str, Any], dict[str, Any], object], list[str]]
RECORDED = sorted((Path(__file__).parents[1] / "data" / "recorded").glob("*.json"))


def schema_of(specification: dict[str, Any], operation: dict[str, Any], status: str) -> dict[str, Any]:
    name = operation["responses"][status]["$ref"].rpartition("/")[2]
    content = specification["components"]["responses"][name]["content"]
    return content["application/json"]["schema"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("file", RECORDED, ids=lambda file: file.stem)
def test_a_recorded_error_body_is_valid_for_its_status_on_every_operation(
    effective: dict[str, Any], operations: dict[str, dict[str, Any]], faults: Faults, file: Path
) -> None:
    status, body = file.name.partition("-")[0], json.loads(file.read_text(encoding="utf-8"))
    schemas = {schema_of(effective, op, status)["$ref"]: op["operationId"] for op in operations.values()}
    for reference in schemas:
        assert faults(effective, {"$ref": reference}, body) == []


def test_every_error_that_the_service_itself_sends_has_a_recorded_body() -> None:
    assert {file.name.partition("-")[0] for file in RECORDED} == {"401", "404", "409", "422", "500"}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        ("401", {"reason": "401"}),
        ("401", {"reason": ["401"], "message": ["Not authorized"]}),
        ("404", {"reason": "404", "message": [404]}),
        ("409", {"reason": "409", "message": ["Usage limit exceeded"], "period": "fortnight"}),
        ("422", {"reason": 422}),
        ("500", {"errorCode": "7", "errorMessages": ["Data temporarily unavailable."]}),
    ],
)
def test_an_error_body_of_an_unknown_shape_is_not_valid(
    effective: dict[str, Any],
    operations: dict[str, dict[str, Any]],
    faults: Faults,
    status: str,
    body: dict[str, Any],
) -> None:
    assert faults(effective, schema_of(effective, operations["Stats"], status), body) != []
