from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from enlighten_v2 import models
from enlighten_v2.models import (
    EnergyLifetimeResponse,
    Envoy,
    EnvoysResponse,
    Meta,
    MicroInverter,
    NotFoundError,
    PowerProduced,
    RgmStatsInterval,
    RgmStatsMeterInterval,
    StatsInterval,
    StatsResponse,
    Status,
    System,
    SystemsResponse,
)
from enlighten_v2.types import UNSET, Deviation, Model


def object_examples(specification: dict[str, Any]) -> dict[str, dict[str, Any]]:
    schemas = specification["components"]["schemas"]
    return {name: schema["example"] for name, schema in schemas.items() if isinstance(schema.get("example"), dict)}


def exact(body: object) -> str:
    """A form in which 1, 1.0 and True are three things."""
    return json.dumps(body, sort_keys=True)


def pointers(body: object, deviations: list[Deviation]) -> set[str]:
    places: dict[int, str] = {}

    def walk(value: object, place: str) -> None:
        places[id(value)] = place
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in items:
            walk(inner, f"{place}/{key}")

    walk(body, "")
    return {f"{places[id(deviation.container)]}/{deviation.key}" for deviation in deviations}


def read(model: type[Model], body: dict[str, Any]) -> tuple[Any, list[tuple[str | int, str]]]:
    """Read a body, check that it is written back unchanged; return the model, and key and kind of each deviation."""
    deviations: list[Deviation] = []
    before = exact(body)
    result = model.from_dict(body, deviations)
    assert exact(result.to_dict()) == before
    assert exact(body) == before
    assert exact(model.from_dict(body).to_dict()) == before
    return result, [(deviation.key, deviation.kind) for deviation in deviations]


META: dict[str, Any] = {"status": "normal", "last_report_at": 1, "last_energy_at": 2, "operational_at": 3}


def test_every_example_of_the_specification_is_read_and_written_back(specification: dict[str, Any]) -> None:
    examples = object_examples(specification)
    for name, example in examples.items():
        _, deviations = read(getattr(models, name), example)
        assert deviations == [], name
    assert len(examples) == 18


def test_nested_objects_lists_dates_and_enums_become_what_their_types_say(
    specification: dict[str, Any],
) -> None:
    examples = object_examples(specification)
    page = SystemsResponse.from_dict(examples["SystemsResponse"])
    assert isinstance(page.systems[0], System)
    assert isinstance(page.systems[0].meta, Meta)
    assert page.systems[0].meta.status is Status.NORMAL
    assert page.next_ == examples["SystemsResponse"]["next"]
    lifetime = EnergyLifetimeResponse.from_dict(examples["EnergyLifetimeResponse"])
    assert lifetime.start_date == dt.date.fromisoformat(examples["EnergyLifetimeResponse"]["start_date"])
    assert lifetime.micro_production is UNSET


def test_a_missing_required_property_is_unset_and_noted() -> None:
    meta, deviations = read(Meta, {name: META[name] for name in META if name != "last_energy_at"})
    assert meta.last_energy_at is UNSET
    assert meta.last_report_at == 1
    assert deviations == [("last_energy_at", "missing")]


def test_a_missing_optional_property_is_unset_and_nothing_to_note() -> None:
    envoys, deviations = read(NotFoundError, {"reason": "404"})
    assert envoys.message is UNSET
    assert deviations == []


def test_null_stays_none_and_is_noted_where_it_is_not_allowed() -> None:
    meta, deviations = read(Meta, META | {"status": None, "operational_at": None})
    assert meta.status is None
    assert ("status", "null") in deviations
    interval, deviations = read(StatsInterval, {"end_at": 1, "powr": None, "enwh": 1, "devices_reporting": 1})
    assert interval.powr is None
    assert deviations == [("powr", "null")]


def test_null_is_nothing_to_note_where_the_specification_allows_it() -> None:
    interval = {"channel": 1, "end_at": 1384122700, "wh_del": None, "curr_w": None}
    assert read(RgmStatsMeterInterval, interval)[1] == []


@pytest.mark.parametrize("value", ["1384122700", True, 1.5, [], {}])
def test_a_leaf_of_a_wrong_type_is_kept_and_noted(value: object) -> None:
    interval, deviations = read(RgmStatsInterval, {"end_at": value, "wh_del": 2, "devices_reporting": 3})
    assert interval.end_at is value
    assert (interval.wh_del, interval.devices_reporting) == (2, 3)
    assert deviations == [("end_at", "type")]


