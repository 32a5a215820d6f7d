"""Telemetry of whole systems, in intervals of 5 or 15 minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enlighten_mock.v4.error_bodies import RANGE, invalid
from enlighten_mock.v4.measured import last_quarter, metered, stored
from enlighten_mock.v4.windows import WEEK, YEARS, by_days, told, until, window_of
from enlighten_mock.world import balance, batteries, channels, interval_series, production
from enlighten_mock.world.days import day_start, shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enlighten_mock.service.exchange import Json
    from enlighten_mock.v4.call import Call
    from enlighten_mock.world.system import Meter

_QUARTER = production.METER_STEP
_AT_NIGHT = -1
"""Watts of a meter that measures nothing."""


def production_micro(call: Call) -> Json:
    """Give the production of all microinverters every 5 minutes; there is no interval without sun."""
    window = window_of(call)
    last = call.report.last_interval_at
    return {
        **_head(call, call.system.modules),
        **told(call, window, last, production.STEP),
        "items": "intervals",
        "intervals": [
            {"end_at": row.end_at, "devices_reporting": row.devices, "powr": row.power, "enwh": row.energy}
            for row in _micro(call, window.start, until(call, window, last or 0, production.STEP))
        ],
        "meta": call.meta,
    }


def production_meter(call: Call) -> Json:
    """Give what the production meters measure, at night too; without a meter, no interval."""
    window, last = window_of(call), last_quarter(call)
    energy: dict[int, list[int]] = {}
    for meter in call.system.meters:
        for end_at, measured in interval_series.production_meter(
            call.system, meter, window.start, until(call, window, last, _QUARTER)
        ):
            energy.setdefault(end_at, []).append(measured or 0)
    return {
        **_head(call, sum(meter.in_service(call.now) for meter in call.system.meters)),
        **told(call, window, last, _QUARTER),
        "items": "intervals",
        "intervals": [
            {"end_at": end_at, "devices_reporting": len(energy[end_at]), "wh_del": sum(energy[end_at])}
            for end_at in sorted(energy)
        ],
    }


def consumption_meter(call: Call) -> Json:
    """Give what the consumption meter measures, at night too."""
    meter = metered(call)
    window, last = window_of(call), last_quarter(call)
    end = until(call, window, last, _QUARTER)
    rows = interval_series.consumption_meter(call.system, max(window.start, meter.installed_at), end) if meter else ()
    return {
        **_head(call, int(meter is not None and meter.in_service(call.now))),
        **told(call, window, last, _QUARTER),
        "items": "intervals",
        "intervals": [{"end_at": end_at, "devices_reporting": 1, "enwh": energy} for end_at, energy in rows],
        "meta": call.meta,
    }


def battery(call: Call) -> Json:
    """Give what all batteries are charged with and discharge, and their state of charge."""
    storage = stored(call)
    window, last = window_of(call), last_quarter(call)
    body = {
        **_head(call, len(batteries.batteries(call.system)) if storage else 0),
        **told(call, window, last, _QUARTER),
        "items": "intervals",
        "intervals": [],
        "last_reported_aggregate_soc": None,
    }
    if storage is None:
        return body
    start, count = max(window.start, storage.installed_at), body["total_devices"]
    found = balance.flows(call.system, start, until(call, window, last, _QUARTER))
    percents = batteries.percent(found.stored, storage.capacity)
    body["intervals"] = [
        {
            "end_at": end_at,
            "charge": {"enwh": charged, "devices_reporting": count},
            "discharge": {"enwh": discharged, "devices_reporting": count},
            "soc": {"percent": percent, "devices_reporting": count},
        }
        for end_at, charged, discharged, percent in zip(
            found.end_at.tolist(), found.charged.tolist(), found.discharged.tolist(), percents.tolist(), strict=True
        )
    ]
    latest = balance.flows(call.system, last - _QUARTER, last)
    if len(latest.stored) and last > storage.installed_at:
        body["last_reported_aggregate_soc"] = f"{int(batteries.percent(latest.stored, storage.capacity)[0])}%"
    return body


def energy_import(call: Call) -> Json:
    """Give what came from the grid, in a list for each local day."""
    return _grid(call, "imported")


def energy_export(call: Call) -> Json:
    """Give what went to the grid, in a list for each local day."""
    return _grid(call, "exported")


def rgm_stats(call: Call) -> Json:
    """Give the production meters' measurements, summed up and by meter and phase; the start is rounded down.

    Three channels are listed one after the other, and those that are not used are null.
    """
    start, end = _range(call)
    end = min(end, last_quarter(call))
    meters = [meter for meter in call.system.meters if meter.installed_at <= call.now]
    energy: dict[int, list[int]] = {}
    by_meter = []
    for meter in meters:
        rows = list(interval_series.production_meter(call.system, meter, start, end))
        by_meter.append(
            {
                "meter_serial_number": meter.serial_number,
                "envoy_serial_number": meter.envoy_serial_number,
                "intervals": list(_channels(call, meter, rows)),
            }
        )
        for end_at, measured in rows:
            if measured is not None:
                energy.setdefault(end_at, []).append(measured)
    return {
        "system_id": call.system.system_id,
        "total_devices": sum(meter.in_service(call.now) for meter in meters),
        "intervals": [
            {"end_at": end_at, "devices_reporting": len(energy[end_at]), "wh_del": sum(energy[end_at])}
            for end_at in sorted(energy)
        ],
        "meta": call.meta,
        "meter_intervals": by_meter,
    }


def _micro(call: Call, start: int, end: int) -> Iterator[interval_series.MicroInterval]:
    reported_at = call.report.last_report_at
    return iter(()) if reported_at is None else interval_series.micro(call.system, start, end, reported_at=reported_at)


def _grid(call: Call, way: str) -> Json:
    window, last = window_of(call), last_quarter(call)
    since = call.system.grid_measured_from
    start = max(window.start, since) if since is not None else last
    found = balance.flows(call.system, start, until(call, window, last, _QUARTER))
    rows = zip(found.end_at.tolist(), getattr(found, way).tolist(), strict=True)
    return {
        **_head(call, 0),
        **told(call, window, last, _QUARTER),
        "items": "intervals",
        "intervals": by_days(call, ({"end_at": at, f"wh_{way}": energy} for at, energy in rows)),
        "meta": call.meta,
    }


def _head(call: Call, devices: int) -> dict[str, Json]:
    return {"system_id": call.system.system_id, "total_devices": devices}


def _range(call: Call) -> tuple[int, int]:
    asked = call.optional("start_at", int, day_start(call.timezone, call.today))
    start = asked // _QUARTER * _QUARTER
    end = call.optional("end_at", int, min(int(call.now), start + WEEK))
    if end < start or asked < shift(call.timezone, call.now, years=-YEARS):
        raise invalid(f"{RANGE}. {{:start_at=>{start}, :end_at=>{end}}}")
    if end - start > WEEK and call.behaviour.long_range == "refused":
        raise invalid(
            f"Requested date range in one API hit cannot be more than 7 days. {{:start_at=> {start}, :end_at=> {end}}}"
        )
    return start, min(end, start + WEEK)


def _channels(call: Call, meter: Meter, rows: list[tuple[int, int | None]]) -> Iterator[dict[str, Json]]:
    totals = np.array([measured or 0 for _, measured in rows], dtype=np.int64)
    parts = channels.divided(call.system, meter.serial_number, totals).tolist()
    for channel in range(channels.CHANNELS):
        for index, (end_at, measured) in enumerate(rows):
            energy = None if channel >= len(parts) or measured is None else parts[channel][index]
            yield {
                "channel": channel + 1,
                "wh_del": None if energy is None else float(energy),
                "curr_w": None if energy is None else energy * 4 or _AT_NIGHT,
                "end_at": end_at,
            }
