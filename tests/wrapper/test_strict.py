"""Strict mode: every deviation from the specification is an error that names its place."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_schema_validator import OAS30Validator, oas30_format_checker

from enphase_enlighten import APIStatusError, Enlighten, InvalidResponseError
from enphase_enlighten.reading.strict import first_fault, is_described, specification
from tests.support.service import StubService, reply

RECORDED = Path(__file__).parents[1] / "data" / "recorded"


@cache
def schemas() -> dict[tuple[str, int], dict[str, Any]]:
    """The schema of each body that the specification describes, by operation and status."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for path in specification("enlighten_v2")["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                reference = response.get("$ref", "").rpartition("/")[2]
                described = (
                    specification("enlighten_v2")["components"]["responses"][reference] if reference else response
                )
                for content in described.get("content", {}).values():
                    found[operation["operationId"], int(status)] = content["schema"]
    return found


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = specification("enlighten_v2")["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def example(schema: dict[str, Any]) -> Any:
    """A full body: every property of the schema, from its example where it has one."""
    schema = resolved(schema)
    for keyword in ("oneOf", "allOf"):
        if keyword in schema:
            return example(schema[keyword][0])
    given = copy.deepcopy(schema.get("example"))
    if schema.get("type") == "object":
        return {name: (given or {}).get(name, example(inner)) for name, inner in schema["properties"].items()}
    if schema.get("type") == "array":
        return given or [example(schema["items"]) for _ in range(2)]
    if given is not None:
        return given
    if "enum" in schema:
        return schema["enum"][0]
    return {"integer": 5, "number": 0.5, "string": "2026-01-01" if schema.get("format") == "date" else "text"}[
        schema["type"]
    ]


def oas30(schema: dict[str, Any]) -> Any:
    return OAS30Validator(
        {**schema, "components": specification("enlighten_v2")["components"]}, format_checker=oas30_format_checker
    )


DISTINCT = {(op, status): schema for (op, status), schema in schemas().items() if status == 200 or op == "Stats"}


@pytest.mark.parametrize(("operation", "status"), schemas())
def test_a_full_body_is_valid(operation: str, status: int) -> None:
    assert is_described("enlighten_v2", operation, status)
    body = example(schemas()[operation, status])
    assert first_fault("enlighten_v2", operation, status, body) is None
    assert oas30(schemas()[operation, status]).is_valid(body)


Path_ = tuple[str | int, ...]


def places(value: Any, path: Path_ = ()) -> list[Path_]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for step, child in items for place in places(child, (*path, step)))]


def found(value: Any, path: Path_) -> Any:
    for step in path:
        value = value[step]
    return value


def pointer(path: Path_) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def at(body: Any, pointer: str) -> tuple[Any, str]:
    """The container in which a pointer's last step leads, and that step."""
    *steps, last = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    for step in steps:
        body = body[int(step)] if isinstance(body, list) else body[step]
    return body, last


odd = st.sampled_from([None, True, 0, 1.0, 1.5, -1, 2**31, 2**63, -(2**63) - 1, [], [1], ["x"], [None], {}]) | (
    st.sampled_from(["", "x", "2026-01-01", "2026-02-30", "20260101", "2026-01-01T00:00", "normal", "W"])
    | st.sampled_from([{"value": 1}, {"value": 1, "units": "W", "precision": 0}])
)


@st.composite
def mutated(draw: st.DrawFn, body: Any) -> tuple[Any, Path_]:
    """A body with one change, and its place."""
    body = copy.deepcopy(body)
    path = draw(st.sampled_from(places(body)[1:]))
    container = found(body, path[:-1])
    if draw(st.booleans()):
        container[path[-1]] = draw(odd)
    else:
        del container[path[-1]]
    return body, path


