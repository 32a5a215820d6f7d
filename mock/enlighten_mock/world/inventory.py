"""The devices of a system, each with what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from enlighten_mock.world import batteries, draws, gateways, inverters, latest, loads
from enlighten_mock.world.days import day_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from enlighten_mock.world.batteries import Battery
    from enlighten_mock.world.gateways import Modem
    from enlighten_mock.world.loads import Charger
    from enlighten_mock.world.reports import Report
    from enlighten_mock.world.system import System

DeviceKind = Literal[
    "micro",
    "meter",
    "gateway",
    "relay",
    "acb",
    "encharge",
    "controller",
    "ev_charger",
    "heat_pump",
    "collar",
    "air",
    "generator",
]
Measures = Literal["production", "consumption"]


class Device(NamedTuple):
    """A device of a system.

    Attributes:
        kind: What it is.
        number: Enlighten's id; None for a device of another maker.
        serial_number: Unique among all devices of its kind; empty for a device of another maker.
        name: Its name.
        part_number: Its part number; empty for a device of another maker.
        sku: Its article code; None for a meter, empty for a device of another maker.
        model: Its model.
        product_name: What it is sold as.
        status: `normal`, `comm` if nothing was heard of it for long, `disabled`, or what is wrong with it.
        last_report_at: When it was last heard of, in epoch seconds; None if never.
        gateway: The serial number of the Envoy that it reports to; None for an Envoy.
        measures: Of a meter, what it measures; None for other devices.
        modem: Of an Envoy, its modem; None without one.
        firmware: Of an Envoy or a charger; empty for other devices.
    """

    kind: DeviceKind
    number: int | None
    serial_number: str
    name: str
    part_number: str
    sku: str | None
    model: str
    product_name: str
    status: str
    last_report_at: int | None
    gateway: str | None = None
    measures: Measures | None = None
    modem: Modem | None = None
    firmware: str = ""


class _Other(NamedTuple):
    """A device of which a system has at most one."""

    kind: DeviceKind
    name: str
    part_number: str
    sku: str
    model: str
    product_name: str


_RELAYS = (
    _Other("relay", "IQ Relay", "800-00595-r01", "Q-RELAY-1P-INT", "", "IQ Relay"),
    _Other("relay", "IQ Relay", "800-00606-r02", "Q-RELAY-2-3P-INT", "", "IQ Relay 2.0"),
)
_CONTROLLER = _Other(
    "controller", "IQ System Controller", "800-01135-r02", "EP200G101-M240US00", "", "IQ System Controller"
)
_COLLAR = _Other("collar", "IQ Meter Collar", "865-00401-r01", "MC-200-011-V01", "", "IQ Meter Collar")
_AIR = _Other("air", "IQ Air", "000.000.00 update 0", "update 1", "", "")
_GENERATOR = _Other("generator", "Generator", "", "", "HNG-01", "")
_ENPHASE_CHARGERS = ("IQ-EVSE-NA-1040-0110-0100", "IQ-EVSE-EU-3032-0105-1300")
_FOREIGN_CHARGERS = ("Keba_P30", "Wallbox_Pulsar", "Easee_Home")
_HEAT_PUMPS = (("Heat pump", "SG Ready controller"), ("Warm water", "SG Ready relay"))
_METER_PART_NUMBER = "800-00655-r08"


_NUMBERS = 500_000_000
"""Enlighten's ids of devices begin here, a hundred for each system; microinverters and Envoys have others."""

_FIRST: Mapping[DeviceKind, int] = {
    "meter": 10,
    "relay": 20,
    "controller": 21,
    "collar": 22,
    "air": 23,
    "generator": 24,
    "acb": 40,
    "encharge": 60,
}
_CHANNEL_OF: Mapping[Measures, int] = {"production": 1, "consumption": 2}


def devices(system: System, report: Report, now: float) -> list[Device]:
    """Return the active devices of a system at `now` (epoch seconds), as known from what it has reported."""
    return [
        *_micros(system, report),
        *_meters(system, report, now),
        *_gateways(system, report),
        *_others(system, report),
        *(_battery(system, report, one) for one in batteries.batteries(system) if one.installed_at <= now),
        *(_charger(system, report, one) for one in loads.chargers(system) if _begun(system, one.installed_day, now)),
        *_heat_pump(system, report, now),
    ]


def meter_number(system: System, serial_number: str) -> int:
    """Return Enlighten's id of the meter with this serial number."""
    return _number(system, "meter", int(serial_number.rpartition("EIM")[2]))


def battery_number(system: System, battery: Battery) -> int:
    """Return Enlighten's id of a battery."""
    return _number(system, _battery_kind(system), battery.number)


def _number(system: System, kind: DeviceKind, position: int) -> int:
    return _NUMBERS + 100 * system.system_id + _FIRST[kind] + position


def _battery_kind(system: System) -> DeviceKind:
    return "acb" if system.equipment.battery == "acb" else "encharge"


def _begun(system: System, day: int, now: float) -> bool:
    return day_start(system.place.timezone, day) <= now


def _status(report: Report) -> str:
    return "comm" if report.status == "comm" else "normal"


