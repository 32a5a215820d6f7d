"""Changes of a specification that a maintainer may meet, and what has to be said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
    from collections.abc import Mapping

    from tests.fit.changes import Change


class Trial(NamedTuple):
    """A change, and what its one message has to say.

    Attributes:
        change: Changes the documents.
        begins: How the message begins: the operations.
        says: What it has, beside a file.
        file: A file that it names.
    """

    change: Change
    begins: str
    says: tuple[str, ...]
    file: str


DEFINITION = "wrapper/enphase_enlighten/v2/definition.py"
CALLS = "wrapper/enphase_enlighten/v2/calls.py"
ROWS = "wrapper/enphase_enlighten/data/rows.py"
ERRORS = "wrapper/enphase_enlighten/v2/error_bodies.py"
COLUMNS = "wrapper/enphase_enlighten/v2/system_columns.py"
CHANGELOG = "CHANGELOG.md"
TABLE = "tests/support/v2_calls.py"

TRIALS: Mapping[str, Trial] = {
    # Operations
    "a new operation": Trial(new_operation("get"), "Alarms: ", ("GET /systems/alarms", "no alarms()"), TABLE),
    "a new operation that writes": Trial(
        new_operation("post"), "Alarms: ", ("POST /systems/alarms", "no alarms()"), TABLE
    ),
    "an operation that is gone": Trial(no_operation, "Inventory: ", ("no such operation", "inventory()"), CALLS),
    "an operation with another id": Trial(
        with_operation("Envoys", operationId="Gateways"), "Gateways: ", ("calls Envoys so now", "envoys()"), CALLS
    ),
    "an operation at another path": Trial(
        moved("Envoys", "/systems/{system_id}/gateways"), "Envoys: ", ("GET /systems/{}/gateways",), CALLS
    ),
    "an operation by another method": Trial(
        moved("SearchSystemId", method="post"), "SearchSystemId: ", ("POST", "sends it again"), DEFINITION
    ),
    "an operation that takes a body": Trial(
        with_operation("Envoys", requestBody={"content": {"application/json": {"schema": {"type": "object"}}}}),
        "Envoys: ",
        ("has a body", "sends none"),
        CALLS,
    ),
    "an operation that is deprecated": Trial(
        with_operation("Envoys", deprecated=True), "Envoys: ", ("deprecates it", "no DeprecationWarning"), CALLS
    ),
    "an operation that is deprecated no more": Trial(
        with_operation("MonthlyProduction", deprecated=False), "MonthlyProduction: ", ("does not deprecate it",), CALLS
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
    "a new parameter": Trial(new_parameter("Summary"), "Summary: ", ("does not offer: ['currency']",), CALLS),
    "a new parameter that is required": Trial(
        new_parameter("Summary", required=True), "Summary: ", ("does not offer: ['currency']",), CALLS
    ),
    "a new parameter in a header": Trial(
        new_parameter("Summary", **{"in": "header"}), "Summary: ", ("does not offer: ['currency']",), CALLS
    ),
    "a parameter that is gone": Trial(
        no_parameter("EnergyLifetime", "production"),
        "EnergyLifetime: ",
        ("no parameters there: ['production']",),
        CALLS,
    ),
    "a parameter with another name": Trial(
        with_parameter("Stats", "start_at", name="from_at"), "Stats: ", ("['from_at']", "['start_at']"), CALLS
    ),
    "a parameter that is required now": Trial(
        with_parameter("Summary", "summary_date", required=True), "Summary: ", ("summary_date is required",), CALLS
    ),
    "a parameter that is optional now": Trial(
        with_parameter("MonthlyProduction", "start_date", required=False),
        "MonthlyProduction: ",
        ("start_date is optional",),
        CALLS,
    ),
    "a parameter that is deprecated": Trial(
        with_parameter("Summary", "summary_date", deprecated=True), "Summary: ", ("summary_date is deprecated",), CALLS
    ),
    "a parameter in a header": Trial(
        with_parameter("SearchSystemId", "serial_num", **{"in": "header"}), "SearchSystemId: ", ("serial_num",), CALLS
    ),
    "another type of the path's parameter": Trial(
        path_parameter(type="string"), "EnergyLifetime, Envoys, Inventory, ", ("system_id is string",), CALLS
    ),
    "another name of the path's parameter": Trial(
        renamed_path_parameter, "EnergyLifetime, Envoys, Inventory, ", ("['site']", "['system_id']"), CALLS
    ),
    "another type of a parameter": Trial(
        with_values("SearchSystemId", "serial_num", type="integer"),
        "SearchSystemId: ",
        ("serial_num is integer",),
        CALLS,
    ),
    "a date that has a time now": Trial(
        with_values("Summary", "summary_date", format="date-time"), "Summary: ", ("is string date-time",), CALLS
    ),
    "epoch seconds that are a text now": Trial(
        with_parameter("Stats", "start_at", schema={"type": "string", "format": "date-time"}),
        "Stats: ",
        ("start_at is string date-time",),
        CALLS,
    ),
    "one value that may be several": Trial(
        with_parameter(
            "Summary", "summary_date", schema={"type": "array", "items": {"type": "string", "format": "date"}}
        ),
        "Summary: ",
        ("summary_date is array of string date",),
        CALLS,
    ),
    "several values of another type": Trial(
        with_values("Systems", "reference[]", items={"type": "integer"}), "Systems: ", ("is array of integer",), CALLS
    ),
    "several values in one text": Trial(
        lambda documents: documents.action("explode")["update"].update(explode=False),
        "Systems: ",
        ("not sent as a repeated name",),
        CALLS,
    ),
    "a value that the wrapper refuses": Trial(
        with_values("EnergyLifetime", "production", enum=["all", "meter"]),
        "EnergyLifetime: ",
        ("allows 'meter'",),
        CALLS,
    ),
    "a value with another name": Trial(
        with_values("EnergyLifetime", "production", enum=["both"]), "EnergyLifetime: ", ("allows 'both'",), CALLS
    ),
    "a larger page": Trial(
        with_values("Systems", "limit", maximum=5000), "Systems: ", ("allows 5000", "1000"), DEFINITION
    ),
    "a smaller page": Trial(
        with_values("Systems", "limit", maximum=500), "Systems: ", ("does not allow '1000'",), DEFINITION
    ),
    "another default": Trial(
        with_values("Systems", "limit", default=50), "Systems: ", ("default 50", "default 100"), CALLS
    ),
    # Responses
    "an object in place of an array": Trial(
        replaced("MonthlyProductionResponse.meter_readings", type="object", properties={"first": {"type": "string"}}),
        "MonthlyProduction: ",
        ("MonthlyProductionResponse.meter_readings is (object, required)", "was (array, required)"),
        CALLS,
    ),
    "an array in place of an object": Trial(
        with_body("Summary", {"type": "array", "items": {"$ref": "#/components/schemas/SummaryResponse"}}),
        "Summary: ",
        ("the body is an array in the specification", "SummaryResponse"),
        CALLS,
    ),
    "one object in place of several": Trial(
        with_body(
            "InvertersSummaryByEnvoyOrSite", {"$ref": "#/components/schemas/InvertersSummaryByEnvoyOrSiteResponse"}
        ),
        "InvertersSummaryByEnvoyOrSite: ",
        ("the body is one object in the specification", "list[InvertersSummaryByEnvoyOrSiteResponse]"),
        CALLS,
    ),
    "intervals in an object": Trial(
        replaced("StatsResponse.intervals", type="object", properties={"first": {"type": "string"}}),
        "Stats: ",
        ("StatsResponse.intervals is object in the specification",),
        CALLS,
    ),
    "another body": Trial(
        with_body("Summary", {"$ref": "#/components/schemas/Meta"}), "Summary: ", ("Meta", "SummaryResponse"), CALLS
    ),
    "a body with another name": Trial(
        renamed_schema("StatsResponse", "StatsResult"), "Stats: ", ("StatsResult", "StatsResponse"), DEFINITION
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
        with_schema("SummaryResponse.size_w", nullable=True), "Summary: ", ("SummaryResponse.size_w", "nullable"), CALLS
    ),
    "a field of a row that may be null": Trial(
        with_schema("StatsResponse.intervals[].powr", nullable=True), "Stats: ", ("intervals[].powr", "nullable"), CALLS
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
        no_property("StatsResponse", "intervals", "readings"), "Stats: ", ("no intervals any more", "readings"), CALLS
    ),
    "a series that is gone": Trial(
        no_property("ConsumptionLifetimeResponse", "consumption"),
        "ConsumptionLifetime: ",
        ("no consumption any more",),
        CALLS,
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
        no_property("SystemsResponse", "next", "following"), "Systems: ", ("no next any more", "following"), DEFINITION
    ),
    "a field that is not required any more": Trial(
        not_required("SummaryResponse", "status"), "Summary: ", ("SummaryResponse.status", "required"), CALLS
    ),
    "a field that is deprecated": Trial(
        with_schema("StatsResponse.total_devices", deprecated=True), "Stats: ", ("total_devices", "deprecated"), CALLS
    ),
    "a field with limits": Trial(
        with_schema("SummaryResponse.modules", maximum=1000), "Summary: ", ("modules", "maximum 1000"), CALLS
    ),
    "a field of another width": Trial(
        with_schema("SummaryResponse.last_report_at", format="int32"), "Summary: ", ("integer int32", "int64"), CALLS
    ),
    "a body without other properties": Trial(
        with_schema("SummaryResponse", additionalProperties=False), "Summary: ", ("without other properties",), CALLS
    ),
    "a header of a response": Trial(
        lambda documents: documents.operation("Envoys")["responses"]["200"].update(
            headers={"X-Rate-Limit": {"schema": {"type": "integer"}}}
        ),
        "Envoys: ",
        ("header X-Rate-Limit",),
        CALLS,
    ),
    "a response for any other status": Trial(
        with_status("Envoys", "default", "401"), "Envoys: ", ("Envoys default is new",), CALLS
    ),
    "a new value of a field": Trial(
        with_schema("SummaryResponse.source", enum=["microinverters", "meter", "battery"]),
        "Summary: ",
        ("source", "one of microinverters, meter, battery"),
        CALLS,
    ),
    "a new value of a status": Trial(
        lambda documents: [
            place["enum"].append("sleeping")
            for place in (documents.schema("Status"), documents.schema("SystemsResponse.systems[].status"))
        ],
        "",
        ("sleeping",),
        CALLS,
    ),
    "a field of one type or another": Trial(
        replaced("SummaryResponse.modules", oneOf=[{"type": "integer"}, {"type": "string"}]),
        "Summary: ",
        ("SummaryResponse.modules is (oneOf 2, required)",),
        CALLS,
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
        ERRORS,
    ),
    "another type of a field of an error": Trial(
        with_schema("ConflictError.period_end", type="string"),
        "Every operation: ",
        ("ConflictError.period_end",),
        ERRORS,
    ),
    "another content type": Trial(
        with_media("Envoys", "200", "application/vnd.enphase+json"),
        "Envoys: ",
        ("status 200 is application/vnd.enphase+json", "strict mode"),
        "wrapper/enphase_enlighten/reading/strict.py",
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
        other_status("Envoys", "201"), "Envoys: ", ("201",), "wrapper/enphase_enlighten/api.py"
    ),
    "no content where there was some": Trial(with_status("Stats", "204"), "Stats: ", ("Stats 204 is new",), CALLS),
    "a new error": Trial(
        with_status("Envoys", "403", "401"), "Envoys: ", ("no class of error for status 403",), ERRORS
    ),
    # Windows
    "a longer window": Trial(
        with_window("RgmStats", longest={"days": 31}), "RgmStats: ", ("{'days': 31}",), DEFINITION
    ),
    "another grid": Trial(with_window("Stats", interval=600), "Stats: ", ("600",), DEFINITION),
    "a longer history": Trial(
        with_window("ConsumptionStats", history={"years": 2}), "ConsumptionStats: ", ("2",), DEFINITION
    ),
    "no window": Trial(no_window, "Stats: ", ("no x-window",), DEFINITION),
    "a longer window in the text": Trial(
        with_text("Stats", "covers one day at most", "covers two days at most"),
        "Stats: ",
        ("text of enlighten.yaml", "two days at most", "longest 1 day"),
        DEFINITION,
    ),
    "a window of as many days as the month in the text": Trial(
        with_text("ConsumptionStats", "covers one month", "covers 31 days"),
        "ConsumptionStats: ",
        ("31 days", "longest 1 month"),
        DEFINITION,
    ),
    "another grid in the text": Trial(
        with_text("Stats", "Intervals are 5 minutes long", "Intervals are 10 minutes long"),
        "Stats: ",
        ("10 minutes", "interval 5 minutes"),
        DEFINITION,
    ),
    "another grid in a text that is corrected": Trial(
        with_text("RgmStats", "Intervals are 15 minutes long", "Intervals are 5 minutes long"),
        "RgmStats: ",
        ("text of enlighten.yaml", "5 minutes", "interval 15 minutes"),
        DEFINITION,
    ),
    "a longer history in the text": Trial(
        with_text("Stats", "over a year ago", "over 18 months ago", "start_at"),
        "Stats: ",
        ("18 months ago", "history 1 year"),
        DEFINITION,
    ),
    "a text that says nothing of the window": Trial(
        with_text(
            "ConsumptionStats",
            "A response covers one month at most: for a longer period it has the intervals of one month only.",
            "",
        ),
        "ConsumptionStats: ",
        ("says nowhere the longest period of one request",),
        DEFINITION,
    ),
}
