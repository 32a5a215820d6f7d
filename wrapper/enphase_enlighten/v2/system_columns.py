"""The columns of a data frame of systems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..data.tables import Kind, Layout
from ..reading.models import unset_of
from .definition import V2

SYSTEM_COLUMNS: Mapping[str, Kind] = {
    "system_id": Kind.WHOLE,
    "system_name": Kind.TEXT,
    "system_public_name": Kind.TEXT,
    "country": Kind.TEXT,
    "state": Kind.TEXT,
    "city": Kind.TEXT,
    "postal_code": Kind.TEXT,
    "timezone": Kind.TEXT,
    "connection_type": Kind.TEXT,
    "status": Kind.TEXT,
    "reference": Kind.TEXT,
    "other_references": Kind.TEXTS,
}
META_COLUMNS: Mapping[str, Kind] = {
    "status": Kind.TEXT,
    "last_report_at": Kind.TIME,
    "last_energy_at": Kind.TIME,
    "operational_at": Kind.TIME,
}


def system_layout() -> Layout:
    """Return the layout of a listing of systems: their properties, and those of `meta` with a prefix."""
    meta_columns = {f"meta_{name}": kind for name, kind in META_COLUMNS.items()}
    return Layout({**SYSTEM_COLUMNS, **meta_columns}, _system_values, unset=unset_of(V2.package))


def _system_values(system: Any) -> Iterable[Any]:
    yield from (getattr(system, name) for name in SYSTEM_COLUMNS)
    # A system whose `meta` is missing or null has none of its properties.
    yield from (getattr(system.meta, name, None) for name in META_COLUMNS)
