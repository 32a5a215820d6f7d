"""Operations that list a system's devices."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from enlighten_mock import draws, known, production
from enlighten_mock.days import day_at, zone
from enlighten_mock.refusals import unknown_site
from enlighten_mock.reporting import Report, report

if TYPE_CHECKING:
    from enlighten_mock.call import Call, Json
    from enlighten_mock.system import Meter, System


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
    meters = [meter for meter in system.meters if in_service(meter, call.now)]
    if system.consumption_meter and in_service(system.consumption_meter, call.now):
        meters.append(system.consumption_meter)
    return {
        "system_id": system.system_id,
        "envoys": [{"sn": envoy.serial_number, "model": envoy.model, "sku": envoy.sku} for envoy in system.envoys],
        "inverters": [
            {"sn": serial, "model": system.inverter.model, "sku": system.inverter.sku}
            for serial in inverter_serials(system)
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

    The energies of all microinverters add up to what the system's microinverters have produced in its
    lifetime. `last_report_date` is in epoch seconds; in a plain fleet it is a date, as published.
    """
    site_id = call.required("site_id", int)
    system = call.fleet.system(site_id)
    if system is None:
        raise unknown_site(site_id)
    state = report(system, call.now)
    serials = inverter_serials(system)
    energy = _share(system, known.micro_lifetime(system, state))
    power = _share(system, current_power(system, state))
    groups: list[Json] = []
    for number, envoy in enumerate(system.envoys):
        mine = range(number, system.modules, len(system.envoys))
        groups.append(
            {
                "signal_strength": draws.bits(system.key, 50 + number) % 5 + 1,
                "micro_inverters": [
                    {
                        "id": system.system_id * 1000 + index,
                        "serial_number": serials[index],
                        "model": system.inverter.model,
                        "part_number": system.inverter.part_number,
                        "sku": system.inverter.sku,
                        "status": _inverter_status(system, index),
                        "power_produced": {"value": power[index], "units": "W", "precision": 0},
                        "proc_load": "520-00082-r01-v04.27.04",
                        "param_table": "540-00242-r01-v04.22.09",
                        "envoy_serial_number": envoy.serial_number,
                        "energy": {"value": energy[index], "units": "Wh", "precision": 0},
                        "grid_profile": "57227c50e4d7973ae602c4e6",
                        "last_report_date": _last_report_date(call, system, state),
                    }
                    for index in mine
                ],
            }
        )
    return groups


def current_power(system: System, state: Report) -> int:
    """Return the mean power of the latest interval that was reported, in W, however long ago that is."""
    if state.last_interval_at is None:
        return 0
    began = state.last_interval_at - production.STEP
    day = production.day(system, day_at(system.place.timezone, began))
    return int(day.power[(began - day.start) // production.STEP])


def in_service(meter: Meter, now: float) -> bool:
    """Return whether a meter measures at `now`, in epoch seconds."""
    return meter.installed_at <= now and (meter.retired_at is None or now < meter.retired_at)


def not_reporting(system: System) -> int:
    """Return how many microinverters a system in condition `micro` hears nothing of."""
    return max(1, system.modules // 8) if system.condition == "micro" else 0


def inverter_serials(system: System) -> list[str]:
    """Return the serial numbers of all microinverters."""
    first = 121_000_000_000 + draws.bits(system.key, 60) % 10**9 * 7
    return [str(first + 7 * index) for index in range(system.modules)]


def _inverter_status(system: System, index: int) -> str:
    if index < not_reporting(system):
        return "micro"
    return "power" if system.condition == "power" and index % 2 else "normal"


def _last_report_date(call: Call, system: System, state: Report) -> int | str | None:
    if state.last_report_at is None or not call.plain:
        return state.last_report_at
    return datetime.fromtimestamp(state.last_report_at, zone(system.place.timezone)).date().isoformat()


def _share(system: System, total: int) -> list[int]:
    """Divide `total` among the microinverters, nearly equally, so that the parts add up to it."""
    of = draws.key(system.key, "inverters")
    weights = [0.97 + 0.06 * draws.unit(of, index) for index in range(system.modules)]
    whole, passed, parts, given = sum(weights), 0.0, [], 0
    for weight in weights[:-1]:
        passed += weight
        mark = int(total * (passed / whole))
        parts.append(mark - given)
        given = mark
    return [*parts, total - given]
