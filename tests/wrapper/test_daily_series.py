"""Series of days over a system's life."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enphase_enlighten import InvalidArgumentError, InvalidResponseError
from tests.support.series import days
from tests.support.service import StubService, no_content, reply

if TYPE_CHECKING:
    from enphase_enlighten import AsyncEnlighten, Enlighten

pytestmark = pytest.mark.lowest

META = {"status": "normal", "last_report_at": 1445619615, "last_energy_at": 1445619033, "operational_at": 1357023600}


def lifetime(**changed: Any) -> dict[str, Any]:
    body = {"system_id": 67, "start_date": "2026-03-07", "production": [15422, 15421, 17118], "meta": META}
    return {name: value for name, value in {**body, **changed}.items() if value != "absent"}


def consumed(**changed: Any) -> dict[str, Any]:
    body = {"system_id": 67, "start_date": "2026-03-07", "consumption": [1, 2, 3], "meta": META}
    return {**body, **changed}


def test_each_day_has_its_date_also_where_the_clocks_change(client: Enlighten, service: StubService) -> None:
    service.then = [reply(lifetime())]

    series = client.energy_lifetime(67)

    assert [day.date for day in series] == days("2026-03-07", 3)
    assert [day.production for day in series] == [15422, 15421, 17118]
    assert series.start_date == date(2026, 3, 7)
    assert series.meta is not None
    assert series.meta.last_report_at == META["last_report_at"]
    assert series.meter_start_date is None


@given(st.integers(0, 400), st.dates(date(2009, 1, 1), date(2026, 1, 1)))
def test_any_number_of_days_is_dated_without_gaps(number: int, first: date) -> None:
    service = StubService()
    service.then = [reply(lifetime(start_date=first.isoformat(), production=list(range(number))))]
    with service.client(strict=True) as client:
        series = client.energy_lifetime(67)

    assert [(day.date - first).days for day in series] == list(range(number))
    assert [day.production for day in series] == list(range(number))


def test_dates_are_sent_as_they_are_meant(client: Enlighten, service: StubService) -> None:
    service.then = [reply(lifetime()), reply(consumed())]

    client.energy_lifetime(67, start_date="2026-03-07", end_date=date(2026, 3, 9))
    client.consumption_lifetime(67, start_date=date(2026, 3, 7))

    assert service.requests == [
        ("energy_lifetime", {"start_date": "2026-03-07", "end_date": "2026-03-09"}),
        ("consumption_lifetime", {"start_date": "2026-03-07"}),
    ]


def test_both_sources_are_added_where_they_are_asked_for(client: Enlighten, service: StubService) -> None:
    body = lifetime(
        micro_production=[1, 2, 3], meter_production=[None, 5, 6], meter_start_date="2026-03-08", production=[1, 5, 6]
    )
    service.then = [reply(body)]

    series = client.energy_lifetime(67, production="all")

    assert service.requests == [("energy_lifetime", {"production": "all"})]
    assert series[0] == (date(2026, 3, 7), 1, 1, None)
    assert series[1]._asdict() == {
        "date": date(2026, 3, 8),
        "production": 5,
        "micro_production": 2,
        "meter_production": 5,
    }
    assert series.meter_start_date == date(2026, 3, 8)


def test_series_of_unequal_length_are_filled_up_with_nothing(client: Enlighten, service: StubService) -> None:
    service.then = [reply(lifetime(production=[1], micro_production=[1, 2, 3], meter_production="absent"))]

    series = client.energy_lifetime(67, production="all")

    assert [day[1:] for day in series] == [(1, 1, None), (None, 2, None), (None, 3, None)]


def test_a_value_that_is_missing_does_not_move_the_others(client: Enlighten, service: StubService) -> None:
    service.then = [reply(consumed(consumption=[1, None, 3]))]

    assert [day.consumption for day in client.consumption_lifetime(67)] == [1, None, 3]


def test_a_series_can_be_indexed_sliced_and_measured(client: Enlighten, service: StubService) -> None:
    service.then = [reply(consumed(consumption=[5, 6, 7, 8]))]

    series = client.consumption_lifetime(67)

    assert len(series) == 4
    assert series[-1].consumption == 8
    assert [day.date for day in series[1:3]] == days("2026-03-08", 2)
    assert series[0] in series
    assert [day.consumption for day in reversed(series)] == [8, 7, 6, 5]
    assert repr(series) == "<DailySeries of consumption: 4 days from 2026-03-07>"
    with pytest.raises(IndexError):
        series[4]


@pytest.mark.parametrize("name", ["energy_lifetime", "consumption_lifetime"])
def test_a_204_is_an_empty_series(client: Enlighten, service: StubService, name: str) -> None:
    service.then = [no_content()]

    series = getattr(client, name)(67)

    assert (len(series), series.meta, series.start_date, series.meter_start_date) == (0, None, None, None)
    assert "0 days" in repr(series)


def test_a_system_that_never_produced_has_an_empty_series(client: Enlighten, service: StubService) -> None:
    service.then = [reply(lifetime(start_date=None, production=[]))]

    series = client.energy_lifetime(67)

    assert list(series) == []
    assert series.start_date is None
    assert series.meta is not None


@pytest.mark.parametrize("start_date", [None, "absent", "yesterday", 20260307, "9999-12-30"])
def test_values_that_cannot_be_dated_are_an_error(client: Enlighten, service: StubService, start_date: Any) -> None:
    service.then = [reply(lifetime(start_date=start_date))]

    with pytest.raises(InvalidResponseError) as caught:
        client.energy_lifetime(67)
    assert caught.value.pointer == "/start_date"


@pytest.mark.parametrize("body", [lifetime(production=None), lifetime(production="absent"), lifetime(production={})])
def test_a_body_without_its_series_is_an_error(client: Enlighten, service: StubService, body: dict[str, Any]) -> None:
    service.then = [reply(body)]

    with pytest.raises(InvalidResponseError) as caught:
        client.energy_lifetime(67)
    assert caught.value.pointer == "/production"


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"start_date": "2026-06-10", "end_date": "2026-06-09"}, "start_date"),
        ({"start_date": "2026-06-17"}, "start_date"),
        ({"end_date": "2026-06-17"}, "end_date"),
        ({"start_date": 5}, "start_date"),
        ({"system_id": "67"}, "system_id"),
        ({"system_id": True}, "system_id"),
        ({"system_id": None}, "system_id"),
    ],
)
@pytest.mark.parametrize("name", ["energy_lifetime", "consumption_lifetime"])
def test_invalid_arguments_are_errors_before_anything_is_sent(
    client: Enlighten, service: StubService, name: str, arguments: dict[str, Any], argument: str
) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        getattr(client, name)(**{"system_id": 67, **arguments})

    assert caught.value.argument == argument
    assert service.requests == []


@pytest.mark.parametrize("production", ["ALL", "", True, 1])
def test_production_is_all_or_nothing(client: Enlighten, production: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^production="):
        client.energy_lifetime(67, production=production)


async def test_the_async_client_gives_the_same(async_client: AsyncEnlighten, service: StubService) -> None:
    service.then = [reply(consumed()), reply(lifetime(micro_production=[1], meter_production=[2]))]

    assert [day.consumption for day in await async_client.consumption_lifetime(67)] == [1, 2, 3]
    assert (await async_client.energy_lifetime(67, production="all"))[0][1:] == (15422, 1, 2)
