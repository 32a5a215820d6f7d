"""A simulated service of telemetry, whose habits can be mixed: what nobody knows of API v4 is a switch here."""

from __future__ import annotations

import json
import math
from datetime import datetime, time, timedelta
from email.utils import formatdate
from typing import TYPE_CHECKING, Any, Literal

import httpx
from attrs import define, field
from dateutil.relativedelta import relativedelta

from enphase_enlighten.v4 import AsyncEnlighten, Enlighten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from zoneinfo import ZoneInfo

    from tests.support.clients import Kind
    from tests.support.clock import SettableClock

SYSTEM = 67
SERIAL = "122000000001"
DAY = 86_400
HISTORY = relativedelta(years=2)

STEPS = {
    "production_micro": 300,
    "production_meter": 900,
    "consumption_meter": 900,
    "battery": 900,
    "energy_import_telemetry": 900,
    "energy_export_telemetry": 900,
    "telemetry": 300,
    "evse_telemetry": 900,
    "hp_telemetry": 900,
    "rgm_stats": 900,
}
"""The length of an interval in seconds, by the last part of the path."""

VALUES: Mapping[str, Callable[[int], dict[str, Any]]] = {
    "production_micro": lambda at: {"devices_reporting": 3, "powr": at % 1000, "enwh": at % 100},
    "production_meter": lambda at: {"devices_reporting": 1, "wh_del": at % 1000},
    "consumption_meter": lambda at: {"devices_reporting": 1, "enwh": at % 1000},
    "battery": lambda at: {
        "charge": {"enwh": at % 1000, "devices_reporting": 2},
        "discharge": {"enwh": at % 77, "devices_reporting": 2},
        "soc": {"percent": at % 101, "devices_reporting": 2},
    },
    "energy_import_telemetry": lambda at: {"wh_imported": at % 1000},
    "energy_export_telemetry": lambda at: {"wh_exported": at % 1000},
    "telemetry": lambda at: {"powr": at % 1000, "enwh": at % 100},
    "evse_telemetry": lambda at: {"wh_consumed": at % 1000 - 10},
    "hp_telemetry": lambda at: {"wh_consumed": at % 1000},
    "rgm_stats": lambda at: {"devices_reporting": 1, "wh_del": at % 1000},
}
"""What each interval has beside its end."""

Week = Literal["honoured", "cut", "refused", "local"]
Form = Literal["seconds", "start_date", "dates", "nothing", "texts"]