def test_an_integer_may_be_written_with_a_point() -> None:
    interval, deviations = read(RgmStatsInterval, {"end_at": 5.0, "wh_del": 2, "devices_reporting": 3})
    assert type(interval.end_at) is float
    assert deviations == []


def test_a_number_may_be_an_integer_or_a_float() -> None:
    for value in (5, 5.5):
        interval = {"channel": 1, "end_at": 1, "wh_del": value, "curr_w": 1}
        assert read(RgmStatsMeterInterval, interval)[1] == []
    interval = {"channel": 1, "end_at": 1, "wh_del": False, "curr_w": 1}
    assert read(RgmStatsMeterInterval, interval)[1] == [("wh_del", "type")]


def test_an_unknown_enum_value_is_kept_as_a_member_and_noted() -> None:
    meta, deviations = read(Meta, META | {"status": "encharge"})
    assert isinstance(meta.status, Status)
    assert meta.status.is_unknown
    assert deviations == [("status", "enum")]


@pytest.mark.parametrize("value", ["20130101", "2013-W01-2", "2013-02-30", "2013-01-01T00:00:00", ""])
def test_a_date_that_would_not_be_written_back_unchanged_stays_a_string(value: str) -> None:
    body = {"start_date": value, "system_id": 1, "production": [], "meta": META}
    lifetime, deviations = read(EnergyLifetimeResponse, body)
    assert lifetime.start_date == value
    assert deviations == [("start_date", "type")]


@pytest.mark.parametrize(("value", "kind"), [(None, "null"), ("a", "container"), ([], "container"), (1, "container")])
def test_a_value_in_the_place_of_an_object_is_kept(value: object, kind: str) -> None:
    body = {"system_id": 1, "total_devices": 1, "intervals": [], "meta": value}
    response, deviations = read(StatsResponse, body)
    assert response.meta == value
    assert deviations == [("meta", kind)]


@pytest.mark.parametrize(("value", "kind"), [(None, "null"), ("a", "container"), ({}, "container"), (1, "container")])
def test_a_value_in_the_place_of_a_list_is_kept(value: object, kind: str) -> None:
    for name, body in (
        ("intervals", {"system_id": 1, "total_devices": 1, "meta": META, "intervals": value}),
        ("production", {"start_date": None, "system_id": 1, "meta": META, "production": value}),
    ):
        response, deviations = read(StatsResponse if name == "intervals" else EnergyLifetimeResponse, body)
        assert getattr(response, name) == value
        assert deviations == [(name, kind)]


def test_a_value_in_a_list_of_objects_is_kept_and_the_objects_are_read() -> None:
    good = {"end_at": 1, "powr": 2, "enwh": 3, "devices_reporting": 4}
    body = {"system_id": 1, "total_devices": 1, "meta": META, "intervals": [good, None, 7, good]}
    deviations: list[Deviation] = []
    response = StatsResponse.from_dict(body, deviations)
    assert [type(interval) for interval in response.intervals] == [
        StatsInterval,
        type(None),
        int,
        StatsInterval,
    ]
    assert response.to_dict() == body
    assert pointers(body, deviations) == {"/intervals/1", "/intervals/2"}
    assert [deviation.kind for deviation in deviations] == ["null", "container"]


def test_a_wrong_leaf_in_a_list_of_leaves_is_noted_with_its_index() -> None:
    body = {"start_date": None, "system_id": 1, "meta": META, "production": [1, None, 2.0, "3", True]}
    response, deviations = read(EnergyLifetimeResponse, body)
    assert response.production == [1, None, 2.0, "3", True]
    assert deviations == [(1, "null"), (3, "type"), (4, "type")]


@pytest.mark.parametrize("model", [StatsInterval, System, Meta])
def test_any_mapping_is_read(model: type[Model], specification: dict[str, Any]) -> None:
    example = object_examples(specification)["SystemsResponse"]["systems"][0]
    body: dict[str, Any] = {StatsInterval: {"end_at": 1, "powr": None}, System: example, Meta: META}[model]
    result = model.from_dict(MappingProxyType(body))
    assert result == model.from_dict(body)
    assert result.to_dict() == body


