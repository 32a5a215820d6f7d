"""The rows of telemetry: names, units and times."""

from datetime import datetime
from typing import NamedTuple


class ProductionMeterRow(NamedTuple):
    """One interval of 15 minutes, as measured by the production meters.

    Attributes:
        end_at: The end of the interval, aware, in the system's timezone.
        wh_del: Energy delivered, in Wh.
        devices_reporting: Meters that had reported.

    Example:
        >>> day = client.production_meter_telemetry(system_id, start_at="2024-06-01", end_at="2024-06-02")
        >>> energy = sum(interval.wh_del or 0 for interval in day)  # Wh
    """

    end_at: datetime
    wh_del: int | None
    devices_reporting: int | None


class BatteryRow(NamedTuple):
    """One interval of 15 minutes of a battery, or of all batteries of a system.

    Attributes:
        end_at: The end of the interval, aware, in the system's timezone.
        charge: Energy into the battery, in Wh.
        discharge: Energy out of it, in Wh.
        soc: State of charge at the end, in percent.

    Example:
        >>> day = client.battery_telemetry(system_id, start_at="2024-06-01", end_at="2024-06-02")
        >>> energy = sum(interval.charge or 0 for interval in day)  # Wh
    """

    end_at: datetime
    charge: int | None
    discharge: int | None
    soc: int | None


class EnergyImportRow(NamedTuple):
    """One interval of 15 minutes of energy from the grid.

    Attributes:
        end_at: The end of the interval, aware, in the system's timezone.
        wh_imported: Wh.

    Example:
        >>> day = client.energy_import_telemetry(system_id, start_at="2024-06-01", end_at="2024-06-02")
        >>> energy = sum(interval.wh_imported or 0 for interval in day)  # Wh
    """

    end_at: datetime
    wh_imported: int | None


class EnergyExportRow(NamedTuple):
    """One interval of 15 minutes of energy to the grid.

    Attributes:
        end_at: The end of the interval, aware, in the system's timezone.
        wh_exported: Wh.

    Example:
        >>> day = client.energy_export_telemetry(system_id, start_at="2024-06-01", end_at="2024-06-02")
        >>> energy = sum(interval.wh_exported or 0 for interval in day)  # Wh
    """

    end_at: datetime
    wh_exported: int | None


class MicroRow(NamedTuple):
    """One interval of 5 minutes of one microinverter.

    Attributes:
        end_at: The end of the interval, aware, in the system's timezone.
        powr: Mean power in W.
        enwh: Energy in Wh.

    Example:
        >>> day = client.micro_telemetry(system_id, serial_no, start_at="2024-06-01", end_at="2024-06-02")
        >>> energy = sum(interval.enwh or 0 for interval in day)  # Wh
    """

    end_at: datetime
    powr: int | None
    enwh: int | None


class MicrosRow(NamedTuple):
    """One interval of 5 minutes of one of a system's microinverters.

    Attributes:
        end_at: The end of the interval, aware, in the system's timezone.
        serial_number: The microinverter.
        powr: Mean power in W.
        enwh: Energy in Wh.

    Example:
        >>> day = client.micros_telemetry(system_id, start_at="2024-06-01", end_at="2024-06-02")
        >>> energy = sum(interval.enwh or 0 for interval in day)  # Wh
    """

    end_at: datetime
    serial_number: str
    powr: int | None
    enwh: int | None


class ConsumedRow(NamedTuple):
    """One interval of what an EV charger or a heat pump consumed.

    Attributes:
        end_at: The end of the interval, aware, in the system's timezone.
        wh_consumed: Wh; below 0 where a car fed energy back.

    Example:
        >>> day = client.evse_telemetry(system_id, serial_no, start_at="2024-06-01", end_at="2024-06-02")
        >>> energy = sum(interval.wh_consumed or 0 for interval in day)  # Wh
    """

    end_at: datetime
    wh_consumed: int | None


class EvChargerRow(NamedTuple):
    """One interval of 15 minutes of an EV charger.

    Attributes:
        end_at: The end of the interval, aware, in the system's timezone.
        consumption: Wh.

    Example:
        >>> day = client.ev_charger_telemetry(system_id, serial_no, start_at="2024-06-01", end_at="2024-06-02")
        >>> energy = sum(interval.consumption or 0 for interval in day)  # Wh
    """

    end_at: datetime
    consumption: int | None
