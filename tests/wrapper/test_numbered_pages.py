"""Listings whose pages are numbered: where they end, whatever the service says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import InvalidResponseError
from enphase_enlighten.clients.assembly import Assembly
from tests.support.service import reply
from tests.toy.definition import TOY, AsyncToy, Token, Toy

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.support.clients import Kind
    from tests.support.service import StubService


class Devices:
    """A service with so many devices.

    Attributes:
        most: How many it puts onto a page, whatever it is asked for.
        says: What a page says beside its devices.
    """

    def __init__(self, service: StubService, number: int) -> None:
        self.service = service
        self.number = number
        self.most = 100
        self.says: Callable[[int], dict[str, Any]] = lambda _size: {"total": self.number}
        service.always = self.page

    def page(self, request: httpx.Request) -> httpx.Response:
        page, size = (int(request.url.params[name]) for name in ("page", "size"))
        size = min(size, self.most)
        serials = list(range(self.number))[(page - 1) * size : page * size]
        return reply({"devices": [{"serial": serial} for serial in serials], **self.says(size)})

    def listed(self, kind: Kind, page_size: int = 10) -> list[int]:
        """List them, and return their serial numbers."""
        assembly = Assembly.checked(TOY, Token("access", "refresh"), clock=self.service.clock)
        with kind.make(assembly, self.service.transport(), of=(Toy, AsyncToy)) as client:
            return [device["serial"] for device in client.devices(page_size=page_size)]

    @property
    def pages(self) -> list[int]:
        return [int(request.url.params["page"]) for request in self.service.sent]


@pytest.mark.parametrize(("number", "pages"), [(0, 1), (1, 1), (9, 1), (10, 1), (11, 2), (20, 2), (25, 3)])
def test_the_listing_ends_with_the_page_that_reaches_the_total(
    kind: Kind, service: StubService, number: int, pages: int
) -> None:
    devices = Devices(service, number)
    assert devices.listed(kind) == list(range(number))
    assert devices.pages == list(range(1, pages + 1))


@pytest.mark.parametrize("total", [None, "25", 25.5, True])
@pytest.mark.parametrize(("number", "pages"), [(0, 1), (9, 1), (10, 2), (25, 3)])
def test_without_a_total_it_ends_with_a_page_that_is_not_full(
    kind: Kind, service: StubService, total: object, number: int, pages: int
) -> None:
    devices = Devices(service, number)
    devices.says = lambda _size: {} if total is None else {"total": total}
    assert devices.listed(kind) == list(range(number))
    assert devices.pages == list(range(1, pages + 1))


@pytest.mark.parametrize("total", [True, False])
def test_the_size_that_the_service_says_it_has_taken_counts(kind: Kind, service: StubService, total: bool) -> None:
    devices = Devices(service, 25)
    devices.most = 5
    devices.says = lambda size: {"size": size, **({"total": 25} if total else {})}
    assert devices.listed(kind) == list(range(25))
    assert devices.pages == [1, 2, 3, 4, 5] if total else [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("size", [0, -1, 50, "5", None, True])
def test_a_size_that_cannot_be_is_not_taken_for_one(kind: Kind, service: StubService, size: object) -> None:
    devices = Devices(service, 25)
    devices.says = lambda _size: {"size": size, "total": 25}
    assert devices.listed(kind) == list(range(25))
    assert devices.pages == [1, 2, 3]


def test_a_total_that_is_too_large_ends_with_an_empty_page(kind: Kind, service: StubService) -> None:
    devices = Devices(service, 25)
    devices.says = lambda _size: {"total": 1000}
    assert devices.listed(kind) == list(range(25))
    # From the 25th on, in pages as short as the third.
    assert devices.pages == [1, 2, 3, 6]


def test_a_service_that_gives_the_same_page_again_and_again_is_an_error_and_no_loop(
    kind: Kind, service: StubService
) -> None:
    devices = Devices(service, 0)
    service.always = reply({"devices": [{"serial": 1}, {"serial": 2}], "total": 10**6})
    with pytest.raises(InvalidResponseError, match=r"Devices: /total: .*does not end") as caught:
        devices.listed(kind)
    assert caught.value.pointer == "/total"
    assert len(devices.pages) <= 12
