"""The daily series of API v4: which days they have, what may still be reported, and their frames."""

from __future__ import annotations

import pickle
import warnings
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
import pytest

from enphase_enlighten import DroppedValuesWarning, InvalidArgumentError, NotFoundError, UnprocessableRequestError
from tests.support.series import days
from tests.support.service import no_content, reply
from tests.support.v4_bodies import body
from tests.support.v4_calls import SERIAL

if TYPE_CHECKING:
    from tests.support.clients import Kind
    from tests.support.v4_service import V4Service

YESTERDAY, TODAY = date(2026, 6, 14), date(2026, 6, 15)
"""By the clock of these tests, from the east to the west."""

NAMES: dict[str, tuple[dict[str, Any], str, tuple[str, ...]]] = {
    "energy_lifetime": ({}, "energy_lifetime", ("production",)),
    "consumption_lifetime": ({}, "consumption_lifetime", ("consumption",)),
    "battery_lifetime": ({}, "battery_lifetime", ("charge", "discharge")),
    "energy_import_lifetime": ({}, "energy_import_lifetime", ("import",)),
    "energy_export_lifetime": ({}, "energy_export_lifetime", ("export",)),
    "evse_lifetime": ({"serial_no": SERIAL}, "evse_lifetime", ("consumption",)),
    "hp_lifetime": ({}, "hp_lifetime", ("consumption",)),
    "ev_charger_lifetime": ({"serial_no": SERIAL, "start_date": "2026-03-01"}, "ev_lifetime", ("consumption",)),
}
"""What each takes beside a system, its recorded body, and the lists in that."""


def sent_as(name: str, day: date) -> str:
    """How a day is sent."""
    return f"{day:%Y%m%d}" if name == "ev_charger_lifetime" else day.isoformat()


def recorded(name: str, **changed: Any) -> dict[str, Any]:
    """The recorded body of a series, changed."""
    found: dict[str, Any] = body(NAMES[name][1])
    return {**found, **changed}


@pytest.mark.parametrize("name", NAMES)
def test_each_day_has_its_date(kind: Kind, v4_service: V4Service, name: str) -> None:
    arguments, _, lists = NAMES[name]
    sent = recorded(name)
    v4_service.then = [reply(sent)]
    with v4_service.made(kind) as client:
        series = getattr(client, name)(system_id=67, **arguments)
    expected = days(sent["start_date"], len(sent[lists[0]]))
    assert [row.date for row in series] == expected
    assert [row[1:] for row in series] == list(zip(*(sent[each] for each in lists), strict=True))
    assert (series.start_date, series.end_date) == (expected[0], expected[-1])
    assert series.name.rstrip("_") == lists[0]
    assert series.unsettled == ()
    assert series.response.to_dict() == sent
    assert repr(series) == f"<DailySeries of {series.name}: {len(expected)} days from {expected[0]}>"


@pytest.mark.parametrize("name", NAMES)
def test_meta_is_there_where_the_service_sends_it(kind: Kind, v4_service: V4Service, name: str) -> None:
    sent = recorded(name)
    v4_service.then = [reply(sent)]
    with v4_service.made(kind) as client:
        meta = getattr(client, name)(system_id=67, **NAMES[name][0]).meta
    assert (None if meta is None else meta.to_dict()) == sent.get("meta")
    assert (meta is None) == (name in {"evse_lifetime", "hp_lifetime", "ev_charger_lifetime"})


@pytest.mark.parametrize("name", NAMES)
def test_a_series_pickles(kind: Kind, v4_service: V4Service, name: str) -> None:
    v4_service.then = [reply(recorded(name))]
    with v4_service.made(kind) as client:
        series = getattr(client, name)(system_id=67, **NAMES[name][0])
    again = pickle.loads(pickle.dumps(series))  # noqa: S301 - ours
    assert list(again) == list(series)
    assert (again.end_date, again.response) == (series.end_date, series.response)


@pytest.mark.parametrize("name", NAMES)
def test_without_content_a_series_is_empty(kind: Kind, v4_service: V4Service, name: str) -> None:
    v4_service.then = [no_content()]
    with v4_service.made(kind) as client:
        series = getattr(client, name)(system_id=67, **NAMES[name][0])
    assert list(series) == []
    assert (series.start_date, series.end_date, series.meta, series.response) == (None, None, None, None)
    assert series.unsettled == ()
    assert list(series.to_pandas().columns) == columns_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_series_without_days_keeps_its_response(kind: Kind, v4_service: V4Service, name: str) -> None:
    sent = recorded(name, **{each: [] for each in NAMES[name][2]})
    v4_service.then = [reply(sent)]
    with v4_service.made(kind) as client:
        series = getattr(client, name)(system_id=67, **NAMES[name][0])
    assert (list(series), series.end_date) == ([], None)
    assert series.response.to_dict() == sent


