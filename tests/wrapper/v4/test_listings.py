"""Listings lose nothing and end, whatever a service makes of pages and their sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enphase_enlighten import InvalidArgumentError, InvalidResponseError
from tests.support.service import reply
from tests.support.v4_bodies import body
from tests.support.v4_calls import SERIAL
from tests.support.v4_service import V4Service

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from enphase_enlighten.v4 import Enlighten
    from tests.support.clients import Kind
    from tests.support.v4_service import Asked

SYSTEM = body("system")
INVERTER = body("inverters_summary")[0]["micro_inverters"][0]
SESSION = body("ev_sessions")["sessions"][0]
UNPROCESSABLE = {"message": "Unprocessable Entity", "details": "size", "code": 422}


def fleet(
    number: int, most: int = 100, *, total: int | None = None, refused: int = 10**6, tells_size: bool = True
) -> Callable[[Asked], httpx.Response]:
    """So many systems in pages of at most `most`; a size of more than `refused` is a 422."""

    def page(asked: Asked) -> httpx.Response:
        page, size = int(asked.params["page"]), int(asked.params["size"])
        if size > refused:
            return reply(UNPROCESSABLE, 422)
        taken = min(size, most)
        ids = range(1, number + 1)[(page - 1) * taken : page * taken]
        says = {
            "total": number if total is None else total,
            "current_page": page,
            "size": taken if tells_size else size,
            "count": len(ids),
            "items": "systems",
        }
        return reply({**says, "systems": [{**SYSTEM, "system_id": each} for each in ids]})

    return page


def ids(listing: Any) -> list[int]:
    return [system.system_id for system in listing]


def test_all_pages_are_listed_one_by_one(kind: Kind, v4_service: V4Service) -> None:
    v4_service.always = fleet(250)
    with v4_service.made(kind) as client:
        assert ids(client.systems()) == list(range(1, 251))
    assert [asked.params for asked in v4_service.asked] == [{"page": str(page), "size": "100"} for page in (1, 2, 3)]


def test_a_listing_asks_for_a_page_when_it_gets_there(v4: Enlighten, v4_service: V4Service) -> None:
    v4_service.always = fleet(250)
    listing = iter(v4.systems())
    assert v4_service.asked == []
    first = [next(listing) for _ in range(100)]
    assert (len(first), len(v4_service.asked)) == (100, 1)


def test_a_listing_goes_on_where_another_broke_off(kind: Kind, v4_service: V4Service) -> None:
    v4_service.always = fleet(25)
    with v4_service.made(kind) as client:
        broken = client.systems(page_size=10, sort_by="id")
        v4_service.then = [fleet(25)(ask(1, 10)), reply(UNPROCESSABLE, 422)]
        with pytest.raises(Exception, match="Systems"):
            list(broken)
        assert (broken.cursor, broken.complete) == ("2/10", False)
        # The size of the pages that are counted is that of the cursor.
        rest = client.systems(page_size=100, cursor=broken.cursor)
        assert ids(rest) == list(range(11, 26))
        assert rest.complete


def ask(page: int, size: int) -> Any:
    """A request for a page."""

    class Page:
        params = {"page": str(page), "size": str(size)}  # noqa: RUF012 - read once

    return Page


@pytest.mark.parametrize("cursor", ["", "2", "0/10", "1/0", "1/101", "2/10 ", "a/b", "٢/10"])
def test_a_cursor_that_no_listing_had_is_an_error(v4: Enlighten, cursor: str) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^cursor=.*Give the `cursor` of an earlier listing"):
        v4.systems(cursor=cursor)


@pytest.mark.parametrize(("size", "accepted"), [(0, False), (1, True), (100, True), (101, False)])
def test_a_page_of_systems_has_a_hundred_at_most(v4: Enlighten, size: int, *, accepted: bool) -> None:
    if accepted:
        v4.systems(page_size=size)
        return
    with pytest.raises(InvalidArgumentError, match="a number from 1 to 100"):
        v4.systems(page_size=size)


@given(
    number=st.integers(0, 60),
    size=st.integers(1, 20),
    most=st.integers(1, 20),
    surplus=st.integers(0, 3),
    tells_size=st.booleans(),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_each_system_is_listed_once_whatever_size_of_page_the_service_gives(
    number: int, size: int, most: int, surplus: int, *, tells_size: bool
) -> None:
    service = V4Service()
    service.always = fleet(number, most, total=number + surplus, tells_size=tells_size)
    with service.client() as client:
        listed = ids(client.systems(page_size=size))
    assert listed == list(range(1, number + 1))
    needed = -(-number // min(size, most)) or 1
    if not surplus:
        # Where sizes that are not told do not come out even, a page is read in part for a second time.
        assert len(service.asked) <= needed + (0 if tells_size or size <= most else 2)
    # A total that is too large costs a few small pages, until one is empty.
    assert len(service.asked) <= needed + 10


@given(cut=st.integers(1, 12), place=st.integers(0, 4))
@settings(max_examples=40, deadline=None)
def test_nothing_is_lost_where_one_page_is_short(cut: int, place: int) -> None:
    """One page has fewer systems than there are on it, once."""
    service, left = V4Service(), [place]
    whole = fleet(50)

    def page(asked: Asked) -> httpx.Response:
        left[0] -= 1
        full = whole(asked).json()
        if left[0] == -1:
            full["systems"] = full["systems"][:-cut] or full["systems"][:1]
        return reply(full)

    service.always = page
    with service.client() as client:
        assert sorted(ids(client.systems(page_size=12))) == list(range(1, 51))


def test_the_same_page_again_and_again_is_an_error_and_no_loop(kind: Kind, v4_service: V4Service) -> None:
    page = {**body("systems"), "total": 10**6}
    v4_service.always = lambda _asked: reply(page)
    with v4_service.made(kind) as client, pytest.raises(InvalidResponseError, match="does not end"):
        list(client.systems())
    assert len(v4_service.asked) <= 12


def test_a_search_asks_for_a_thousand_and_goes_on_with_a_hundred(kind: Kind, v4_service: V4Service) -> None:
    v4_service.always = fleet(150, refused=100)
    with v4_service.made(kind) as client:
        assert ids(client.search_systems(statuses=["normal", "comm"])) == list(range(1, 151))
        assert [asked.params["size"] for asked in v4_service.asked] == ["1000", "100", "100"]
        # It has learned that.
        list(client.search_systems())
        list(client.with_options(timeout=5).search_systems(page_size=500))
    assert {asked.params["size"] for asked in v4_service.asked[3:]} == {"100"}


def test_a_search_that_is_refused_for_another_reason_is_an_error(v4: Enlighten, v4_service: V4Service) -> None:
    v4_service.always = lambda _asked: reply({**UNPROCESSABLE, "details": "system is missing"}, 422)
    with pytest.raises(Exception, match="system is missing"):
        list(v4.search_systems())
    assert len(v4_service.asked) == 2


@given(number=st.integers(0, 450), most=st.sampled_from([50, 100, 200, 1000]), page_size=st.integers(1, 1000))
@settings(max_examples=40, deadline=None)
def test_each_system_that_is_searched_for_is_found_once(number: int, most: int, page_size: int) -> None:
    service = V4Service()
    service.always = fleet(number, most, refused=max(most, 100))
    with service.client() as client:
        assert ids(client.search_systems(page_size=page_size)) == list(range(1, number + 1))


def inverters(
    gateways: list[int], *, default: int | None = None, repeats: bool = False
) -> Callable[[Asked], httpx.Response]:
    """Gateways with so many inverters each, in pages of as many inverters as are asked for."""
    named = [(gateway, f"{gateway}-{each}") for gateway, number in enumerate(gateways) for each in range(number)]

    def page(asked: Asked) -> httpx.Response:
        page, size = int(asked.params["page"]), default or int(asked.params["size"])
        held = named if repeats else named[(page - 1) * size : page * size]
        entries = [
            {
                "signal_strength": gateway,
                "micro_inverters": [{**INVERTER, "serial_number": name} for of, name in held if of == gateway],
            }
            for gateway in sorted({of for of, _ in held})
        ]
        return reply(entries)

    return page


@given(
    gateways=st.lists(st.integers(0, 45), max_size=4),
    size=st.integers(1, 50),
    default=st.sampled_from([None, None, 10]),
    repeats=st.booleans(),
)
@settings(max_examples=100, deadline=None)
def test_each_inverter_is_listed_once_without_anything_that_says_how_many_there_are(
    gateways: list[int], size: int, default: int | None, *, repeats: bool
) -> None:
    service = V4Service()
    service.always = inverters(gateways, default=default, repeats=repeats)
    with service.client() as client:
        listing = client.inverters_summary_by_envoy_or_site(67, page_size=size)
        listed = [inverter.serial_number for gateway in listing for inverter in gateway.micro_inverters]
    assert listed == [f"{gateway}-{each}" for gateway, number in enumerate(gateways) for each in range(number)]
    assert listing.complete


def test_the_inverters_of_a_small_system_cost_one_request(kind: Kind, v4_service: V4Service) -> None:
    v4_service.always = inverters([12, 30])
    with v4_service.made(kind) as client:
        listed = list(client.inverters_summary_by_envoy_or_site(envoy_serial_number=SERIAL))
    assert [(gateway.signal_strength, len(gateway.micro_inverters)) for gateway in listed] == [(0, 12), (1, 30)]
    assert [asked.params for asked in v4_service.asked] == [{"envoy_serial_number": SERIAL, "page": "1", "size": "100"}]


def test_inverters_are_those_of_a_system_or_of_a_gateway(v4: Enlighten, v4_service: V4Service) -> None:
    with pytest.raises(InvalidArgumentError, match="at least one of the arguments site_id or envoy_serial_number"):
        v4.inverters_summary_by_envoy_or_site()
    assert v4_service.asked == []


def sessions(number: int, most: int = 100, *, counts: str = "all") -> Callable[[Asked], httpx.Response]:
    """So many sessions by offset and limit; `count` is that of all or of a page, or absent."""

    def page(asked: Asked) -> httpx.Response:
        offset, limit = int(asked.params["offset"]), min(int(asked.params["limit"]), most)
        held = [{**SESSION, "start_time": each} for each in range(number)[offset : offset + limit]]
        count = {"all": number, "page": len(held)}.get(counts)
        return reply({"system_id": 67, "sessions": held, **({} if count is None else {"count": count})})

    return page


@given(
    number=st.integers(0, 130),
    size=st.integers(1, 60),
    most=st.sampled_from([20, 100]),
    counts=st.sampled_from(["all", "page", "absent"]),
)
@settings(max_examples=150, deadline=None)
def test_each_session_is_listed_once_whatever_the_service_counts(
    number: int, size: int, most: int, counts: str
) -> None:
    service = V4Service()
    service.always = sessions(number, most, counts=counts)
    with service.client() as client:
        listed = [session.start_time for session in client.ev_charger_sessions(67, SERIAL, page_size=size)]
    assert listed == list(range(number))
    # One more where the last page has as many as the service gives by default.
    assert len(service.asked) <= number // min(size, most) + 2


def test_sessions_go_on_from_an_offset(v4: Enlighten, v4_service: V4Service) -> None:
    v4_service.always = sessions(50)
    listed = list(v4.ev_charger_sessions(67, SERIAL, page_size=20, cursor="40"))
    assert [session.start_time for session in listed] == list(range(40, 50))
    with pytest.raises(InvalidArgumentError, match=r"^cursor="):
        v4.ev_charger_sessions(67, SERIAL, cursor="40/20")


def test_events_that_are_alike_are_two_and_one_that_moved_on_is_one(v4: Enlighten, v4_service: V4Service) -> None:
    first, second = ({"status": "Info", "triggered_date": at, "cleared_date": at, "details": "d"} for at in (2, 1))
    pages = [[first, first], [first, second], []]
    v4_service.then = [reply({"system_id": 67, "count": 100, "events": events}) for events in pages]
    listed = list(v4.ev_charger_events(67, page_size=2))
    assert [event.triggered_date for event in listed] == [2, 2, 1]


def test_many_pages_of_what_has_no_key_are_no_loop(v4: Enlighten, v4_service: V4Service) -> None:
    v4_service.always = sessions(60)
    assert len(list(v4.ev_charger_sessions(67, SERIAL, page_size=2))) == 60
