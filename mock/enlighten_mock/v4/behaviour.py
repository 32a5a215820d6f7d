"""The switches of API v4: what is not known of the real service, or is weakly known, can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Which of several ways the service has.

    Attributes:
        week: A granularity of a week is `honoured`, `cut` to a day, or `refused` with 422.
        week_days: A week is 604,800 `seconds`, or seven `local` days, which differ where the clocks change.
        long_range: A range of more than a week, where both ends are given, is `refused` with 422, or `cut`.
        unfinished_end: The end of a window that is not over is that of the `last_interval`, or `now`.
        running_interval: The interval that runs at the end of a window is `left_out`, or `included`.
        telemetry_end_at: `end_at`, where the document has it only by observation, is `honoured` or `ignored`.
        nested: Intervals of chargers and heat pumps come `flat`, or nested by local day.
        empty_nested: Nested intervals without any are one `inner` list that is empty, or `none`.
        page_behind_end: A page behind the end is `empty`, 404 `not_found`, 422 `unprocessable`, or the `last` page.
        search_size: The largest page of a search, 1000 or 100; more is refused.
        without_battery: Telemetry and lifetime of a system without a battery are `empty`, or 422 `unprocessable`.
        without_meter: Those of a system without a consumption meter are `empty`, or 404 `not_found`.
        battery_power: In the latest telemetry, positive is a `discharge`, or a `charge`.
        single_day: A lifetime whose start and end are both yesterday is `answered`, `empty`, or `refused` with 422.
        yesterday_from_hour: The local hour before which a lifetime that ends by default lacks yesterday; about 17 has
            been seen.
        lifetime_source: A metered system's lifetime is `merged` of microinverters and meters, or of the `micro`
            inverters alone.
        event_months: How far back events and alarms go, 9 or 6.
        key_in_header: Whether the key is taken from the header `key` too.
        period_fields: Whether 429 tells the period and the limit.
        retry_after: Whether 429 has `Retry-After`.
        head: HEAD is `refused` with 405, or `served` like GET.
        report_dates: The last report of a microinverter is an `epoch` or, as until 2023, `iso` text.
        bare_power: Whether the power of every other microinverter is a bare number, as in the vendor's example.
    """

    week: Literal["honoured", "cut", "refused"] = "honoured"
    week_days: Literal["seconds", "local"] = "seconds"
    long_range: Literal["refused", "cut"] = "refused"
    unfinished_end: Literal["last_interval", "now"] = "last_interval"
    running_interval: Literal["left_out", "included"] = "left_out"
    telemetry_end_at: Literal["honoured", "ignored"] = "honoured"
    nested: Literal["flat", "nested"] = "flat"
    empty_nested: Literal["inner", "none"] = "inner"
    page_behind_end: Literal["empty", "not_found", "unprocessable", "last"] = "empty"
    search_size: Literal[1000, 100] = 1000
    without_battery: Literal["empty", "unprocessable"] = "empty"
    without_meter: Literal["empty", "not_found"] = "empty"
    battery_power: Literal["discharge", "charge"] = "discharge"
    single_day: Literal["answered", "empty", "refused"] = "answered"
    yesterday_from_hour: int = 0
    lifetime_source: Literal["merged", "micro"] = "merged"
    event_months: Literal[9, 6] = 9
    key_in_header: bool = True
    period_fields: bool = True
    retry_after: bool = False
    head: Literal["refused", "served"] = "refused"
    report_dates: Literal["epoch", "iso"] = "epoch"
    bare_power: bool = False