@pytest.mark.parametrize(("operation", "status"), DISTINCT)
@given(data=st.data())
@settings(max_examples=30)
def test_it_agrees_with_a_validator_of_openapi(operation: str, status: int, data: st.DataObject) -> None:
    body, path = data.draw(mutated(example(schemas()[operation, status])))
    fault = first_fault("enlighten_v2", operation, status, body)
    assert (fault is None) is oas30(schemas()[operation, status]).is_valid(body)
    if fault is not None:
        place = fault[0]
        # At the change; or inside it; or, within alternatives that all fail, at what holds them.
        assert place.startswith(pointer(path)) or pointer(path).startswith(place)
        container, last = at(body, place)
        if isinstance(container, list):
            assert int(last) < len(container)


@pytest.mark.parametrize(("operation", "status"), DISTINCT)
@given(data=st.data())
@settings(max_examples=15)
def test_of_two_faults_the_first_in_the_document_is_the_error(operation: str, status: int, data: st.DataObject) -> None:
    body = example(schemas()[operation, status])
    wrong = [path for path in places(body)[1:] if not isinstance(found(body, path), dict | list)]
    chosen = sorted(data.draw(st.sets(st.sampled_from(range(len(wrong))), min_size=1, max_size=3)))
    body = copy.deepcopy(body)
    for index in chosen:
        # No schema has a place for it.
        found(body, wrong[index][:-1])[wrong[index][-1]] = {"odd": []}
    fault = first_fault("enlighten_v2", operation, status, body)
    assert fault is not None
    first = pointer(wrong[chosen[0]])
    assert fault[0] == first or (first.startswith(fault[0]) and "oneOf" in fault[1])


SYSTEM: Any = example(schemas()["Systems", 200])["systems"][0]
INVERTERS: Any = example(schemas()["InvertersSummaryByEnvoyOrSite", 200])


@pytest.mark.parametrize(
    ("operation", "change", "place", "problem"),
    [
        ("Summary", {"size_w": "5"}, "/size_w", "fails 'type': \"integer\""),
        ("Summary", {"size_w": 1.0}, "/size_w", "fails 'type': \"integer\""),
        ("Summary", {"size_w": None}, "/size_w", "fails 'type': \"integer\""),
        ("Summary", {"size_w": True}, "/size_w", "fails 'type': \"integer\""),
        ("Summary", {"status": "asleep"}, "/status", "fails 'enum'"),
        ("Summary", {"summary_date": "2026-02-30"}, "/summary_date", "fails 'format': \"date\""),
        ("Summary", {"operational_at": 2**63}, "/operational_at", "fails 'format': \"int64\""),
        ("Summary", {"last_interval_end_at": None}, None, ""),
        ("Summary", {"a~b/c": 1}, None, ""),
        ("Envoys", {"envoys": None}, "/envoys", "fails 'type': \"array\""),
        ("Systems", {"systems": [{**SYSTEM, "country": "USA"}]}, "/systems/0/country", "fails 'maxLength': 2"),
        ("Systems", {"systems": [{**SYSTEM, "status": "asleep"}]}, "/systems/0/status", "fails 'enum'"),
    ],
)
def test_a_deviation_has_its_place(operation: str, change: dict[str, Any], place: str | None, problem: str) -> None:
    fault = first_fault("enlighten_v2", operation, 200, {**example(schemas()[operation, 200]), **change})
    if place is None:
        assert fault is None
    else:
        assert fault is not None
        assert fault[0] == place
        assert fault[1].startswith(problem)


@pytest.mark.parametrize("order", [1, -1])
def test_a_missing_property_has_a_place_of_its_own(order: int) -> None:
    body = dict(list(example(schemas()["Summary", 200]).items())[::order])
    del body["source"], body["modules"]
    assert first_fault("enlighten_v2", "Summary", 200, body) == (
        "/modules",
        "fails 'required': " + json.dumps(resolved(schemas()["Summary", 200])["required"]),
    )