def _micros(system: System, report: Report) -> Iterator[Device]:
    heard = [gateways.last_report(system, report, envoy) for envoy in system.envoys]
    groups = [iter(group) for group in inverters.by_envoy(system, report)]
    for index in range(system.modules):
        position = index % len(groups)
        inverter = next(groups[position])
        last = heard[position] if report.operational_at is not None else None
        if last is not None:
            last -= draws.bits(draws.key(system.key, "heard"), index) % 300
        yield Device(
            "micro",
            inverter.inverter_id,
            inverter.serial_number,
            f"Microinverter {inverter.serial_number}",
            system.inverter.part_number,
            system.inverter.sku,
            system.inverter.model,
            system.inverter.model,
            "comm" if report.status == "comm" else inverter.status,
            last,
            gateway=system.envoys[position].serial_number,
        )


def _meters(system: System, report: Report, now: float) -> Iterator[Device]:
    troubled = report.status if report.status in ("comm", "meter", "meter_issue") else "normal"
    last = latest.measured_at(report)
    for meter in system.meters:
        if meter.in_service(now):
            yield _meter(system, meter.serial_number, "production", troubled, last)
    if system.consumption_meter is not None and system.consumption_meter.in_service(now):
        yield _meter(system, system.consumption_meter.serial_number, "consumption", _status(report), last)
    envoy = system.envoys[0].serial_number
    for measures in system.equipment.disabled_meters:
        if not (system.meters if measures == "production" else system.consumption_meter):
            yield _meter(system, f"{envoy}EIM{_CHANNEL_OF[measures]}", measures, "disabled", None)


def _meter(system: System, serial: str, measures: Measures, status: str, last: int | None) -> Device:
    return Device(
        "meter",
        meter_number(system, serial),
        serial,
        measures,
        _METER_PART_NUMBER,
        None,
        system.envoys[0].model,
        "RGM" if measures == "production" else "IQ Gateway",
        status,
        last,
        gateway=serial.rpartition("EIM")[0],
        measures=measures,
    )


def _gateways(system: System, report: Report) -> Iterator[Device]:
    for envoy in system.envoys:
        yield Device(
            "gateway",
            envoy.envoy_id,
            envoy.serial_number,
            f"Gateway {envoy.serial_number}",
            envoy.part_number,
            envoy.sku,
            envoy.model,
            "IQ Gateway",
            _status(report),
            gateways.last_report(system, report, envoy),
            modem=gateways.modem(system, envoy),
            firmware=gateways.FIRMWARE,
        )


def _others(system: System, report: Report) -> Iterator[Device]:
    equipment = system.equipment
    found = (
        (equipment.relay, _RELAYS[equipment.phases > 1]),
        (equipment.controller, _CONTROLLER),
        (equipment.collar, _COLLAR),
        (equipment.air, _AIR),
        (equipment.generator, _GENERATOR),
    )
    for there, other in found:
        if not there:
            continue
        reports = other.kind not in ("air", "generator")
        serial = "" if other.kind == "generator" else str(122_500_000_000 + _number(system, other.kind, 0) % 10**9)
        yield Device(
            other.kind,
            _number(system, other.kind, 0),
            serial,
            f"{other.name} {serial}".rstrip(),
            other.part_number,
            other.sku,
            other.model,
            other.product_name,
            _status(report) if reports else "normal",
            report.last_report_at if reports else None,
            gateway=system.envoys[0].serial_number,
        )


def _battery(system: System, report: Report, battery: Battery) -> Device:
    kind = _battery_kind(system)
    troubled = report.status in ("battery", "storage_idle") and battery.number == 0
    heard = report.last_report_at is not None and report.last_report_at >= battery.installed_at
    return Device(
        kind,
        battery_number(system, battery),
        battery.serial_number,
        f"{'AC' if kind == 'acb' else 'IQ'} Battery {battery.serial_number}",
        battery.model.part_number,
        battery.model.sku,
        "",
        battery.model.name,
        report.status if troubled else _status(report),
        report.last_report_at if heard else None,
        gateway=system.envoys[0].serial_number,
    )


def _charger(system: System, report: Report, charger: Charger) -> Device:
    own = charger.kind == "enphase"
    return Device(
        "ev_charger",
        None,
        charger.serial_number,
        f"IQ EV Charger {charger.number + 1}" if own else f"EV Charger_{charger.number + 1}",
        "800-00555 0303" if own else "",
        _ENPHASE_CHARGERS[system.equipment.phases > 1] if own else "",
        "IQ-EVSE-40R" if own else draws.choose(draws.key(system.key, "maker"), charger.number, _FOREIGN_CHARGERS),
        "IQ EV Charger" if own else "",
        _status(report),
        report.last_report_at,
        firmware="v0.04.22" if own else "",
    )


def _heat_pump(system: System, report: Report, now: float) -> Iterator[Device]:
    begin = loads.heat_pump_day(system)
    if begin is not None and _begun(system, begin, now):
        name, model = draws.choose(draws.key(system.key, "heat pump"), 3, _HEAT_PUMPS)
        yield Device("heat_pump", None, "", name, "", "", model, "", _status(report), report.last_report_at)
