"""Changes of a specification that a maintainer may meet, and what has to be said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tests.fit.changes import (
    in_another_unit,
    moved,
    new_operation,
    new_parameter,
    new_property,
    no_operation,
    no_parameter,
    no_property,
    no_window,
    not_required,
    other_service,
    other_status,
    path_parameter,
    renamed_path_parameter,
    renamed_schema,
    replaced,
    shared_media,
    signed_otherwise,
    with_body,
    with_media,
    with_operation,
    with_parameter,
    with_schema,
    with_status,
    with_text,
    with_values,
    with_window,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.fit.changes import Change


class Trial(NamedTuple):
    """A change, and what its one message has to say.

    Attributes:
        change: Changes the documents.
        begins: How the message begins: the operations.
        says: What it has, beside a file.
        file: A file that it names.
        step: Which step says it: `generate` where `make generate` stops and writes nothing; `generated` where it takes
            the change over, and `make fit` says what else has to be done; `fit` where it leaves the wrapper as it is.
    """

    change: Change
    begins: str
    says: tuple[str, ...]
    file: str
    step: Literal["generate", "generated", "fit"] = "fit"


DEFINITION = "wrapper/enphase_enlighten/v2/definition.py"
METHODS = "enlighten.methods.yaml"
OVERLAY = "enlighten.overlay.yaml"
KINDS = "scripts/operation_sources.py"
ROWS = "wrapper/enphase_enlighten/data/rows.py"
ERRORS = "wrapper/enphase_enlighten/v2/error_bodies.py"
STATUSES = "wrapper/enphase_enlighten/reading/statuses.py"
COLUMNS = "wrapper/enphase_enlighten/v2/system_columns.py"
CHANGELOG = "CHANGELOG.md"
TABLE = "tests/support/v2_calls.py"

TRIALS: Mapping[str, Trial] = {
    # Operations
    "a new operation": Trial(
        new_operation("get"), "Alarms: ", ("GET /systems/alarms", "Describe it there"), METHODS, step="generate"
    ),
    "a new operation that writes": Trial(
        new_operation("post"), "Alarms: ", ("POST /systems/alarms", "Describe it there"), METHODS, step="generate"
    ),
    "an operation that is gone": Trial(no_operation, "Inventory: ", ("no such operation",), METHODS, step="generate"),
    "an operation with another id": Trial(
        with_operation("Envoys", operationId="Gateways"),
        "Gateways: ",
        ("GET /systems/{system_id}/envoys", "Envoys, which the specification has no more"),
        METHODS,
        step="generate",
    ),
    "an operation at another path": Trial(
        moved("Envoys", "/systems/{system_id}/gateways"), "Envoys: ", ("GET /systems/{}/gateways",), METHODS
    ),
    "an operation by another method": Trial(
        moved("SearchSystemId", method="post"),
        "SearchSystemId: ",
        ("is (POST /systems/search_system_id)",),
        METHODS,
        step="generated",
    ),
    "an operation that takes a body": Trial(
        with_operation("Envoys", requestBody={"content": {"application/json": {"schema": {"type": "object"}}}}),
        "Envoys: ",
        ("it sends application/json",),
        "scripts/request_bodies.py",
        step="generate",
    ),
    "an operation that is deprecated": Trial(
        with_operation("Envoys", deprecated=True),
        "Envoys: ",
        ("deprecates it", "what to use instead"),
        METHODS,
        step="generate",
    ),
    "an operation that is deprecated no more": Trial(
        with_operation("MonthlyProduction", deprecated=False),
        "MonthlyProduction: ",
        ("does not deprecate it",),
        METHODS,
        step="generate",
    ),
    "another service": Trial(other_service, "Every operation: ", ("https://api.example.com/api/v2",), DEFINITION),
    "another signature": Trial(
        signed_otherwise,
        "Every operation: ",
        ("X-Key in the header",),
        "wrapper/enphase_enlighten/v2/authentication.py",
    ),
    "an operation that is elsewhere": Trial(
        with_operation("Envoys", servers=[{"url": "https://other.example.com"}]),
        "Envoys: ",
        ("servers of its own", "https://other.example.com"),
        DEFINITION,
    ),
    "an operation without a signature": Trial(
        with_operation("Envoys", security=[]), "Envoys: ", ("security of its own",), DEFINITION
    ),
    # Parameters
    "a new parameter": Trial(
        new_parameter("Summary"), "Summary: ", ("nothing says what the argument currency is",), METHODS, step="generate"
    ),
    "a new parameter that is required": Trial(
        new_parameter("Summary", required=True),
        "Summary: ",
        ("nothing says what the argument currency is",),
        METHODS,
        step="generate",
    ),
    "a new parameter in a header": Trial(
        new_parameter("Summary", **{"in": "header"}),
        "Summary: ",
        ("nothing says what the argument currency is",),
        METHODS,
        step="generate",
    ),
    "a parameter that is gone": Trial(
        no_parameter("EnergyLifetime", "production"),
        "EnergyLifetime: ",
        ("has ['production'] no more",),
        TABLE,
        step="generated",
    ),
    "a parameter with another name": Trial(
        with_parameter("Stats", "start_at", name="from_at"),
        "Stats: ",
        ("nothing else", "from_at"),
        KINDS,
        step="generate",
    ),
    "a parameter that is required now": Trial(
        with_parameter("Summary", "summary_date", required=True),
        "Summary: ",
        ("needs the arguments ['summary_date']",),
        TABLE,
        step="generated",
    ),
    "a parameter that is optional now": Trial(
        with_parameter("MonthlyProduction", "start_date", required=False),
        "MonthlyProduction: ",
        ("start_date is (query, string date)",),
        METHODS,
        step="generated",
    ),
    "a parameter that is deprecated": Trial(
        with_parameter("Summary", "summary_date", deprecated=True),
        "Summary: ",
        ("summary_date is deprecated",),
        METHODS,
    ),
    "a parameter in a header": Trial(
        with_parameter("SearchSystemId", "serial_num", **{"in": "header"}), "SearchSystemId: ", ("serial_num",), METHODS
    ),
    "another type of the path's parameter": Trial(
        path_parameter(type="string"), "EnergyLifetime, Envoys, Inventory, ", ("system_id is string",), KINDS
    ),
    "another name of the path's parameter": Trial(
        renamed_path_parameter, "ProductionMeterReadings, Stats, ", ("no system_id",), KINDS, step="generate"
    ),
    "another type of a parameter": Trial(
        with_values("SearchSystemId", "serial_num", type="integer"),
        "SearchSystemId: ",
        ("serial_num", "Give an int"),
        TABLE,
        step="generated",
    ),
    "a date that has a time now": Trial(
        with_values("Summary", "summary_date", format="date-time"),
        "Summary: ",
        ("summary_date fits no kind", "format date-time"),
        KINDS,
        step="generate",
    ),
    "epoch seconds that are a text now": Trial(
        with_parameter("Stats", "start_at", schema={"type": "string", "format": "date-time"}),
        "Stats: ",
        ("start_at fits no kind", "format date-time"),
        KINDS,
        step="generate",
    ),
    "one value that may be several": Trial(
        with_parameter(
            "Summary", "summary_date", schema={"type": "array", "items": {"type": "string", "format": "date"}}
        ),
        "Summary: ",
        ("summary_date is (query, array",),
        METHODS,
        step="generated",
    ),
    "several values of another type": Trial(
        with_values("Systems", "reference[]", items={"type": "integer"}),
        "Systems: ",
        ("reference='R'", "Give an int"),
        TABLE,
        step="generated",
    ),
    "several values in one text": Trial(
        lambda documents: documents.action("explode")["update"].update(explode=False),
        "Systems: ",
        ("not sent as a repeated name",),
        KINDS,
    ),
    "a value that the wrapper refuses": Trial(
        with_values("EnergyLifetime", "production", enum=["all", "meter"]),
        "EnergyLifetime: ",
        ("one of all, meter",),
        METHODS,
        step="generated",
    ),
    "a value with another name": Trial(
        with_values("EnergyLifetime", "production", enum=["both"]),
        "EnergyLifetime: ",
        ("production='all' is not accepted",),
        METHODS,
        step="generated",
    ),
    "a larger page": Trial(
        with_values("Systems", "limit", maximum=5000),
        "Systems: ",
        ("maximum 5000", "maximum 1000"),
        METHODS,
        step="generated",
    ),
    "a smaller page": Trial(
        with_values("Systems", "limit", maximum=500),
        "Systems: ",
        ("maximum 500", "maximum 1000"),
        METHODS,
        step="generated",
    ),
    "another default": Trial(
        with_values("Systems", "limit", default=50), "Systems: ", ("default 50", "default 100"), METHODS
    ),
    # Responses
    "an object in place of an array": Trial(
        replaced("MonthlyProductionResponse.meter_readings", type="object", properties={"first": {"type": "string"}}),
        "MonthlyProduction: ",
        ("MonthlyProductionResponse.meter_readings is (object, required)", "was (array, required)"),
        METHODS,
    ),
    "an array in place of an object": Trial(
        with_body("Summary", {"type": "array", "items": {"$ref": "#/components/schemas/SummaryResponse"}}),
        "Summary: ",
        ("its body is a list",),
        METHODS,
        step="generate",
    ),
    "one object in place of several": Trial(
        with_body(
            "InvertersSummaryByEnvoyOrSite", {"$ref": "#/components/schemas/InvertersSummaryByEnvoyOrSiteResponse"}
        ),
        "InvertersSummaryByEnvoyOrSite: ",
        ("its body is not a list",),
        METHODS,
        step="generate",
    ),
    "intervals in an object": Trial(
        replaced("StatsResponse.intervals", type="object", properties={"first": {"type": "string"}}),
        "Stats: ",
        ("StatsResponse.intervals is object in the specification",),
        METHODS,
    ),
    "another body": Trial(
        with_body("Summary", {"$ref": "#/components/schemas/Meta"}),
        "Summary: ",
        ("Meta", "SummaryResponse"),
        METHODS,
        step="generated",
    ),
    "a body with another name": Trial(
        renamed_schema("StatsResponse", "StatsResult"),
        "Stats: ",
        ("StatsResult", "StatsResponse"),
        METHODS,
        step="generated",
    ),
    "another type of a field": Trial(
        with_schema("SummaryResponse.energy_today", type="string"),
        "Summary: ",
        ("SummaryResponse.energy_today is (string, required)", "was (integer, required)"),
        "mock/enlighten_mock/v2/operations/energy.py",
    ),
    "another type of a field of all": Trial(
        replaced("Meta.operational_at", type="string"),
        "EnergyLifetime, Systems, Inventory, ",
        ("Meta.operational_at is string in",),
        COLUMNS,
    ),
    "a leaf that may be null": Trial(
        with_schema("SummaryResponse.size_w", nullable=True),
        "Summary: ",
        ("SummaryResponse.size_w", "nullable"),
        METHODS,
    ),
    "a field of a row that may be null": Trial(
        with_schema("StatsResponse.intervals[].powr", nullable=True),
        "Stats: ",
        ("intervals[].powr", "nullable"),
        METHODS,
    ),
    "an end that may be null": Trial(
        with_schema("StatsResponse.intervals[].end_at", nullable=True),
        "Stats: ",
        ("end_at is integer int64 or null",),
        ROWS,
    ),
    "another type of a field of a row": Trial(
        with_schema("RgmStatsResponse.intervals[].wh_del", type="number"), "RgmStats: ", ("wh_del is number",), ROWS
    ),
    "another type of the values of a day": Trial(
        with_schema("ConsumptionLifetimeResponse.consumption", items={"type": "number"}),
        "ConsumptionLifetime: ",
        ("consumption is number",),
        ROWS,
    ),
    "another unit": Trial(in_another_unit, "Stats: ", ("enwh is in kWh",), "wrapper/enphase_enlighten/data/tables.py"),
    "a new field in an interval": Trial(
        new_property("StatsResponse.intervals[]", "voltage"), "Stats: ", ("has voltage", "change StatsRow"), ROWS
    ),
    "a new optional field in an interval": Trial(
        new_property("ConsumptionStatsResponse.intervals[]", "voltage", required=False),
        "ConsumptionStats: ",
        ("has voltage", "change ConsumptionStatsRow"),
        ROWS,
    ),
    "a field of an interval that is gone": Trial(
        no_property("StatsResponse.intervals[]", "enwh"), "Stats: ", ("no enwh any more", "change StatsRow"), ROWS
    ),
    "a field of an interval with another name": Trial(
        no_property("StatsResponse.intervals[]", "enwh", "energy"), "Stats: ", ("has energy", "no enwh any more"), ROWS
    ),
    "intervals with another name": Trial(
        no_property("StatsResponse", "intervals", "readings"), "Stats: ", ("no intervals any more", "readings"), METHODS
    ),
    "a series that is gone": Trial(
        no_property("ConsumptionLifetimeResponse", "consumption"),
        "ConsumptionLifetime: ",
        ("no property consumption",),
        METHODS,
        step="generate",
    ),
    "a new field": Trial(
        new_property("EnvoysResponse.envoys[]", "firmware", type="string"),
        "Envoys: ",
        ("EnvoysResponse.envoys[].firmware is new", "make fit RENEW=yes"),
        CHANGELOG,
    ),
    "a new field of a system": Trial(
        new_property("SystemsResponse.systems[]", "owner", type="string"), "Systems: ", ("has owner",), COLUMNS
    ),
    "a field of a system that is gone": Trial(
        no_property("SystemsResponse.systems[]", "country"), "Systems: ", ("no country any more",), COLUMNS
    ),
    "a field of a system with another name": Trial(
        no_property("SystemsResponse.systems[]", "country", "nation"),
        "Systems: ",
        ("has nation", "no country"),
        COLUMNS,
    ),
    "another type of a field of a system": Trial(
        with_schema("SystemsResponse.systems[].city", type="integer"), "Systems: ", ("city is integer",), COLUMNS
    ),
    "a new field of all": Trial(new_property("Meta", "grid_at"), "", ("Meta has grid_at",), COLUMNS),
    "a cursor with another name": Trial(
        no_property("SystemsResponse", "next", "following"), "Systems: ", ("no next any more", "following"), METHODS
    ),
    "a field that is not required any more": Trial(
        not_required("SummaryResponse", "status"), "Summary: ", ("SummaryResponse.status", "required"), METHODS
    ),
    "a field that is deprecated": Trial(
        with_schema("StatsResponse.total_devices", deprecated=True), "Stats: ", ("total_devices", "deprecated"), METHODS
    ),
    "a field with limits": Trial(
        with_schema("SummaryResponse.modules", maximum=1000), "Summary: ", ("modules", "maximum 1000"), METHODS
    ),
    "a field of another width": Trial(
        with_schema("SummaryResponse.last_report_at", format="int32"), "Summary: ", ("integer int32", "int64"), METHODS
    ),
    "a body without other properties": Trial(
        with_schema("SummaryResponse", additionalProperties=False), "Summary: ", ("without other properties",), METHODS
    ),
    "a header of a response": Trial(
        lambda documents: documents.operation("Envoys")["responses"]["200"].update(
            headers={"X-Rate-Limit": {"schema": {"type": "integer"}}}
        ),
        "Envoys: ",
        ("header X-Rate-Limit",),
        METHODS,
    ),
    "a response for any other status": Trial(
        with_status("Envoys", "default", "401"), "Envoys: ", ("Envoys default is new",), METHODS
    ),
    "a new value of a field": Trial(
        with_schema("SummaryResponse.source", enum=["microinverters", "meter", "battery"]),
        "Summary: ",
        ("source", "one of microinverters, meter, battery"),
        METHODS,
    ),
    "a new value of a status": Trial(
        lambda documents: [
            place["enum"].append("sleeping")
            for place in (documents.schema("Status"), documents.schema("SystemsResponse.systems[].status"))
        ],
        "",
        ("sleeping",),
        METHODS,
        step="generated",
    ),
    "a field of one type or another": Trial(
        replaced("SummaryResponse.modules", oneOf=[{"type": "integer"}, {"type": "string"}]),
        "Summary: ",
        ("SummaryResponse.modules is (oneOf 2, required)",),
        METHODS,
    ),
    "a field of an error with another name": Trial(
        no_property("UnprocessableEntityError", "first_interval", "earliest_interval"),
        "Every operation: ",
        ("no first_interval any more", "earliest_interval"),
        ERRORS,
    ),
    "a field of the usage limit with another name": Trial(
        no_property("ConflictError", "period_end", "resets_at"),
        "Every operation: ",
        ("no period_end any more",),
        STATUSES,
    ),
    "another type of a field of an error": Trial(
        with_schema("ConflictError.period_end", type="string"),
        "Every operation: ",
        ("ConflictError.period_end",),
        STATUSES,
    ),
    "another content type": Trial(
        with_media("Envoys", "200", "application/vnd.enphase+json"),
        "Envoys: ",
        ("200 has application/vnd.enphase+json",),
        KINDS,
        step="generate",
    ),
    "one more content type": Trial(
        with_media("Envoys", "200", "application/json", "text/csv"),
        "Envoys: ",
        ("application/json or text/csv",),
        "wrapper/enphase_enlighten/reading/strict.py",
    ),
    "another content type of an error": Trial(
        shared_media("ConflictError", "application/problem+json"),
        "EnergyLifetime, Envoys, Systems, ",
        ("status 409 is application/problem+json",),
        "wrapper/enphase_enlighten/reading/strict.py",
    ),
    "a new success code": Trial(
        with_status("Envoys", "202"), "Envoys: ", ("202", "success"), "wrapper/enphase_enlighten/api.py"
    ),
    "another success code": Trial(
        other_status("Envoys", "201"), "Envoys: ", ("201", "success"), "wrapper/enphase_enlighten/api.py"
    ),
    "no content where there was some": Trial(with_status("Stats", "204"), "Stats: ", ("Stats 204 is new",), METHODS),
    "a new error": Trial(
        with_status("Envoys", "403", "401"), "Envoys: ", ("no class of error for status 403",), ERRORS
    ),
    # Windows
    "a longer window": Trial(
        with_window("RgmStats", longest={"days": 31}), "RgmStats: ", ("longest 31 days",), OVERLAY, step="generated"
    ),
    "another grid": Trial(
        with_window("Stats", interval=600), "Stats: ", ("interval 10 minutes",), OVERLAY, step="generated"
    ),
    "a longer history": Trial(
        with_window("ConsumptionStats", history={"years": 2}),
        "ConsumptionStats: ",
        ("history 2 years",),
        OVERLAY,
        step="generated",
    ),
    "no window": Trial(no_window, "Stats: ", ("no x-window",), OVERLAY, step="generate"),
    "a longer window in the text": Trial(
        with_text("Stats", "covers one day at most", "covers two days at most"),
        "Stats: ",
        ("text of enlighten.yaml", "two days at most", "longest 1 day"),
        OVERLAY,
    ),
    "a window of as many days as the month in the text": Trial(
        with_text("ConsumptionStats", "covers one month", "covers 31 days"),
        "ConsumptionStats: ",
        ("31 days", "longest 1 month"),
        OVERLAY,
    ),
    "another grid in the text": Trial(
        with_text("Stats", "Intervals are 5 minutes long", "Intervals are 10 minutes long"),
        "Stats: ",
        ("10 minutes", "interval 5 minutes"),
        OVERLAY,
    ),
    "another grid in a text that is corrected": Trial(
        with_text("RgmStats", "Intervals are 15 minutes long", "Intervals are 5 minutes long"),
        "RgmStats: ",
        ("text of enlighten.yaml", "5 minutes", "interval 15 minutes"),
        OVERLAY,
    ),
    "a longer history in the text": Trial(
        with_text("Stats", "over a year ago", "over 18 months ago", "start_at"),
        "Stats: ",
        ("18 months ago", "history 1 year"),
        OVERLAY,
    ),
    "a text that says nothing of the window": Trial(
        with_text(
            "ConsumptionStats",
            "A response covers one month at most: for a longer period it has the intervals of one month only.",
            "",
        ),
        "ConsumptionStats: ",
        ("says nowhere the longest period of one request",),
        OVERLAY,
    ),
}


def together(changes: Iterable[str]) -> list[tuple[str, ...]]:
    """Return changes in as few groups as may be, in each of which all concern different operations."""
    groups: list[dict[str, str]] = []
    for change in changes:
        begins = TRIALS[change].begins
        group = next((group for group in groups if begins not in group), {})
        if not group:
            groups.append(group)
        group[begins] = change
    return [tuple(group.values()) for group in groups]
