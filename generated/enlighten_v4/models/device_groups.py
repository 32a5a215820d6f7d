from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.device import Device
from ..models.encharge_device import EnchargeDevice
from ..models.ev_charger_device import EvChargerDevice
from ..models.gateway_device import GatewayDevice
from ..models.heat_pump_device import HeatPumpDevice
from ..models.meter_device import MeterDevice
from ..models.micro_device import MicroDevice
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "micros",
        "meters",
        "gateways",
        "q_relays",
        "acbs",
        "encharges",
        "enpowers",
        "ev_chargers",
        "heat_pump",
        "iq_collars",
        "iq_air",
        "generators",
    )
)


@_attrs_define
class DeviceGroups(_types.Model):
    """Devices by kind. A kind that the system does not have is left out."""

    micros: list[MicroDevice] | Unset = UNSET
    meters: list[MeterDevice] | Unset = UNSET
    gateways: list[GatewayDevice] | Unset = UNSET
    q_relays: list[Device] | Unset = UNSET
    acbs: list[Device] | Unset = UNSET
    """First-generation AC batteries."""
    encharges: list[EnchargeDevice] | Unset = UNSET
    enpowers: list[Device] | Unset = UNSET
    """System controllers."""
    ev_chargers: list[EvChargerDevice] | Unset = UNSET
    heat_pump: list[HeatPumpDevice] | Unset = UNSET
    iq_collars: list[Device] | Unset = UNSET
    iq_air: list[Device] | Unset = UNSET
    generators: list[Device] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "micros": self.micros,
                "meters": self.meters,
                "gateways": self.gateways,
                "q_relays": self.q_relays,
                "acbs": self.acbs,
                "encharges": self.encharges,
                "enpowers": self.enpowers,
                "ev_chargers": self.ev_chargers,
                "heat_pump": self.heat_pump,
                "iq_collars": self.iq_collars,
                "iq_air": self.iq_air,
                "generators": self.generators,
            }
        )
        return src_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], deviations: list[_types.Deviation] | None = None) -> Self:
        """Read a JSON object, whatever is inside.

        What is missing becomes `UNSET`; what is not as specified stays as it came, and is added to `deviations`.
        """
        # Not through __init__, which takes longer.
        self = object.__new__(cls)
        micros = src_dict.get("micros", UNSET)
        meters = src_dict.get("meters", UNSET)
        gateways = src_dict.get("gateways", UNSET)
        q_relays = src_dict.get("q_relays", UNSET)
        acbs = src_dict.get("acbs", UNSET)
        encharges = src_dict.get("encharges", UNSET)
        enpowers = src_dict.get("enpowers", UNSET)
        ev_chargers = src_dict.get("ev_chargers", UNSET)
        heat_pump = src_dict.get("heat_pump", UNSET)
        iq_collars = src_dict.get("iq_collars", UNSET)
        iq_air = src_dict.get("iq_air", UNSET)
        generators = src_dict.get("generators", UNSET)
        if type(micros) is list:
            micros = _types.read_objects(MicroDevice, micros, deviations)
        elif micros is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "micros", micros, "array")
        self.micros = micros
        if type(meters) is list:
            meters = _types.read_objects(MeterDevice, meters, deviations)
        elif meters is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meters", meters, "array")
        self.meters = meters
        if type(gateways) is list:
            gateways = _types.read_objects(GatewayDevice, gateways, deviations)
        elif gateways is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "gateways", gateways, "array")
        self.gateways = gateways
        if type(q_relays) is list:
            q_relays = _types.read_objects(Device, q_relays, deviations)
        elif q_relays is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "q_relays", q_relays, "array")
        self.q_relays = q_relays
        if type(acbs) is list:
            acbs = _types.read_objects(Device, acbs, deviations)
        elif acbs is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "acbs", acbs, "array")
        self.acbs = acbs
        if type(encharges) is list:
            encharges = _types.read_objects(EnchargeDevice, encharges, deviations)
        elif encharges is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "encharges", encharges, "array")
        self.encharges = encharges
        if type(enpowers) is list:
            enpowers = _types.read_objects(Device, enpowers, deviations)
        elif enpowers is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "enpowers", enpowers, "array")
        self.enpowers = enpowers
        if type(ev_chargers) is list:
            ev_chargers = _types.read_objects(EvChargerDevice, ev_chargers, deviations)
        elif ev_chargers is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "ev_chargers", ev_chargers, "array")
        self.ev_chargers = ev_chargers
        if type(heat_pump) is list:
            heat_pump = _types.read_objects(HeatPumpDevice, heat_pump, deviations)
        elif heat_pump is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "heat_pump", heat_pump, "array")
        self.heat_pump = heat_pump
        if type(iq_collars) is list:
            iq_collars = _types.read_objects(Device, iq_collars, deviations)
        elif iq_collars is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "iq_collars", iq_collars, "array")
        self.iq_collars = iq_collars
        if type(iq_air) is list:
            iq_air = _types.read_objects(Device, iq_air, deviations)
        elif iq_air is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "iq_air", iq_air, "array")
        self.iq_air = iq_air
        if type(generators) is list:
            generators = _types.read_objects(Device, generators, deviations)
        elif generators is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "generators", generators, "array")
        self.generators = generators
        self._additional = None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
