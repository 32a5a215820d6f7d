"""The clients as objects in an application: copies with other options, the low-level client, usage, observing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enlighten_v2.api.default import energy_lifetime, inventory, search_system_id, systems
from enphase_enlighten import (
    ConfigurationError,
    Enlighten,
    Exchange,
    InvalidArgumentError,
    InvalidResponseError,
    NotFoundError,
    ServiceUnavailableError,
    Usage,
    UsagePlan,
)
from tests.support.examples import example
from tests.support.service import LOS_ANGELES, reply

if TYPE_CHECKING:
    from enphase_enlighten import AsyncEnlighten
    from tests.support.clients import Kind
    from tests.support.clock import SettableClock
    from tests.support.service import StubService

pytestmark = pytest.mark.lowest

HOUR = {"start_at": "2026-06-10T12:00", "end_at": "2026-06-10T13:00"}


# with_options


def test_a_copy_has_the_changed_settings_and_the_original_keeps_its_own(kind: Kind, service: StubService) -> None:
    service.always = httpx.Response(503)
    client = kind.client(service, max_retries=2)
    for used, attempts in ((client.with_options(max_retries=0), 1), (client, 3)):
        with pytest.raises(ServiceUnavailableError) as caught:
            used.summary(67)
        assert caught.value.attempts == attempts


def test_a_copy_keeps_what_was_not_changed(kind: Kind, service: StubService) -> None:
    service.always = reply({"errorCode": 7, "errorMessages": ["Data temporarily unavailable."]}, 503)
    copy = kind.client(service, max_retries=0).with_options(timeout=5).with_options(strict=True)
    with pytest.raises(ServiceUnavailableError) as caught:
        copy.summary(67)
    assert caught.value.attempts == 1
    assert [request.extensions["timeout"]["read"] for request in service.sent] == [5]


def test_strict_can_be_switched_on_and_off(kind: Kind, service: StubService) -> None:
    service.always = reply({**example("Summary"), "size_w": "5"})
    lenient = kind.client(service)
    strict = lenient.with_options(strict=True)
    with pytest.raises(InvalidResponseError) as caught:
        strict.summary(67)
    assert caught.value.pointer == "/size_w"
    assert strict.with_options(strict=False).summary(67)
    assert lenient.summary(67)


def test_a_copy_shares_the_quota_and_what_was_learned(kind: Kind, service: StubService) -> None:
    client = kind.client(service)
    copy = client.with_options(timeout=60)
    assert list(copy.stats(67, **HOUR))
    assert list(client.stats(67, **HOUR))
    # The timezone was looked up once.
    assert [name for name, _ in service.requests] == ["systems", "stats", "stats"]
    assert client.usage == copy.usage
    assert client.usage.month == 3


@pytest.mark.parametrize(
    "option",
    [
        {"timeout": 0},
        {"timeout": float("nan")},
        {"max_retries": -1},
        {"max_wait": -1},
        {"concurrency": 0},
        {"max_response_bytes": True},
    ],
    ids=str,
)
def test_a_copy_with_a_number_out_of_range_is_an_error(
    kind: Kind, service: StubService, option: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        kind.client(service).with_options(**option)
    assert caught.value.argument == next(iter(option))


# low_level


def test_the_low_level_client_sends_through_the_same_layers(client: Enlighten, service: StubService) -> None:
    service.then = [httpx.Response(503)]
    model = inventory.sync(67, client=client.low_level)
    assert getattr(model, "to_dict", dict)() == example("Inventory")
    # Sent again after the 503, signed each time, and counted each time.
    assert [dict(request.url.params) for request in service.sent] == 2 * [{"key": "key", "user_id": "user"}]
    assert client.usage.month == 2


async def test_the_async_low_level_client_does_too(async_client: AsyncEnlighten, service: StubService) -> None:
    service.then = [httpx.Response(503)]
    model = await inventory.asyncio(67, client=async_client.low_level)
    assert getattr(model, "to_dict", dict)() == example("Inventory")
    assert [dict(request.url.params) for request in service.sent] == 2 * [{"key": "key", "user_id": "user"}]
    assert async_client.usage.month == 2


async def test_the_low_level_client_gives_the_status_and_the_headers_too(
    client: Enlighten, async_client: AsyncEnlighten, service: StubService
) -> None:
    service.always = reply({"reason": "401", "message": ["Not authorized"]}, 401)
    for response in (
        energy_lifetime.sync_detailed(1, client=client.low_level),
        await energy_lifetime.asyncio_detailed(1, client=async_client.low_level),
    ):
        assert (response.status_code, "Date" in httpx.Headers(dict(response.headers))) == (401, True)


async def test_the_low_level_client_takes_both_forms_of_a_filter(
    client: Enlighten, async_client: AsyncEnlighten, service: StubService
) -> None:
    service.zones = dict.fromkeys((66, 67, 68), LOS_ANGELES)
    for page in (
        systems.sync(client=client.low_level, system_id=[66, 67]),
        await systems.asyncio(client=async_client.low_level, system_id=[66, 67]),
    ):
        assert [system.system_id for system in getattr(page, "systems", [])] == [66, 67]


# usage


def test_usage_counts_what_was_sent_and_knows_the_limits_of_the_plan(
    kind: Kind, service: StubService, clock: SettableClock
) -> None:
    client = kind.client(service, plan=UsagePlan(per_minute=5))
    assert client.usage == Usage(minute=0, month=0, per_minute=5, per_month=None)
    client.summary(67)
    service.then = [reply({"reason": "404", "message": ["Envoy not found"]}, 404)]
    with pytest.raises(NotFoundError):
        client.search_system_id("0")
    assert client.usage == Usage(minute=2, month=2, per_minute=5, per_month=None)
    clock.advance(60)
    assert client.usage == Usage(minute=0, month=2, per_minute=5, per_month=None)


def test_usage_has_no_limits_while_none_are_known(kind: Kind, service: StubService) -> None:
    assert kind.client(service).usage == Usage(minute=0, month=0, per_minute=None, per_month=None)


def test_the_offset_of_the_services_clock_is_known_after_a_response(kind: Kind, service: StubService) -> None:
    service.offset = 7200.0
    client = kind.client(service)
    assert client.clock_offset is None
    client.search_system_id("1")
    assert client.clock_offset == pytest.approx(7200, abs=1)


# The rest


def test_a_client_says_which_service_it_is_of(kind: Kind, service: StubService) -> None:
    shown = repr(kind.client(service, api_key="key-of-the-app", base_url="https://simulated.invalid/api/v2/"))
    assert shown == f"<{'AsyncEnlighten' if kind.is_async else 'Enlighten'} of https://simulated.invalid/api/v2>"


def test_a_quota_or_a_mode_of_another_type_is_an_error() -> None:
    with pytest.raises(ConfigurationError, match=r"quota='watt' is not a Quota"):
        Enlighten("api-key", "user-id", quota="watt")  # type: ignore[arg-type]  # the mistake
    with pytest.raises(InvalidArgumentError, match="strict='no' is not accepted"):
        Enlighten("api-key", "user-id", strict="no")  # type: ignore[arg-type]  # the mistake


# observe


def test_an_observer_sees_each_attempt_without_a_signature(
    kind: Kind, service: StubService, clock: SettableClock
) -> None:
    seen: list[Exchange] = []
    service.latency = 0.25
    service.then = [httpx.ReadError("broken by key-of-the-app")]
    begun = clock.now()
    with kind.client(service, api_key="key-of-the-app", observe=seen.append) as client:
        client.search_system_id("1")
    assert [(each.operation, each.method, each.path, each.query, each.attempt, each.status) for each in seen] == [
        ("SearchSystemId", "GET", "/systems/search_system_id", {"serial_num": "1"}, 1, None),
        ("SearchSystemId", "GET", "/systems/search_system_id", {"serial_num": "1"}, 2, 200),
    ]
    assert str(seen[0].error) == "broken by ***"
    assert isinstance(seen[0].error, httpx.ReadError)
    assert seen[1].error is None
    assert (seen[0].sent_at, seen[0].seconds) == (begun, 0.25)
    assert "key-of-the-app" not in repr(seen)


def test_an_observer_of_the_low_level_client_sees_no_signature_either(service: StubService) -> None:
    seen: list[Exchange] = []
    with service.client(api_key="key-of-the-app", observe=seen.append) as client:
        search_system_id.sync(client=client.low_level, serial_num="1")
    [exchange] = seen
    assert (exchange.operation, exchange.path, exchange.status) == ("low_level", "/systems/search_system_id", 200)
    assert "key-of-the-app" not in repr(seen)