def test_a_subclass_reads_its_own_kind(specification: dict[str, Any]) -> None:
    class Home(System):
        pass

    home = Home.from_dict(object_examples(specification)["SystemsResponse"]["systems"][0])
    assert type(home) is Home


def test_a_deviation_names_its_container_by_identity() -> None:
    intervals = [{"end_at": 1, "powr": 2, "enwh": 3}, {"end_at": 1, "powr": 2, "enwh": 3}]
    deviations: list[Deviation] = []
    StatsResponse.from_dict({"system_id": 1, "total_devices": 1, "meta": META, "intervals": intervals}, deviations)
    assert deviations[0].container is intervals[0]
    assert deviations[1].container is intervals[1]


@pytest.mark.parametrize("value", [34, {"value": 34, "units": "W", "precision": 0}])
def test_a_union_takes_the_alternative_that_fits(value: object, specification: dict[str, Any]) -> None:
    example = object_examples(specification)["InvertersSummaryByEnvoyOrSiteResponse"]["micro_inverters"][0]
    inverter, deviations = read(MicroInverter, example | {"power_produced": value})
    assert isinstance(inverter.power_produced, PowerProduced if isinstance(value, dict) else int)
    assert deviations == []


def test_a_union_keeps_a_value_that_fits_none_of_its_alternatives(specification: dict[str, Any]) -> None:
    example = object_examples(specification)["InvertersSummaryByEnvoyOrSiteResponse"]["micro_inverters"][0]
    inverter, deviations = read(MicroInverter, example | {"power_produced": "34 W", "last_report_date": []})
    assert inverter.power_produced == "34 W"
    assert deviations == [("power_produced", "type"), ("last_report_date", "type")]


def test_fields_that_the_specification_does_not_name_are_kept() -> None:
    meta, deviations = read(Meta, META | {"firmware": {"beta": [True, None]}})
    assert meta.additional_properties == {"firmware": {"beta": [True, None]}}
    assert meta.additional_keys == ["firmware"]
    assert meta["firmware"] == {"beta": [True, None]}
    assert "firmware" in meta
    assert "status" not in meta
    assert deviations == []


def test_an_unknown_field_in_the_place_of_an_optional_one_is_kept(specification: dict[str, Any]) -> None:
    example = object_examples(specification)["SystemsResponse"]["systems"][0]
    assert "meta" in example
    for added in ({"a": 1}, {"a": 1, "b": None}):
        body = {name: value for name, value in example.items() if name != "meta"} | added
        system, deviations = read(System, body)
        assert (system.additional_properties, system.meta, deviations) == (added, UNSET, [])


def test_an_unknown_field_in_the_place_of_a_missing_one_is_kept() -> None:
    body = {name: META[name] for name in META if name != "status"} | {"state": "normal"}
    meta, deviations = read(Meta, body)
    assert meta.additional_properties == {"state": "normal"}
    assert deviations == [("status", "missing")]


def test_additional_properties_can_be_set_and_deleted() -> None:
    meta = Meta.from_dict(META)
    meta["a"] = 1
    meta["b"] = 2
    del meta["a"]
    assert meta.to_dict() == META | {"b": 2}
    meta.additional_properties = {}
    assert meta == Meta.from_dict(META)
    with pytest.raises(KeyError):
        meta["a"]


def test_to_dict_takes_whatever_attributes_were_set_to() -> None:
    lifetime = EnergyLifetimeResponse(
        start_date=dt.date(2013, 1, 1), system_id=66, production=[1], meta=Meta.from_dict(META)
    )
    lifetime["extra"] = [Status.COMM, Meta.from_dict(META)]
    body: dict[str, Any] = {"start_date": "2013-01-01", "system_id": 66, "production": [1], "meta": META}
    assert lifetime.to_dict() == body | {"extra": ["comm", META]}
    lifetime.meta = UNSET
    lifetime.start_date = None
    lifetime["extra"] = UNSET
    assert exact(lifetime.to_dict()) == exact({"start_date": None, "system_id": 66, "production": [1]})


def test_models_compare_by_their_values() -> None:
    assert Meta.from_dict(META) == Meta.from_dict(META)
    assert Meta.from_dict(META) != Meta.from_dict(META | {"status": "comm"})
    assert Meta.from_dict(META) != Meta.from_dict(META | {"more": 1})
    assert Meta.from_dict(META) == Meta(status=Status.NORMAL, last_report_at=1, last_energy_at=2, operational_at=3)
    assert "last_report_at=1" in repr(Meta.from_dict(META))


