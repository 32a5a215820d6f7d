"""What the effective specification promises to the generated client and to the wrapper."""

import copy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta

from tests.support.described import described
from tests.support.specification import document

Faults = Callable[[dict[str, Any], dict[str, Any], object], list[str]]
Spec = dict[str, Any]
Path = tuple[str | int, ...]

OPERATIONS = described(document("published")).keys()
FILTERS = {"system_id", "system_name", "status", "reference", "installer", "connection_type"}


def parameters(effective: Spec, operation: Spec) -> list[Spec]:
    """The parameters of an operation, with references followed."""
    shared = effective["components"]["parameters"]
    return [shared[item["$ref"].rpartition("/")[2]] if "$ref" in item else item for item in operation["parameters"]]


def test_every_published_operation_is_kept(published: Spec, operations: dict[str, Spec]) -> None:
    assert operations.keys() == described(published).keys()
    assert len(operations) >= 13


def test_both_credentials_are_security_schemes_in_the_query(effective: Spec) -> None:
    schemes = effective["components"]["securitySchemes"]
    assert {name: (s["type"], s["in"], s["name"]) for name, s in schemes.items()} == {
        "ApiKey": ("apiKey", "query", "key"),
        "UserId": ("apiKey", "query", "user_id"),
    }


def test_a_request_needs_both_credentials_together(effective: Spec, operations: dict[str, Spec]) -> None:
    assert effective["security"] == [{"ApiKey": [], "UserId": []}]
    assert not [name for name, operation in operations.items() if "security" in operation]


def test_no_operation_takes_a_credential_as_an_argument(effective: Spec, operations: dict[str, Spec]) -> None:
    taken = {item["name"] for operation in operations.values() for item in parameters(effective, operation)}
    assert not taken & {"user_id", "key"}
    assert "UserId" not in effective["components"]["parameters"]


def test_systems_has_only_the_bracketed_form_of_each_filter(operations: dict[str, Spec]) -> None:
    names = {item["name"] for item in operations["Systems"]["parameters"]}
    assert names == {f"{name}[]" for name in FILTERS} | {"next", "limit"}


def test_a_filter_of_several_values_is_sent_as_a_repeated_name(operations: dict[str, Spec]) -> None:
    filters = [item for item in operations["Systems"]["parameters"] if item["name"].endswith("[]")]
    assert all(item["schema"]["type"] == "array" for item in filters)
    assert {(item["style"], item["explode"]) for item in filters} == {("form", True)}


def test_a_page_has_1_to_1000_systems_and_100_by_default(operations: dict[str, Spec]) -> None:
    limit = next(item["schema"] for item in operations["Systems"]["parameters"] if item["name"] == "limit")
    assert (limit["minimum"], limit["default"], limit["maximum"]) == (1, 100, 1000)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_every_operation_declares_the_statuses_that_any_of_them_has(operations: dict[str, Spec], name: str) -> None:
    assert operations[name]["responses"].keys() >= {"200", "401", "404", "409", "422", "500", "503"}


def test_no_content_is_declared_where_it_was_observed(operations: dict[str, Spec]) -> None:
    without_content = {name for name, operation in operations.items() if "204" in operation["responses"]}
    assert without_content == {"EnergyLifetime", "ConsumptionLifetime", "ConsumptionStats"}


def test_the_responses_of_gateways_are_not_declared(operations: dict[str, Spec]) -> None:
    assert not [name for name, op in operations.items() if op["responses"].keys() & {"502", "504"}]


