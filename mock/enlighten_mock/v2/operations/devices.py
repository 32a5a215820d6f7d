"""Operations that list a system's devices."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from enlighten_mock.v2.error_bodies import unknown_site
from enlighten_mock.world import inverters, micros
from enlighten_mock.world.days import zone
from enlighten_mock.world.reports import Report, report

if TYPE_CHECKING:
    from enlighten_mock.service.exchange import Json
    from enlighten_mock.v2.call import Call
    from enlighten_mock.world.inverters import Inverter
    from enlighten_mock.world.system import Envoy, System


def envoys(call: Call) -> Json:
    """List the Envoys; `last_report_at` is null for one that never reported."""
    silent = call.report.status == "comm"
    return {
        "system_id": call.system.system_id,
        "envoys": [
            {
                "envoy_id": envoy.envoy_id,
                "last_report_at": call.report.last_report_at,
                "name": f"Envoy {envoy.serial_number}",
                "part_number": envoy.part_number,
                "serial_number": envoy.serial_number,
                "status": "comm" if silent else "normal",
            }
            for envoy in call.system.envoys
        ],
    }


def inventory(call: Call) -> Json:
    """List all active devices: Envoys, microinverters, and the meters in service."""
    system = call.system
    meters = [meter for meter in system.meters if meter.in_service(call.now)]
    if system.consumption_meter and system.consumption_meter.in_service(call.now):
        meters.append(system.consumption_meter)
    return {
        "system_id": system.system_id,
        "envoys": [{"sn": envoy.serial_number, "model": envoy.model, "sku": envoy.sku} for envoy in system.envoys],
        "inverters": [
            {"sn": serial, "model": system.inverter.model, "sku": system.inverter.sku}
            for serial in micros.serial_numbers(system)
        ],
        "meters": [
            {
                "sn": meter.serial_number,
                "manufacturer": "Enphase",
                "model": "EIM",
                "status": "normal",
                "state": "enabled",
            }
            for meter in meters
        ],
        "meta": call.meta,
    }


def inverters_summary_by_envoy_or_site(call: Call) -> Json:
    """Sum up the microinverters of each Envoy.

    `last_report_date` is in epoch seconds; in a plain fleet it is a date, as published.
    """
    site_id = call.required("site_id", int)
    system = call.fleet.system(site_id)
    if system is None:
        raise unknown_site(site_id)
    known = report(system, call.now)
    last_report_date = _last_report_date(call, system, known)
    groups = zip(system.envoys, inverters.by_envoy(system, known), strict=True)
    return [
        {
            "signal_strength": inverters.signal_strength(system, number),
            "micro_inverters": [_inverter(system, envoy, inverter, last_report_date) for inverter in group],
        }
        for number, (envoy, group) in enumerate(groups)
    ]


def _inverter(system: System, envoy: Envoy, inverter: Inverter, last_report_date: int | str | None) -> Json:
    return {
        "id": inverter.inverter_id,
        "serial_number": inverter.serial_number,
        "model": system.inverter.model,
        "part_number": system.inverter.part_number,
        "sku": system.inverter.sku,
        "status": inverter.status,
        "power_produced": {"value": inverter.power, "units": "W", "precision": 0},
        "proc_load": inverters.FIRMWARE,
        "param_table": inverters.PARAMETER_TABLE,
        "envoy_serial_number": envoy.serial_number,
        "energy": {"value": inverter.energy, "units": "Wh", "precision": 0},
        "grid_profile": inverters.GRID_PROFILE,
        "last_report_date": last_report_date,
    }


def _last_report_date(call: Call, system: System, known: Report) -> int | str | None:
    if known.last_report_at is None or not call.plain:
        return known.last_report_at
    return datetime.fromtimestamp(known.last_report_at, zone(system.place.timezone)).date().isoformat()
