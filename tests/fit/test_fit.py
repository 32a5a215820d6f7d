"""Does the wrapper fit the specification that the client was generated from?

When the specification has changed and `make generate` has run, these tests say what is left to do: each failure names
the operation and the file to open.
"""

from __future__ import annotations

import inspect
import json
from datetime import UTC, datetime
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from attrs import fields_dict
from dateutil.relativedelta import relativedelta

from enphase_enlighten import AsyncEnlighten, Enlighten, Quota
from enphase_enlighten.config.settings import Settings
from enphase_enlighten.engine.context import Context
from enphase_enlighten.engine.requests import snake_case
from enphase_enlighten.engine.steps import Batch
from enphase_enlighten.planning.pages import Position
from enphase_enlighten.timing.clock import as_clock
from enphase_enlighten.v2 import calls
from enphase_enlighten.v2.authentication import Credentials
from enphase_enlighten.v2.definition import BASE_URL, CONSUMPTION_STATS, RGM_STATS, STATS, V2
from enphase_enlighten.v2.system_columns import META_COLUMNS, SYSTEM_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from enphase_enlighten.api import Request

SPECIFICATION: dict[str, Any] = json.loads(files("enlighten_v2").joinpath("openapi.json").read_bytes())
OPERATIONS: dict[str, dict[str, Any]] = {
    operation["operationId"]: operation
    for path in SPECIFICATION["paths"].values()
    for operation in path.values()
    if isinstance(operation, dict) and "operationId" in operation
}

CALLS_FILE = "wrapper/enphase_enlighten/v2/calls.py"
DEFINITION_FILE = "wrapper/enphase_enlighten/v2/definition.py"
CLIENT_FILES = "wrapper/enphase_enlighten/v2/async_system_methods.py or async_series_methods.py"
STATUSES_FILE = "wrapper/enphase_enlighten/v2/error_bodies.py"
WINDOWS = {operation.id: operation.window for operation in V2.operations.values() if operation.window is not None}

DAY = "2024-06-01"
DAYS = {"start_date": DAY, "end_date": DAY}
MOMENTS = {"start_at": f"{DAY}T00:00:00Z", "end_at": f"{DAY}T01:00:00Z", "timezone": "UTC"}

# Every operation of the wrapper, called with every argument that becomes a parameter.
CALLS: dict[str, Callable[[Context], Any]] = {
    "Systems": lambda context: calls.systems(
        context,
        system_id=67,
        system_name="Green",
        status="comm",
        reference="R",
        installer="I",
        connection_type="wifi",
        cursor="c",
    ).entries(Position("c")),
    "Summary": lambda context: calls.summary(context, 67, summary_date=DAY),
    "Envoys": lambda context: calls.envoys(context, 67),
    "Inventory": lambda context: calls.inventory(context, 67),
    "InvertersSummaryByEnvoyOrSite": lambda context: calls.inverters_summary_by_envoy_or_site(context, 67),
    "ProductionMeterReadings": lambda context: calls.production_meter_readings(context, 67, end_at=DAY + "T00:00Z"),
    "SearchSystemId": lambda context: calls.search_system_id(context, "0123"),
    "MonthlyProduction": lambda context: calls.monthly_production(context, 67, DAY),
    "EnergyLifetime": lambda context: calls.energy_lifetime(context, 67, production="all", **DAYS),
    "ConsumptionLifetime": lambda context: calls.consumption_lifetime(context, 67, **DAYS),
    "Stats": lambda context: calls.stats(context, 67, **MOMENTS).rows(),
    "RgmStats": lambda context: calls.rgm_stats(context, 67, **MOMENTS).rows(),
    "ConsumptionStats": lambda context: calls.consumption_stats(context, 67, **MOMENTS).rows(),
}

# The same with nothing but what a caller has to give.
LEAST: dict[str, Callable[[Context], Any]] = {
    "Systems": lambda context: calls.systems(context).entries(Position()),
    "Summary": lambda context: calls.summary(context, 67),
    "ProductionMeterReadings": lambda context: calls.production_meter_readings(context, 67),
    "EnergyLifetime": lambda context: calls.energy_lifetime(context, 67),
    "ConsumptionLifetime": lambda context: calls.consumption_lifetime(context, 67),
}

