"""Listing a fleet: lazily, each system once, to an end."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enlighten_v2.models import Status
from enphase_enlighten import InvalidArgumentError, InvalidResponseError
from tests.support.series import until_error
from tests.support.service import StubService, reply, system

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from enphase_enlighten import AsyncEnlighten, Enlighten

pytestmark = pytest.mark.lowest


class Fleet:
    """Serves pages of a fleet in place of the stub's one page, by cursors that say where a page begins."""

    def __init__(self, numbers: list[int]) -> None:
        self.service = StubService()
        self.numbers = numbers
        self.served = 0
        self.before_each: Callable[[int], None] = lambda _served: None
        self.service.list_systems = self._page

    def _page(self, params: dict[str, Any]) -> httpx.Response:
        self.before_each(self.served)
        self.served += 1
        start, limit = int(params.get("next", "c0")[1:]), int(params["limit"])
        body: dict[str, Any] = {"systems": [system(n) for n in self.numbers[start : start + limit]]}
        if start + limit < len(self.numbers):
            body["next"] = f"c{start + limit}"
        return reply(body)


@settings(max_examples=50)
@given(st.integers(0, 40), st.integers(1, 45))
def test_any_fleet_is_given_once_in_the_fewest_pages(size: int, page_size: int) -> None:
    fleet = Fleet(list(range(1, size + 1)))
    with fleet.service.client(strict=True) as client:
        listing = client.systems(page_size=page_size)
        assert [system.system_id for system in listing] == fleet.numbers
        assert listing.complete
    assert fleet.served == max(1, -(-size // page_size))

    async def fetch() -> list[Any]:
        async with other.service.async_client(strict=True) as client:
            return [system.system_id async for system in client.systems(page_size=page_size)]

    other = Fleet(fleet.numbers)
    assert anyio.run(fetch) == fleet.numbers


def test_a_page_is_fetched_when_the_listing_gets_there() -> None:
    fleet = Fleet(list(range(10)))
    with fleet.service.client() as client:
        systems = iter(client.systems(page_size=4))
        assert fleet.served == 0
        for taken in range(1, 10):
            next(systems)
            assert fleet.served == (taken - 1) // 4 + 1


def test_a_page_has_1000_systems_unless_asked_otherwise(client: Enlighten, service: StubService) -> None:
    list(client.systems())

    assert service.asked("systems") == [{"limit": 1000}]


@pytest.mark.parametrize("page_size", [0, 1001, -1, True, 10.0, "10", None])
def test_a_page_size_out_of_range_is_an_error(client: Enlighten, page_size: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^page_size="):
        client.systems(page_size=page_size)


class LikeNumpy:
    """An integer of numpy, which is no int but can stand for one."""

    def __index__(self) -> int:
        return 67


class SeveralTimes:
    """Can be iterated over, and nothing else; unlike a generator, as often as a test is run."""

    def __init__(self, *values: int) -> None:
        self.values = values

    def __iter__(self) -> Iterator[int]:
        yield from self.values


@pytest.mark.parametrize(
    ("filters", "sent"),
    [
        ({"system_id": 67}, {"system_id[]": ["67"]}),
        ({"system_id": [67, 68]}, {"system_id[]": ["67", "68"]}),
        ({"system_id": LikeNumpy()}, {"system_id[]": ["67"]}),
        ({"system_id": SeveralTimes(67, 68)}, {"system_id[]": ["67", "68"]}),
        ({"system_name": "Green"}, {"system_name[]": ["Green"]}),
        ({"status": "comm"}, {"status[]": ["comm"]}),
        ({"status": {Status.COMM}}, {"status[]": ["comm"]}),
        ({"status": ("comm", "micro")}, {"status[]": ["comm", "micro"]}),
        ({"reference": ["a", "b"]}, {"reference[]": ["a", "b"]}),
        ({"installer": "x & y"}, {"installer[]": ["x & y"]}),
        ({"connection_type": ["wifi"]}, {"connection_type[]": ["wifi"]}),
        ({"system_id": None}, {}),
    ],
)
def test_a_filter_takes_one_value_or_several(
    client: Enlighten, service: StubService, filters: dict[str, Any], sent: dict[str, list[str]]
) -> None:
    list(client.systems(**filters))

    assert service.asked("systems") == [{"limit": 1000, **sent}]


def test_filters_go_with_every_page(service: StubService, client: Enlighten) -> None:
    service.then = [reply({"systems": [system(1)], "next": "two"})]

    list(client.systems(status="normal", page_size=1))

    assert service.asked("systems") == [
        {"limit": 1, "status[]": ["normal"]},
        {"limit": 1, "status[]": ["normal"], "next": "two"},
    ]


@pytest.mark.parametrize(
    "filters",
    [
        {"system_id": "67"},
        {"system_id": True},
        {"system_id": [67, None]},
        {"system_id": 67.0},
        {"system_id": []},
        {"system_name": 5},
        {"system_name": b"Green"},
        {"system_name": {"Green": 1}},
        {"status": "sleepy"},
        {"status": ["comm", 5]},
        {"connection_type": "carrier pigeon"},
        {"cursor": ""},
        {"cursor": 5},
    ],
)
def test_an_invalid_filter_is_an_error_before_anything_is_sent(
    client: Enlighten, service: StubService, filters: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        client.systems(**filters)

    assert caught.value.argument in filters
    assert service.requests == []


@pytest.mark.parametrize("cursors", [["a", "a"], ["a", "b", "a"], ["a", "b", "c", "b"]])
def test_a_cursor_that_repeats_is_an_error_and_no_loop(
    client: Enlighten, service: StubService, cursors: list[str]
) -> None:
    service.then = [reply({"systems": [system(number)], "next": cursor}) for number, cursor in enumerate(cursors)]
    listed, error = until_error(client.systems(), InvalidResponseError)

    assert error.pointer == "/next"
    assert "leads back" in str(error)
    assert [system.system_id for system in listed] == list(range(len(cursors)))


@pytest.mark.parametrize("systems", [[], [1], [1, 2]])
def test_pages_that_bring_nothing_new_without_end_are_an_error(
    client: Enlighten, service: StubService, systems: list[int]
) -> None:
    service.then = [reply({"systems": [system(n) for n in systems], "next": f"c{turn}"}) for turn in range(1000)]

    with pytest.raises(InvalidResponseError, match="does not end") as caught:
        list(client.systems())
    assert caught.value.pointer == "/next"
    assert len(service.requests) <= 12


def test_pages_of_systems_without_an_id_do_not_go_on_without_end(client: Enlighten, service: StubService) -> None:
    service.then = [reply({"systems": [{"system_name": "nameless"}], "next": f"c{turn}"}) for turn in range(1000)]
    listed, error = until_error(client.systems(), InvalidResponseError)

    assert "does not end" in str(error)
    assert 0 < len(listed) <= 12


@pytest.mark.parametrize("as_key", [str, float], ids=["strings", "floats"])
def test_ids_of_another_type_are_news_too_and_come_once(
    client: Enlighten, service: StubService, as_key: Callable[[int], object]
) -> None:
    numbers = [*range(100, 116), 115]
    service.then = [
        reply({"systems": [{**system(67), "system_id": as_key(number)}], "next": f"c{turn}"})
        for turn, number in enumerate(numbers)
    ]

    listed: list[Any] = [system.system_id for system in client.systems(page_size=1)]

    assert listed == [*map(as_key, numbers[:-1]), 67]


def test_a_page_without_systems_does_not_end_the_listing(client: Enlighten, service: StubService) -> None:
    service.then = [reply({"systems": [], "next": "a"}), reply({"systems": [], "next": "b"})]

    assert [system.system_id for system in client.systems()] == [67]


@pytest.mark.parametrize("following", [None, "", "absent"])
def test_a_page_without_a_cursor_is_the_last(client: Enlighten, service: StubService, following: Any) -> None:
    body: dict[str, Any] = {"systems": [system(1)]}
    service.then = [reply(body if following == "absent" else {**body, "next": following})]

    assert [system.system_id for system in client.systems()] == [1]


@pytest.mark.parametrize("following", [0, 5, False, [], ["a"], {}])
def test_a_cursor_that_is_no_string_is_an_error_and_no_end(
    client: Enlighten, service: StubService, following: Any
) -> None:
    service.then = [reply({"systems": [system(1)], "next": following})]

    with pytest.raises(InvalidResponseError) as caught:
        list(client.systems())
    assert caught.value.pointer == "/next"


@pytest.mark.parametrize(("systems", "pointer"), [([None], "/systems/0"), (["x"], "/systems/0"), (None, "/systems")])
def test_a_page_of_something_else_is_an_error(
    client: Enlighten, service: StubService, systems: Any, pointer: str
) -> None:
    service.then = [reply({"systems": systems})]

    with pytest.raises(InvalidResponseError) as caught:
        list(client.systems())
    assert caught.value.pointer == pointer


@settings(max_examples=50)
@given(st.integers(1, 30), st.integers(1, 7), st.data())
def test_resuming_from_the_cursor_loses_nothing(size: int, page_size: int, data: st.DataObject) -> None:
    fleet = Fleet(list(range(size)))
    left_after = data.draw(st.integers(0, size))
    with fleet.service.client() as client:
        listing = client.systems(page_size=page_size)
        seen = [system.system_id for system in islice(listing, left_after)]
        resumed = [system.system_id for system in client.systems(page_size=page_size, cursor=listing.cursor)]

    page_at_hand = max(left_after - 1, 0) // page_size * page_size
    assert seen == fleet.numbers[:left_after]
    assert resumed == fleet.numbers[page_at_hand:]


def test_after_an_error_the_cursor_is_that_of_the_page_that_could_not_be_had(
    client: Enlighten, service: StubService
) -> None:
    service.then = [reply({"systems": [system(1)], "next": "two"}), reply({}, 418)]
    listing = client.systems()

    with pytest.raises(Exception, match="status 418"):
        list(listing)
    assert (listing.cursor, listing.complete) == ("two", False)


def test_each_iteration_lists_again(client: Enlighten, service: StubService) -> None:
    listing = client.systems()

    assert len(list(listing)) == len(list(listing)) == 1
    assert len(service.requests) == 2
    assert listing.complete


@settings(max_examples=50)
@given(st.integers(2, 20), st.integers(1, 5), st.integers(1, 5), st.integers(0, 19))
@example(size=9, page_size=1, grown=5, when=6)
def test_a_fleet_that_grows_while_it_is_listed_gives_nothing_twice(
    size: int, page_size: int, grown: int, when: int
) -> None:
    fleet = Fleet(list(range(size)))

    def grow(served: int) -> None:
        # At the front: what was on this page moves on to the next one.
        if served == when:
            fleet.numbers = [*range(100, 100 + grown), *fleet.numbers]

    fleet.before_each = grow
    with fleet.service.client() as client:
        listed = [system.system_id for system in client.systems(page_size=page_size)]

    assert len(listed) == len(set(listed))
    assert set(range(size)) <= set(listed)


async def test_an_async_listing_has_its_cursor_too(async_client: AsyncEnlighten, service: StubService) -> None:
    service.then = [reply({"systems": [system(1)], "next": "two"})]
    listing = async_client.systems()
    cursors = [listing.cursor async for _system in listing]

    assert cursors == [None, "two"]
    assert listing.complete
