"""Whether the wrapper fits the specification that the client was generated from.

When the specification has changed and `make generate` has run, these tests say what is left to do: each failure names
the operation and the files to open. They know the wrapper by its public names alone.
"""

from __future__ import annotations

import inspect
import re
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from attrs import fields_dict
from dateutil.relativedelta import relativedelta

from enphase_enlighten import (
    AsyncEnlighten,
    ConsumptionDay,
    ConsumptionStatsRow,
    Enlighten,
    ProductionDayBySource,
    RgmStatsRow,
    ServerError,
    StatsRow,
)
from tests.support.calls import method_name
from tests.support.specification import ROOT, operations
from tests.support.v2_calls import CALLS, NOW

if TYPE_CHECKING:
    from collections.abc import Mapping

OPERATIONS = operations("effective")
CREDENTIALS = {"key", "user_id"}
INTERVALS = [call.operation_id for call in CALLS.values() if call.shape == "intervals"]
LIBRARY = ROOT / "wrapper" / "enphase_enlighten"

# What the wrapper itself reads of bodies, beyond returning them as models: the model and the fields.
READS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Systems": ("SystemsResponse", ("systems", "next_")),
    "SearchSystemId": ("SearchSystemIdResponse", ("system_id",)),
    "EnergyLifetime": (
        "EnergyLifetimeResponse",
        ("start_date", *ProductionDayBySource._fields[1:], "meter_start_date", "meta"),
    ),
    "ConsumptionLifetime": ("ConsumptionLifetimeResponse", ("start_date", *ConsumptionDay._fields[1:], "meta")),
    "Stats": ("StatsResponse", ("intervals",)),
    "Stats, each interval": ("StatsInterval", StatsRow._fields),
    "RgmStats": ("RgmStatsResponse", ("intervals",)),
    "RgmStats, each interval": ("RgmStatsInterval", RgmStatsRow._fields),
    "ConsumptionStats": ("ConsumptionStatsResponse", ("intervals",)),
    "ConsumptionStats, each interval": ("ConsumptionStatsInterval", ConsumptionStatsRow._fields),
    "Any operation, error 401": ("ClientError", ("reason", "message")),
    "Any operation, error 404": ("NotFoundError", ("reason", "message", "error_messages")),
    "Any operation, error 409": ("ConflictError", ("reason", "message", "period", "period_end", "limit")),
    "Any operation, error 422": (
        "UnprocessableEntityError",
        ("reason", "message", "error_messages", "start_at", "end_at", "first_interval", "last_interval"),
    ),
    "Any operation, error 5xx": ("ServerError", ("reason", "message", "error_code", "error_messages")),
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_operation_has_a_method_in_both_clients(operation: str) -> None:
    method = method_name(operation)
    missing = [client.__name__ for client in (Enlighten, AsyncEnlighten) if not hasattr(client, method)]
    assert not missing, (
        f"{operation}: the specification has this operation, and {' and '.join(missing)} have no {method}(). "
        "Describe it in enlighten.methods.yaml and run `make generate`, which writes it beside envoys(): "
        f"{files_of('Envoys')}; and add a call of it to tests/support/v2_calls.py."
    )
    assert operation in CALLS, f"{operation}: add a call of {method}() to tests/support/v2_calls.py."


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_each_method_sends_the_parameters_that_the_specification_has(operation: str) -> None:
    assert operation in OPERATIONS, (
        f"{operation}: the specification has no such operation any more. Take it out of enlighten.methods.yaml and run "
        f"`make generate`, which takes {method_name(operation)}() out of {files_of(operation)}; and take its call "
        "out of tests/support/v2_calls.py."
    )
    sent = set(request_or_failure(operation, CALLS[operation].every_argument).url.params) - CREDENTIALS
    # A parameter that has become required is missing from a call without the optional arguments.
    request_or_failure(operation, CALLS[operation].arguments)
    specified = OPERATIONS[operation].query.keys() - CREDENTIALS
    assert sent == specified, (
        f"{operation}: the specification has parameters that the method does not offer: {sorted(specified - sent)}; "
        f"and the method sends what it does not have: {sorted(sent - specified)}. "
        f"Run `make generate`, which writes {files_of(operation)}."
    )


@pytest.mark.parametrize("read", READS)
def test_each_field_that_the_wrapper_reads_is_in_the_specification(read: str) -> None:
    check_fields(read, *READS[read])


@pytest.mark.parametrize("model", ["System", "Meta"])
def test_each_column_of_the_table_of_systems_is_in_the_specification(model: str) -> None:
    columns = columns_of_systems()
    of_meta = [name for name in columns if name.startswith("meta_")]
    names = {
        "System": (*[name for name in columns if name not in of_meta], "meta"),
        "Meta": tuple(name.removeprefix("meta_") for name in of_meta),
    }
    assert all(names.values())
    check_fields(f"Systems, each {model}", model, names[model])


