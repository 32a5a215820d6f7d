"""The Enlighten Systems API v2 as the checks of `tests/fit` see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enphase_enlighten import AsyncEnlighten, Enlighten, ProductionDayBySource
from enphase_enlighten.data.tables import UNITS
from enphase_enlighten.v2.definition import V2
from enphase_enlighten.v2.system_columns import META_COLUMNS, SYSTEM_COLUMNS
from generation import Methods
from tests.fit.subject import Subject
from tests.support.specification import OVERLAY_FILE, SPECIFICATION_FILES
from tests.support.v2_calls import CALLS, NOW

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

# What the wrapper itself reads of bodies beyond what its table of operations says: the model and its fields.
_READS = {
    "SystemsResponse": ("next",),
    "ClientError": ("reason", "message"),
    "NotFoundError": ("reason", "message", "errorMessages"),
    "ConflictError": ("reason", "message", "period", "period_end", "limit"),
    "UnprocessableEntityError": (
        *("reason", "message", "errorMessages", "start_at", "end_at"),
        *("first_interval", "last_interval"),
    ),
    "ServerError": ("reason", "message", "errorCode", "errorMessages"),
}
_WHOLE, _DAY = frozenset({"integer", "integer int32", "integer int64"}), frozenset({"string date"})
_KINDS = {
    "int | System": _WHOLE,
    "int": _WHOLE,
    "str": frozenset({"string"}),
    "date | str": _DAY,
    "Instant": _WHOLE,
}


def subject(
    published: Mapping[str, Any],
    overlay: Mapping[str, Any],
    effective: Mapping[str, Any],
    recorded: Mapping[str, str],
) -> Subject:
    """Hold the wrapper's v2 against a specification."""
    return Subject(
        published=published,
        overlay=overlay,
        effective=effective,
        recorded=recorded,
        specification_file=SPECIFICATION_FILES["published"].name,
        overlay_file=OVERLAY_FILE.name,
        methods_file=Methods().said.name,
        api=V2,
        folder="wrapper/enphase_enlighten/v2",
        clients=(Enlighten, AsyncEnlighten),
        connect=_connected,
        calls=CALLS,
        calls_file="tests/support/v2_calls.py",
        kind_files="wrapper/enphase_enlighten/operations/arguments.py, scripts/operation_sources.py",
        simulation="mock/enlighten_mock/v2",
        arguments={"limit": "page_size", "next": "cursor"},
        own_arguments=frozenset({"timezone"}),
        kinds=_KINDS,
        rows={"EnergyLifetime": (ProductionDayBySource,)},
        tables={
            "SystemsResponse.systems[]": {name: kind.name.lower() for name, kind in SYSTEM_COLUMNS.items()},
            "Meta": {name: kind.name.lower() for name, kind in META_COLUMNS.items()},
        },
        columns_file="wrapper/enphase_enlighten/v2/system_columns.py",
        reads={f"{model}.{name}": rf'"{name}"|\.{name}|{name}_' for model, names in _READS.items() for name in names},
        units=UNITS,
    )


def _connected(transport: httpx.BaseTransport) -> Any:
    return Enlighten("key-of-fit", "user-of-fit", transport=transport, max_retries=0, clock=NOW.timestamp)
