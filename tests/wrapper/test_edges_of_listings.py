"""Listings at their very edges: how many pages may bring nothing new, and entries that nothing identifies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import InvalidArgumentError, InvalidResponseError
from enphase_enlighten.planning.pages import NumberedPages, Position
from tests.support.series import until_error
from tests.support.service import StubService, reply, system

if TYPE_CHECKING:
    from enphase_enlighten import Enlighten


def pages(*numbers: int) -> list[Any]:
    """Pages of one system each, of which each names the next one."""
    return [reply({"systems": [system(number)], "next": f"c{turn}"}) for turn, number in enumerate(numbers)]


def test_ten_pages_without_news_are_a_loop_and_nine_are_not(client: Enlighten, service: StubService) -> None:
    service.then = [*pages(1, *[1] * 9, 2)]
    assert [system.system_id for system in client.systems()] == [1, 2, 67]

    service.requests.clear()
    service.then = [*pages(1, *[1] * 10, 2)]
    listed, error = until_error(client.systems(), InvalidResponseError)
    assert [system.system_id for system in listed] == [1]
    assert "10 pages in a row had nothing new" in str(error)
    assert len(service.requests) == 11


def test_pages_without_news_count_anew_after_one_with_news(client: Enlighten, service: StubService) -> None:
    service.then = [*pages(*[1] * 10, *[2] * 10, *[3] * 10)]

    assert [system.system_id for system in client.systems()] == [1, 2, 3, 67]


@pytest.mark.parametrize("key", ["", None, [], {"id": 5}, True])
def test_entries_that_nothing_identifies_are_all_given(client: Enlighten, service: StubService, key: object) -> None:
    service.then = [reply({"systems": [{**system(1), "system_id": key}] * 2, "next": "c"})]

    assert len(list(client.systems())) == 3


def test_what_is_new_is_told_by_the_value_of_the_key() -> None:
    position = Position()

    assert [position.is_new(key) for key in (5, 5, "5", "5", 0, 0, 1.5, 1.5, "", "")] == [
        *[True, False] * 4,
        True,
        True,
    ]


def test_the_page_that_is_listed_is_not_followed_to(client: Enlighten, service: StubService) -> None:
    service.then = [reply({"systems": [system(1)], "next": "a"})]
    listed, error = until_error(client.systems(cursor="a"), InvalidResponseError)

    assert len(listed) == 1
    assert "leads back" in str(error)


@pytest.mark.parametrize(
    ("says", "entries", "cursor", "following"),
    [
        # The service may take a smaller size than the one that is asked for, down to one, but no larger one.
        ({"size": 1, "total": 2}, 1, None, "2/1"),
        ({"size": 1, "total": 2}, 1, "2/1", None),
        ({"size": 4, "total": 5}, 4, None, "2/4"),
        ({"size": 5, "total": 5}, 5, None, None),
        ({"size": 6, "total": 6}, 5, None, "2/5"),
        ({"size": 0, "total": 6}, 5, None, "2/5"),
        ({"size": "5", "total": 6}, 5, None, "2/5"),
        ({"size": True, "total": 6}, 5, None, "2/5"),
        ({"total": 11}, 5, "2/5", "3/5"),
        ({"total": 10}, 5, "2/5", None),
        # A page that is short, and not the last, is of a size that the service does not own up to.
        ({"total": 100}, 4, None, "2/4"),
        ({"total": 100}, 3, "2/5", "3/3"),
        # Without a total, a page that is not full is the last one.
        ({}, 5, None, "2/5"),
        ({}, 4, None, None),
        ({"total": True}, 4, None, None),
        ({"total": "5"}, 5, None, "2/5"),
        ({"total": 100}, 0, "3/5", None),
    ],
)
def test_a_numbered_page_is_the_last_by_the_total_and_the_size_that_the_service_took(
    says: dict[str, Any], entries: int, cursor: str | None, following: str | None
) -> None:
    numbered = NumberedPages(largest=5)

    assert numbered.following(says.get, [object()] * entries, cursor, 5) == following


@pytest.mark.parametrize(("first", "following"), [(0, "1/5"), (1, "2/5")])
def test_numbers_of_pages_begin_where_the_service_begins(first: int, following: str) -> None:
    numbered = NumberedPages(largest=5, first=first)

    assert numbered.parameters(None, 5) == {"page": first, "size": 5}
    assert numbered.parameters("7/5", 4) == {"page": 7, "size": 5}
    assert numbered.following({"total": 6}.get, [object()] * 5, None, 5) == following
    assert numbered.following({"total": 6}.get, [object()], following, 5) is None


@pytest.mark.parametrize(
    ("cursor", "accepted"),
    [("1/1", True), ("9/5", True), ("0/5", False), ("1/0", False), ("1/6", False), ("1", False), ("a/5", False)],
)
def test_a_cursor_of_numbered_pages_names_a_page_and_its_size(cursor: str, *, accepted: bool) -> None:
    assert NumberedPages(largest=5).accepts(cursor) is accepted


def test_a_page_of_another_size_begins_where_the_page_did() -> None:
    numbered = NumberedPages(largest=1000, smaller=100)

    assert numbered.resized(None, 100) is None
    assert numbered.resized("3/1000", 100) == "21/100"


def test_a_page_has_one_entry_at_least_and_a_thousand_at_most(client: Enlighten, service: StubService) -> None:
    for size in (1, 1000):
        list(client.systems(page_size=size))
    assert [params["limit"] for params in service.asked("systems")] == [1, 1000]

    for size in (0, 1001):
        with pytest.raises(InvalidArgumentError) as caught:
            client.systems(page_size=size)
        assert str(caught.value) == f"page_size={size} is not accepted. Give a number from 1 to 1000."


def test_an_empty_cursor_is_an_error_that_says_what_one_is(client: Enlighten) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        client.systems(cursor="")

    assert str(caught.value) == "cursor='' is not accepted. Give the `cursor` of an earlier listing, or None."


def test_a_listing_teaches_the_timezones_of_its_systems(client: Enlighten, service: StubService) -> None:
    service.then = [reply({"systems": [system(68, "Europe/Berlin"), system(67)]})]
    list(client.systems())

    assert next(iter(client.stats(67))).end_at.isoformat() == "2026-06-15T00:05:00-07:00"
    assert [name for name, _ in service.requests] == ["systems", "stats"]


@pytest.mark.parametrize(
    ("keys", "listed"),
    [((), True), ((5,), True), ((5, 6), True), ((6,), True), ((7,), False), ((5, 7), False), ((None,), False)],
)
def test_whether_entries_were_listed_is_told_by_their_keys_as_numbers_or_strings(
    keys: tuple[Any, ...], *, listed: bool
) -> None:
    position = Position()
    for key in (5, "6", "None "):
        position.is_new(key)

    assert position.has_listed(keys) is listed


@pytest.mark.parametrize(("wanted", "pages"), [([66], 1), ([67], 2), ([66, 67], 2), ([66, 68], 3)])
def test_a_listing_ends_when_all_that_was_asked_for_is_listed(
    service: StubService, wanted: list[int], pages: int
) -> None:
    service.then = [reply({"systems": [system(number)], "next": f"c{number}"}) for number in (66, 67, 68, 69)]
    with service.client() as client:
        list(client.systems(system_id=wanted))

    assert len(service.requests) == pages
