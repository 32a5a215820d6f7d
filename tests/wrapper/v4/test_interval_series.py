"""The interval series of API v4: what is asked for, and what the rows, the models and the frames have."""

from __future__ import annotations

import warnings
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
import pytest

from enphase_enlighten import DroppedValuesWarning, InvalidArgumentError, InvalidResponseError
from tests.support.service import reply
from tests.support.telemetry_service import DAY, SERIAL, SYSTEM, TelemetryService
from tests.support.v4_bodies import body

if TYPE_CHECKING:
    from tests.support.clients import Kind
    from tests.support.clock import SettableClock
    from tests.support.v4_service import V4Service

ZONE = ZoneInfo("Europe/Berlin")
JUNE = int(datetime(2026, 6, 1, tzinfo=ZONE).timestamp())
SPAN: dict[str, Any] = {"start_at": JUNE, "end_at": JUNE + 9 * DAY}
COLUMNS: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "stats": ((), ["powr_W", "enwh_Wh", "devices_reporting"]),
    "production_meter_telemetry": ((), ["wh_del_Wh", "devices_reporting"]),
    "rgm_stats": ((), ["wh_del_Wh", "devices_reporting"]),
    "consumption_stats": ((), ["enwh_Wh", "devices_reporting"]),
    "battery_telemetry": ((), ["charge_Wh", "discharge_Wh", "soc_percent"]),
    "energy_import_telemetry": ((), ["wh_imported_Wh"]),
    "energy_export_telemetry": ((), ["wh_exported_Wh"]),
    "micro_telemetry": ((SERIAL,), ["powr_W", "enwh_Wh"]),
    "micros_telemetry": ((), ["serial_number", "powr_W", "enwh_Wh"]),
    "encharge_telemetry": ((SERIAL,), ["charge_Wh", "discharge_Wh", "soc_percent"]),
    "acb_telemetry": ((SERIAL,), ["charge_Wh", "discharge_Wh", "soc_percent"]),
    "evse_telemetry": ((SERIAL,), ["wh_consumed_Wh"]),
    "hp_telemetry": ((), ["wh_consumed_Wh"]),
    "ev_charger_telemetry": ((SERIAL,), ["consumption_Wh"]),
}
"""What each series takes beside a range, and its columns in frames beside `end_at`."""

pytestmark = pytest.mark.filterwarnings("ignore:acb_telemetry is deprecated:DeprecationWarning")


@pytest.fixture
def telemetry(clock: SettableClock) -> TelemetryService:
    return TelemetryService(clock, ZONE)


def ends(rows: Any) -> list[int]:
    """The ends of intervals in epoch seconds."""
    return [int(row.end_at.timestamp()) for row in rows]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_frame_has_the_rows_in_columns_with_units(kind: Kind, telemetry: TelemetryService, name: str) -> None:
    arguments, columns = COLUMNS[name]
    with telemetry.made(kind) as client:
        series = getattr(client, name)(SYSTEM, *arguments, **SPAN)
        rows = list(series)
        pandas, polars, arrow = series.to_pandas(), series.to_polars(), series.to_arrow()
    assert len(rows) > 2
    whole = [column for column in columns if column != "serial_number"]

    assert (pandas.index.name, list(pandas.columns)) == ("end_at", columns)
    assert isinstance(pandas.index, pd.DatetimeIndex)
    assert str(pandas.index.dtype) == "datetime64[us, Europe/Berlin]"
    assert list(pandas.index) == [row.end_at for row in rows]
    assert {str(pandas[column].dtype) for column in whole} == {"Int64"}

    assert polars.columns == ["end_at", *columns]
    assert polars.schema["end_at"] == pl.Datetime("us", "Europe/Berlin")
    assert {polars.schema[column] for column in whole} == {pl.Int64()}
    assert polars.rows() == [tuple(row) for row in rows]

    assert arrow.column_names == ["end_at", *columns]
    assert arrow.schema.field("end_at").type == pa.timestamp("us", "Europe/Berlin")
    assert {arrow.schema.field(column).type for column in whole} == {pa.int64()}
    assert arrow.num_rows == len(rows)


@pytest.mark.parametrize("name", COLUMNS)
def test_responses_are_models_with_their_intervals(kind: Kind, telemetry: TelemetryService, name: str) -> None:
    arguments, _ = COLUMNS[name]
    with telemetry.made(kind) as client:
        models = list(getattr(client, name)(SYSTEM, *arguments, **SPAN).responses())
    assert len(models) == 2
    items = {"micros_telemetry": "devices", "ev_charger_telemetry": "consumption"}.get(name, "intervals")
    first = getattr(models[0], items)[0]
    if isinstance(first, list):
        # These are specified as a list for each day.
        (first, *_) = first
    elif name == "micros_telemetry":
        first = first.intervals[0]
    assert JUNE < first.end_at <= JUNE + 900


