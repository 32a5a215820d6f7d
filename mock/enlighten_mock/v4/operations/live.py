"""The operation that streams what flows at a site, second by second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enlighten_mock.service.exchange import Stream
from enlighten_mock.v4.error_bodies import STREAM_REFUSALS, no_stream, stream_body, stream_time
from enlighten_mock.world import batteries, live
from enlighten_mock.world.sites import battery_settings

if TYPE_CHECKING:
    from enlighten_mock.service.exchange import Json
    from enlighten_mock.v4.call import Call

_SHORTEST = 30
_MODES = {"self_consumption": "Self - Consumption", "savings": "Savings Mode", "full_backup": "Full Backup"}


def live_data(call: Call) -> Json:
    """Stream a reading each second for as long as the header `duration` says.

    Raises:
        ServiceError: The system has no stream, with statuses of its own.
    """
    duration = call.optional("duration", int, _SHORTEST)
    if call.report.status == "comm":
        raise no_stream(STREAM_REFUSALS[473], call.now)
    system = call.system
    is_metered = any(meter.in_service(call.now) for meter in system.meters)
    if not is_metered or live.reading(system, call.now) is None:
        raise no_stream(STREAM_REFUSALS[472], call.now)
    moments = [call.now + second for second in range(1, duration + 1)]
    return Stream([_event(call, moment) for moment in moments], [1.0] * duration)


def _event(call: Call, moment: float) -> Json:
    system = call.system
    reading = live.reading(system, moment)
    if reading is None:
        return stream_body(STREAM_REFUSALS[550], moment)
    storage = batteries.storage_of(system)
    return {
        "data": {
            "data": {
                "battery_mode": _MODES[battery_settings(system).mode] if storage else "",
                "battery_power": reading.battery,
                "battery_soc": reading.state_of_charge or 0,
                "consumption_power": reading.consumption,
                "envoy_serial_number": [envoy.serial_number for envoy in system.envoys],
                "generator_power": 0,
                "grid_power": reading.grid,
                "grid_status": "On Grid",
                "pv_power": reading.production,
                "system_id": system.system_id,
            },
            "timestamp_epoch": int(moment * 1000),
            "timestamp_utc": stream_time(moment),
            "type": "response",
        }
    }