# What the wrapper itself reads of the answers, beyond handing on the models: model and fields, and where.
READS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "Systems": ("SystemsResponse", ("systems", "next_"), DEFINITION_FILE),
    "Systems, each system": ("System", (*SYSTEM_COLUMNS, "meta"), "wrapper/enphase_enlighten/v2/system_columns.py"),
    "Systems, the meta of each system": ("Meta", tuple(META_COLUMNS), "wrapper/enphase_enlighten/v2/system_columns.py"),
    "SearchSystemId": ("SearchSystemIdResponse", ("system_id",), CALLS_FILE),
    "EnergyLifetime": (
        "EnergyLifetimeResponse",
        ("start_date", "production", "micro_production", "meter_production", "meter_start_date", "meta"),
        f"{DEFINITION_FILE} and wrapper/enphase_enlighten/v2/daily_series.py",
    ),
    "ConsumptionLifetime": (
        "ConsumptionLifetimeResponse",
        ("start_date", "consumption", "meta"),
        f"{DEFINITION_FILE} and wrapper/enphase_enlighten/v2/daily_series.py",
    ),
    **{kind.id: (str(kind.model), ("intervals",), DEFINITION_FILE) for kind in (STATS, RGM_STATS, CONSUMPTION_STATS)},
    **{
        f"{kind.id}, each interval": (
            str(kind.model).replace("Response", "Interval"),
            kind.row._fields,
            f"{DEFINITION_FILE} and wrapper/enphase_enlighten/data/rows.py",
        )
        for kind in (STATS, RGM_STATS, CONSUMPTION_STATS)
    },
    "Any operation, refused": (
        "ClientError",
        ("reason", "message"),
        STATUSES_FILE,
    ),
    "Any operation, not found": (
        "NotFoundError",
        ("reason", "message", "error_messages"),
        STATUSES_FILE,
    ),
    "Any operation, over the limit": (
        "ConflictError",
        ("reason", "message", "period", "period_end", "limit"),
        STATUSES_FILE,
    ),
    "Any operation, a range that it does not take": (
        "UnprocessableEntityError",
        ("reason", "message", "error_messages", "start_at", "end_at", "first_interval", "last_interval"),
        STATUSES_FILE,
    ),
    "Any operation, a fault of the service": (
        "ServerError",
        ("reason", "message", "error_code", "error_messages"),
        STATUSES_FILE,
    ),
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_operation_has_a_method_in_both_clients(operation: str) -> None:
    method = snake_case(operation)
    missing = [client.__name__ for client in (Enlighten, AsyncEnlighten) if not hasattr(client, method)]
    if not hasattr(calls, method) or operation not in CALLS:
        missing.insert(0, CALLS_FILE)
    assert not missing, (
        f"{operation}: the specification has this operation, and {', '.join(missing)} has no {method}(). Write it in "
        f"{CALLS_FILE}, offer it in {CLIENT_FILES}, and add it to tests/fit/test_fit.py."
    )


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_each_method_sends_the_parameters_that_the_specification_has(operation: str) -> None:
    assert operation in OPERATIONS, (
        f"{operation}: the specification has no such operation any more. Take {snake_case(operation)}() out of "
        f"{CALLS_FILE} and {CLIENT_FILES}."
    )
    where = f"Open the module of {snake_case(operation)}() in {CALLS_FILE}, then {CLIENT_FILES}."
    request = first_request(operation, CALLS[operation], where)
    if operation in LEAST:
        first_request(operation, LEAST[operation], f"Its method calls it with less. {where}")
    sent = set(request.params)
    specified = {
        parameter["name"]
        for parameter in map(resolved, OPERATIONS[operation]["parameters"])
        if parameter["in"] == "query"
    }
    assert sent == specified, (
        f"{operation}: the specification has parameters that the method does not offer: {sorted(specified - sent)}; "
        f"and the method sends what it does not have: {sorted(sent - specified)}. {where}"
    )


def first_request(operation: str, call: Callable[[Context], Any], where: str) -> Request:
    """Return what an operation asks for first, or fail with what the generated builder did not take."""
    noon = datetime(2024, 6, 2, 12, tzinfo=UTC).timestamp()
    settings, credentials = Settings(BASE_URL), Credentials("api-key-of-fit", "user-id-of-fit")
    try:
        step = next(call(Context(V2, settings, credentials, as_clock(lambda: noon), Quota())).steps)
    except Exception as error:  # noqa: BLE001 - whatever a missing parameter, enumeration or value of one raises
        builder = import_module(f"enlighten_v2.api.default.{snake_case(operation)}")
        pytest.fail(
            f"{operation}: the method does not fit what was generated from the specification: "
            f"{type(error).__name__}: {error}. The builder takes {inspect.signature(builder._get_kwargs)}. {where}"
        )
    return step.requests[0] if isinstance(step, Batch) else step


@pytest.mark.parametrize("read", READS)
def test_each_field_that_the_wrapper_reads_is_in_the_specification(read: str) -> None:
    model, names, where = READS[read]
    cls = getattr(import_module("enlighten_v2.models"), model, None)
    assert cls is not None, (
        f"{read}: the specification has no {model} any more. Open generator-config.yaml and {where}."
    )
    # Python's keywords and builtins have an underscore behind them in the model.
    missing = [name.rstrip("_") for name in names if name not in fields_dict(cls)]
    assert not missing, f"{read}: {model} has no {', '.join(missing)} any more, which the wrapper reads. Open {where}."


@pytest.mark.parametrize(
    "operation", sorted(WINDOWS.keys() | {name for name, operation in OPERATIONS.items() if "x-window" in operation})
)
def test_each_window_is_that_of_the_specification(operation: str) -> None:
    specified = OPERATIONS.get(operation, {}).get("x-window")
    assert specified is not None, f"{operation}: the specification has no x-window for it. Open {DEFINITION_FILE}."
    assert operation in WINDOWS, f"{operation}: the specification has a window for it. Add it to {DEFINITION_FILE}."
    rule = WINDOWS[operation]
    expected = (
        specified["interval"],
        relativedelta(**specified["longest"]),
        relativedelta(**specified["history"]),
    )
    assert (rule.interval, rule.longest, rule.history) == expected, (
        f"{operation}: the specification's x-window is {specified}; the wrapper plans with {rule}. "
        f"Open {DEFINITION_FILE}."
    )


def resolved(parameter: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in parameter:
        found: dict[str, Any] = SPECIFICATION["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
        return found
    return parameter
