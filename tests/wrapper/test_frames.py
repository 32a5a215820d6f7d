"""Series as data frames: one round over pandas, polars and Arrow, sync and async."""

from __future__ import annotations

import gc
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import httpx
import pandas as pd
import pytest

from enlighten_v2.models import System
from enphase_enlighten import AuthenticationError, ConfigurationError, DroppedValuesWarning
from tests.support.clock import SettableClock
from tests.support.service import StubService, reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.lowest

NOW = datetime(2024, 11, 20, 12, tzinfo=UTC)
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
EXTRAS = ["pandas", "polars", "arrow"]
TEXT_IN_PANDAS = str(pd.Series(["text"]).dtype)  # `str` since pandas 3
META = {"status": "normal", "last_report_at": 1445619615, "last_energy_at": None, "operational_at": 1357023600}
SYSTEM = {
    "system_id": 67,
    "system_name": "Green",
    "system_public_name": "Residential System",
    "country": "US",
    "state": None,
    "city": "Petaluma",
    "postal_code": "94954",
    "timezone": "America/Los_Angeles",
    "connection_type": "ethernet",
    "status": "normal",
    "meta": META,
}


class Exporter:
    """Lets a client, sync or async, export the result of a call.

    Attributes:
        service: What the client asks.
    """

    def __init__(self, extra: str, *, asynchronous: bool) -> None:
        self.extra = extra
        self.asynchronous = asynchronous
        self.service = StubService(SettableClock(NOW.timestamp()))

    async def export(self, call: Callable[[Any], Any], *responses: httpx.Response) -> Any:
        self.service.then = list(responses)
        if not self.asynchronous:
            with self.service.client() as client:
                return getattr(call(client), f"to_{self.extra}")()
        async with self.service.async_client() as asynchronous:
            series = call(asynchronous)
            series = await series if hasattr(series, "__await__") else series
            frame = getattr(series, f"to_{self.extra}")()
            return await frame if hasattr(frame, "__await__") else frame

    def rows(self, frame: Any) -> list[dict[str, Any]]:
        """What is in the frame, column by name, None for null; a frame's index counts as a column."""
        if self.extra == "arrow":
            rows: list[dict[str, Any]] = frame.to_pylist()
            return rows
        if self.extra == "polars":
            return list(frame.iter_rows(named=True))
        flat = frame.reset_index() if frame.index.name else frame
        return [
            {name: None if value is None or value is pd.NA or value is pd.NaT else value for name, value in row.items()}
            for row in flat.astype(object).where(flat.notna(), None).to_dict("records")
        ]

    def types(self, frame: Any) -> list[str]:
        """The names and types of the columns, in the library's own words."""
        if self.extra == "arrow":
            return [f"{field.name}: {field.type}" for field in frame.schema]
        if self.extra == "polars":
            return [f"{name}: {dtype}" for name, dtype in frame.schema.items()]
        flat = frame.reset_index() if frame.index.name else frame
        return [f"{name}: {dtype}" for name, dtype in flat.dtypes.items()]


@pytest.fixture(params=["sync", "async"])
def asynchronous(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "async")


@pytest.fixture(params=EXTRAS)
def exporter(request: pytest.FixtureRequest, asynchronous: bool) -> Exporter:
    return Exporter(request.param, asynchronous=asynchronous)


def intervals(*rows: dict[str, Any]) -> httpx.Response:
    return reply({"system_id": 67, "total_devices": 3, "intervals": list(rows)})


def stats(
    start: str = "2024-11-19T10:00", end: str = "2024-11-19T11:00", timezone: Any = LOS_ANGELES
) -> Callable[[Any], Any]:
    return lambda client: client.stats(67, start_at=start, end_at=end, timezone=timezone)


