"""Bodies of the service, made quickly, for servers that are not themselves to be measured.

The figures in them mean nothing; sizes, shapes and types are those of the service.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

DAY = 86_400
SYSTEM = 67
START = 1_717_200_000
"""A midnight (UTC), where nothing says when."""

_META = {"status": "normal", "last_report_at": 1445619615, "last_energy_at": 1445619033, "operational_at": 1357023600}

Params = Mapping[str, str]


def stats(start: int, end: int) -> bytes:
    """Return the intervals of 5 minutes of a range."""
    intervals = [
        {"end_at": at, "powr": 3000 + at // 300 % 997, "enwh": 250 + at // 300 % 83, "devices_reporting": 20}
        for at in _ends(start, end, 300)
    ]
    return _encoded({"system_id": SYSTEM, "total_devices": 20, "meta": _META, "intervals": intervals})


def rgm_stats(start: int, end: int, meters: int = 2) -> bytes:
    """Return the intervals of 15 minutes of a range, of all meters together and of each."""
    ends = _ends(start, end, 900)
    intervals = [{"end_at": at, "wh_del": 700 + at // 900 % 211, "devices_reporting": meters} for at in ends]
    by_meter = [
        {
            "meter_serial_number": f"12112700610{meter}EIM1",
            "envoy_serial_number": "121127006100",
            "intervals": [
                {"channel": 1, "end_at": at, "wh_del": 350 + at // 900 % 211, "curr_w": 1400 + at // 900 % 587}
                for at in ends
            ],
        }
        for meter in range(meters)
    ]
    return _encoded(
        {
            "system_id": SYSTEM,
            "total_devices": meters,
            "meta": _META,
            "intervals": intervals,
            "meter_intervals": by_meter,
        }
    )


def consumption_stats(start: int, end: int) -> bytes:
    """Return the intervals of 15 minutes of a range, as consumed."""
    intervals = [{"end_at": at, "enwh": 500 + at // 900 % 211, "devices_reporting": 1} for at in _ends(start, end, 900)]
    return _encoded({"system_id": SYSTEM, "total_devices": 1, "meta": _META, "intervals": intervals})


def summary() -> bytes:
    """Return a small body."""
    return _encoded(
        {
            "system_id": SYSTEM,
            "current_power": 3120,
            "energy_lifetime": 91_234_567,
            "energy_today": 12_345,
            "last_interval_end_at": 1445619600,
            "last_report_at": 1445619615,
            "modules": 20,
            "operational_at": 1357023600,
            "size_w": 4000,
            "source": "microinverters",
            "status": "normal",
            "summary_date": "2015-10-23",
        }
    )


def systems(fleet: int, page_size: int, first: int = 0) -> bytes:
    """Return a page of a fleet.

    Args:
        fleet: How many systems there are.
        page_size: How many a page has at most.
        first: The number of the first of this page.
    """
    following = first + page_size
    listed = [_system(number) for number in range(first, min(following, fleet))]
    page: dict[str, Any] = {"systems": listed}
    if following < fleet:
        page["next"] = str(following)
    return _encoded(page)


def answer(target: str) -> bytes:
    """Return the body for a request.

    Args:
        target: Path and query. The path may begin with the size of the fleet.

    Raises:
        LookupError: There is no such path.
    """
    parts = urlsplit(target)
    params = dict(parse_qsl(parts.query))
    segments = parts.path.strip("/").split("/")
    if segments[-1] == "systems":
        return systems(int(segments[0]), int(params["limit"]), int(params.get("next", "0")))
    if segments[-1] == "summary":
        return summary()
    return _SERIES[segments[-1]](int(params["start_at"]), int(params["end_at"]))


_SERIES: dict[str, Callable[[int, int], bytes]] = {
    "stats": stats,
    "rgm_stats": rgm_stats,
    "consumption_stats": consumption_stats,
}


def _ends(start: int, end: int, step: int) -> range:
    return range(start // step * step + step, end + 1, step)


def _system(number: int) -> dict[str, Any]:
    return {
        "system_id": SYSTEM + number,
        "system_name": f"Green Valley Road {number}",
        "system_public_name": "Residential System",
        "status": ("normal", "micro", "comm", "normal")[number % 4],
        "timezone": ("America/Los_Angeles", "Europe/Berlin", "Australia/Sydney")[number % 3],
        "country": "US",
        "state": "CA",
        "city": "Petaluma",
        "postal_code": f"{94_000 + number % 1000}",
        "connection_type": ("ethernet", "wifi", "cellular")[number % 3],
        "meta": {**_META, "operational_at": 1357023600 + number},
    }


def _encoded(body: object) -> bytes:
    return json.dumps(body).encode()
