"""What clients of API v4 are made with, and what of it shows on the wire and in texts."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import ConfigurationError
from enphase_enlighten.v2.quotas import Quota as QuotaOfV2
from enphase_enlighten.v4 import Enlighten, Quota
from tests.support.v4_service import ACCESS_TOKEN, API_KEY

if TYPE_CHECKING:
    from tests.support.clients import Kind
    from tests.support.v4_service import V4Service


@pytest.mark.parametrize("key_in", ["query", "header"])
def test_the_key_travels_where_it_is_told_to(kind: Kind, v4_service: V4Service, key_in: str) -> None:
    with v4_service.made(kind, key_in=key_in) as client:
        client.summary(67)
    sent = v4_service.sent[0]
    assert sent.headers["Authorization"] == f"Bearer {ACCESS_TOKEN}"
    places = {"query": sent.url.params.get("key"), "header": sent.headers.get("key")}
    assert places == {"query": None, "header": None, key_in: API_KEY}


def test_requests_go_to_the_live_service_by_default(v4_service: V4Service) -> None:
    with v4_service.client() as client:
        client.summary(67)
        assert repr(client) == "<Enlighten of https://api.enphaseenergy.com/api/v4>"
    assert str(v4_service.sent[0].url.copy_with(query=None)) == (
        "https://api.enphaseenergy.com/api/v4/systems/67/summary"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"api_key": ""}, "api_key"),
        ({"key_in": "body"}, "Give 'query' or 'header'"),
        ({"plan": "gigawatt"}, "gigawatt"),
        ({"plan": "watt", "quota": Quota()}, "were both given"),
        ({"quota": QuotaOfV2("watt")}, "is for API v2"),
        ({"base_url": "http://example.com/api/v4", "tokens": "a-real-token"}, "base_url"),
        ({"base_url": "https://example.com/api/v2/", "tokens": "a-real-token"}, "base_url is where API v2 is"),
    ],
)
def test_what_a_client_cannot_be_made_with_is_said_in_a_sentence(
    v4_service: V4Service, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], said: str
) -> None:
    for name in ("API_KEY", "CLIENT_ID", "CLIENT_SECRET", "BASE_URL", "PROFILE"):
        monkeypatch.delenv(f"ENLIGHTEN_{name}", raising=False)
    with pytest.raises(ConfigurationError) as caught:
        v4_service.client(**options)
    shown = "".join(traceback.format_exception(caught.value))
    assert said in str(caught.value)
    assert "a-real-token" not in shown
    assert v4_service.sent == []


@pytest.mark.parametrize(
    ("plan", "limits"),
    [("watt", (10, 1_000)), ("partner", (300, 1_500_000)), ("5/100", (5, 100)), (None, (None, None))],
)
def test_a_plan_of_v4_is_counted_by(v4_service: V4Service, plan: str | None, limits: tuple[object, object]) -> None:
    with v4_service.client(plan=plan) as client:
        client.summary(67)
        usage = client.usage
    assert (usage.per_minute, usage.per_month) == limits
    assert (usage.minute, usage.month) == (1, 1)


def test_the_low_level_client_sends_by_the_same_way(v4_service: V4Service) -> None:
    from enlighten_v4.api.default import grid_status, system

    with v4_service.client() as client:
        found = system.sync_detailed(67, client=client.low_level)
        assert (found.status_code, found.parsed is not None) == (200, True)
        assert grid_status.sync("67", client=client.low_level) is not None
        assert client.usage.month == 2
    assert v4_service.sent[0].url.params["key"] == API_KEY


def test_both_versions_may_be_imported_by_their_names() -> None:
    import enphase_enlighten
    import enphase_enlighten.v4

    assert enphase_enlighten.v4.Enlighten is Enlighten
    assert len({enphase_enlighten.Enlighten, Enlighten}) == 2
    assert enphase_enlighten.EnergySource is enphase_enlighten.v4.EnergySource
    assert set(dir(enphase_enlighten.v4)) == set(enphase_enlighten.v4.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'Enlightened'"):
        getattr(enphase_enlighten.v4, "Enlightened")  # noqa: B009 - as mypy would not let it stand otherwise