def epoch(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


STATS_TYPES = {
    "pandas": [
        "end_at: datetime64[us, America/Los_Angeles]",
        "powr_W: Int64",
        "enwh_Wh: Int64",
        "devices_reporting: Int64",
    ],
    "polars": [
        "end_at: Datetime(time_unit='us', time_zone='America/Los_Angeles')",
        "powr_W: Int64",
        "enwh_Wh: Int64",
        "devices_reporting: Int64",
    ],
    "arrow": [
        "end_at: timestamp[us, tz=America/Los_Angeles]",
        "powr_W: int64",
        "enwh_Wh: int64",
        "devices_reporting: int64",
    ],
}


async def test_intervals_have_aware_times_at_the_system_units_in_their_names_and_nulls(exporter: Exporter) -> None:
    end_at = epoch("2024-11-19T10:05-08:00")
    frame = await exporter.export(
        stats(),
        intervals(
            {"end_at": end_at, "powr": 1200, "enwh": 100, "devices_reporting": 3},
            {"end_at": end_at + 300, "powr": None, "enwh": 0},
        ),
    )
    first, second = exporter.rows(frame)
    assert first == {
        "end_at": datetime(2024, 11, 19, 10, 5, tzinfo=LOS_ANGELES),
        "powr_W": 1200,
        "enwh_Wh": 100,
        "devices_reporting": 3,
    }
    assert first["end_at"].utcoffset() == timedelta(hours=-8)
    assert (second["powr_W"], second["enwh_Wh"], second["devices_reporting"]) == (None, 0, None)
    assert exporter.types(frame) == STATS_TYPES[exporter.extra]


async def test_a_range_without_intervals_is_an_empty_frame_of_the_same_types(exporter: Exporter) -> None:
    frame = await exporter.export(stats(), intervals())
    assert exporter.rows(frame) == []
    assert exporter.types(frame) == STATS_TYPES[exporter.extra]


async def test_a_timezone_that_was_looked_up_is_that_of_an_empty_frame(exporter: Exporter) -> None:
    frame = await exporter.export(stats(timezone=None), reply({"systems": [SYSTEM]}), intervals())
    assert exporter.types(frame) == STATS_TYPES[exporter.extra]


async def test_both_hours_of_a_change_to_standard_time_are_distinct(exporter: Exporter) -> None:
    # In Los Angeles the clocks went from 02:00 back to 01:00 on that night.
    ends = [epoch("2024-11-03T01:00-07:00") + step * 900 for step in range(9)]
    frame = await exporter.export(
        lambda client: client.rgm_stats(67, start_at=ends[0] - 900, end_at=ends[-1], timezone="America/Los_Angeles"),
        intervals(*({"end_at": end, "wh_del": 4, "devices_reporting": 1} for end in ends)),
    )
    times = [row["end_at"] for row in exporter.rows(frame)]
    assert [int(time.timestamp()) for time in times] == ends
    assert [time.strftime("%H:%M%z") for time in times] == [
        "01:00-0700",
        "01:15-0700",
        "01:30-0700",
        "01:45-0700",
        "01:00-0800",
        "01:15-0800",
        "01:30-0800",
        "01:45-0800",
        "02:00-0800",
    ]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (UTC, "UTC"),
        ("Asia/Kathmandu", "Asia/Kathmandu"),
        # The libraries cannot have a timezone that has no name; the instants are what matters.
        (datetime.fromisoformat("2024-01-01T00:00-07:00").tzinfo, "UTC"),
    ],
)
async def test_times_are_in_the_named_timezone_or_else_in_utc(exporter: Exporter, zone: Any, expected: str) -> None:
    end_at = epoch("2024-11-19T10:05Z")
    call = stats("2024-11-19T10:00Z", "2024-11-19T11:00Z", zone)
    frame = await exporter.export(call, intervals({"end_at": end_at, "powr": 1, "enwh": 1, "devices_reporting": 1}))
    assert expected in exporter.types(frame)[0]
    assert exporter.rows(frame)[0]["end_at"].timestamp() == end_at


async def test_consumption_intervals_have_their_columns(exporter: Exporter) -> None:
    call = lambda client: client.consumption_stats(67, start_at="2024-11-19", timezone="UTC")  # noqa: E731 - one of many
    frame = await exporter.export(call, httpx.Response(204))
    assert [column.partition(":")[0] for column in exporter.types(frame)] == ["end_at", "enwh_Wh", "devices_reporting"]


DAY_TYPE = {"pandas": "date: datetime64[us]", "polars": "date: Date", "arrow": "date: date32[day]"}


