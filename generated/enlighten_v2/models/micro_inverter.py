from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.energy import Energy
from ..models.micro_inverter_status import MicroInverterStatus
from ..models.power_produced import PowerProduced
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "id",
        "model",
        "part_number",
        "serial_number",
        "sku",
        "status",
        "power_produced",
        "proc_load",
        "param_table",
        "envoy_serial_number",
        "energy",
        "grid_profile",
        "last_report_date",
    )
)


@_attrs_define
class MicroInverter(_types.Model):
    """One microinverter."""

    id: int
    """ID of the microinverter."""
    model: str
    """Model number of the microinverter."""
    part_number: str
    """Part number that Enphase gives the microinverter."""
    serial_number: str
    """Serial number of the microinverter."""
    sku: str
    """Stock keeping unit (SKU) of the microinverter."""
    status: MicroInverterStatus
    """Present status of the microinverter:
    * `normal` - It works as it should.
    * `power` - Its production has a problem.
    * `micro` - It does not report.
    * `retired` - It has been retired."""
    power_produced: int | PowerProduced
    """Power that the microinverter produces, with its unit."""
    proc_load: str
    """Text such as `undetermined-v`. The meaning is not documented."""
    param_table: str
    """Text such as `undetermined-v`. The meaning is not documented."""
    envoy_serial_number: str
    """Serial number of the Envoy that monitors the microinverter."""
    energy: Energy | int
    """Energy that the microinverter has produced over its lifetime, with its unit.
    Its `value` is 0 if the system has never produced energy."""
    grid_profile: str
    """Identifier of the microinverter's grid profile."""
    last_report_date: int | None | str
    """Time of the device's latest report; null if Enlighten has no report on record.
    Seconds since the Unix epoch by default."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "id": self.id,
                "model": self.model,
                "part_number": self.part_number,
                "serial_number": self.serial_number,
                "sku": self.sku,
                "status": self.status,
                "power_produced": self.power_produced,
                "proc_load": self.proc_load,
                "param_table": self.param_table,
                "envoy_serial_number": self.envoy_serial_number,
                "energy": self.energy,
                "grid_profile": self.grid_profile,
                "last_report_date": self.last_report_date,
            }
        )
        return src_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], deviations: list[_types.Deviation] | None = None) -> Self:
        """Read a JSON object, whatever is inside.

        What is missing becomes `UNSET`; what is not as specified stays as it came, and is added to `deviations`.
        """
        return cls._from_dicts([src_dict], deviations)[0]

    @classmethod
    def _from_dicts(
        cls, src_dicts: Sequence[Mapping[str, Any]], deviations: list[_types.Deviation] | None
    ) -> list[Self]:
        # A call for each would make a month of intervals take a tenth longer to read, and __init__ a fifth.
        _models = _types.blank(cls, len(src_dicts))
        for self, src_dict in zip(_models, src_dicts):
            try:
                id = src_dict["id"]
                model = src_dict["model"]
                part_number = src_dict["part_number"]
                serial_number = src_dict["serial_number"]
                sku = src_dict["sku"]
                status = src_dict["status"]
                power_produced = src_dict["power_produced"]
                proc_load = src_dict["proc_load"]
                param_table = src_dict["param_table"]
                envoy_serial_number = src_dict["envoy_serial_number"]
                energy = src_dict["energy"]
                grid_profile = src_dict["grid_profile"]
                last_report_date = src_dict["last_report_date"]
                _all_known = len(src_dict) == 13
            except KeyError:
                id = src_dict.get("id", UNSET)
                model = src_dict.get("model", UNSET)
                part_number = src_dict.get("part_number", UNSET)
                serial_number = src_dict.get("serial_number", UNSET)
                sku = src_dict.get("sku", UNSET)
                status = src_dict.get("status", UNSET)
                power_produced = src_dict.get("power_produced", UNSET)
                proc_load = src_dict.get("proc_load", UNSET)
                param_table = src_dict.get("param_table", UNSET)
                envoy_serial_number = src_dict.get("envoy_serial_number", UNSET)
                energy = src_dict.get("energy", UNSET)
                grid_profile = src_dict.get("grid_profile", UNSET)
                last_report_date = src_dict.get("last_report_date", UNSET)
                _all_known = False
            if type(id) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "id", id, "integer")
            self.id = id
            if type(model) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "model", model, "string")
            self.model = model
            if type(part_number) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "part_number", part_number, "string")
            self.part_number = part_number
            if type(serial_number) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "serial_number", serial_number, "string")
            self.serial_number = serial_number
            if type(sku) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "sku", sku, "string")
            self.sku = sku
            if type(status) is str:
                status = _members_of_MicroInverterStatus.get(status) or _types.read_enum(
                    MicroInverterStatus, status, deviations, src_dict, "status"
                )
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "status", status, "string")
            self.status = status
            if type(power_produced) is dict:
                power_produced = PowerProduced.from_dict(power_produced, deviations)
            elif type(power_produced) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "power_produced", power_produced, "object", "integer")
            self.power_produced = power_produced
            if type(proc_load) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "proc_load", proc_load, "string")
            self.proc_load = proc_load
            if type(param_table) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "param_table", param_table, "string")
            self.param_table = param_table
            if type(envoy_serial_number) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "envoy_serial_number", envoy_serial_number, "string")
            self.envoy_serial_number = envoy_serial_number
            if type(energy) is dict:
                energy = Energy.from_dict(energy, deviations)
            elif type(energy) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "energy", energy, "object", "integer")
            self.energy = energy
            if type(grid_profile) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "grid_profile", grid_profile, "string")
            self.grid_profile = grid_profile
            if (
                type(last_report_date) is not int
                and last_report_date is not None
                and type(last_report_date) is not str
                and deviations is not None
            ):
                _types.deviate(deviations, src_dict, "last_report_date", last_report_date, "integer", "null", "string")
            self.last_report_date = last_report_date
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models


# Looking a member up in the enumeration itself takes three times as long.
_members_of_MicroInverterStatus = MicroInverterStatus._value2member_map_