@pytest.mark.parametrize(
    "operation",
    sorted({*INTERVALS, *(operation.operation_id for operation in OPERATIONS.values() if operation.window)}),
)
def test_each_window_is_that_of_the_specification(operation: str) -> None:
    window = OPERATIONS[operation].window if operation in OPERATIONS else None
    where = files_of(operation, "relativedelta")
    assert window is not None, f"{operation}: the specification has no x-window for it. Open {where}."
    assert operation in INTERVALS, f"{operation}: the specification has an x-window for it. Open {where}."
    # Everything that the service keeps begins with the longest window after the edge of history.
    given = {"system_id": 67, "start_at": NOW - relativedelta(years=20), "end_at": NOW, "timezone": "UTC"}
    request = first_request(operation, given)
    if isinstance(request, Exception):
        return  # parameters have changed, which the test of the parameters reports
    sent = request.url.params
    step = window["interval"]
    edge = (NOW - relativedelta(**window["history"])).timestamp() // step * step + step
    end = datetime.fromtimestamp(edge, UTC) + relativedelta(**window["longest"])
    assert [int(sent[name]) for name in ("start_at", "end_at")] == [edge, end.timestamp()], (
        f"{operation}: the specification's x-window is {window}, so that the oldest window is from {edge:.0f} to "
        f"{end.timestamp():.0f}; the wrapper's is from {sent['start_at']} to {sent['end_at']}. "
        f"Run `make generate`, which writes {where}."
    )


def request_or_failure(operation: str, arguments: Mapping[str, Any]) -> httpx.Request:
    """Return the first request of a call, or fail with the error of a builder that takes other parameters."""
    request = first_request(operation, arguments)
    if isinstance(request, Exception):
        builder = import_module(f"enlighten_v2.api.default.{method_name(operation)}")
        pytest.fail(
            f"{operation}: the method does not fit what was generated from the specification: "
            f"{type(request).__name__}: {request}. The builder takes {inspect.signature(builder._get_kwargs)}. "
            f"Open {files_of(operation)}."
        )
    return request


def first_request(operation: str, arguments: Mapping[str, Any]) -> httpx.Request | Exception:
    """Return the first request of a call, or the error that it raises instead of sending one."""
    sent: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(500)

    transport = httpx.MockTransport(respond)
    with Enlighten("key-of-fit", "user-of-fit", transport=transport, max_retries=0, clock=NOW.timestamp) as client:
        try:
            CALLS[operation].run(client, arguments)
        except ServerError:
            return sent[0]
        except Exception as error:  # noqa: BLE001 - any error of a missing parameter, enumeration or value of one
            return error
    raise AssertionError("a response with status 500 was not an error")


def check_fields(read: str, model: str, names: tuple[str, ...]) -> None:
    cls = getattr(import_module("enlighten_v2.models"), model, None)
    assert cls is not None, (
        f"{read}: the specification has no {model} any more. Open generator-config.yaml and {files_with(model)}."
    )
    missing = [name for name in names if name not in fields_dict(cls)]
    where = files_with("|".join(rf'"{name}"|\.{name}' for name in missing))
    # Python's keywords and builtins have an underscore behind them in the model.
    gone = ", ".join(name.rstrip("_") for name in missing)
    assert not missing, f"{read}: {model} has no {gone} any more, which the wrapper reads. Open {where}."


@cache
def columns_of_systems() -> list[str]:
    """Return the columns of the table of systems."""
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, json={"systems": []}))
    with Enlighten("key-of-fit", "user-of-fit", transport=transport) as client:
        columns: list[str] = client.systems().to_polars().columns
    return columns


def files_of(operation: str, *words: str) -> str:
    """Return the library's files that name an operation; only those that also have certain words, if there are any."""
    named = f'"{operation}"|def {method_name(operation)}'
    return _listed(named, *words) or files_with(named)


def files_with(pattern: str) -> str:
    """Return the library's files that have a word; the library itself where none has it."""
    return _listed(pattern) or str(LIBRARY.relative_to(ROOT))


def _listed(*patterns: str) -> str:
    files = [file for file in sorted(LIBRARY.rglob("*.py")) if "cli" not in file.relative_to(LIBRARY).parts]
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    found = [
        str(file.relative_to(ROOT))
        for file, text in texts.items()
        if all(re.search(rf"(?<!\w)({pattern})(?!\w)", text) for pattern in patterns)
    ]
    return ", ".join(found)