@pytest.mark.parametrize(
    ("energy", "place"),
    [
        ({"value": 1, "units": "Wh"}, "/precision"),
        ({"value": "1", "units": "Wh", "precision": 0}, "/value"),
        ({"value": 1, "units": "BTU", "precision": "0"}, "/units"),
        ("5 Wh", ""),
        (None, ""),
        ([], ""),
    ],
)
def test_within_alternatives_the_place_is_in_the_one_that_was_meant(energy: object, place: str) -> None:
    body = copy.deepcopy(INVERTERS)
    body[0]["micro_inverters"][10:] = [{**body[0]["micro_inverters"][0], "energy": energy}]
    index = len(body[0]["micro_inverters"]) - 1
    fault = first_fault("enlighten_v2", "InvertersSummaryByEnvoyOrSite", 200, body)
    assert fault is not None
    assert fault[0] == f"/0/micro_inverters/{index}/energy{place}"


def test_the_tenth_comes_after_the_second() -> None:
    body = example(schemas()["Envoys", 200])
    body["envoys"] = [copy.deepcopy(body["envoys"][0]) for _ in range(12)]
    body["envoys"][10]["name"] = body["envoys"][2]["name"] = 5
    fault = first_fault("enlighten_v2", "Envoys", 200, body)
    assert fault is not None
    assert fault[0] == "/envoys/2/name"


def client(status: int, body: object, *, strict: bool = True) -> Enlighten:
    return StubService(always=reply(body, status)).client(strict=strict, max_retries=0, max_wait=0)


def test_a_deviation_is_an_error_of_a_strict_client_alone() -> None:
    body = {**example(schemas()["Summary", 200]), "size_w": "5"}
    assert client(200, body, strict=False).summary(67).to_dict() == body
    with pytest.raises(InvalidResponseError) as caught:
        client(200, body).summary(67)
    assert (caught.value.pointer, caught.value.status, caught.value.operation) == ("/size_w", 200, "Summary")


def test_a_client_with_other_options_may_be_strict() -> None:
    body = {**example(schemas()["Summary", 200]), "size_w": "5"}
    lenient = client(200, body, strict=False)
    with pytest.raises(InvalidResponseError):
        lenient.with_options(strict=True).summary(67)
    assert lenient.with_options(strict=False).summary(67).to_dict() == body


@pytest.mark.parametrize(
    ("status", "body", "place"),
    [
        (401, {"reason": "401"}, "/message"),
        (404, {"reason": "404", "message": [404]}, "/message/0"),
        (409, {"reason": "409", "message": ["No"], "period": "fortnight"}, "/period_start"),
        (422, {"reason": 422}, "/reason"),
        (422, [], ""),
        (500, {"errorCode": "7"}, "/errorCode"),
        (503, b"<html>", ""),
        (503, b"", ""),
    ],
)
def test_the_body_of_a_documented_error_is_held_against_the_specification(
    status: int, body: object, place: str
) -> None:
    with pytest.raises(InvalidResponseError) as caught:
        client(status, body).summary(67)
    assert (caught.value.pointer, caught.value.status) == (place, status)
    with pytest.raises(APIStatusError):
        client(status, body, strict=False).summary(67)


@pytest.mark.parametrize("status", [301, 400, 418, 502, 504, 520])
def test_of_a_status_that_is_not_documented_any_body_will_do(status: int) -> None:
    with pytest.raises(APIStatusError) as caught:
        client(status, b"<html>").summary(67)
    assert caught.value.status == status


@pytest.mark.parametrize("file", sorted(RECORDED.glob("*.json")), ids=lambda file: file.stem)
def test_what_was_recorded_is_as_the_specification_says(file: Path) -> None:
    with pytest.raises(APIStatusError):
        client(int(file.stem[:3]), file.read_bytes()).summary(67)


def test_without_its_extra_strict_mode_is_an_error_and_everything_else_works() -> None:
    program = """
import sys
sys.modules["jsonschema"] = None  # as if it were not installed
import httpx
from enphase_enlighten import ConfigurationError, Enlighten
transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"system_id": 67}))
with Enlighten("key", "user", transport=transport) as client:
    print(client.search_system_id("1"))
    for strict in (lambda: client.with_options(strict=True), lambda: Enlighten("key", "user", strict=True)):
        try:
            strict()
        except ConfigurationError as error:
            print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 - this interpreter
    told = "strict=True needs the extra 'strict': pip install 'enphase-enlighten[strict]'"
    assert done.stdout.splitlines() == ["67", told, told]