@pytest.mark.parametrize("name", COLUMNS)
def test_a_series_without_rows_has_its_columns(kind: Kind, telemetry: TelemetryService, name: str) -> None:
    arguments, columns = COLUMNS[name]
    telemetry.has = lambda _at: False
    with telemetry.made(kind) as client:
        series = getattr(client, name)(SYSTEM, *arguments, **SPAN)
        assert series.to_polars().columns == ["end_at", *columns]
        assert len(series.to_pandas()) == 0


def day_of_stats(intervals: list[Any]) -> dict[str, Any]:
    """The body of a day with these intervals."""
    span = {"granularity": "week", "start_at": JUNE, "end_at": JUNE + 7 * DAY, "items": "intervals"}
    return {"system_id": SYSTEM, "total_devices": 1, **span, "intervals": intervals, "meta": body("rgm_stats")["meta"]}


@pytest.mark.parametrize("strict", [False, True])
def test_a_missing_value_is_none_and_null(kind: Kind, v4_service: V4Service, strict: bool) -> None:
    intervals: list[Any] = [
        {"end_at": JUNE + 900, "wh_imported": 5},
        {"end_at": JUNE + 1800, "wh_imported": None},
        {"end_at": JUNE + 2700},
    ]
    v4_service.always = lambda _asked: reply(day_of_stats(intervals))
    with v4_service.made(kind, strict=strict) as client:
        series = client.energy_import_telemetry(SYSTEM, start_at=JUNE, end_at=JUNE + DAY, timezone=ZONE)
        if strict:
            with pytest.raises(InvalidResponseError):
                list(series)
            return
        assert [row.wh_imported for row in series] == [5, None, None]
        pandas, polars, arrow = series.to_pandas(), series.to_polars(), series.to_arrow()
    assert str(pandas["wh_imported_Wh"].dtype) == "Int64"
    assert list(pandas["wh_imported_Wh"].isna()) == [False, True, True]
    assert polars["wh_imported_Wh"].to_list() == arrow["wh_imported_Wh"].to_pylist() == [5, None, None]
    assert polars.schema["wh_imported_Wh"] == pl.Int64


def test_a_fraction_makes_its_column_one_of_floats(kind: Kind, v4_service: V4Service) -> None:
    intervals = [
        {"end_at": JUNE + 300, "powr": 7, "enwh": 5, "devices_reporting": 1},
        {"end_at": JUNE + 600, "powr": None, "enwh": 5.25, "devices_reporting": 1},
        {"end_at": JUNE + 900, "powr": 9, "enwh": None, "devices_reporting": 1},
    ]
    v4_service.always = lambda _asked: reply(day_of_stats(intervals))
    with v4_service.made(kind) as client, warnings.catch_warnings():
        warnings.simplefilter("error", DroppedValuesWarning)
        series = client.stats(SYSTEM, start_at=JUNE, end_at=JUNE + DAY, timezone=ZONE)
        pandas, polars, arrow = series.to_pandas(), series.to_polars(), series.to_arrow()
    assert (str(pandas["enwh_Wh"].dtype), str(pandas["powr_W"].dtype)) == ("Float64", "Int64")
    assert list(pandas["enwh_Wh"][:2]) == [5.0, 5.25]
    assert polars["enwh_Wh"].to_list() == arrow["enwh_Wh"].to_pylist() == [5.0, 5.25, None]
    assert (polars.schema["enwh_Wh"], polars.schema["powr_W"]) == (pl.Float64, pl.Int64)


@pytest.mark.parametrize("place", [[], [[]]])
def test_an_interval_without_an_end_is_an_error(kind: Kind, v4_service: V4Service, place: list[Any]) -> None:
    found: list[Any] = [{"end_at": JUNE + 900, "wh_imported": 5}, {"end_at": "noon", "wh_imported": 5}]
    v4_service.always = lambda _asked: reply(day_of_stats([found] if place else found))
    with v4_service.made(kind) as client, pytest.raises(InvalidResponseError) as caught:
        list(client.energy_import_telemetry(SYSTEM, start_at=JUNE, end_at=JUNE + DAY, timezone=ZONE))
    assert caught.value.pointer == "/intervals/1/end_at"


def test_an_end_with_a_point_is_read(kind: Kind, v4_service: V4Service) -> None:
    v4_service.always = lambda _asked: reply(day_of_stats([{"end_at": float(JUNE + 900), "wh_imported": 5}]))
    with v4_service.made(kind) as client:
        series = client.energy_import_telemetry(SYSTEM, start_at=JUNE, end_at=JUNE + DAY, timezone=ZONE)
        assert ends(series) == [JUNE + 900]


@pytest.mark.parametrize("name", ["energy_import_telemetry", "energy_export_telemetry"])
def test_a_list_for_each_day_is_the_same_as_one_list(kind: Kind, telemetry: TelemetryService, name: str) -> None:
    with telemetry.made(kind) as client:
        series = getattr(client, name)(SYSTEM, **SPAN)
        telemetry.nested = True
        nested, models = list(series), list(series.responses())
        telemetry.nested = False
        flat, flat_models = list(series), list(series.responses())
    assert nested == flat
    assert ends(nested) == list(range(JUNE + 900, JUNE + 9 * DAY + 1, 900))
    # The models have the same form, whichever the service sent.
    assert [each.intervals for each in models] != []
    assert type(models[0].intervals[0]) is type(flat_models[0].intervals[0])


