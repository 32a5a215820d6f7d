"""Operations that tell of intervals of 5 or 15 minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from enlighten_mock import consumption, draws, production
from enlighten_mock.days import day_at, day_start, shift
from enlighten_mock.operations.devices import in_service, not_reporting
from enlighten_mock.operations.energy import refuse_consumption
from enlighten_mock.refusals import INVALID_RANGE, out_of_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from enlighten_mock.call import Call, Json
    from enlighten_mock.system import Meter, System

_DAY = 86_400
_LONGEST_RGM = 7 * _DAY
_DUSK = 0.03  # share of the rated power below which not every microinverter is awake


class Period(NamedTuple):
    """The intervals of a request: those that end after `start` and not after `end`, in epoch seconds."""

    start: int
    end: int


def stats(call: Call) -> Json:
    """Give the microinverters' production every 5 minutes; a period of more than 24 hours is cut.

    A period before the first interval or after the last one is refused with 422 and the range that there is,
    except that a plain fleet answers a request with default times with an empty list. A system that never
    produced has no microinverters to tell of: an empty list.
    """
    system, state = call.system, call.report
    body: dict[str, Json] = {
        "system_id": system.system_id,
        "total_devices": system.modules,
        "meta": call.meta,
        "intervals": [],
    }
    period = _period(call, production.STEP)
    if period is None or state.operational_at is None or state.last_interval_at is None:
        return body
    defaults = "start_at" not in call.values and "end_at" not in call.values
    late = period.start >= state.last_interval_at
    if (late or period.end < state.operational_at) and not (call.plain and defaults):
        raise out_of_range(
            "Requested start is after the last reported interval"
            if late
            else "Requested end is before the first interval of this system",
            start_at=period.start,
            end_at=period.end,
            first_interval=state.operational_at,
            last_interval=state.last_interval_at,
        )
    start = max(period.start, day_start(system.place.timezone, system.operational_day))
    body["intervals"] = _micro_intervals(system, Period(start, min(period.end, start + _DAY, state.last_interval_at)))
    return body


def rgm_stats(call: Call) -> Json:
    """Give the production meters' measurements in intervals of 15 minutes; more than 7 days are refused.

    Meters measure at night too, and then nothing. A system whose meter does not communicate well has nulls
    there.
    """
    system, state = call.system, call.report
    meters = [meter for meter in system.meters if meter.installed_at <= call.now]
    body: dict[str, Json] = {
        "system_id": system.system_id,
        "total_devices": sum(in_service(meter, call.now) for meter in meters),
        "meta": call.meta,
        "intervals": [],
        "meter_intervals": [],
    }
    period = _period(call, production.METER_STEP, longest=_LONGEST_RGM)
    if period is None or state.last_report_at is None or not meters:
        return body
    period = Period(period.start, min(period.end, state.last_report_at))
    energy: dict[int, int] = {}
    reporting: dict[int, int] = {}
    for meter in meters:
        intervals = list(_meter_intervals(system, meter, period))
        body["meter_intervals"].append(
            {
                "meter_serial_number": meter.serial_number,
                "envoy_serial_number": meter.envoy_serial_number,
                "intervals": intervals,
            }
        )
        for interval in intervals:
            if interval["wh_del"] is not None:
                end_at = interval["end_at"]
                energy[end_at] = energy.get(end_at, 0) + interval["wh_del"]
                reporting[end_at] = reporting.get(end_at, 0) + 1
    body["intervals"] = [
        {"end_at": end_at, "wh_del": energy[end_at], "devices_reporting": reporting[end_at]}
        for end_at in sorted(energy)
    ]
    return body


def consumption_stats(call: Call) -> Json:
    """Give the consumption every 15 minutes; a period of more than a month of local time is cut.

    A system without a meter is answered with an empty list, 204, 401 or 404, which of them is a property of the
    system.
    """
    system, state = call.system, call.report
    refuse_consumption(call)
    meter = system.consumption_meter
    if meter is None and system.consumption_refusal == "no_content":
        return None
    body: dict[str, Json] = {
        "system_id": system.system_id,
        "total_devices": int(meter is not None and in_service(meter, call.now)),
        "meta": call.meta,
        "intervals": [],
    }
    period = _period(call, consumption.STEP)
    if period is None or meter is None or state.last_report_at is None or period.start >= state.last_report_at:
        return body
    start = max(period.start, meter.installed_at)
    end = min(period.end, int(shift(system.place.timezone, start, months=1)), state.last_report_at)
    for number, first in _days(system, Period(start, end)):
        marks = consumption.day(system, number)
        body["intervals"] += [
            {"end_at": end_at, "enwh": enwh, "devices_reporting": 1}
            for end_at, enwh in _steps(marks, first, consumption.STEP)
            if start < end_at <= end
        ]
    return body


def _period(call: Call, step: int, longest: int | None = None) -> Period | None:
    """Return the period that a request means, on the grid of `step` seconds; None if it starts too long ago.

    Raises:
        RefusedError: It ends before it starts, or is longer than `longest` seconds (422).
    """
    timezone = call.system.place.timezone
    asked_start = call.optional("start_at", int, day_start(timezone, call.today))
    asked_end = call.optional("end_at", int, int(call.now))
    start, end = asked_start // step * step, min(asked_end, int(call.now)) // step * step
    if asked_end < asked_start and not (asked_start > call.now and "end_at" not in call.values):
        raise out_of_range(INVALID_RANGE, start_at=start, end_at=asked_end // step * step)
    if longest is not None and end - start > longest:
        raise out_of_range(
            f"Requested date range in one API hit cannot be more than 7 days. {{:start_at=>{start}, :end_at=>{end}}}"
        )
    if asked_start < shift(timezone, call.now, years=-1):
        return None
    return Period(start, end)


def _days(system: System, period: Period) -> Iterator[tuple[int, int]]:
    """Yield the local days that a period touches, each with its first second."""
    if period.start >= period.end:
        return
    timezone = system.place.timezone
    for number in range(day_at(timezone, period.start), day_at(timezone, period.end) + 1):
        yield number, day_start(timezone, number)


def _steps(marks: NDArray[np.int64], first: int, step: int) -> Iterator[tuple[int, int]]:
    """Yield the end of each interval and its energy, from the energy until each mark."""
    energies = (marks[1:] - marks[:-1]).tolist()
    return zip(range(first + step, first + step * len(marks), step), energies, strict=True)


def _micro_intervals(system: System, period: Period) -> list[Json]:
    intervals: list[Json] = []
    devices = system.modules - not_reporting(system)
    dusk = system.size_w * _DUSK
    for number, first in _days(system, period):
        day = production.day(system, number)
        of = draws.key(system.key, "awake", number)
        rows = zip(
            _steps(day.energy, first, production.STEP),
            day.power.tolist(),
            day.reporting.tolist(),
            strict=True,
        )
        for index, ((end_at, enwh), powr, reporting) in enumerate(rows):
            if reporting and period.start < end_at <= period.end:
                awake = devices if powr >= dusk else max(1, int(devices * draws.between(of, index, 0.4, 1.0)))
                intervals.append({"end_at": end_at, "powr": powr, "enwh": enwh, "devices_reporting": awake})
    return intervals


def _meter_intervals(system: System, meter: Meter, period: Period) -> Iterator[dict[str, Json]]:
    loses = system.condition in ("meter", "meter_issue")
    for number, first in _days(system, period):
        if meter.retired_at is not None and first >= meter.retired_at:
            return
        of = draws.key(system.key, meter.serial_number, number)
        marks = production.meter_day(system, meter, number)
        for index, (end_at, energy) in enumerate(_steps(marks, first, production.METER_STEP)):
            if not max(period.start, meter.installed_at) < end_at <= period.end:
                continue
            # Only where there was nothing to measure, so that the odometer still tells the sum of all
            # intervals.
            lost = loses and energy == 0 and draws.chance(of, index, 0.3)
            yield {
                "channel": 1,
                "end_at": end_at,
                "wh_del": None if lost else energy,
                "curr_w": None if lost else energy * 4,
            }
