"""Listing systems by their ids: no request for a page that can have none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.service import reply, system

if TYPE_CHECKING:
    from enphase_enlighten import Enlighten
    from tests.support.clients import Kind
    from tests.support.service import StubService

pytestmark = pytest.mark.lowest


@pytest.mark.parametrize(
    ("asked", "pages", "sent"),
    [
        (3, [[3]], 1),
        ([3, 4], [[3, 4]], 1),
        ([3, 3], [[3]], 1),
        ((3, 4), [[4], [3]], 2),
        ([3, 4], [[3, 7], [7, 4], [8]], 2),
        ([3, 4], [[3], [3], [4]], 3),
        ([3, 4], [[], [3, 4]], 2),
        (3, [["3"]], 1),
        (3, [[3.0]], 1),
    ],
)
def test_a_listing_of_given_systems_ends_with_the_last_of_them(
    kind: Kind, service: StubService, asked: Any, pages: list[list[Any]], sent: int
) -> None:
    service.then = [
        reply({"systems": [{**system(67), "system_id": number} for number in page], "next": f"c{turn}"})
        for turn, page in enumerate(pages)
    ]

    with kind.client(service) as client:
        listing = client.systems(system_id=asked, status="normal")
        listed = [one.system_id for one in listing]

    assert listed == list(dict.fromkeys(number for page in pages[:sent] for number in page))
    assert (listing.complete, listing.cursor) == (True, None)
    assert len(service.sent) == sent


def test_a_listing_of_given_systems_goes_on_while_one_is_missing(client: Enlighten, service: StubService) -> None:
    service.then = [reply({"systems": [system(3)], "next": "two"}), reply({"systems": []})]

    assert [one.system_id for one in client.systems(system_id=[3, 4])] == [3]
    assert len(service.requests) == 2


def test_a_listing_of_given_systems_lists_them_in_each_iteration(client: Enlighten, service: StubService) -> None:
    service.always = lambda _request: reply({"systems": [system(3)], "next": "two"})
    listing = client.systems(system_id=3)

    assert [[one.system_id for one in listing] for _ in range(2)] == [[3], [3]]
    assert len(service.requests) == 2


def test_given_systems_are_listed_on_from_a_cursor(client: Enlighten, service: StubService) -> None:
    service.then = [reply({"systems": [system(4)], "next": "three"}), reply({"systems": [system(5)]})]

    assert [one.system_id for one in client.systems(system_id=[3, 4, 5], cursor="two")] == [4, 5]


@pytest.mark.parametrize("filters", [{"system_name": "Green"}, {"reference": "106"}, {"installer": "x"}, {}])
def test_a_filter_that_several_systems_may_match_is_followed_to_the_last_page(
    client: Enlighten, service: StubService, filters: dict[str, Any]
) -> None:
    service.then = [reply({"systems": [system(1)], "next": "two"}), reply({"systems": [system(2)]})]

    assert [one.system_id for one in client.systems(**filters)] == [1, 2]
