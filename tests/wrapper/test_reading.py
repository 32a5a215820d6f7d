"""Reading bodies leniently: what came is kept, what deviates is logged once, what cannot be used is an error."""

from __future__ import annotations

import copy
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enphase_enlighten import InvalidResponseError
from tests.support.clock import SettableClock
from tests.support.examples import example
from tests.support.service import StubService, reply
from tests.support.v2_calls import CALLS, NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.lowest, pytest.mark.filterwarnings("ignore:monthly_production is deprecated")]

EXAMPLES: dict[str, Any] = {operation_id: example(operation_id) for operation_id in CALLS}


class Reader:
    """A client of a service that has one body."""

    def __init__(self, **options: Any) -> None:
        self.service = StubService(SettableClock(NOW.timestamp()))
        self.client = self.service.client(**options)

    def get(self, operation_id: str, body: object) -> Any:
        """What the operation gives for this body: a model or a list of models, and the id for the search."""
        self.service.always = reply(body)
        call = CALLS[operation_id]
        return call.run(self.client, models=call.shape == "intervals")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    with reader.client:
        yield reader


def what_came(result: Any) -> Any:
    """The JSON of a result, compared as text where only that tells 1 from 1.0 and true."""
    result = getattr(result, "response", result)
    if isinstance(result, list):
        return [what_came(item) for item in result]
    return result.to_dict() if hasattr(result, "to_dict") else result


def as_given(operation: str, body: Any) -> Any:
    if operation == "SearchSystemId":
        number = body["system_id"]
        return int(number) if isinstance(number, float) else number
    if operation == "Systems":
        numbers = [system.get("system_id") for system in body["systems"]]
        # No system is listed twice.
        return [
            system
            for index, system in enumerate(body["systems"])
            if not (isinstance(numbers[index], int) and numbers[index] in numbers[:index])
        ]
    return [body] if operation in ("Stats", "RgmStats", "ConsumptionStats") else body


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


@pytest.mark.parametrize("operation", EXAMPLES)
def test_an_example_of_the_specification_is_read_as_it_is(
    operation: str, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    body = copy.deepcopy(EXAMPLES[operation])
    if operation == "Systems":
        del body["next"]
    assert what_came(reader.get(operation, body)) == as_given(operation, body)
    assert caplog.records == []


Path = tuple[str | int, ...]


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in items:
        yield from places(child, (*path, step))


def found(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9)
    | st.sampled_from(["2026-02-30", "2026-01-01", "9999-12-31", "20260101", 10**400, -1, 2**63, 1e300])
)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@st.composite
def mutated(draw: st.DrawFn, body: Any) -> Any:
    """A body with up to three faults at any depth."""
    body = copy.deepcopy(body)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(sorted(places(body), key=repr)))
        if not path:
            if draw(st.integers(0, 9)) == 0:
                return draw(values)
            continue
        container: Any = found(body, path[:-1])
        step: Any = path[-1]
        match draw(st.sampled_from(["replace", "remove", "add", "repeat"])):
            case "replace":
                container[step] = draw(values)
            case "remove":
                del container[step]
            case "add" if isinstance(container, dict):
                container[draw(st.text(max_size=5))] = draw(values)
            case _:
                if isinstance(container, list):
                    container.insert(draw(st.integers(0, len(container))), copy.deepcopy(container[step]))
    return body


