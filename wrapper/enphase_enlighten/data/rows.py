"""The rows of the series: names, units and dates."""

from datetime import date, datetime
from typing import NamedTuple


class ProductionDay(NamedTuple):
    """The energy that a system produced on one day.

    Attributes:
        date: The day, in the system's timezone.
        production: Wh; None where the service has no value.

    Example:
        >>> days = client.energy_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
        >>> days[0].date.isoformat(), sum(day.production for day in days) > 0
        ('2024-06-01', True)
    """

    date: date
    production: int | None


class ProductionDayBySource(NamedTuple):
    """The energy that a system produced on one day, also as each source measured it.

    Attributes:
        date: The day, in the system's timezone.
        production: Wh, the merged series: microinverters until the first full day with a meter, then the meter.
        micro_production: Wh, as measured by the microinverters.
        meter_production: Wh, as measured by the meter; None before there was one.

    Example:
        >>> days = client.energy_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07", production="all")
        >>> [day.micro_production > 0 for day in days[:2]]
        [True, True]
    """

    date: date
    production: int | None
    micro_production: int | None
    meter_production: int | None


class ConsumptionDay(NamedTuple):
    """The energy that was consumed on one day.

    Attributes:
        date: The day, in the system's timezone.
        consumption: Wh; None where the service has no value.

    Example:
        >>> days = client.consumption_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
        >>> most = max(days, key=lambda day: day.consumption).date
    """

    date: date
    consumption: int | None


class StatsRow(NamedTuple):
    """One interval of 5 minutes, as reported by the microinverters.

    Attributes:
        end_at: The end of the interval, aware, in the system's timezone.
        powr: Mean power in W.
        enwh: Energy in Wh.
        devices_reporting: Microinverters that had reported.

    Example:
        >>> morning = client.stats(system_id, start_at="2024-06-01", end_at="2024-06-01T12:00")
        >>> highest = max(morning, key=lambda interval: interval.powr).end_at
    """

    end_at: datetime
    powr: int | None
    enwh: int | None
    devices_reporting: int | None


class RgmStatsRow(NamedTuple):
    """One interval of 15 minutes, as measured by the revenue-grade meters.

    Attributes:
        end_at: The end of the interval, aware, in the system's timezone.
        wh_del: Energy delivered, in Wh.
        devices_reporting: Meters that had reported.

    Example:
        >>> day = client.rgm_stats(system_id, start_at="2024-06-01", end_at="2024-06-02")
        >>> end_at, wh_del, devices_reporting = next(iter(day))
        >>> end_at.isoformat()
        '2024-06-01T00:15:00-07:00'
    """

    end_at: datetime
    wh_del: int | None
    devices_reporting: int | None


class ConsumptionStatsRow(NamedTuple):
    """One interval of 15 minutes, as measured by the consumption meters.

    Attributes:
        end_at: The end of the interval, aware, in the system's timezone.
        enwh: Energy consumed, in Wh.
        devices_reporting: Meters that had reported.

    Example:
        >>> day = client.consumption_stats(system_id, start_at="2024-06-01", end_at="2024-06-02")
        >>> len([interval.enwh for interval in day])
        96
    """

    end_at: datetime
    enwh: int | None
    devices_reporting: int | None


class BatteryDay(NamedTuple):
    """The energy that went into the batteries of a system on one day, and out of them.

    Attributes:
        date: The day, in the system's timezone.
        charge: Wh into the batteries; None where the service has no value.
        discharge: Wh out of them.

    Example:
        >>> days = client.battery_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
        >>> len(days), all(day.charge >= 0 for day in days)
        (7, True)
    """

    date: date
    charge: int | None
    discharge: int | None


class EnergyImportDay(NamedTuple):
    """The energy that came from the grid on one day.

    Attributes:
        date: The day, in the system's timezone.
        import_: Wh; None where the service has no value.

    Example:
        >>> days = client.energy_import_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
        >>> len(days), all(day.import_ >= 0 for day in days)
        (7, True)
    """

    date: date
    import_: int | None


class EnergyExportDay(NamedTuple):
    """The energy that went to the grid on one day.

    Attributes:
        date: The day, in the system's timezone.
        export: Wh; None where the service has no value.

    Example:
        >>> days = client.energy_export_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07")
        >>> len(days), all(day.export >= 0 for day in days)
        (7, True)
    """

    date: date
    export: int | None