def test_a_body_that_is_too_deep_is_an_error(kind: Kind, v4_service: V4Service) -> None:
    # What reads JSON takes it; what walks through it does not.
    deep = '{"intervals": [], "meta": ' + "[" * 300 + "]" * 300 + "}"
    v4_service.always = lambda _asked: reply(deep.encode())
    with v4_service.made(kind) as client, pytest.raises(InvalidResponseError):
        list(client.stats(SYSTEM, start_at=JUNE, end_at=JUNE + DAY, timezone=ZONE))


@pytest.mark.parametrize("name", ["evse_telemetry", "hp_telemetry"])
def test_intervals_of_five_minutes(kind: Kind, telemetry: TelemetryService, name: str) -> None:
    arguments, _ = COLUMNS[name]
    # The start is on the grid of these intervals, and not on that of 15 minutes.
    span = {"start_at": JUNE + 300, "end_at": JUNE + DAY}
    with telemetry.made(kind) as client:
        short = list(getattr(client, name)(SYSTEM, *arguments, **span, interval_duration="5mins"))
        long = list(getattr(client, name)(SYSTEM, *arguments, **span, interval_duration="15mins"))
        usual = list(getattr(client, name)(SYSTEM, *arguments, **span))
    assert ends(short) == list(range(JUNE + 600, JUNE + DAY + 1, 300))
    assert ends(long) == list(range(JUNE + 900, JUNE + DAY + 1, 900))
    assert usual == long
    asked = [(int(each["start_at"]) - JUNE, each.get("interval_duration")) for each in telemetry.asked()]
    assert asked == [(300, "5mins"), (0, "15mins"), (0, None)]


@pytest.mark.parametrize("name", ["evse_telemetry", "hp_telemetry"])
def test_other_durations_are_not_accepted(kind: Kind, telemetry: TelemetryService, name: str) -> None:
    with telemetry.made(kind) as client, pytest.raises(InvalidArgumentError, match="'5mins', '15mins'"):
        getattr(client, name)(SYSTEM, *COLUMNS[name][0], interval_duration="1min")
    assert telemetry.requests == []


def test_energy_that_a_car_fed_back_is_negative(kind: Kind, telemetry: TelemetryService) -> None:
    with telemetry.made(kind) as client:
        rows = list(client.evse_telemetry(SYSTEM, SERIAL, **SPAN))
    assert min(row.wh_consumed for row in rows) == -10


def test_the_telemetry_of_ac_batteries_is_deprecated(kind: Kind, telemetry: TelemetryService) -> None:
    with telemetry.made(kind) as client:
        with pytest.warns(DeprecationWarning, match="use battery_telemetry or encharge_telemetry"):
            of_acb = client.acb_telemetry(SYSTEM, SERIAL, **SPAN)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            of_encharge = client.encharge_telemetry(SYSTEM, SERIAL, **SPAN)
        rows = list(of_acb)
        assert rows == list(of_encharge)
    assert {row.soc for row in rows} == {50}


def test_the_telemetry_of_a_charger_of_the_vendor(kind: Kind, telemetry: TelemetryService) -> None:
    with telemetry.made(kind) as client:
        rows = list(client.ev_charger_telemetry(SYSTEM, SERIAL, **SPAN))
    assert ends(rows) == list(range(JUNE + 900, JUNE + 9 * DAY + 1, 900))
    assert [row.consumption for row in rows] == [end % 100 for end in ends(rows)]
    assert telemetry.asked() == [
        {"start_at": str(JUNE), "granularity": "week"},
        {"start_at": str(JUNE + 7 * DAY), "granularity": "week"},
    ]


def test_a_response_with_dates_alone_is_read(kind: Kind, v4_service: V4Service) -> None:
    recorded = body("ev_telemetry")
    v4_service.always = lambda _asked: reply(recorded)
    start = datetime(2026, 3, 9, tzinfo=ZONE)
    with v4_service.made(kind) as client:
        rows = list(client.ev_charger_telemetry(SYSTEM, SERIAL, start_at=start, end_at="2026-03-10", timezone=ZONE))
    assert ends(rows) == [each["end_at"] for each in recorded["consumption"]]
    assert [row.consumption for row in rows] == [each["consumption"] for each in recorded["consumption"]]


@pytest.mark.parametrize("serial_no", ["", ".", "..", 5])
def test_what_is_no_serial_number_is_not_accepted(kind: Kind, telemetry: TelemetryService, serial_no: Any) -> None:
    with telemetry.made(kind) as client, pytest.raises(InvalidArgumentError, match=r"^serial_no="):
        client.micro_telemetry(SYSTEM, serial_no)
    assert telemetry.requests == []