async def test_days_have_dates_also_across_a_change_of_clocks(exporter: Exporter) -> None:
    body = {"system_id": 67, "start_date": "2024-11-02", "production": [5200, None, 4800]}
    frame = await exporter.export(lambda client: client.energy_lifetime(67), reply(body))
    rows = exporter.rows(frame)
    days = [row["date"].date() if exporter.extra == "pandas" else row["date"] for row in rows]
    assert days == [date(2024, 11, 2), date(2024, 11, 3), date(2024, 11, 4)]
    assert [row["production_Wh"] for row in rows] == [5200, None, 4800]
    assert exporter.types(frame)[0] == DAY_TYPE[exporter.extra]


@pytest.mark.parametrize(
    ("operation", "options", "quantities"),
    [
        ("energy_lifetime", {}, ["production_Wh"]),
        ("energy_lifetime", {"production": "all"}, ["production_Wh", "micro_production_Wh", "meter_production_Wh"]),
        ("consumption_lifetime", {}, ["consumption_Wh"]),
    ],
)
async def test_a_daily_series_without_content_is_an_empty_frame_with_its_columns(
    exporter: Exporter, operation: str, options: dict[str, Any], quantities: list[str]
) -> None:
    frame = await exporter.export(lambda client: getattr(client, operation)(67, **options), httpx.Response(204))
    kind = "int64" if exporter.extra == "arrow" else "Int64"
    assert exporter.types(frame) == [DAY_TYPE[exporter.extra], *(f"{name}: {kind}" for name in quantities)]
    assert exporter.rows(frame) == []


async def test_a_fleet_has_a_row_for_each_system_with_its_meta(exporter: Exporter) -> None:
    bare = {key: value for key, value in SYSTEM.items() if key not in ("meta", "city")} | {"status": "encharge_issue"}
    body = {"systems": [SYSTEM | {"other_references": ["A", "B"], "reference": "R"}, bare | {"system_id": 68}]}
    frame = await exporter.export(lambda client: client.systems(), reply(body))
    first, second = exporter.rows(frame)
    assert first == {
        **{name: value for name, value in SYSTEM.items() if name != "meta"},
        "reference": "R",
        "other_references": ["A", "B"],
        "meta_status": "normal",
        "meta_last_report_at": datetime(2015, 10, 23, 17, 0, 15, tzinfo=UTC),
        "meta_last_energy_at": None,
        "meta_operational_at": datetime(2013, 1, 1, 7, 0, tzinfo=UTC),
    }
    # A status of the successor's API, which the specification does not list.
    assert (second["system_id"], second["status"]) == (68, "encharge_issue")
    missing = ("city", "reference", "other_references", "meta_status", "meta_last_report_at")
    assert {second[name] for name in missing} == {None}


async def test_the_types_of_a_fleet_do_not_depend_on_the_systems(exporter: Exporter) -> None:
    def listing(client: Any) -> Any:
        return client.systems()

    empty = await exporter.export(listing, reply({"systems": []}))
    full = await exporter.export(listing, reply({"systems": [SYSTEM | {"other_references": ["A"], "reference": "R"}]}))
    assert exporter.rows(empty) == []
    assert exporter.types(empty) == exporter.types(full)
    text, texts, time = {
        "pandas": (TEXT_IN_PANDAS, "object", "datetime64[us, UTC]"),
        "polars": ("String", "List(String)", "Datetime(time_unit='us', time_zone='UTC')"),
        "arrow": ("string", "list<item: string>", "timestamp[us, tz=UTC]"),
    }[exporter.extra]
    types = dict(column.split(": ", 1) for column in exporter.types(empty))
    assert types["system_id"].lower() == "int64"
    assert (types["status"], types["other_references"], types["meta_last_report_at"]) == (text, texts, time)


async def test_values_of_other_types_are_null_and_a_warning_says_how_many(exporter: Exporter) -> None:
    end_at = epoch("2024-11-19T10:05-08:00")
    odd: list[Any] = ["12", 1.5, True, 2**63, {"value": 1}, [], 7.0]
    rows = [
        {"end_at": end_at + 300 * place, "powr": value, "enwh": place, "devices_reporting": "3" if place == 0 else 3}
        for place, value in enumerate(odd)
    ]
    with pytest.warns(DroppedValuesWarning, match=r"6 in powr_W, 1 in devices_reporting\.") as told:
        frame = await exporter.export(stats(), intervals(*rows))
    assert [row["powr_W"] for row in exporter.rows(frame)] == [None, None, None, None, None, None, 7]
    assert [row["enwh_Wh"] for row in exporter.rows(frame)] == list(range(7))
    assert exporter.types(frame) == STATS_TYPES[exporter.extra]
    assert told[0].filename == __file__


