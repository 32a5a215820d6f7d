"""Changes of which nothing is to be said, and changes that make a correction of the overlay wrong in part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fit.changes import (
    no_parameter,
    no_property,
    not_required,
    shared_parameter,
    with_operation,
    with_schema,
    with_status,
    with_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.fit.changes import Change

SILENT: Mapping[str, Change] = {
    "a tag": with_operation("Envoys", tags=["Devices"]),
    "other words": with_operation("Envoys", summary="Gateways", description="The gateways of a system."),
    "other words about a window": with_text(
        "Stats", "A response covers one day at most", "No response covers more than 24 hours"
    ),
    "a schema that nothing refers to": lambda documents: documents.specification["components"]["schemas"].update(
        Spare={"type": "object", "properties": {"name": {"type": "string"}}}
    ),
    "a parameter of the path that is of all its operations": shared_parameter,
    "another example": with_schema("SummaryResponse.modules", example=12),
    "fields in another order": lambda documents: documents.schema("SummaryResponse").update(
        properties=dict(reversed(documents.schema("SummaryResponse")["properties"].items()))
    ),
}

# Changes of the published document that make a part of a correction wrong, and what is said of it.
STALE: Mapping[str, tuple[Change, tuple[str, ...]]] = {
    "one place of several with another name": (
        no_property("Meta", "last_energy_at", "energy_at"),
        ("properties['last_report_at', 'last_energy_at', 'operational_at']", "nothing is at", "['last_energy_at']"),
    ),
    "one place of several that is right already": (
        with_schema("Meta.last_energy_at", nullable=True),
        ("$['components']['schemas']['Meta']['properties']['last_energy_at']['nullable'] is right already",),
    ),
    "one parameter of several": (
        no_parameter("Systems", "installer"),
        ("@.operationId == 'Systems'", "[?@['name'] == 'installer']"),
    ),
    "one operation of several": (
        with_status("ConsumptionStats", "204"),
        ("@.operationId == 'ConsumptionLifetime'", "/consumption_stats']['get']['responses']['204']['description']"),
    ),
    "one key of several": (
        with_operation("ConsumptionStats", **{"x-window": {"interval": 900}}),
        ("@.operationId == 'ConsumptionStats'", "['x-window']['interval'] is right already"),
    ),
    "a value that is there already": (
        with_schema("ConflictError.period", enum=["hour", "minute", "second", "month"]),
        ("ConflictError.properties.period.enum", 'has "month" already'),
    ),
    "a published sentence that a correction contradicts": (
        with_text("RgmStats", "A response covers one month at most", "A response covers two weeks at most"),
        ("@.operationId == 'RgmStats'", "does not say 'A response covers one month at most"),
    ),
    "a text that a correction replaces": (
        with_schema("SummaryResponse.current_power", description="Power in W."),
        ("SummaryResponse.properties.current_power", "does not say 'Power that the system produces at present'"),
    ),
    "a whole correction": (
        not_required("SummaryResponse", "last_interval_end_at"),
        ("SummaryResponse.required", "matches nothing"),
    ),
}
