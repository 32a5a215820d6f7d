"""The facts that the wrapper repeats are those of the effective specification.

Which operations, parameters, fields and windows there are is in `tests/fit`; here is the rest.
"""

from __future__ import annotations

import inspect
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from attrs import fields_dict

from enlighten_v2.models import Meta, System
from enphase_enlighten import APIStatusError, AsyncEnlighten, Enlighten, ServerError
from enphase_enlighten.data.tables import UNITS, Kind
from enphase_enlighten.v2.authentication import KEY_PARAMETER, USER_PARAMETER
from enphase_enlighten.v2.definition import BASE_URL
from enphase_enlighten.v2.error_bodies import V2ErrorBodies
from enphase_enlighten.v2.operation_table import CONSUMPTION_STATS, RGM_STATS, STATS, SYSTEMS
from enphase_enlighten.v2.system_columns import META_COLUMNS, SYSTEM_COLUMNS

CLASSES = V2ErrorBodies.classes

if TYPE_CHECKING:
    from enphase_enlighten.api import Operation

SPECIFICATION: dict[str, Any] = json.loads(files("enlighten_v2").joinpath("openapi.json").read_bytes())
OPERATIONS: dict[str, dict[str, Any]] = {
    operation["operationId"]: operation
    for path in SPECIFICATION["paths"].values()
    for operation in path.values()
    if isinstance(operation, dict) and "operationId" in operation
}
SCHEMAS = SPECIFICATION["components"]["schemas"]
SYSTEM = SCHEMAS["SystemsResponse"]["properties"]["systems"]["items"]
TABLES_FILE = "wrapper/enphase_enlighten/data/tables.py"


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        section, name = node["$ref"].split("/")[-2:]
        node = SPECIFICATION["components"][section][name]
    return node


def test_the_base_url_is_that_of_the_live_service() -> None:
    assert SPECIFICATION["servers"][0]["url"] == BASE_URL, "open wrapper/enphase_enlighten/v2/definition.py"


def test_the_largest_page_is_the_maximum_of_the_limit() -> None:
    parameters = {parameter["name"]: parameter for parameter in map(resolved, OPERATIONS["Systems"]["parameters"])}
    most = parameters["limit"]["schema"]["maximum"]
    assert SYSTEMS.pages is not None
    assert most == SYSTEMS.pages.largest, "Systems: open wrapper/enphase_enlighten/v2/definition.py"
    for client in (Enlighten, AsyncEnlighten):
        assert inspect.signature(client.systems).parameters["page_size"].default == most


def test_the_credentials_are_the_parameters_of_the_security_schemes() -> None:
    schemes = SPECIFICATION["components"]["securitySchemes"]
    described = {(scheme["type"], scheme["in"], scheme["name"]) for scheme in schemes.values()}
    sent = {("apiKey", "query", KEY_PARAMETER), ("apiKey", "query", USER_PARAMETER)}
    assert described == sent, "open wrapper/enphase_enlighten/credentials.py"
    # One requirement that names both schemes: each request needs both.
    assert SPECIFICATION["security"] == [{scheme: [] for scheme in schemes}]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_error_status_has_a_class(operation: str) -> None:
    statuses = {int(status) for status in OPERATIONS[operation]["responses"] if status.isdigit()}
    without = {status for status in statuses if 400 <= status < 500 and status not in CLASSES}
    assert not without, f"{operation}: no class of its own for {without}: open wrapper/enphase_enlighten/statuses.py"


def test_the_class_of_each_status_says_which_it_is_for() -> None:
    assert all(issubclass(cls, APIStatusError) for cls in CLASSES.values())
    for status, cls in CLASSES.items():
        stated = (inspect.getdoc(cls) or "").partition(":")[0]
        assert str(status) in stated, f"{cls.__name__}: its docstring does not begin with {status}"
        assert (status >= 500) == issubclass(cls, ServerError)


KINDS = {("integer", None): Kind.WHOLE, ("string", None): Kind.TEXT, ("array", None): Kind.TEXTS}


def kind_of(name: str, schema: dict[str, Any]) -> Kind:
    if "allOf" in schema:
        schema = schema["allOf"][0]
    schema = resolved(schema)
    return Kind.TIME if name.endswith("_at") else KINDS[schema["type"], schema.get("format")]


@pytest.mark.parametrize(("schema", "columns"), [(SYSTEM, SYSTEM_COLUMNS), (SCHEMAS["Meta"], META_COLUMNS)])
def test_a_fleet_has_a_column_for_each_property(schema: dict[str, Any], columns: dict[str, Kind]) -> None:
    properties = schema["properties"]
    expected = {name: kind_of(name, described) for name, described in properties.items() if name != "meta"}
    assert columns == expected, f"Systems: open {TABLES_FILE}"


def test_the_columns_of_a_fleet_are_attributes_of_the_models() -> None:
    assert SYSTEM_COLUMNS.keys() | {"meta"} == fields_dict(System).keys() - {"_additional"}
    assert META_COLUMNS.keys() == fields_dict(Meta).keys() - {"_additional"}


@pytest.mark.parametrize("kind", [STATS, RGM_STATS, CONSUMPTION_STATS])
def test_each_quantity_of_an_interval_has_the_unit_that_its_description_says(kind: Operation) -> None:
    properties = SCHEMAS[str(kind.model)]["properties"]["intervals"]["items"]["properties"]
    for name in kind.row._fields[1:]:
        words = properties[name]["description"].replace(".", " ").replace(",", " ").split()
        unit = next((unit for unit in ("Wh", "W") if unit in words), None)
        assert UNITS.get(name) == unit, f"{kind.id}: {name} is in {unit}: open {TABLES_FILE}"
