"""`enlighten summary`, `envoys`, `inventory`, `inverters` and `readings`: a system and its devices, one row each."""

from __future__ import annotations

import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ...credentials.untrusted import printable, shortened
from ...data.tables import Kind
from ...errors import DroppedValuesWarning
from ..report import SYSTEM, Column, Report, numbers, texts, times, value, values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from enphase_enlighten import Enlighten

    from ..report import Query, Row, Target

_WATTS = {"W": 1, "kW": 1e3, "MW": 1e6}
_WATT_HOURS = {"Wh": 1, "kWh": 1e3, "MWh": 1e6, "J": 1 / 3600, "kJ": 1 / 3.6, "MJ": 1e3 / 3.6}
"""The units that the specification names and their multiples, in the unit that is shown."""


def _summary(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    day = query.moment and query.moment.day(query.present(target))
    model = client.summary(target.system_id, summary_date=day)
    yield target.system_id, target.name, *values(model, SUMMARY.columns[2:], query.zone(target))


def _envoys(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    for envoy in client.envoys(target.system_id).envoys:
        yield target.system_id, target.name, *values(envoy, ENVOYS.columns[2:], query.zone(target))


def _inventory(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    model = client.inventory(target.system_id)
    for device, items in (("envoy", model.envoys), ("inverter", model.inverters), ("meter", model.meters)):
        for item in items if isinstance(items, list) else []:
            yield target.system_id, target.name, device, *values(item, INVENTORY.columns[3:], query.zone(target))


def _inverters(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    zone = query.zone(target)
    for envoy in client.inverters_summary_by_envoy_or_site(target.system_id):
        for inverter in envoy.micro_inverters:
            yield (
                target.system_id,
                target.name,
                *values(inverter, INVERTERS.columns[2:7], zone),
                _measured(inverter.power_produced, INVERTERS.columns[7], zone, _WATTS),
                _measured(inverter.energy, INVERTERS.columns[8], zone, _WATT_HOURS),
                value(envoy.signal_strength, INVERTERS.columns[9], zone),
                value(inverter.last_report_date, INVERTERS.columns[10], zone),
            )


def _measured(quantity: Any, column: Column, zone: tzinfo, units: Mapping[str, float]) -> Any:
    """Return a quantity in the column's unit: of an object with its unit, or a bare number, as in older responses."""
    amount = value(getattr(quantity, "value", quantity), column, zone)
    unit = value(getattr(quantity, "units", None), Column("units"), zone)
    if amount is None or unit is None or unit == column.unit:
        return amount
    factor = units.get(str(unit))
    if factor is not None and isinstance(amount, int | float) and not isinstance(amount, bool):
        with suppress(OverflowError, ValueError):  # of an infinite number, or NaN
            return round(amount * factor)
    shown = shortened(printable(str(unit)))
    # Python tells it once for each unit, not for each inverter.
    warnings.warn(
        DroppedValuesWarning(f"Null in {column.key}: a value in {shown!r} cannot be converted."), stacklevel=1
    )
    return None


def _readings(client: Enlighten, target: Target, query: Query) -> Iterator[Row]:
    moment = query.moment and query.moment.instant(query.present(target))
    for reading in client.production_meter_readings(target.system_id, end_at=moment).meter_readings:
        yield target.system_id, target.name, *values(reading, READINGS.columns[2:], query.zone(target))


SUMMARY = Report(
    "summary",
    (
        *SYSTEM,
        *(Column("status"), Column("summary_date", Kind.DAY)),
        *(*numbers("current_power", unit="W"), *times("last_interval_end_at")),
        *numbers("energy_today", "energy_lifetime", unit="Wh"),
        *(*numbers("modules"), *numbers("size_w", unit="W"), Column("source")),
        *times("last_report_at", "operational_at"),
    ),
    _summary,
)
ENVOYS = Report(
    "envoys",
    (*SYSTEM, *numbers("envoy_id"), *texts("serial_number", "name", "part_number", "status"), *times("last_report_at")),
    _envoys,
)
INVENTORY = Report(
    "inventory", (*SYSTEM, *texts("device", "sn", "model", "sku", "manufacturer", "status", "state")), _inventory
)
INVERTERS = Report(
    "inverters",
    (
        *SYSTEM,
        *(*numbers("id"), *texts("serial_number", "envoy_serial_number", "model", "status")),
        *(*numbers("power_produced", unit="W"), *numbers("energy", unit="Wh")),
        *(*numbers("signal_strength"), *times("last_report_date")),
    ),
    _inverters,
)
READINGS = Report(
    "readings", (*SYSTEM, Column("serial_number"), *numbers("value", unit="Wh"), *times("read_at")), _readings
)
