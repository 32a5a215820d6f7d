"""What each subcommand asks for and shows, how many requests that takes, and which range it is about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from enphase_enlighten import Usage
from enphase_enlighten.cli.commands.devices import SUMMARY
from enphase_enlighten.cli.commands.energy import CONSUMPTION_STATS, ENERGY, RGM, STATS
from enphase_enlighten.cli.dates import Length, Present, WrittenRange
from enphase_enlighten.cli.exits import CommandError
from enphase_enlighten.cli.options import SeriesOptions
from enphase_enlighten.cli.progress import _paced_seconds
from enphase_enlighten.cli.report import Column, Query, Report, Target, common_zone, numbers, value
from enphase_enlighten.data.tables import Kind
from tests.support.service import reply

from .stub import ctrl_c, failing

if TYPE_CHECKING:
    from tests.support.service import StubService

    from .running import Cli

ZONE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 6, 15, 18, 7, 30, tzinfo=UTC)
HERE = Present(NOW, ZONE)
TARGET = Target(67, "Roof", ZONE)
SEEN = 1_781_000_000
AT = datetime.fromtimestamp(SEEN, ZONE).isoformat()


def rows(cli: Cli, stub: StubService, body: Any, *arguments: str) -> list[dict[str, Any]]:
    stub.then = [None, reply(body)]
    result = cli.run(*arguments, "-s", "67", "-o", "jsonl")
    assert result.code == 0, result.err
    return result.rows()


def test_envoys_are_a_row_each(bare: Cli, stub: StubService) -> None:
    envoy = {"envoy_id": 5, "serial_number": "1218", "name": "Garage", "status": "normal", "last_report_at": SEEN}

    assert rows(bare, stub, {"system_id": 67, "envoys": [envoy, {**envoy, "envoy_id": 6}]}, "envoys") == [
        {
            "system_id": 67,
            "system_name": "System 67",
            "envoy_id": number,
            "serial_number": "1218",
            "name": "Garage",
            "part_number": None,
            "status": "normal",
            "last_report_at": AT,
        }
        for number in (5, 6)
    ]


def test_an_inventory_says_of_each_device_what_it_is(bare: Cli, stub: StubService) -> None:
    body = {
        "system_id": 67,
        "envoys": [{"sn": "e", "model": "Envoy"}],
        "inverters": [{"sn": "i", "model": "M215"}],
        "meters": [{"sn": "m", "state": "enabled"}],
    }

    assert [(row["device"], row["sn"]) for row in rows(bare, stub, body, "inventory")] == [
        ("envoy", "e"),
        ("inverter", "i"),
        ("meter", "m"),
    ]
    del body["envoys"], body["meters"]
    assert [row["device"] for row in rows(bare, stub, body, "inventory")] == ["inverter"]


@pytest.mark.parametrize(
    ("power", "energy", "shown"),
    [
        ({"value": 5, "units": "W"}, {"value": 7, "units": "Wh"}, (5, 7)),
        ({"value": 1.5, "units": "kW"}, {"value": 2, "units": "MWh"}, (1500, 2_000_000)),
        ({"value": 5, "units": "W"}, {"value": 7200, "units": "J"}, (5, 2)),
        (5, 7, (5, 7)),
        ({"value": 5, "units": "hp"}, {"value": 7, "units": "Wh"}, (None, 7)),
        ({"value": None, "units": "W"}, None, (None, None)),
    ],
)
def test_what_inverters_measured_is_in_watts_and_watt_hours(
    bare: Cli, stub: StubService, power: Any, energy: Any, shown: tuple[Any, Any]
) -> None:
    inverter = {"id": 1, "serial_number": "i", "power_produced": power, "energy": energy, "last_report_date": SEEN}
    body = [{"signal_strength": 4, "micro_inverters": [inverter]}]
    [row] = rows(bare, stub, body, "inverters")

    assert (row["power_produced_W"], row["energy_Wh"], row["signal_strength"], row["last_report_date"]) == (
        *shown,
        4,
        AT,
    )


def test_readings_are_as_of_the_time_that_is_asked_for(bare: Cli, stub: StubService) -> None:
    body = {"system_id": 67, "meter_readings": [{"serial_number": "m", "value": 12, "read_at": SEEN}]}

    assert rows(bare, stub, body, "readings", "--at", "2026-06-14 10:00") == [
        {"system_id": 67, "system_name": "System 67", "serial_number": "m", "value_Wh": 12, "read_at": AT}
    ]
    name, asked = stub.requests[-1]
    assert name == "production_meter_readings"
    assert int(asked["end_at"]) == datetime(2026, 6, 14, 10, tzinfo=ZONE).timestamp()
    rows(bare, stub, body, "readings")
    assert "end_at" not in stub.requests[-1][1]


@pytest.mark.parametrize(
    ("arguments", "sent"),
    [
        ((), {}),
        (("-s", "66", "-s", "67"), {"system_id[]": ["66", "67"]}),
        (("--name", "Roof", "--status", "comm"), {"system_name[]": ["Roof"], "status[]": ["comm"]}),
        (("--reference", "a", "--installer", "b"), {"reference[]": ["a"], "installer[]": ["b"]}),
        (("--connection-type", "wifi"), {"connection_type[]": ["wifi"]}),
    ],
)
def test_the_list_of_systems_is_filtered_by_the_service(
    bare: Cli, stub: StubService, arguments: tuple[str, ...], sent: dict[str, Any]
) -> None:
    result = bare.run("systems", *arguments, "-o", "jsonl")

    assert (result.code, result.err) == (0, "")
    assert stub.asked("systems") == [{"limit": 1000, **sent}]
    assert result.rows()[0]["operational_at"] == "1969-12-31T16:00:01-08:00"


def test_a_list_of_systems_that_is_interrupted_says_how_much_was_written(bare: Cli, stub: StubService) -> None:
    page = {"systems": [{"system_id": 5, "system_name": "a"}], "next": "more"}
    stub.then = [reply(page), ctrl_c]
    result = bare.run("systems", "-o", "jsonl")

    assert (result.code, len(result.rows())) == (130, 1)
    assert "enlighten: interrupted: 1 systems are written." in result.err


def test_the_system_of_an_envoy_is_found(bare: Cli, stub: StubService) -> None:
    stub.then = [reply({"system_id": 67})]
    assert bare.run("find", "1218", "-o", "jsonl").rows() == [{"serial_num": "1218", "system_id": 67}]
    stub.then = [failing(404)]
    assert bare.run("find", "1218").code == 7


def test_days_are_asked_for_from_the_first_to_the_last(bare: Cli, stub: StubService) -> None:
    body = {"system_id": 67, "start_date": "2026-06-01", "production": [1, None, 3]}
    found = rows(bare, stub, body, "energy", "--from", "2026-06-01", "--to", "2026-06-03")

    assert [(row["date"], row["production_Wh"]) for row in found] == [
        ("2026-06-01", 1),
        ("2026-06-02", None),
        ("2026-06-03", 3),
    ]
    assert stub.requests[-1][1] == {"start_date": "2026-06-01", "end_date": "2026-06-03"}
    rows(bare, stub, body, "energy")
    assert stub.requests[-1][1] == {}
    rows(bare, stub, body, "energy", "--last", "7d")
    assert stub.requests[-1][1] == {"start_date": "2026-06-08", "end_date": "2026-06-14"}


def written(*, daily: bool = False, **options: Any) -> WrittenRange:
    return WrittenRange.of(SeriesOptions(**options), daily=daily)


@pytest.mark.parametrize(
    ("options", "begin", "end"),
    [
        ({}, None, None),
        ({"from_": "2026-06-01"}, "2026-06-01T00:00:00-07:00", None),
        ({"to": "2026-06-01"}, None, "2026-06-02T00:00:00-07:00"),
        ({"from_": "yesterday", "to": "today"}, "2026-06-14T00:00:00-07:00", "2026-06-16T00:00:00-07:00"),
        ({"to": "2026-06-01 10:00"}, None, "2026-06-01T10:00:00-07:00"),
        ({"from_": "2026-06-01T10:00Z", "to": "now"}, "2026-06-01T10:00:00+00:00", "2026-06-15T18:07:30+00:00"),
        ({"last": "24h"}, "2026-06-14T11:07:30-07:00", "2026-06-15T18:07:30+00:00"),
        ({"last": "1w"}, "2026-06-08T11:07:30-07:00", "2026-06-15T18:07:30+00:00"),
    ],
)
def test_the_instants_of_a_range_are_those_at_the_system(
    options: dict[str, Any], begin: str | None, end: str | None
) -> None:
    found = written(**options).instants(HERE)

    assert [moment and moment.isoformat() for moment in found] == [begin, end]


@pytest.mark.parametrize(
    ("options", "begin", "end"),
    [
        ({}, None, None),
        ({"from_": "2026-06-01", "to": "today"}, date(2026, 6, 1), date(2026, 6, 15)),
        ({"last": "7d"}, date(2026, 6, 8), date(2026, 6, 14)),
        ({"last": "1mo"}, date(2026, 5, 15), date(2026, 6, 14)),
    ],
)
def test_the_days_of_a_range_are_those_at_the_system(
    options: dict[str, Any], begin: date | None, end: date | None
) -> None:
    assert written(daily=True, **options).days(HERE) == (begin, end)


@pytest.mark.parametrize(
    ("options", "daily", "problem"),
    [
        ({"last": "7d", "from_": "today"}, False, "--last goes until now, without --from and --to."),
        ({"last": "7d", "to": "today"}, True, "--last goes until now, without --from and --to."),
        ({"last": "24h"}, True, "--last 24h: this series has one value a day; give days, such as 7d."),
        ({"to": "2026-06-01 10:00"}, True, "--to '2026-06-01 10:00': this series has one value a day; give a day."),
    ],
)
def test_a_range_that_is_none_is_told(options: dict[str, Any], problem: str, *, daily: bool) -> None:
    with pytest.raises(CommandError) as caught:
        written(daily=daily, **options)
    assert str(caught.value) == problem


def test_hours_are_real_time_and_days_those_of_the_calendar() -> None:
    # Twelve hours before, the clocks were set forward.
    moment = datetime(2026, 3, 8, 12, tzinfo=ZONE)

    assert Length(12, "h").before(moment).isoformat() == "2026-03-07T23:00:00-08:00"
    assert Length(1, "d").before(moment).isoformat() == "2026-03-07T12:00:00-08:00"


@pytest.mark.parametrize(
    ("report", "options", "requests"),
    [
        (SUMMARY, {}, 1),
        (ENERGY, {"last": "1y"}, 1),
        (STATS, {}, 1),
        (STATS, {"from_": "2026-06-14", "to": "2026-06-14"}, 1),
        (STATS, {"from_": "2026-06-13", "to": "2026-06-14"}, 2),
        (STATS, {"from_": "2026-06-14", "to": "2027-01-01"}, 2),
        (STATS, {"last": "24h"}, 1),
        (STATS, {"from_": "2020-01-01", "to": "2025-06-20"}, 6),
        (STATS, {"from_": "2020-01-01", "to": "2020-02-01"}, 1),
        (STATS, {"from_": "now"}, 1),
        (RGM, {"from_": "2026-06-01", "to": "2026-06-14"}, 2),
        (RGM, {"from_": "2026-05-31", "to": "2026-06-14"}, 3),
        (CONSUMPTION_STATS, {"from_": "2026-03-01", "to": "2026-05-31"}, 3),
    ],
)
def test_how_many_requests_a_system_takes_is_known_before(
    report: Report, options: dict[str, Any], requests: int
) -> None:
    query = Query(NOW, range=written(**options) if report is not ENERGY else WrittenRange())

    assert report.requests(TARGET, query) == requests


def test_a_series_goes_by_its_step_and_other_rows_by_none() -> None:
    assert [report.step for report in (SUMMARY, ENERGY, STATS, RGM)] == [0, 86_400, 300, 900]


def test_a_column_has_the_unit_in_its_key_unless_its_name_says_it() -> None:
    assert [column.key for column in numbers("size_w", "energy", unit="W")] == ["size_w", "energy_W"]
    assert [column.key for column in numbers("enwh", "powr", "modules")] == ["enwh_Wh", "powr_W", "modules"]
    assert Column("last_report_at", Kind.TIME).heading == "last report at"
    assert Column("name").key == "name"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (None, None),
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (60.0, datetime(1970, 1, 1, 0, 1, tzinfo=UTC)),
        (-1, -1),
        (253_370_764_799, datetime.fromtimestamp(253_370_764_799, UTC)),
        (253_370_764_800, 253_370_764_800),
        ("soon", "soon"),
        (True, True),
    ],
)
def test_epoch_seconds_become_times_and_whatever_else_there_is_stays(raw: object, shown: object) -> None:
    assert value(raw, Column("last_report_at", Kind.TIME), UTC) == shown
    assert value(raw, Column("name"), UTC) == raw


def test_the_timezone_of_all_systems_is_theirs_if_they_have_but_one() -> None:
    elsewhere, unknown = Target(1, "", ZoneInfo("Asia/Tokyo")), Target(2, "", None)

    assert common_zone([TARGET, Target(68, "", ZONE)], utc=False) == ZONE
    assert common_zone([TARGET], utc=True) is UTC
    for targets in ([TARGET, elsewhere], [TARGET, unknown], [unknown], []):
        assert common_zone(targets, utc=False) is UTC
    assert (Query(NOW).zone(TARGET), Query(NOW, utc=True).zone(TARGET)) == (ZONE, UTC)


@pytest.mark.parametrize(
    ("requests", "spent", "limit", "seconds"),
    [(10, 0, None, 0), (10, 0, 10, 0), (11, 0, 10, 6), (20, 4, 10, 84), (10, 12, 10, 60), (0, 10, 10, 0)],
)
def test_the_time_left_is_at_least_what_the_plan_allows(
    requests: int, spent: int, limit: int | None, seconds: float
) -> None:
    assert _paced_seconds(requests, Usage(spent, spent, limit, None)) == seconds
