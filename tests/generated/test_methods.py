"""Methods and table of operations are what the specification and the methods file give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import generate_methods
from generate_methods import rendered, table_entry, texts_of
from generation import PACKAGES, Methods, Package
from method_docstrings import docstring
from method_errors import MethodsError
from operation_sources import Document, Operation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PACKAGE = PACKAGES[0]
SENTENCES = yaml.safe_load(Methods().said.read_text(encoding="utf-8"))
SYSTEM_ID = {"name": "system_id", "in": "path", "required": True, "schema": {"type": "integer"}}
SAID = {"summary": "List the alarms of a system.", "returns": "A model with `alarms`.", "example": ">>> 1\n1\n"}


def alarms(*parameters: dict[str, Any], said: dict[str, Any] | None = None, **specified: Any) -> Operation:
    """An operation of one request and one model, or what the arguments make of it."""
    schema = {"$ref": "#/components/schemas/AlarmsResponse"}
    operation = {
        "operationId": "Alarms",
        "parameters": [SYSTEM_ID, *parameters],
        "responses": {"200": {"content": {"application/json": {"schema": schema}}}},
        **specified,
    }
    models = {
        "AlarmsResponse": {"type": "object", "properties": {"alarms": {"type": "array", "items": {}}}},
        "Severity": {"type": "string", "enum": ["high", "low"]},
        "Odd": {"type": "object", "properties": {"shares": {"type": "number"}}},
        "Change": {
            "type": "object",
            "required": ["filters", "pageOf"],
            "properties": {
                "pageOf": {"type": "string", "x-numeral": {"minimum": 1, "maximum": 9}},
                "filters": {
                    "type": "object",
                    "properties": {
                        "kinds": {"type": "array", "items": {"type": "string", "enum": ["a"]}},
                        "source": {"type": "string", "enum": ["b"]},
                        "old": {"type": "number"},
                    },
                },
            },
        },
    }
    specification = {"paths": {"/alarms": {"get": operation}}, "components": {"schemas": models}}
    classes = {"AlarmsSource": "Source"}
    return Operation(Document(specification, SENTENCES, classes, "enlighten_v2"), "Alarms", {**SAID, **(said or {})})


def argument(name: str, schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema}


def body(schema: str | dict[str, Any]) -> dict[str, Any]:
    """A request's body of a model, or with another schema."""
    described = {"$ref": f"#/components/schemas/{schema}"} if isinstance(schema, str) else schema
    return {"required": True, "content": {"application/json": {"schema": described}}}


def test_each_module_is_what_the_sources_give() -> None:
    modules = rendered(PACKAGE)
    assert {path.name for path in modules} == {
        "operation_table.py",
        "async_system_methods.py",
        "async_series_methods.py",
    }
    for path, text in modules.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run `make generate`"


@pytest.mark.parametrize(
    ("parameter", "signature", "check"),
    [
        (argument("day", {"type": "string", "format": "date"}, required=True), "day: date | str", "day"),
        (
            argument("since_at", {"type": "integer", "format": "int64"}),
            "since_at: Instant | None = None",
            "optional(instant)",
        ),
        (argument("site_id", {"type": "string"}, required=True), "site_id: int | System", "system"),
        (argument("serial", {"type": "string"}, required=True), "serial: str", "filled_text"),
        (argument("serial", {"type": "string"}), "serial: str | None = None", "optional(text)"),
        (
            {"name": "serial", "in": "path", "required": True, "schema": {"type": "string"}},
            "serial: str",
            "part_of_path",
        ),
        (
            argument("day", {"type": "string", "pattern": r"^\d{8}$"}, required=True),
            "day: date | str",
            "compact_day",
        ),
        (argument("all", {"type": "boolean"}), "all_: bool | None = None", "optional(flag)"),
        (
            argument("most", {"type": "integer", "minimum": 1, "maximum": 9}),
            "most: int | None = None",
            "optional(between(1, 9))",
        ),
        (argument("place", {"type": "integer"}, required=True), "place: int", "whole_number"),
        (
            argument("source", {"type": "string", "enum": ["a", "b"]}),
            'source: Literal["a", "b"] | None = None',
            'optional(member_of("Source"))',
        ),
        (
            argument("severity", {"$ref": "#/components/schemas/Severity"}, required=True),
            'severity: Literal["high", "low"]',
            'member_of("Severity")',
        ),
        (
            argument("severity[]", {"type": "array", "items": {"$ref": "#/components/schemas/Severity"}}),
            "severity: str | Iterable[str] | None = None",
            'optional(several(member_of("Severity")))',
        ),
        (
            argument("system_id[]", {"type": "array", "items": {"type": "integer"}}),
            "system_id: int | Iterable[int] | None = None",
            "optional(several(whole_number))",
        ),
    ],
)
def test_the_kind_of_an_argument_decides_its_type_and_its_check(
    parameter: dict[str, Any], signature: str, check: str
) -> None:
    system, found, *timezone = alarms(parameter).arguments
    assert (system.signature, system.kind.check) == ("system_id: int | System", "system")
    assert (found.signature, found.kind.check) == (signature, check)
    assert [each.name for each in timezone] == (["timezone"] if found.kind.name == "instant" else [])