@pytest.mark.parametrize("name", NAMES)
def test_yesterday_may_be_missing(kind: Kind, v4_service: V4Service, name: str) -> None:
    lists = NAMES[name][2]
    v4_service.then = [reply(recorded(name, start_date="2026-06-12", **{each: [5, 6] for each in lists}))]
    with v4_service.made(kind) as client:
        series = getattr(client, name)(
            **{"system_id": 67, **NAMES[name][0], "start_date": "2026-06-12", "end_date": YESTERDAY}
        )
    # A day that the service does not have is not made up.
    assert [row.date for row in series] == days("2026-06-12", 2)
    assert series.end_date == date(2026, 6, 13)
    (asked,) = v4_service.asked
    assert asked.params == {
        "start_date": sent_as(name, date(2026, 6, 12)),
        "end_date": sent_as(name, YESTERDAY),
    }


@pytest.mark.parametrize("name", NAMES)
def test_zeros_of_the_last_days_may_still_be_reported(kind: Kind, v4_service: V4Service, name: str) -> None:
    lists = NAMES[name][2]
    v4_service.then = [reply(recorded(name, start_date="2026-06-11", **{each: [5, 0, 0, 0, 0] for each in lists}))]
    with v4_service.made(kind) as client:
        series = getattr(client, name)(system_id=67, **NAMES[name][0])
    # What is older than yesterday was zero.
    assert [row.date for row in series.unsettled] == [YESTERDAY, TODAY]


def test_a_day_with_one_quantity_is_settled(kind: Kind, v4_service: V4Service) -> None:
    sent = recorded("battery_lifetime", start_date="2026-06-13", charge=[0, 0, 0], discharge=[0, 7, 0])
    v4_service.then = [reply(sent)]
    with v4_service.made(kind) as client:
        series = client.battery_lifetime(67)
    assert [row.date for row in series.unsettled] == [TODAY]


@pytest.mark.parametrize("day", [YESTERDAY, TODAY])
@pytest.mark.parametrize("name", NAMES)
def test_the_last_day_alone_is_asked_for_without_an_end(
    kind: Kind, v4_service: V4Service, name: str, day: date
) -> None:
    lists = NAMES[name][2]
    arguments = {**NAMES[name][0], "start_date": day, "end_date": day}
    # The service may go on behind it, with today.
    v4_service.then = [
        reply(recorded(name, start_date=day.isoformat(), **{each: [5, 6] for each in lists})),
        reply(body("error_422_date_range"), 422),
    ]
    with v4_service.made(kind) as client:
        series = getattr(client, name)(system_id=67, **arguments)
        unreported = getattr(client, name)(system_id=67, **arguments)
    assert [tuple(row) for row in series] == [(day, *[5] * len(lists))]
    # There is no report of it yet.
    assert list(unreported) == []
    assert (unreported.end_date, unreported.response) == (None, None)
    assert [asked.params for asked in v4_service.asked] == [{"start_date": sent_as(name, day)}] * 2


@pytest.mark.parametrize("name", NAMES)
def test_any_other_refusal_of_days_is_an_error(kind: Kind, v4_service: V4Service, name: str) -> None:
    get = {"system_id": 67, **NAMES[name][0]}
    v4_service.then = [
        reply(body("error_422_future"), 422),
        reply(body("error_422_date_range"), 422),
        reply(body("error_422_date_range"), 422),
    ]
    with v4_service.made(kind) as client:
        for start, end in [(YESTERDAY, YESTERDAY), (YESTERDAY, TODAY), (date(2026, 6, 1), date(2026, 6, 1))]:
            with pytest.raises(UnprocessableRequestError):
                getattr(client, name)(**{**get, "start_date": start, "end_date": end})
    assert [sorted(asked.params) for asked in v4_service.asked] == [
        ["start_date"],
        ["end_date", "start_date"],
        ["end_date", "start_date"],
    ]


def test_the_days_of_a_charger_are_asked_for_without_hyphens(kind: Kind, v4_service: V4Service) -> None:
    v4_service.always = lambda _asked: reply(body("ev_lifetime"))
    with v4_service.made(kind) as client:
        client.ev_charger_lifetime(67, SERIAL, "2026-03-01")
        client.ev_charger_lifetime(67, SERIAL, date(2026, 3, 1), end_date="2026-03-04")
    assert [asked.params for asked in v4_service.asked] == [
        {"start_date": "20260301"},
        {"start_date": "20260301", "end_date": "20260304"},
    ]
    assert v4_service.asked[0].path == {"system_id": "67", "serial_no": SERIAL}


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"start_date": "2026-06-10", "end_date": "2026-06-09"}, "start_date"),
        ({"start_date": "2026-06-17"}, "start_date"),
        ({"start_date": 20260601}, "start_date"),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_days_that_cannot_be_are_an_error_before_anything_is_sent(
    kind: Kind, v4_service: V4Service, name: str, arguments: dict[str, Any], argument: str
) -> None:
    given = {"system_id": 67, **NAMES[name][0], **arguments}
    with v4_service.made(kind) as client, pytest.raises(InvalidArgumentError) as caught:
        getattr(client, name)(**given)
    assert caught.value.argument == argument
    assert v4_service.asked == []


