from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.evse_power import EvsePower
from ..models.summary_source import SummarySource
from ..models.system_status import SystemStatus
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "current_power",
        "energy_lifetime",
        "energy_today",
        "last_interval_end_at",
        "last_report_at",
        "modules",
        "operational_at",
        "size_w",
        "source",
        "status",
        "summary_date",
        "nmi",
        "battery_charge_w",
        "battery_discharge_w",
        "battery_capacity_wh",
        "evse_power",
    )
)


@_attrs_define
class SummaryResponse(_types.Model):
    system_id: int
    """Number of the system."""
    current_power: int
    """Production right now in watts. 0 when summary_date is in the past."""
    energy_lifetime: int
    """Energy in watt-hours up to the end of the day before summary_date."""
    energy_today: int
    """Energy in watt-hours on summary_date."""
    last_interval_end_at: int | None
    """End of the last interval with known production; may lag last_report_at. Unix time in seconds."""
    last_report_at: int | None
    """When a gateway last reported. Unix time in seconds."""
    modules: int
    """Number of modules. 0 when summary_date is in the past."""
    operational_at: int | None
    """When the system went live. Unix time in seconds."""
    size_w: int
    """Size in watts. 0 when summary_date is in the past."""
    source: SummarySource
    """Whether microinverters or a meter measured the energy."""
    status: SystemStatus
    """State of a system or site as the vendor's status table names it. The table has grown several times;
    treat an unknown word as valid."""
    summary_date: datetime.date
    """Day the answer is about."""
    nmi: None | str | Unset = UNSET
    """National meter identifier (Australia). Declared an integer, shown as a text; null elsewhere."""
    battery_charge_w: int | Unset = UNSET
    """Highest charging power of all batteries in watts. 0 without batteries."""
    battery_discharge_w: int | Unset = UNSET
    """Highest discharging power of all batteries in watts. 0 without batteries."""
    battery_capacity_wh: int | Unset = UNSET
    """Capacity of all batteries in watt-hours. 0 without batteries."""
    evse_power: list[EvsePower] | Unset = UNSET
    """One object per EV charger, keyed by its serial number. Left out when there is none."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "current_power": self.current_power,
                "energy_lifetime": self.energy_lifetime,
                "energy_today": self.energy_today,
                "last_interval_end_at": self.last_interval_end_at,
                "last_report_at": self.last_report_at,
                "modules": self.modules,
                "operational_at": self.operational_at,
                "size_w": self.size_w,
                "source": self.source,
                "status": self.status,
                "summary_date": self.summary_date,
                "nmi": self.nmi,
                "battery_charge_w": self.battery_charge_w,
                "battery_discharge_w": self.battery_discharge_w,
                "battery_capacity_wh": self.battery_capacity_wh,
                "evse_power": self.evse_power,
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
        nmi = src_dict.get("nmi", UNSET)
        battery_charge_w = src_dict.get("battery_charge_w", UNSET)
        battery_discharge_w = src_dict.get("battery_discharge_w", UNSET)
        battery_capacity_wh = src_dict.get("battery_capacity_wh", UNSET)
        evse_power = src_dict.get("evse_power", UNSET)
        try:
            system_id = src_dict["system_id"]
            current_power = src_dict["current_power"]
            energy_lifetime = src_dict["energy_lifetime"]
            energy_today = src_dict["energy_today"]
            last_interval_end_at = src_dict["last_interval_end_at"]
            last_report_at = src_dict["last_report_at"]
            modules = src_dict["modules"]
            operational_at = src_dict["operational_at"]
            size_w = src_dict["size_w"]
            source = src_dict["source"]
            status = src_dict["status"]
            summary_date = src_dict["summary_date"]
            _all_known = len(src_dict) == 12 + (nmi is not UNSET) + (battery_charge_w is not UNSET) + (
                battery_discharge_w is not UNSET
            ) + (battery_capacity_wh is not UNSET) + (evse_power is not UNSET)
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            current_power = src_dict.get("current_power", UNSET)
            energy_lifetime = src_dict.get("energy_lifetime", UNSET)
            energy_today = src_dict.get("energy_today", UNSET)
            last_interval_end_at = src_dict.get("last_interval_end_at", UNSET)
            last_report_at = src_dict.get("last_report_at", UNSET)
            modules = src_dict.get("modules", UNSET)
            operational_at = src_dict.get("operational_at", UNSET)
            size_w = src_dict.get("size_w", UNSET)
            source = src_dict.get("source", UNSET)
            status = src_dict.get("status", UNSET)
            summary_date = src_dict.get("summary_date", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(current_power) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "current_power", current_power, "integer")
        self.current_power = current_power
        if type(energy_lifetime) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "energy_lifetime", energy_lifetime, "integer")
        self.energy_lifetime = energy_lifetime
        if type(energy_today) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "energy_today", energy_today, "integer")
        self.energy_today = energy_today
        if type(last_interval_end_at) is not int and last_interval_end_at is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "last_interval_end_at", last_interval_end_at, "integer", "null")
        self.last_interval_end_at = last_interval_end_at
        if type(last_report_at) is not int and last_report_at is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "last_report_at", last_report_at, "integer", "null")
        self.last_report_at = last_report_at
        if type(modules) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "modules", modules, "integer")
        self.modules = modules
        if type(operational_at) is not int and operational_at is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "operational_at", operational_at, "integer", "null")
        self.operational_at = operational_at
        if type(size_w) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "size_w", size_w, "integer")
        self.size_w = size_w
        if type(source) is str:
            source = _members_of_SummarySource.get(source) or _types.read_enum(
                SummarySource, source, deviations, src_dict, "source"
            )
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "source", source, "string")
        self.source = source
        if type(status) is str:
            status = _members_of_SystemStatus.get(status) or _types.read_enum(
                SystemStatus, status, deviations, src_dict, "status"
            )
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "status", status, "string")
        self.status = status
        if type(summary_date) is str:
            summary_date = _types.read_date(summary_date, deviations, src_dict, "summary_date")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "summary_date", summary_date, "string")
        self.summary_date = summary_date
        if type(nmi) is not str and nmi is not None and nmi is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "nmi", nmi, "string", "null")
        self.nmi = nmi
        if type(battery_charge_w) is not int and battery_charge_w is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "battery_charge_w", battery_charge_w, "integer")
        self.battery_charge_w = battery_charge_w
        if type(battery_discharge_w) is not int and battery_discharge_w is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "battery_discharge_w", battery_discharge_w, "integer")
        self.battery_discharge_w = battery_discharge_w
        if type(battery_capacity_wh) is not int and battery_capacity_wh is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "battery_capacity_wh", battery_capacity_wh, "integer")
        self.battery_capacity_wh = battery_capacity_wh
        if type(evse_power) is list:
            evse_power = _types.read_objects(EvsePower, evse_power, deviations)
        elif evse_power is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "evse_power", evse_power, "array")
        self.evse_power = evse_power
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_SummarySource = SummarySource._value2member_map_
_members_of_SystemStatus = SystemStatus._value2member_map_