def test_the_properties_of_a_body_are_arguments() -> None:
    said = {"left_out": ["old"], "either": ["kinds", "source"]}
    operation = alarms(requestBody=body("Change"), said=said, responses=ACCEPTED)
    assert [argument.signature for argument in operation.arguments] == [
        "system_id: int | System",
        "page_of: int",
        "kinds: str | Iterable[str] | None = None",
        'source: Literal["b"] | None = None',
    ]
    assert table_entry(operation) == (
        'ALARMS = Operation("Alarms", model="AlarmsResponse", arguments={"system_id": system, '
        '"page_of": numeral(1, 9), "kinds": optional(several(member_of("ChangeFiltersKindsItem"))), '
        '"source": optional(member_of("ChangeFiltersSource"))}, '
        "body=Body(\"Change\", {\"page_of\": ('pageOf',), \"kinds\": ('filters', 'kinds'), "
        "\"source\": ('filters', 'source')}), either=('kinds', 'source'))"
    )


ACCEPTED = {"202": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/AlarmsResponse"}}}}}


def test_a_plain_operation_needs_no_python() -> None:
    day = argument("day", {"type": "string", "format": "date"})
    operation = alarms(day, said={"arguments": {"day": "The day."}}, **{"x-plans": ["Watt", "Partner"]})
    assert table_entry(operation) == (
        'ALARMS = Operation("Alarms", model="AlarmsResponse", arguments={"system_id": system, "day": optional(day)})'
    )
    assert (
        docstring(operation)
        == """List the alarms of a system.

Spends one request. Operation ``Alarms``. For the plans Watt, Partner.

Args:
    system_id: The system's id, or a system as `systems` gives it.
    day: The day.

Returns:
    A model with `alarms`.

Raises:
    InvalidArgumentError: The id or the date is not accepted, or the date is in the future.
    EnlightenError: The response is an error or cannot be used, or there is none.

Example:
    >>> 1
    1
"""
    )


def test_an_error_of_its_own_stands_before_the_most_general_one() -> None:
    text = docstring(alarms(said={"raises": {"NotFoundError": "There are no alarms."}}))
    assert re.findall(r"^    (\w+Error): .*", text, re.MULTILINE) == [
        "InvalidArgumentError",
        "NotFoundError",
        "EnlightenError",
    ]
    assert "EnlightenError: The response is another error" in text


PATTERN = {"type": "string", "pattern": r"^\d{6}$"}
INSTANT = argument("since_at", {"type": "integer", "format": "int64"})
WINDOW = {"x-window": {"interval": 300, "longest": {"days": 1}, "history": {"years": 1}}}


@pytest.mark.parametrize(
    ("described", "problem"),
    [
        (lambda: alarms(argument("day", PATTERN)), "the parameter day fits no kind"),
        (lambda: alarms(argument("shares", {"type": "number"})), "the parameter shares fits no kind"),
        (lambda: alarms(argument("most", {"type": "integer", "minimum": 1})), "the parameter most fits no kind"),
        (lambda: alarms(requestBody={}), "sends nothing"),
        (lambda: alarms(requestBody=body({"type": "array"})), "sends application/json, and no model"),
        (lambda: alarms(requestBody=body("Severity")), "has no properties below /"),
        (lambda: alarms(requestBody=body("Odd")), "the parameter shares fits no kind"),
        (lambda: alarms(said={"either": ["place"]}).either, "no argument place"),
        (lambda: alarms(responses={"204": {}}), "its status 200 has no body"),
        (lambda: alarms(said={"shape": "pages"}), "'pages' is not a shape"),
        (lambda: alarms(said={"shape": "list"}), "cannot have the shape list"),
        (lambda: alarms(said={"shape": "intervals"}), "x-window"),
        (lambda: alarms(said={"shape": "intervals"}, **WINDOW), "takes system_id, start_at, end_at, timezone"),
        (lambda: alarms(**WINDOW), "x-window"),
        (lambda: alarms(deprecated=True), "`deprecated` has to say"),
        (lambda: alarms(said={"deprecated": "stats"}), "does not deprecate it any more"),
        (lambda: alarms(said={"shape": "listing"}), "`pages` is missing"),
        (
            lambda: alarms(said={"shape": "listing", "pages": {"cursor": "next", "size": "limit"}}),
            "no parameter limit",
        ),
        (lambda: alarms(parameters=[INSTANT]), "no system_id"),
        (lambda: table_entry(alarms(said={"shape": "value", "value": "count"})), "no property count"),
        (lambda: docstring(alarms(argument("place", {"type": "integer"}))), "nothing says what the argument place is"),
        (lambda: docstring(alarms(INSTANT, said={"arguments": {"since_at": "{moment}"}})), "no phrase 'moment'"),
    ],
)
def test_what_cannot_be_rendered_is_an_error_that_names_the_operation(
    described: Callable[[], object], problem: str
) -> None:
    with pytest.raises(MethodsError, match=rf"^Alarms: .*{re.escape(problem)}"):
        described()


def with_methods(folder: Path, change: Callable[[dict[str, Any]], object]) -> Package:
    """The project's package with another methods file."""
    methods = yaml.safe_load(Methods().said.read_text(encoding="utf-8"))
    change(methods)
    path = folder / "enlighten.methods.yaml"
    path.write_text(yaml.safe_dump(methods, sort_keys=False), encoding="utf-8")
    return PACKAGE._replace(methods=Methods(said=path))


def without_envoys(methods: dict[str, Any]) -> None:
    del methods["modules"]["async_system_methods"]["operations"]["Envoys"]


def test_an_operation_that_the_methods_file_lacks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(
        MethodsError, match=r"^Envoys: .*GET /systems/\{system_id\}/envoys, and enlighten\.methods\.yaml does not say"
    ):
        texts_of(with_methods(tmp_path, without_envoys))


def test_sentences_that_a_methods_file_lacks_are_those_that_all_share(tmp_path: Path) -> None:
    def change(methods: dict[str, Any]) -> None:
        for key in methods.keys() - {"modules"}:
            del methods[key]

    sources = with_methods(tmp_path, change)
    assert rendered(sources) == rendered(PACKAGE)


def test_an_operation_that_is_written_by_hand_is_left_out(tmp_path: Path) -> None:
    def change(methods: dict[str, Any]) -> None:
        without_envoys(methods)
        methods["by_hand"] = ["Envoys"]

    texts = "".join(rendered(with_methods(tmp_path, change)).values())
    assert "def inventory(" in texts
    assert "def envoys(" not in texts


def test_an_operation_that_the_specification_lacks_is_an_error(tmp_path: Path) -> None:
    def change(methods: dict[str, Any]) -> None:
        methods["modules"]["async_system_methods"]["operations"]["Alarms"] = SAID

    with pytest.raises(MethodsError, match=r"^Alarms: the specification has no such operation"):
        texts_of(with_methods(tmp_path, change))


def test_the_script_says_what_is_wrong_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate_methods.main([], [with_methods(tmp_path, without_envoys)]) == 1
    assert capsys.readouterr().err.startswith("error: Envoys: ")


def test_the_check_names_a_module_that_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def change(methods: dict[str, Any]) -> None:
        methods["modules"]["async_system_methods"]["operations"]["Envoys"]["summary"] = "List the gateways."

    assert generate_methods.main(["--check"], [with_methods(tmp_path, change)]) == 1
    said = capsys.readouterr().err
    assert "v2/async_system_methods.py is not what" in said
    assert "async_series_methods.py" not in said
    assert "List the gateways" not in (Methods().output / "async_system_methods.py").read_text(encoding="utf-8")