def test_an_operation_has_a_window_when_its_response_has_intervals(
    effective: Spec, operations: dict[str, Spec]
) -> None:
    for name, operation in operations.items():
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        properties = effective["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], {})
        assert ("intervals" in properties.get("properties", {})) == ("x-window" in operation), name


def test_a_window_is_written_in_the_keywords_of_relativedelta(operations: dict[str, Spec]) -> None:
    for window in (op["x-window"] for op in operations.values() if "x-window" in op):
        start = datetime(2024, 6, 15, tzinfo=UTC)
        assert start < start + relativedelta(**window["longest"]) < start + relativedelta(**window["history"])
        assert window["beyond"] in {"cut", "refused"}
        assert timedelta(days=1) % timedelta(seconds=window["interval"]) == timedelta()


def test_the_limit_of_rgm_stats_is_described_correctly(operations: dict[str, Spec]) -> None:
    description = operations["RgmStats"]["description"]
    assert "7 days" in description
    assert "422" in description
    assert "month" not in description


def test_every_example_of_a_schema_is_valid(effective: Spec, faults: Faults) -> None:
    schemas = effective["components"]["schemas"]
    examples = {name: schema["example"] for name, schema in schemas.items() if "example" in schema}
    assert sum(isinstance(example, dict) for example in examples.values()) == 18
    assert {name: faults(effective, schemas[name], value) for name, value in examples.items()} == {
        name: [] for name in examples
    }


def test_five_published_examples_are_invalid_by_their_own_schemas(published: Spec, faults: Faults) -> None:
    # When this fails, the published document has improved, and an action of the overlay can be removed.
    schemas = published["components"]["schemas"]
    invalid = {
        name for name, schema in schemas.items() if "example" in schema and faults(published, schema, schema["example"])
    }
    assert invalid == {
        "EnvoysResponse",
        "InventoryResponse",
        "InvertersSummaryByEnvoyOrSiteResponse",
        "ClientError",
        "NotFoundError",
    }


def test_every_example_of_a_parameter_is_valid(effective: Spec, operations: dict[str, Spec], faults: Faults) -> None:
    checked = 0
    for operation in operations.values():
        for item in parameters(effective, operation):
            for example in (item.get("example"), item["schema"].get("example")):
                if example is not None:
                    assert faults(effective, item["schema"], example) == [], item["name"]
                    checked += 1
    assert checked > 20


ABSENT = object()


def variant(specification: Spec, schema: str, path: Path, value: object) -> Spec:
    """The schema's example with another value at one place."""
    body: Spec = copy.deepcopy(specification["components"]["schemas"][schema]["example"])
    around: Any = body
    for part in path[:-1]:
        around = around[part]
    if value is ABSENT:
        del around[path[-1]]
    else:
        around[path[-1]] = value
    return body


MOVING: list[tuple[str, Path, object]] = [
    *(
        (name, ("meta",), ABSENT)
        for name in (
            "EnergyLifetimeResponse",
            "MonthlyProductionResponse",
            "ProductionMeterReadingsResponse",
            "RgmStatsResponse",
            "StatsResponse",
            "ConsumptionLifetimeResponse",
            "ConsumptionStatsResponse",
        )
    ),
    ("SystemsResponse", ("systems", 0, "meta"), ABSENT),
    ("SystemsResponse", ("systems", 0, "state"), None),
    ("SystemsResponse", ("systems", 0, "postal_code"), None),
    ("SummaryResponse", ("last_interval_end_at",), ABSENT),
    *(("SummaryResponse", (name,), None) for name in ("last_interval_end_at", "last_report_at", "operational_at")),
    ("InventoryResponse", ("meters",), ABSENT),
    ("InventoryResponse", ("envoys",), [{"sn": "1"}]),
    ("RgmStatsResponse", ("meter_intervals",), ABSENT),
    ("EnergyLifetimeResponse", ("start_date",), None),
    ("EnergyLifetimeResponse", ("meter_production",), [None, None, 15422]),
    ("ConsumptionLifetimeResponse", ("start_date",), None),
    ("Meta", ("last_report_at",), None),
    ("Meta", ("last_energy_at",), None),
    ("Meta", ("operational_at",), None),
    ("InvertersSummaryByEnvoyOrSiteResponse", ("signal_strength",), None),
    *(
        ("InvertersSummaryByEnvoyOrSiteResponse", ("micro_inverters", 0, name), value)
        for name, value in (
            ("power_produced", 34),
            ("energy", 232),
            ("last_report_date", None),
            ("last_report_date", "2020-09-18"),
            ("last_report_date", "2020-09-18T04:17:23-07:00"),
        )
    ),
]


@pytest.mark.parametrize("moved", MOVING, ids=lambda moved: f"{moved[0]}: {moved[1][-1]}")
def test_values_that_vary_in_real_bodies_are_valid(
    published: Spec, effective: Spec, faults: Faults, moved: tuple[str, Path, object]
) -> None:
    schema = moved[0]
    body = variant(effective, *moved)
    assert faults(effective, effective["components"]["schemas"][schema], body) == []
    assert faults(published, published["components"]["schemas"][schema], body) != []


@pytest.mark.parametrize("value", ["34 W", None, 3.5, {"value": 34}, {"value": 34, "units": "kW", "precision": 0}])
def test_a_measurement_of_a_microinverter_is_still_an_object_or_an_integer(
    effective: Spec, faults: Faults, value: object
) -> None:
    name = "InvertersSummaryByEnvoyOrSiteResponse"
    body = variant(effective, name, ("micro_inverters", 0, "power_produced"), value)
    assert faults(effective, effective["components"]["schemas"][name], body) != []


def test_properties_that_the_operations_need_are_still_required(effective: Spec) -> None:
    required = {name: set(s.get("required", ())) for name, s in effective["components"]["schemas"].items()}
    assert "systems" in required["SystemsResponse"]
    assert {"start_date", "production"} <= required["EnergyLifetimeResponse"]
    assert {"start_date", "consumption"} <= required["ConsumptionLifetimeResponse"]
    for name in ("StatsResponse", "RgmStatsResponse", "ConsumptionStatsResponse"):
        assert {"system_id", "total_devices", "intervals"} <= required[name]
        items = effective["components"]["schemas"][name]["properties"]["intervals"]["items"]
        assert "end_at" in items["required"]


def test_the_period_of_a_limit_may_be_a_month(effective: Spec) -> None:
    period = effective["components"]["schemas"]["ConflictError"]["properties"]["period"]
    assert period["enum"] == ["hour", "minute", "second", "month"]


def test_statuses_without_a_recording_are_not_added(published: Spec, effective: Spec) -> None:
    schemas = published["components"]["schemas"], effective["components"]["schemas"]
    assert schemas[0]["Status"] == schemas[1]["Status"]