@define
class TelemetryService:
    """The service of one system; each request is one entry of `requests`.

    Attributes:
        clock: The clock of its clients, by which it goes as well.
        zone: The system's timezone.
        week: What becomes of a request for a week: it is honoured by seconds or by the clocks at the system, cut to a
            day, or refused.
        form: How responses say what they cover.
        nested: Whether intervals come in a list for each day.
        first: The first report, epoch seconds.
        last: The last report, epoch seconds; None where the system reports all the time.
        has: Whether there is an interval that ends at this time.
        ends_at_report: Whether a window that is not over ends with the last report, and not with now.
        refuses: Whether the service refuses starts from before this time, epoch seconds.
        devices: How many microinverters the system has.
        page_size: How many devices it gives at most.
        told: What it says of the devices in place of their number and the size of a page; None leaves one out.
        short_by: Seconds by which the end that it tells comes before that of the window.
        instead: What it responds in place of all this to a request, given the last part of its path and its
            parameters, if anything.
    """

    clock: SettableClock
    zone: ZoneInfo
    week: Week = "honoured"
    form: Form = "seconds"
    nested: bool = False
    first: int = 0
    last: int | None = None
    has: Callable[[int], bool] = lambda _end: True
    ends_at_report: bool = True
    refuses: float = -math.inf
    devices: int = 1
    page_size: int = 20
    told: Mapping[str, int | None] = field(factory=dict)
    short_by: int = 0
    instead: Callable[[str, dict[str, str]], httpx.Response | None] = lambda _name, _params: None
    requests: list[tuple[str, dict[str, str]]] = field(factory=list)

    def client(self, **options: Any) -> Enlighten:
        """Make a sync client of it."""
        return Enlighten("key", tokens="token", clock=self.clock, transport=httpx.MockTransport(self.handle), **options)

    def async_client(self, **options: Any) -> AsyncEnlighten:
        """Make an async client of it."""
        transport = httpx.MockTransport(self.handle)
        return AsyncEnlighten("key", tokens="token", clock=self.clock, transport=transport, **options)

    def made(self, kind: Kind, **options: Any) -> Any:
        """Make a client of either kind, which is used like a sync one."""
        options = {"tokens": "token", "clock": self.clock, "transport": httpx.MockTransport(self.handle), **options}
        return kind.make("key", of=(Enlighten, AsyncEnlighten), **options)

    def asked(self) -> list[dict[str, str]]:
        """The parameters of the requests for intervals."""
        return [params for name, params in self.requests if name in STEPS]

    def handle(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        params = {key: value for key, value in request.url.params.items() if key != "key"}
        self.requests.append((name, params))
        headers = {"Date": formatdate(self.clock.now(), usegmt=True), "Content-Type": "application/json"}
        instead = self.instead(name, params)
        if instead is not None:
            instead.headers.update(headers)
            return instead
        status, body = self._respond(request.url.path, name, params)
        return httpx.Response(status, content=json.dumps(body).encode(), headers=headers)

    def _respond(self, path: str, name: str, params: dict[str, str]) -> tuple[int, Any]:
        if name not in STEPS:
            return 200, {"system_id": SYSTEM, "timezone": self.zone.key, "name": "x", "public_name": "x"}
        asked, step = int(params["start_at"]), STEPS[name]
        if params.get("interval_duration") == "5mins":
            step = 300
        if asked < self.refuses:
            return 422, refusal()
        if name == "rgm_stats":
            return 200, self._of_meters(asked, int(params["end_at"]), step)
        if params["granularity"] == "week" and self.week == "refused":
            return 422, refusal()
        return 200, self._telemetry(path, name, params, step)

    def _of_meters(self, start: int, until: int, step: int) -> Any:
        end = min(until, int(self.clock.now()))
        assert end - start <= 7 * DAY
        return {
            "system_id": SYSTEM,
            "total_devices": 1,
            "intervals": self._intervals("rgm_stats", start, end, step),
            "meter_intervals": [],
            "meta": self._meta(),
        }

    def _telemetry(self, path: str, name: str, params: dict[str, str], step: int) -> Any:
        asked, length = int(params["start_at"]), params["granularity"]
        start = max(asked, self._midnight(self.first)) if asked < self.first else asked
        end = self._end(start, length)
        body = {"system_id": SYSTEM, "granularity": length, "total_devices": self.devices, "items": "intervals"}
        if "interval_duration" in params:
            body["interval_duration"] = params["interval_duration"]
        body |= self._span(start, end - self.short_by)
        if "/ev_charger/" in path:
            return {
                **body,
                "consumption": [
                    {"end_at": each["end_at"], "consumption": each["enwh"]}
                    for each in self._intervals(name, start, end, 900)
                ],
            }
        if path.endswith("/micros/telemetry"):
            return self._said(body | self._page(params, self._intervals(name, start, end, step)))
        intervals: list[Any] = self._intervals(name, start, end, step)
        if "/encharges/" in path or "/acbs/" in path:
            intervals = [
                {
                    "end_at": each["end_at"],
                    "charge": {"enwh": each["enwh"]},
                    "discharge": {"enwh": 0},
                    "soc": {"percent": 50},
                }
                for each in intervals
                if each["end_at"] % 900 == 0
            ]
        if self.nested:
            days: dict[Any, list[Any]] = {}
            for each in intervals:
                days.setdefault(datetime.fromtimestamp(each["end_at"] - 1, self.zone).date(), []).append(each)
            intervals = list(days.values()) or [[]]
        if name == "telemetry":
            body["serial_number"] = SERIAL
        return {**body, "intervals": intervals, "meta": self._meta()}

    def _page(self, params: dict[str, str], intervals: list[Any]) -> dict[str, Any]:
        page, size = int(params["page"]), min(int(params["size"]), self.page_size)
        numbers = range(self.devices)[(page - 1) * size : page * size]
        devices = [{"serial_number": f"{number:012}", "intervals": intervals} for number in numbers]
        return {"page": page, "page_size": size, "devices": devices}

    def _said(self, body: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in {**body, **self.told}.items() if value is not None}

    @property
    def reported(self) -> int:
        """The last report until now."""
        now = int(self.clock.now())
        return now if self.last is None else min(self.last, now)

    def _end(self, start: int, length: str) -> int:
        days = 1 if length == "day" or self.week == "cut" else 7
        end = start + days * DAY
        if self.week == "local":
            end = int((datetime.fromtimestamp(start, self.zone) + timedelta(days=days)).timestamp())
        now = int(self.clock.now())
        limit = self.reported if self.ends_at_report else now
        # What is over ends where it was to end; what is not, with the last report.
        return end if end <= limit else max(start, min(end, limit))

    def _span(self, start: int, end: int) -> dict[str, Any]:
        match self.form:
            case "seconds":
                return {"start_at": start, "end_at": end}
            case "texts":
                return {"start_at": str(start), "end_at": str(end)}
            case "start_date":
                moments = (datetime.fromtimestamp(each, self.zone).isoformat() for each in (start, end))
                return dict(zip(("start_date", "end_date"), moments, strict=True))
            case "dates":
                days = (
                    datetime.fromtimestamp(each, self.zone).date().isoformat() for each in (start, max(start, end - 1))
                )
                return dict(zip(("start_date", "end_date"), days, strict=True))
            case _:
                return {}

    def _intervals(self, name: str, start: int, end: int, step: int) -> list[dict[str, Any]]:
        ends = range(start // step * step + step, end // step * step + 1, step)
        return [{"end_at": at, **VALUES[name](at)} for at in ends if self.exists(at)]

    def exists(self, at: int) -> bool:
        """Whether there is an interval that ends then."""
        return self.first < at <= self.reported and self.has(at)

    def _meta(self) -> dict[str, Any]:
        return {
            "status": "normal",
            "last_report_at": self.reported,
            "last_energy_at": self.reported,
            "operational_at": 1,
        }

    def _midnight(self, moment: int) -> int:
        return int(datetime.combine(datetime.fromtimestamp(moment, self.zone).date(), time(), self.zone).timestamp())


def refusal(why: str = "Requested date range is invalid for this system.") -> dict[str, Any]:
    """Return the body of a 422."""
    details = f"Invalid request because of '{why}'"
    return {"message": "Unprocessable Entity", "details": details, "code": 422}