async def test_a_fleet_with_values_of_other_types_still_makes_a_frame(exporter: Exporter) -> None:
    odd = {
        "system_id": "67",
        "postal_code": 94954,
        "timezone": None,
        "status": 3,
        "other_references": ["A", 1],
        "meta": {"status": "normal", "last_report_at": "2015-10-23", "last_energy_at": -5, "operational_at": 10**15},
    }
    with pytest.warns(DroppedValuesWarning) as told:
        frame = await exporter.export(lambda client: client.systems(), reply({"systems": [SYSTEM | odd]}))
    [row] = exporter.rows(frame)
    names = [name for name in odd if name != "meta"] + [f"meta_{name}" for name in META if name != "status"]
    assert {row[name] for name in names} == {None}
    assert row["meta_status"] == "normal"
    assert "timezone" not in str(told[0].message)
    assert all(f"1 in {name}" in str(told[0].message) for name in names if name != "timezone")


async def test_days_of_other_types_are_null(exporter: Exporter) -> None:
    body = {"system_id": 67, "start_date": "2024-11-02", "production": [5200, "x"]}
    with pytest.warns(DroppedValuesWarning, match="1 in production_Wh"):
        frame = await exporter.export(lambda client: client.energy_lifetime(67), reply(body))
    assert [row["production_Wh"] for row in exporter.rows(frame)] == [5200, None]


@pytest.fixture
def new_objects_alone() -> Iterator[None]:
    """Lets the garbage collector look at new objects alone: a test run has millions of others."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("new_objects_alone")
async def test_systems_are_let_go_while_the_columns_fill_up(exporter: Exporter) -> None:
    pages, size, alive = 6, 50, []

    def page(_params: object) -> httpx.Response:
        gc.collect()
        alive.append(sum(isinstance(item, System) for item in gc.get_objects()))
        number = len(alive)
        systems = [SYSTEM | {"system_id": number * size + place} for place in range(size)]
        return reply({"systems": systems} | ({"next": str(number)} if number < pages else {}))

    exporter.service.list_systems = page
    frame = await exporter.export(lambda client: client.systems())
    assert len(exporter.rows(frame)) == pages * size
    assert 0 < max(alive) <= 2 * size


@pytest.mark.parametrize("missing", ["the library", "narwhals"])
async def test_without_what_it_needs_the_error_names_the_extra_and_nothing_is_spent(
    exporter: Exporter, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = missing if missing == "narwhals" else {"arrow": "pyarrow"}.get(exporter.extra, exporter.extra)
    # Python then finds no such module.
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ConfigurationError) as failure:
        await exporter.export(lambda client: client.systems())
    extra = exporter.extra
    assert exporter.service.sent == []
    assert str(failure.value) == f"to_{extra}() needs the extra '{extra}': pip install 'enphase-enlighten[{extra}]'"


def test_pandas_alone_does_for_a_fleet_and_for_days() -> None:
    """pandas has pyarrow's types for lists and dates, but does not come with pyarrow."""
    fleets = [{"systems": [SYSTEM | {"other_references": ["A"]}]}, {"systems": []}]
    script = f"""
import sys
sys.modules["pyarrow"] = None
import httpx
from enphase_enlighten import Enlighten
fleets = {fleets!r}
def respond(request):
    if request.url.path.endswith("systems"):
        return httpx.Response(200, json=fleets.pop(0))
    return httpx.Response(200, json={{"system_id": 67, "start_date": "2024-11-02", "production": [1, None]}})
client = Enlighten("key", "user", transport=httpx.MockTransport(respond))
full, empty = client.systems().to_pandas(), client.systems().to_pandas()
print(len(full), len(empty), len(client.energy_lifetime(67).to_pandas()), type(full["status"][0]).__name__)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)  # noqa: S603 - the script stands here
    assert ran.stdout.split() == ["1", "0", "2", "str"], ran.stderr


def test_an_error_while_fetching_is_the_error_of_the_export(service: StubService) -> None:
    service.always = reply({"reason": "401", "message": ["No"]}, 401)
    with service.client() as client, pytest.raises(AuthenticationError):
        client.systems().to_pandas()
