"""Operations that list a system's devices, and what each does now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from enlighten_mock.v4.error_bodies import error, invalid
from enlighten_mock.v4.pages import page_of
from enlighten_mock.world import batteries, channels, inventory, inverters, latest, loads
from enlighten_mock.world.days import zone
from enlighten_mock.world.reports import report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enlighten_mock.service.exchange import Json
    from enlighten_mock.v4.call import Call
    from enlighten_mock.world.gateways import Modem
    from enlighten_mock.world.inventory import Device, DeviceKind
    from enlighten_mock.world.inverters import Inverter
    from enlighten_mock.world.system import Envoy, System

_KEYS: Mapping[DeviceKind, str] = {
    "micro": "micros",
    "meter": "meters",
    "gateway": "gateways",
    "relay": "q_relays",
    "acb": "acbs",
    "encharge": "encharges",
    "controller": "enpowers",
    "ev_charger": "ev_chargers",
    "heat_pump": "heat_pump",
    "collar": "iq_collars",
    "air": "iq_air",
    "generator": "generators",
}
_COMPLIANT = ("micro", "encharge")
_FORGOTTEN_AFTER = 7 * 86_400
_SERVERS = "America/Los_Angeles"
"""Where the server's clock was in 2023, when it wrote dates as text."""

_AS_V4 = {"CHARGING": "CHARGING", "PLUGGED_IN": "IDLE", "PLUGGED_OUT": "PLUGGED_OUT", None: None}


def devices(call: Call) -> Json:
    """List the active devices by their kind; a kind that is not there has no key."""
    groups: dict[str, list[Json]] = {}
    found = inventory.devices(call.system, call.report, call.now)
    for device in found:
        groups.setdefault(_KEYS[device.kind], []).append(_device(call, device))
    return {"system_id": call.system.system_id, "total_devices": len(found), "items": "devices", "devices": groups}


def inverters_summary_by_envoy_or_site(call: Call) -> Json:
    """Sum up the microinverters of each gateway of a system, or of one gateway, which wins."""
    serial = call.optional("envoy_serial_number", str)
    site_id = call.optional("site_id", int)
    if serial is not None:
        system = call.fleet.by_serial(serial)
        if system is None or not call.grant.owner.sees(system.system_id):
            raise error(404, "Envoy not found with this serial number")
    elif site_id is not None:
        system = call.fleet.system(site_id)
        if system is None:
            raise invalid(f"Couldn't find Site with 'id'={site_id}")
        call.find(str(site_id))
    else:
        raise invalid("Envoy serial number or Site id mandatory")
    known = report(system, call.now)
    groups = zip(system.envoys, inverters.by_envoy(system, known), strict=True)
    summaries = [
        {
            "signal_strength": inverters.signal_strength(system, number),
            "micro_inverters": [
                {
                    **_inverter(system, envoy, inverter),
                    "last_report_date": _date(call, known.last_report_at),
                    **({"power_produced": inverter.power} if call.behaviour.bare_power and index % 2 else {}),
                }
                for index, inverter in enumerate(group)
            ],
        }
        for number, (envoy, group) in enumerate(groups)
        if serial in (None, envoy.serial_number)
    ]
    return page_of(call, summaries)[2]


def latest_telemetry(call: Call) -> Json:
    """Give the power of each meter and battery, and what chargers and the heat pump do; null after a week."""
    system, known = call.system, call.report
    recent = known.last_report_at is not None and call.now - known.last_report_at < _FORGOTTEN_AFTER
    groups: dict[str, list[Json]] = {"meters": _meters(call, recent=recent)}
    sign = 1 if call.behaviour.battery_power == "discharge" else -1
    for battery in batteries.batteries(system) if system.equipment.battery == "encharge" else ():
        if battery.installed_at > call.now:
            continue
        power = latest.battery(system, known, battery) if recent else None
        groups.setdefault("encharges", []).append(
            {
                "id": inventory.battery_number(system, battery),
                "name": f"Encharge {battery.serial_number}",
                "channel": 1,
                "last_report_at": known.last_report_at if power else None,
                "power": sign * power.power if power else None,
                "operational_mode": power.mode if power else None,
            }
        )
    pumps = [one for one in inventory.devices(system, known, call.now) if one.kind == "heat_pump"]
    if pumps:
        mode = latest.heat_pump_mode(system, known) if recent else None
        groups["heat-pump"] = [_state(call, one.serial_number, one.name, mode, recent=recent) for one in pumps]
    for charger in loads.chargers(system):
        if charger.installed_day <= call.today:
            mode = charger_mode(call, charger) if recent else None
            name = f"EV Charger_{charger.number + 1}"
            groups.setdefault("evse", []).append(_state(call, charger.serial_number, name, mode, recent=recent))
    return {"system_id": system.system_id, "items": "devices", "devices": {k: v for k, v in groups.items() if v}}