def test_a_system_that_is_not_there_is_an_error(kind: Kind, v4_service: V4Service) -> None:
    v4_service.then = [reply(body("error_404_system"), 404)]
    with v4_service.made(kind) as client, pytest.raises(NotFoundError):
        client.energy_lifetime(67)


def test_both_sources_come_where_they_are_asked_for(kind: Kind, v4_service: V4Service) -> None:
    sent = body("energy_lifetime_merged")
    v4_service.then = [reply(sent)]
    with v4_service.made(kind) as client:
        series = client.energy_lifetime(67, production="all")
    assert series[2] == (date(2013, 1, 3), 17118, 17118, 11388)
    assert series.meter_start_date == date(2013, 1, 4)
    assert v4_service.asked[0].params == {"production": "all"}
    assert list(series.to_pandas().columns) == ["production_Wh", "micro_production_Wh", "meter_production_Wh"]


@pytest.mark.parametrize("discharge", [[1], None, "absent"])
def test_a_battery_without_one_of_its_lists_has_the_other(kind: Kind, v4_service: V4Service, discharge: Any) -> None:
    sent = recorded("battery_lifetime", charge=[5, 6], discharge=discharge)
    if discharge == "absent":
        del sent["discharge"]
    v4_service.then = [reply(sent)]
    with v4_service.made(kind) as client:
        series = client.battery_lifetime(67)
    assert [(row.charge, row.discharge) for row in series] == [(5, 1 if discharge == [1] else None), (6, None)]


def columns_of(name: str) -> list[str]:
    """The columns of a frame beside the date."""
    return [f"{each}_Wh" for each in NAMES[name][2]]


@pytest.mark.parametrize("name", NAMES)
def test_a_frame_has_the_days_with_units_and_nulls(kind: Kind, v4_service: V4Service, name: str) -> None:
    values = [5, None, 7]
    v4_service.then = [reply(recorded(name, **dict.fromkeys(NAMES[name][2], values)))]
    with v4_service.made(kind) as client:
        series = getattr(client, name)(system_id=67, **NAMES[name][0])
    pandas, polars, arrow = series.to_pandas(), series.to_polars(), series.to_arrow()
    columns = columns_of(name)
    first = [row.date for row in series]

    assert (pandas.index.name, list(pandas.columns)) == ("date", columns)
    assert isinstance(pandas.index, pd.DatetimeIndex)
    assert pandas.index.tz is None
    assert list(pandas.index.date) == first
    assert {str(pandas[column].dtype) for column in columns} == {"Int64"}
    assert [list(pandas[column].isna()) for column in columns] == [[False, True, False]] * len(columns)

    assert (polars.columns, polars.schema["date"]) == (["date", *columns], pl.Date())
    assert polars["date"].to_list() == first
    assert (arrow.column_names, arrow.schema.field("date").type) == (["date", *columns], pa.date32())
    for column in columns:
        assert polars[column].to_list() == arrow[column].to_pylist() == values
        assert (polars.schema[column], arrow.schema.field(column).type) == (pl.Int64(), pa.int64())


@pytest.mark.parametrize("name", NAMES)
def test_a_fraction_makes_its_column_one_of_floats(kind: Kind, v4_service: V4Service, name: str) -> None:
    lists = NAMES[name][2]
    values = {each: [5, 6.5, None] if place == 0 else [5, 6, None] for place, each in enumerate(lists)}
    v4_service.then = [reply(recorded(name, **values))]
    with v4_service.made(kind) as client, warnings.catch_warnings():
        warnings.simplefilter("error", DroppedValuesWarning)
        series = getattr(client, name)(system_id=67, **NAMES[name][0])
        pandas, polars, arrow = series.to_pandas(), series.to_polars(), series.to_arrow()
    first, *others = columns_of(name)
    assert str(pandas[first].dtype) == "Float64"
    assert polars[first].to_list() == arrow[first].to_pylist() == [5.0, 6.5, None]
    assert (polars.schema[first], arrow.schema.field(first).type) == (pl.Float64(), pa.float64())
    # The others are as whole as they were.
    assert {polars.schema[other] for other in others} <= {pl.Int64()}


def test_what_is_no_number_is_null_with_a_warning(kind: Kind, v4_service: V4Service) -> None:
    v4_service.then = [reply(recorded("energy_lifetime", production=[5, "many"]))]
    with v4_service.made(kind) as client:
        series = client.energy_lifetime(67)
    with pytest.warns(DroppedValuesWarning, match="1 in production_Wh"):
        frame = series.to_polars()
    assert frame["production_Wh"].to_list() == [5, None]
