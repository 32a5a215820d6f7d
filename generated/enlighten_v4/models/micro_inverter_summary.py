from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.micro_inverter_summary_status import MicroInverterSummaryStatus
from ..models.quantity import Quantity
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "id",
        "serial_number",
        "model",
        "status",
        "power_produced",
        "envoy_serial_number",
        "energy",
        "last_report_date",
        "part_number",
        "sku",
        "proc_load",
        "param_table",
        "grid_profile",
    )
)


@_attrs_define
class MicroInverterSummary(_types.Model):
    id: int
    """Number of the microinverter."""
    serial_number: str
    """Serial number."""
    model: str
    """Model."""
    status: MicroInverterSummaryStatus
    """State."""
    power_produced: int | Quantity
    """Power right now. An object as a rule; the vendor's own example also has a bare number."""
    envoy_serial_number: str
    """Gateway it reports to."""
    energy: Quantity
    last_report_date: int | None | str
    """Last report: Unix seconds in the current description, an ISO 8601 text with a US Pacific offset in
    answers of 2023."""
    part_number: str | Unset = UNSET
    """Part number."""
    sku: None | str | Unset = UNSET
    """Article code."""
    proc_load: str | Unset = UNSET
    """Firmware load."""
    param_table: str | Unset = UNSET
    """Parameter table."""
    grid_profile: None | str | Unset = UNSET
    """Grid profile: an identifier or a name."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "id": self.id,
                "serial_number": self.serial_number,
                "model": self.model,
                "status": self.status,
                "power_produced": self.power_produced,
                "envoy_serial_number": self.envoy_serial_number,
                "energy": self.energy,
                "last_report_date": self.last_report_date,
                "part_number": self.part_number,
                "sku": self.sku,
                "proc_load": self.proc_load,
                "param_table": self.param_table,
                "grid_profile": self.grid_profile,
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
            part_number = src_dict.get("part_number", UNSET)
            sku = src_dict.get("sku", UNSET)
            proc_load = src_dict.get("proc_load", UNSET)
            param_table = src_dict.get("param_table", UNSET)
            grid_profile = src_dict.get("grid_profile", UNSET)
            try:
                id = src_dict["id"]
                serial_number = src_dict["serial_number"]
                model = src_dict["model"]
                status = src_dict["status"]
                power_produced = src_dict["power_produced"]
                envoy_serial_number = src_dict["envoy_serial_number"]
                energy = src_dict["energy"]
                last_report_date = src_dict["last_report_date"]
                _all_known = len(src_dict) == 8 + (part_number is not UNSET) + (sku is not UNSET) + (
                    proc_load is not UNSET
                ) + (param_table is not UNSET) + (grid_profile is not UNSET)
            except KeyError:
                id = src_dict.get("id", UNSET)
                serial_number = src_dict.get("serial_number", UNSET)
                model = src_dict.get("model", UNSET)
                status = src_dict.get("status", UNSET)
                power_produced = src_dict.get("power_produced", UNSET)
                envoy_serial_number = src_dict.get("envoy_serial_number", UNSET)
                energy = src_dict.get("energy", UNSET)
                last_report_date = src_dict.get("last_report_date", UNSET)
                _all_known = False
            if type(id) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "id", id, "integer")
            self.id = id
            if type(serial_number) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "serial_number", serial_number, "string")
            self.serial_number = serial_number
            if type(model) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "model", model, "string")
            self.model = model
            if type(status) is str:
                status = _members_of_MicroInverterSummaryStatus.get(status) or _types.read_enum(
                    MicroInverterSummaryStatus, status, deviations, src_dict, "status"
                )
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "status", status, "string")
            self.status = status
            if type(power_produced) is dict:
                power_produced = Quantity.from_dict(power_produced, deviations)
            elif type(power_produced) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "power_produced", power_produced, "object", "integer")
            self.power_produced = power_produced
            if type(envoy_serial_number) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "envoy_serial_number", envoy_serial_number, "string")
            self.envoy_serial_number = envoy_serial_number
            if type(energy) is dict:
                energy = Quantity.from_dict(energy, deviations)
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "energy", energy, "object")
            self.energy = energy
            if (
                type(last_report_date) is not int
                and last_report_date is not None
                and type(last_report_date) is not str
                and deviations is not None
            ):
                _types.deviate(deviations, src_dict, "last_report_date", last_report_date, "integer", "null", "string")
            self.last_report_date = last_report_date
            if type(part_number) is not str and part_number is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "part_number", part_number, "string")
            self.part_number = part_number
            if type(sku) is not str and sku is not None and sku is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "sku", sku, "string", "null")
            self.sku = sku
            if type(proc_load) is not str and proc_load is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "proc_load", proc_load, "string")
            self.proc_load = proc_load
            if type(param_table) is not str and param_table is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "param_table", param_table, "string")
            self.param_table = param_table
            if (
                type(grid_profile) is not str
                and grid_profile is not None
                and grid_profile is not UNSET
                and deviations is not None
            ):
                _types.deviate(deviations, src_dict, "grid_profile", grid_profile, "string", "null")
            self.grid_profile = grid_profile
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models


# Looking a member up in the enumeration itself takes three times as long.
_members_of_MicroInverterSummaryStatus = MicroInverterSummaryStatus._value2member_map_