def charger_mode(call: Call, charger: loads.Charger) -> str | None:
    """Return what a charger does, which a command may have changed."""
    told = call.settings.of(call.system.system_id, f"charger {charger.serial_number}").get("mode")
    return told or _AS_V4[latest.charger_mode(call.system, call.report, charger)]


def _meters(call: Call, *, recent: bool) -> list[Json]:
    system, known = call.system, call.report
    named = [("production", meter) for meter in system.meters if meter.in_service(call.now)]
    if system.consumption_meter is not None and system.consumption_meter.in_service(call.now):
        named.append(("consumption", system.consumption_meter))
    rows: list[Json] = []
    for name, meter in named:
        powers = (latest.meter(system, known, meter) if recent else None) or []
        for channel in range(channels.CHANNELS):
            used = channel < len(powers)
            rows.append(
                {
                    "id": inventory.meter_number(system, meter.serial_number),
                    "name": name,
                    "channel": channel + 1,
                    "last_report_at": latest.measured_at(known) if used else None,
                    "power": powers[channel] if used else None,
                }
            )
    return rows


def _state(call: Call, serial_number: str, name: str, mode: str | None, *, recent: bool) -> Json:
    return {
        "serial_number": serial_number,
        "name": name,
        "last_report_at": call.report.last_report_at if recent else None,
        "operational_mode": mode,
    }


def _device(call: Call, device: Device) -> Json:
    found: dict[str, Any] = {
        "id": "" if device.number is None or device.kind == "air" else device.number,
        "last_report_at": device.last_report_at,
        "name": device.name,
        "serial_number": device.serial_number,
        "part_number": device.part_number,
        "sku": device.sku,
        "model": device.model,
        "status": device.status,
        "active": True,
    }
    if device.kind in ("ev_charger", "heat_pump"):
        found["firmware"] = device.firmware
    else:
        found["product_name"] = device.product_name
    if device.kind == "ev_charger" and device.firmware:
        found["id"] = f"{device.serial_number}:{call.system.system_id}"
    if device.kind == "heat_pump":
        found["SKU"] = found.pop("sku")
        found.update(sg_ready_relay=device.model, iq_er="")
    if device.kind == "meter":
        found["state"] = "disabled" if device.status == "disabled" else "enabled"
        found["config_type"] = "Production" if device.measures == "production" else "Net"
        if call.system.equipment.phases > 1:
            found["config_phase"] = "three"
    if device.kind == "gateway":
        found["emu_sw_version"] = device.firmware
        found["cellular_modem"] = _modem(device.modem)
    if device.kind in _COMPLIANT and call.system.place.country == "US":
        found.update(feoc_compliant=False, dom_compliant=False)
    return found


def _modem(modem: Modem | None) -> Json:
    if modem is None:
        nothing = dict.fromkeys(("imei", "part_num", "sku"), "N/A")
        return {**nothing, "plan_start_date": None, "plan_end_date": None}
    return {
        "imei": modem.imei,
        "part_num": modem.part_number,
        "sku": modem.sku,
        "plan_start_date": modem.plan_start,
        "plan_end_date": modem.plan_end,
    }


def _inverter(system: System, envoy: Envoy, inverter: Inverter) -> dict[str, Json]:
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
    }


def _date(call: Call, moment: int | None) -> str | int | None:
    if moment is None or call.behaviour.report_dates == "epoch":
        return moment
    return datetime.fromtimestamp(moment, zone(_SERVERS)).isoformat()