@pytest.mark.parametrize("operation", EXAMPLES)
@given(data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_whatever_is_wrong_with_a_body_it_is_read_as_it_is_or_an_error(
    operation: str, data: st.DataObject, reader: Reader
) -> None:
    body = data.draw(mutated(EXAMPLES[operation]))
    if operation == "Systems" and isinstance(body, dict):
        body.pop("next", None)
    try:
        result = reader.get(operation, body)
    except InvalidResponseError as invalid:
        error = invalid
    else:
        assert canonical(what_came(result)) == canonical(as_given(operation, body))
        return
    assert (error.operation, error.status) == (operation, 200)
    assert not error.pointer or error.pointer.startswith("/")


LENIENT = [
    ("Summary", ["current_power"], "high", "/current_power is of another type"),
    ("Summary", ["current_power"], None, "/current_power is null"),
    ("Summary", ["current_power"], ..., "/current_power is missing"),
    ("Summary", ["summary_date"], "yesterday", "/summary_date is of another type"),
    ("Envoys", ["envoys", 1, "name"], 5, "/envoys/1/name is of another type"),
    ("Inventory", ["inverters", 0, "sn"], ..., "/inverters/0/sn is missing"),
    ("Inventory", ["meta"], None, "/meta is null"),
    ("Systems", ["systems", 1, "meta", "last_report_at"], "now", "/systems/1/meta/last_report_at is of another type"),
    ("InvertersSummaryByEnvoyOrSite", [0, "micro_inverters", 1, "energy"], "5", "/0/micro_inverters/1/energy is of an"),
    (
        "InvertersSummaryByEnvoyOrSite",
        [0, "micro_inverters", 1, "energy", "value"],
        0.5,
        "/0/micro_inverters/1/energy/value",
    ),
    ("EnergyLifetime", ["production", 3], None, "/production/3 is null"),
    ("Stats", ["intervals", 1, "powr"], None, "/intervals/1/powr is null"),
]


def changed(body: Any, path: list[Any], value: Any) -> Any:
    body = copy.deepcopy(body)
    if isinstance(body, dict):
        body.pop("next", None)
    container = found(body, tuple(path[:-1]))
    if value is ...:
        del container[path[-1]]
    else:
        container[path[-1]] = value
    return body


@pytest.mark.parametrize(("operation", "path", "value", "logged"), LENIENT)
def test_a_leaf_that_deviates_is_kept_and_logged_once(
    operation: str, path: list[Any], value: Any, logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    reader = Reader()
    body = changed(EXAMPLES[operation], path, value)
    for _ in range(3):
        assert what_came(reader.get(operation, body)) == as_given(operation, body)
    [record] = caplog.records
    assert (record.name, record.levelno) == ("enphase_enlighten", logging.WARNING)
    assert record.getMessage().startswith(f"{operation}: {logged}")
    reader.get(operation, EXAMPLES[operation]) if operation != "Systems" else None
    assert len(caplog.records) == 1


def test_many_deviations_of_one_kind_are_one_warning_that_counts_them(caplog: pytest.LogCaptureFixture) -> None:
    reader = Reader()
    body = copy.deepcopy(EXAMPLES["Stats"])
    body["intervals"] = [{**body["intervals"][0], "powr": None} for _ in range(40)]
    body["intervals"][4]["enwh"] = "few"
    reader.get("Stats", body)
    assert caplog.messages == [
        (
            "Stats: /intervals/0/powr is null, against the specification; kept as it came "
            "(39 more like it in this response)"
        ),
        "Stats: /intervals/4/enwh is of another type, against the specification; kept as it came",
    ]


def test_a_client_with_other_options_does_not_log_it_again(caplog: pytest.LogCaptureFixture) -> None:
    reader = Reader()
    body = changed(EXAMPLES["Summary"], ["size_w"], None)
    reader.get("Summary", body)
    reader.client = reader.client.with_options(timeout=3)
    reader.get("Summary", body)
    assert len(caplog.messages) == 1


@pytest.mark.parametrize(
    ("operation", "path", "value"),
    [
        ("Summary", ["status"], "encharge_issue"),
        ("Summary", ["brand_new"], {"a": [1]}),
        ("Systems", ["systems", 0, "connection_type"], "satellite"),
        ("InvertersSummaryByEnvoyOrSite", [0, "micro_inverters", 0, "status"], "asleep"),
    ],
)
def test_unknown_fields_and_enum_values_are_kept_without_a_word(
    operation: str, path: list[Any], value: Any, caplog: pytest.LogCaptureFixture, reader: Reader
) -> None:
    body = changed(EXAMPLES[operation], path, value)
    assert what_came(reader.get(operation, body)) == as_given(operation, body)
    assert caplog.records == []


@pytest.mark.parametrize(
    ("operation", "body", "pointer"),
    [
        ("Summary", [], ""),
        ("Summary", {}, ""),
        ("Summary", {"currentPower": 5}, ""),
        ("InvertersSummaryByEnvoyOrSite", {}, ""),
        ("InvertersSummaryByEnvoyOrSite", [[]], "/0"),
        ("InvertersSummaryByEnvoyOrSite", [None], "/0"),
        ("InvertersSummaryByEnvoyOrSite", [EXAMPLES["InvertersSummaryByEnvoyOrSite"][0], {"a": 1}], "/1"),
        ("SearchSystemId", {"system_id": None}, "/system_id"),
        ("SearchSystemId", {"system_id": "67"}, "/system_id"),
        ("SearchSystemId", {"system_id": 67.5}, "/system_id"),
        ("Envoys", {"system_id": 67, "envoys": {}}, "/envoys"),
        ("Envoys", {"system_id": 67, "envoys": [5]}, "/envoys/0"),
        ("Envoys", {"system_id": 67, "envoys": [{"a": 1}, {"a": 1}, []]}, "/envoys/2"),
        ("Inventory", {"inverters": [], "meta": [1]}, "/meta"),
        ("Systems", {"systems": None}, "/systems"),
        ("Systems", {"systems": [None]}, "/systems/0"),
        ("EnergyLifetime", {"system_id": 67, "start_date": "2026-01-01"}, "/production"),
        ("EnergyLifetime", {"production": [1], "start_date": "soon"}, "/start_date"),
        ("ConsumptionLifetime", {"start_date": "2026-01-01", "consumption": 5}, "/consumption"),
        ("Stats", {"system_id": 67, "total_devices": 1}, "/intervals"),
        ("RgmStats", {"system_id": 67, "intervals": "none"}, "/intervals"),
    ],
)
def test_what_cannot_be_used_is_an_error_with_its_place(
    operation: str, body: object, pointer: str, reader: Reader
) -> None:
    with pytest.raises(InvalidResponseError) as caught:
        reader.get(operation, body)
    assert caught.value.pointer == pointer
    assert f"{operation}: {pointer or 'the body'}: " in str(caught.value)


@pytest.mark.parametrize(("order", "pointer"), [(["envoys", "meta"], "/envoys/0"), (["meta", "envoys"], "/meta")])
def test_the_first_fault_in_the_order_of_the_document_is_the_error(
    order: list[str], pointer: str, reader: Reader
) -> None:
    faults: dict[str, Any] = {"envoys": [[], 1], "meta": "none"}
    with pytest.raises(InvalidResponseError) as caught:
        reader.get("Inventory", {"system_id": 67, "inverters": [], **{name: faults[name] for name in order}})
    assert caught.value.pointer == pointer


@pytest.mark.parametrize("levels", [62, 63])
@pytest.mark.parametrize("decoy", ["", "[", "]]", '{"[', "[" * 100])
def test_nesting_is_read_to_a_depth_that_nothing_stumbles_over(levels: int, decoy: str, reader: Reader) -> None:
    nested: Any = 1
    for level in range(levels):
        nested = [nested] if level % 2 else {"a": nested}
    body = {"system_id": 67, "inverters": [], "nested": nested, "decoy": decoy}
    if levels == 62:
        assert reader.get("Inventory", body).to_dict() == body
    else:
        assert reader.get("Inventory", {**body, "nested": nested}).to_dict() == body
        with pytest.raises(InvalidResponseError, match="nested too deep"):
            reader.get("Inventory", {**body, "nested": {"a": nested}})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_json_is_read_in_each_encoding_that_it_may_have(encoding: str, reader: Reader) -> None:
    assert reader.get("SearchSystemId", '{"system_id": 67, "é": "☃"}'.encode(encoding)) == 67


def test_an_integer_may_be_written_with_a_fraction_of_zero(reader: Reader) -> None:
    number = reader.get("SearchSystemId", b'{"system_id": 67.0}')
    assert (number, type(number)) == (67, int)
