"""The errors of an overlay: each message names the file, the action, its target and what to do."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import overlay
from overlay import SpecificationError

MINIMAL = {
    "openapi": "3.0.0",
    "info": {"title": "Minimal", "version": "1"},
    "paths": {"/a": {"get": {"operationId": "A", "responses": {"200": {"description": "OK"}}}}},
}
HEAD = {"overlay": "1.0.0", "info": {"title": "Test", "version": "1"}}
GOOD = {"target": "$.info", "update": {"description": "Small."}}


def error_message(*actions: object, **fields: object) -> str:
    document = {**HEAD, "actions": list(actions), **fields}
    with pytest.raises(SpecificationError) as caught:
        overlay.apply_overlay(MINIMAL, document, source="fix.yaml")
    return str(caught.value)


def test_an_action_that_matches_nothing_is_named() -> None:
    message = error_message(GOOD, {"target": "$.paths['/b']", "remove": True})
    assert message.startswith("fix.yaml, action 2 ($.paths['/b']) matches nothing.")
    assert "correct the target, or remove the action" in message


@pytest.mark.parametrize(
    ("target", "value"),
    [
        ("$.info", {"title": "Minimal"}),
        ("$.info", {}),
        ("$", {"info": {"version": "1"}, "paths": {}}),
    ],
)
def test_an_action_that_changes_nothing_is_named(target: str, value: object) -> None:
    message = error_message(GOOD, GOOD | {"update": {"summary": "x"}}, {"target": target, "update": value})
    assert message.startswith(f"fix.yaml, action 3 ({target}) changes nothing")
    assert "Remove it" in message


def test_true_is_not_taken_for_one() -> None:
    document = {**HEAD, "actions": [{"target": "$.a", "update": {"explode": True}}]}
    assert overlay.apply_overlay({"a": {"explode": 1}}, document, source="")["a"]["explode"] is True


@pytest.mark.parametrize("target", ["paths", "$.paths[", "$.paths[?@.x = 1]", "$.~info", ""])
def test_a_target_that_is_not_rfc_9535_is_named(target: str) -> None:
    message = error_message({"target": target, "remove": True})
    assert message.startswith(f"fix.yaml, action 1 ({target}): the target is not a JSONPath")


def test_the_whole_document_cannot_be_removed() -> None:
    assert "action 1 ($) removes the whole document" in error_message({"target": "$", "remove": True})


@pytest.mark.parametrize("value", [["a"], "a", 1, None])
def test_an_object_takes_only_an_object(value: object) -> None:
    message = error_message({"target": "$.info", "update": value})
    assert "action 1 ($.info)" in message
    assert "cannot update the object at $['info']" in message


def test_a_primitive_cannot_be_updated_itself() -> None:
    message = error_message({"target": "$.info.title", "update": "Other"})
    assert "a single value cannot update the single value at $['info']['title']" in message
    assert "Select the object around it" in message


@pytest.mark.parametrize("value", [{"info": "a"}, {"info": ["a"]}, {"openapi": {}}, {"openapi": ["3.0.0"]}])
def test_values_of_different_kinds_are_not_merged(value: object) -> None:
    message = error_message({"target": "$", "update": value})
    assert "action 1 ($)" in message
    assert "Remove it with an action before" in message


@pytest.mark.parametrize(
    ("action", "fault"),
    [
        ("remove everything", "must be an object with a 'target'"),
        ({"update": {}}, "must be an object with a 'target'"),
        ({"target": 1, "remove": True}, "must be an object with a 'target'"),
        ({"target": "$.info"}, "needs either an 'update' or `remove: true`"),
        ({"target": "$.info", "remove": False}, "needs either an 'update' or `remove: true`"),
        ({**GOOD, "remove": True}, "and not both"),
        ({"target": "$.info", "remove": "yes"}, "'remove' must be a bool"),
        ({**GOOD, "description": ["a"]}, "'description' must be a str"),
        (
            {**GOOD, "upate": {}},
            "unknown field 'upate'; known are description, remove, target, update, x-...",
        ),
    ],
)
def test_an_action_of_a_wrong_form_is_named(action: object, fault: str) -> None:
    message = error_message(GOOD, action)
    assert message.startswith("fix.yaml, action 2")
    assert fault in message


SCHEMAS = {
    "components": {
        "schemas": {
            "A": {"properties": {"at": {"type": "integer"}, "on": {"type": "string"}}},
            "B": {"properties": {"at": {"type": "integer", "nullable": True}}},
        },
        "parameters": [{"name": "limit"}, {"name": "next"}, {"name": "filter", "style": "form"}],
    }
}
NULLABLE = {"update": {"nullable": True}}


def part_message(action: dict[str, Any], document: dict[str, Any] | None = None) -> str:
    with pytest.raises(SpecificationError) as caught:
        overlay.apply_overlay(document or SCHEMAS, {**HEAD, "actions": [action]}, source="fix.yaml")
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert message.startswith(f"fix.yaml, action 1 ({action['target']}) is out of date in part: ")
    return message


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("$.components.schemas.A.properties['at', 'from', 'on']", "['A']['properties']['from']"),
        ("$.components.schemas['A', 'B'].properties['on']", "['B']['properties']['on']"),
        (
            "$.components.parameters[?@.name == 'limit' || @.name == 'size' || @.name == 'next']",
            "[?@['name'] == 'size']",
        ),
    ],
)
@pytest.mark.parametrize("effect", [{"remove": True}, {"update": {"x": 1}}])
def test_each_place_of_an_action_that_matches_nothing_is_named(target: str, place: str, effect: dict[str, Any]) -> None:
    message = part_message({"target": target, **effect})
    assert message.count("nothing is at ") == 1
    assert f"{place}. The specification has changed there" in message


def test_each_place_of_an_action_that_is_right_already_is_named() -> None:
    message = part_message({"target": "$.components.schemas[*].properties.at", **NULLABLE})
    assert message.count("is right already") == 1
    assert "$['components']['schemas']['B']['properties']['at']['nullable'] is right already" in message


@pytest.mark.parametrize(
    ("update", "key"),
    [
        ({"type": "integer", "nullable": True}, "['type'] is right already"),
        ({"enum": [1, 2], "x-window": {"interval": 300, "longest": {"days": 1}}}, "['interval'] is right already"),
        ({"nullable": True, "enum": [1]}, "['enum'] has 1 already"),
        ({"nullable": True, "x-window": {}}, "['x-window'] is right already"),
    ],
)
def test_each_key_of_an_update_that_is_right_already_is_named(update: dict[str, Any], key: str) -> None:
    schema = {"type": "integer", "enum": [1], "x-window": {"interval": 300}}
    assert key in part_message({"target": "$.a", "update": update}, {"a": schema})


def test_an_action_for_whatever_places_there_are_may_find_some_that_are_right() -> None:
    action = {"target": "$.components.schemas[*].properties.at", **NULLABLE, "x-wildcard": True}
    result = overlay.apply_overlay(SCHEMAS, {**HEAD, "actions": [action]}, source="")
    assert all(schema["properties"]["at"]["nullable"] for schema in result["components"]["schemas"].values())


def test_such_an_action_still_has_to_change_something() -> None:
    action = {"target": "$.info", "update": {"title": "Minimal"}, "x-wildcard": True}
    assert "changes nothing" in error_message(action)


def test_a_published_sentence_that_an_action_contradicts_has_to_be_there() -> None:
    document = {"a": {"description": "A response covers\none day at most."}}
    action = {
        "target": "$.a",
        "update": {"description": "Other."},
        "x-published": ["A response covers one day at most"],
    }
    overlay.apply_overlay(document, {**HEAD, "actions": [action]}, source="")
    message = part_message({**action, "x-published": ["two days at most"]}, document)
    assert "the published text does not say 'two days at most'" in message


def test_a_published_text_that_an_action_replaces_has_to_be_quoted() -> None:
    action = {"target": "$.a", "update": {"description": "Other."}}
    message = part_message(action, {"a": {"description": "A response covers one day at most."}})
    assert "$['a']['description'] is published too, and no sentence of x-published says" in message


def test_all_that_is_out_of_date_is_named_at_once() -> None:
    message = error_message({"target": "$.nowhere", "remove": True}, GOOD, {"target": "$.info", "update": {}})
    first, second = message.splitlines()
    assert "action 1 ($.nowhere) matches nothing" in first
    assert "action 3 ($.info) changes nothing" in second


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"overlay": "2.0.0"}, "'overlay' is '2.0.0'"),
        ({"overlay": 1.0}, "'overlay' is 1.0"),
        ({"info": {"title": "No version"}}, "'info' must be an object with a 'title' and a 'version'"),
        ({"actions": []}, "'actions' must be a list with at least one action"),
        ({"actions": {}}, "'actions' must be a list with at least one action"),
        ({"action": []}, "unknown field 'action'"),
    ],
)
def test_a_document_that_is_no_overlay_is_named(fields: dict[str, Any], fault: str) -> None:
    message = error_message(GOOD, **fields)
    assert message.startswith("fix.yaml")
    assert fault in message


def test_extensions_are_accepted() -> None:
    document = {**HEAD, "x-owner": "us", "actions": [{**GOOD, "x-ticket": 1}]}
    assert overlay.apply_overlay(MINIMAL, document, source="")["info"]["description"] == "Small."


class Files:
    """A specification and an overlay in a folder."""

    def __init__(self, folder: Path) -> None:
        self.specification = folder / "api.yaml"
        self.overlay = folder / "fix.yaml"
        self.specification.write_text(yaml.safe_dump(MINIMAL), encoding="utf-8")
        self.write_actions(GOOD)

    def write_actions(self, *actions: object) -> None:
        self.overlay.write_text(yaml.safe_dump({**HEAD, "actions": list(actions)}), encoding="utf-8")

    def read(self) -> dict[str, Any]:
        return overlay.effective_specification(self.specification, self.overlay)

    def error_message(self) -> str:
        with pytest.raises(SpecificationError) as caught:
            self.read()
        return str(caught.value)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_good_files_give_the_corrected_specification(files: Files) -> None:
    assert files.read() == {**MINIMAL, "info": {"title": "Minimal", "version": "1", "description": "Small."}}


def test_the_line_of_an_action_is_named(files: Files) -> None:
    files.overlay.write_text(
        "overlay: 1.0.0\n"
        "info: {title: Test, version: '1'}\n"
        "actions:\n"
        "  - target: $.info\n"
        "    update: {description: Small.}\n"
        "  # Line 6 is a comment.\n"
        "  - target: $.servers\n"
        "    remove: true\n",
        encoding="utf-8",
    )
    assert files.error_message().startswith(f"{files.overlay}, line 7, action 2 ($.servers) matches nothing")


@pytest.mark.parametrize("name", ["specification", "overlay"])
def test_a_name_that_occurs_twice_is_an_error(files: Files, name: str) -> None:
    path: Path = getattr(files, name)
    lines = path.read_text(encoding="utf-8").count("\n")
    with path.open("a", encoding="utf-8") as stream:
        stream.write("info: {title: Other, version: '2'}\n")
    message = files.error_message()
    assert message.startswith(f"{path}, line {lines + 1}: 'info' already exists, on line ")


def test_a_name_that_is_no_string_is_an_error(files: Files) -> None:
    text = files.specification.read_text(encoding="utf-8")
    files.specification.write_text(text.replace("'200':", "200:"), encoding="utf-8")
    message = files.error_message()
    assert message.startswith(f"{files.specification}, line ")
    assert "200 is no string. Quote it." in message


def test_dates_stay_strings(files: Files) -> None:
    files.overlay.write_text(
        "{overlay: 1.0.0, info: {title: T, version: '1'}, actions: [\n"
        "  {target: $.info, update: {x-day: 2013-01-01, x-time: 2013-01-01T08:00:00Z}}]}",
        encoding="utf-8",
    )
    info = files.read()["info"]
    assert (info["x-day"], info["x-time"]) == ("2013-01-01", "2013-01-01T08:00:00Z")


def test_the_uses_of_a_yaml_anchor_are_separate_values(files: Files) -> None:
    files.specification.write_text(
        files.specification.read_text(encoding="utf-8") + "x-a: &shared {n: 1}\nx-b: *shared\n",
        encoding="utf-8",
    )
    files.write_actions({"target": "$['x-a']", "update": {"n": 2}})
    effective = files.read()
    assert (effective["x-a"], effective["x-b"]) == ({"n": 2}, {"n": 1})


@pytest.mark.parametrize("text", ["", "- a list", "a: [", "a: &a [*a]", "a: .nan", "a: !!binary aGk=", "\0"])
def test_a_file_that_is_not_an_object_of_jsons_types_is_named(files: Files, text: str) -> None:
    files.specification.write_text(text, encoding="utf-8")
    assert files.error_message().startswith(f"{files.specification}: ")


def test_a_file_that_is_not_text_is_named(files: Files) -> None:
    files.overlay.write_bytes(b"\xff\xfe\xfa")
    assert files.error_message().startswith(f"{files.overlay}: cannot be read")


def test_a_file_that_does_not_exist_is_named(files: Files) -> None:
    files.overlay.unlink()
    assert files.error_message().startswith(f"{files.overlay}: cannot be read")


@pytest.mark.parametrize("actions", [1, "all", None, {}])
def test_actions_that_are_no_list_are_an_error(files: Files, actions: object) -> None:
    files.overlay.write_text(json.dumps({**HEAD, "actions": actions}), encoding="utf-8")
    assert "'actions' must be a list" in files.error_message()


def test_a_specification_that_is_not_valid_is_an_error_that_names_the_place(files: Files) -> None:
    text = files.specification.read_text(encoding="utf-8")
    files.specification.write_text(text.replace("title: Minimal", "title: [Minimal]"), encoding="utf-8")
    line = text[: text.index("title: Minimal")].count("\n") + 1
    assert files.error_message().startswith(
        f"{files.specification}, line {line}: not valid OpenAPI 3.0 at /info/title: "
    )


def test_a_reference_that_leads_nowhere_is_an_error_that_names_the_place(files: Files) -> None:
    document = json.loads(json.dumps(MINIMAL))
    document["paths"]["/a"]["get"]["responses"]["200"] = {"$ref": "#/components/responses/Lost"}
    files.specification.write_text(json.dumps(document, indent=2), encoding="utf-8")
    message = files.error_message()
    assert "/paths/~1a/get/responses/200/$ref: " in message
    assert "Lost' leads nowhere" in message


def test_an_operation_id_that_occurs_twice_is_an_error(files: Files) -> None:
    document = {**MINIMAL, "paths": dict.fromkeys(("/a", "/b"), MINIMAL["paths"]["/a"])}  # type: ignore[index]
    files.specification.write_text(json.dumps(document), encoding="utf-8")
    message = files.error_message()
    assert message.startswith(f"{files.specification}: not valid OpenAPI 3.0: ")
    assert "Operation ID 'A'" in message


def test_an_overlay_that_makes_the_specification_invalid_is_an_error(files: Files) -> None:
    files.write_actions(GOOD, {"target": "$.paths['/a'].get.responses", "remove": True})
    message = files.error_message()
    assert message.startswith(f"{files.specification} with {files.overlay}, line ")
    assert ", action 2 ($.paths['/a'].get.responses): not valid OpenAPI 3.0 at /paths/~1a/get: " in message


def test_of_actions_that_make_the_specification_invalid_the_one_that_is_not_repaired_is_named(files: Files) -> None:
    responses = {"responses": {"204": {"description": "Nothing."}}}
    files.write_actions(
        {"target": "$.paths['/a'].get.responses", "remove": True},
        {"target": "$.paths['/a'].get", "update": responses},
        {"target": "$.info", "update": {"license": {}}},
        GOOD,
    )
    assert ", action 3 ($.info): not valid OpenAPI 3.0 at /info/license: 'name' is a req" in files.error_message()


@pytest.mark.parametrize(
    ("parameter", "pointer", "fault"),
    [
        ({"schema": {"type": "integr"}}, "/schema/type", "'integr' is not one of "),
        (
            {"schema": {"type": "array", "items": {"properties": {"a": {"type": "integr"}}}}},
            "/schema/items/properties/a/type",
            "'integr' is not one of ",
        ),
        ({"schema": {"type": "string", "pattrn": "a"}}, "/schema", "'pattrn' does not match "),
        ({"scheme": {"type": "string"}}, "", "'scheme' does not match "),
        ({"schema": {"type": "string", "enum": []}}, "/schema/enum", "[] "),
    ],
)
def test_a_fault_is_reported_where_it_is(files: Files, parameter: dict[str, Any], pointer: str, fault: str) -> None:
    document = json.loads(json.dumps(MINIMAL))
    document["paths"]["/a"]["get"]["parameters"] = [{"name": "a", "in": "query", **parameter}]
    files.specification.write_text(json.dumps(document, indent=2), encoding="utf-8")
    message = files.error_message()
    assert message.startswith(f"{files.specification}, line ")
    assert f" at /paths/~1a/get/parameters/0{pointer}: {fault}" in message


@pytest.mark.parametrize(
    ("schema", "advice"),
    [
        ({"type": ["string", "null"]}, "write one `type`, with `nullable: true` for null, or `oneOf`"),
        ({"type": "array", "items": {"type": ["string"]}}, "write one `type`"),
        ({"oneOf": [{"type": "string"}, {"type": "null"}]}, "write `nullable: true` beside another type"),
        ({"type": "integer", "exclusiveMinimum": 0}, "`minimum` or `maximum`, and `exclusiveMinimum: true`"),
        ({"const": 1}, "write an `enum` of one value"),
        ({"type": "string", "examples": ["a"]}, "write one `example`"),
    ],
)
def test_what_only_openapi_3_1_has_is_said_to_be_of_it(files: Files, schema: dict[str, Any], advice: str) -> None:
    document = json.loads(json.dumps(MINIMAL))
    document["paths"]["/a"]["get"]["parameters"] = [{"name": "a", "in": "query", "schema": schema}]
    files.specification.write_text(json.dumps(document, indent=2), encoding="utf-8")
    message = files.error_message()
    assert message.startswith(f"{files.specification}, line ")
    assert "This is OpenAPI 3.1, and the client is generated from 3.0: " in message
    assert advice in message


@pytest.mark.parametrize("fields", [{"openapi": "3.1.0"}, {"openapi": "3.1.1", "webhooks": {}}, {"webhooks": {}}])
def test_a_document_of_openapi_3_1_is_said_to_be_one(files: Files, fields: dict[str, Any]) -> None:
    files.specification.write_text(json.dumps({**MINIMAL, **fields}), encoding="utf-8")
    assert "This is OpenAPI 3.1, and the client is generated from 3.0: " in files.error_message()


def test_a_fault_is_reported_in_a_line_of_bounded_length(files: Files) -> None:
    text = files.specification.read_text(encoding="utf-8")
    title = json.dumps([f"A title of many\nwords {number}" for number in range(100)])
    files.specification.write_text(text.replace("title: Minimal", f"title: {title}"), encoding="utf-8")
    message = files.error_message().removeprefix(f"{files.specification}")
    assert " at /info/title: ['A title" in message
    assert message.endswith("is not of type 'string'")
    assert len(message.splitlines()) == 1
    assert len(message) < 300


def test_the_command_prints_the_effective_specification(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    assert overlay.main([str(files.specification), str(files.overlay)]) == 0
    assert json.loads(capsys.readouterr().out) == files.read()


def test_the_command_writes_a_file_in_a_folder_that_it_makes(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "build" / "effective.json"
    assert overlay.main([str(files.specification), str(files.overlay), "--output", str(output)]) == 0
    assert json.loads(output.read_text(encoding="utf-8")) == files.read()
    assert capsys.readouterr().out == ""


def test_the_command_only_checks_when_asked_to(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    assert overlay.main([str(files.specification), str(files.overlay), "--validate"]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_command_says_what_is_wrong_and_writes_nothing(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files.write_actions({"target": "$.servers", "remove": True})
    output = tmp_path / "effective.json"
    assert overlay.main([str(files.specification), str(files.overlay), "--output", str(output)]) == 1
    assert capsys.readouterr().err.startswith(f"error: {files.overlay}, line ")
    assert not output.exists()