def test_models_survive_pickle_and_copies() -> None:
    envoys = EnvoysResponse.from_dict(
        {
            "system_id": 1,
            "new": [1],
            "envoys": [{"envoy_id": 5, "status": "unheard of", "last_report_at": None}],
        }
    )
    twins = [copy.copy(envoys), copy.deepcopy(envoys)]
    twins += [pickle.loads(pickle.dumps(envoys, protocol)) for protocol in range(6)]  # noqa: S301
    for twin in twins:
        name: object = twin.envoys[0].name
        assert twin == envoys
        assert isinstance(twin.envoys[0], Envoy)
        assert name is UNSET
        assert twin.envoys[0].status.is_unknown
        assert twin.to_dict() == envoys.to_dict()


def as_json_schema(value: Any) -> Any:
    """An OpenAPI 3.0 schema as JSON Schema, without what reading leaves alone (lengths and ranges)."""
    if isinstance(value, list):
        return [as_json_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    dropped = ("nullable", "minLength", "maxLength", "minimum", "maximum", "example", "default")
    schema = {name: as_json_schema(item) for name, item in value.items() if name not in dropped}
    return {"anyOf": [schema, {"type": "null"}]} if value.get("nullable") is True else schema


FORMATS = FormatChecker(formats=())


@FORMATS.checks("date")
def is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["normal", "comm", "2013-01-01", "20130101", "all", "Wh", 1.0, 0.0, "", "1"])
    | st.text(max_size=5)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def containers(body: object) -> list[Any]:
    inner = body.values() if isinstance(body, dict) else body if isinstance(body, list) else ()
    own = [body] if isinstance(body, dict | list) and body else []
    return own + [container for value in inner for container in containers(value)]


@st.composite
def changed(draw: st.DrawFn, example: dict[str, Any]) -> dict[str, Any]:
    """An example with up to four entries dropped, nulled, replaced or added, at any depth."""
    body = copy.deepcopy(example)
    for _ in range(draw(st.integers(0, 4))):
        within = containers(body)
        if not within:
            break
        container = draw(st.sampled_from(within))
        key = draw(st.sampled_from(list(container) if isinstance(container, dict) else range(len(container))))
        action = draw(st.sampled_from(["drop", "null", "replace", "wrap", "add"]))
        if action == "drop":
            del container[key]
        elif action == "add" and isinstance(container, dict):
            container[draw(st.text(max_size=5))] = draw(VALUES)
        elif action == "add":
            container.append(draw(VALUES))
        else:
            container[key] = {"null": None, "wrap": [container[key]]}.get(action, draw(VALUES))
    # Through JSON, so that no two places share a container.
    result: dict[str, Any] = json.loads(json.dumps(body))
    return result


@settings(max_examples=400)
@given(data=st.data())
def test_any_body_is_read_and_written_back_and_each_fault_in_it_is_noted(
    specification: dict[str, Any], data: st.DataObject
) -> None:
    examples = object_examples(specification)
    name = data.draw(st.sampled_from(sorted(examples)))
    body = data.draw(changed(examples[name]))
    model: type[Model] = getattr(models, name)
    before = exact(body)

    deviations: list[Deviation] = []
    result = model.from_dict(body, deviations)

    assert exact(result.to_dict()) == before
    schema = {
        "$ref": f"#/components/schemas/{name}",
        "components": as_json_schema(specification["components"]),
    }
    faults = set()
    for error in Draft202012Validator(schema, format_checker=FORMATS).iter_errors(body):
        place = "".join(f"/{part}" for part in error.absolute_path)
        if error.validator == "required":
            faults |= {f"{place}/{name}" for name in error.validator_value if name not in error.instance}
        else:
            faults.add(place)
    noted = pointers(body, deviations)
    # A fault inside one alternative of a union is the whole union's to jsonschema; we say where it is.
    assert all(any(f"{place}/".startswith(f"{fault}/") for fault in faults) for place in noted), (
        faults,
        noted,
    )
    assert all(any(f"{place}/".startswith(f"{fault}/") for place in noted) for fault in faults), (
        faults,
        noted,
    )
