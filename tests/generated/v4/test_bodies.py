"""Every example of the document and every recorded body is read by the models and written back unchanged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from openapi_schema_validator import OAS30Validator

from enlighten_v4 import models
from generation import V4
from tests.support.specification import resolve
from tests.support.v4_bodies import BODIES, FOLDER, MESSAGES, OAUTH, body, schema_of, specification

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enlighten_v4.types import Deviation

CLASSES = {
    name: override["class_name"]
    for name, override in yaml.safe_load(V4.config.read_text(encoding="utf-8"))["class_overrides"].items()
}


def exact(value: object) -> str:
    """A form in which 1, 1.0 and True are three things."""
    return json.dumps(value, sort_keys=True)


def deviations_of(value: Any, schema: dict[str, Any]) -> list[Deviation] | None:
    """Read a value by the model of its schema, and check that it is written back unchanged; None without a model."""
    target = resolve(specification(), schema)
    if target.get("type") == "array":
        each = [deviations_of(item, target["items"]) for item in value]
        return None if None in each else [found for part in each for found in part or ()]
    name = schema.get("$ref", "").rpartition("/")[2]
    model = getattr(models, CLASSES.get(name, name), None)
    if target.get("type") != "object" or model is None:
        return None
    found: list[Deviation] = []
    before = exact(value)
    assert exact(model.from_dict(value, found).to_dict()) == before, name
    assert exact(value) == before
    return found


def test_each_file_is_the_body_of_something() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == {*BODIES, *MESSAGES, *OAUTH}
    assert len([*BODIES, *MESSAGES, *OAUTH]) == 87


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_read_without_a_deviation_and_written_back(name: str) -> None:
    assert deviations_of(body(name), schema_of(BODIES[name])) == []


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_of_the_stream_is_read_without_a_deviation_and_written_back(name: str) -> None:
    assert deviations_of(body(name), {"$ref": f"#/components/schemas/{MESSAGES[name]}"}) == []


def examples(node: Any, place: str = "", schema: Any = None) -> Iterator[tuple[str, dict[str, Any] | None, Any]]:
    """Find the examples of a document: the place, the schema that each is of, and the example."""
    if isinstance(node, list):
        for index, inner in enumerate(node):
            yield from examples(inner, f"{place}/{index}")
        return
    if not isinstance(node, dict):
        return
    own = node.get("schema", None if schema is None and "responses" in node else node)
    for key, inner in node.items():
        if key == "example" and not place.endswith("/properties"):
            yield f"{place}/example", own, inner
        elif key == "examples" and not place.endswith("/properties"):
            yield from ((f"{place}/examples/{name}", own, each["value"]) for name, each in inner.items())
        else:
            yield from examples(inner, f"{place}/{key}")


def test_every_example_of_the_document_is_as_specified_and_written_back() -> None:
    root = yaml.safe_load(V4.specification.read_text(encoding="utf-8"))
    found = list(examples(root))
    with_models = 0
    for place, schema, example in found:
        assert schema is not None, place
        validator = OAS30Validator({**schema, "components": root["components"]})
        assert [error.message for error in validator.iter_errors(example)] == [], place
        named = place.removesuffix("/example")
        of_schema = "$ref" not in schema and named.count("/") == 3 and named.startswith("/components/schemas/")
        if "oauth" in place or "TokenResponse" in place or "OAuthError" in place:
            continue
        deviations = deviations_of(example, {"$ref": f"#{named}"} if of_schema else schema)
        assert deviations in ([], None), place
        with_models += deviations is not None
    assert len(found) == 241
    # The others are those of parameters and of single properties, and of OAuth.
    assert with_models == 149
