"""Faults of API v4: chosen by API and operation, with the bodies of v4."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from enlighten_mock import Fault, SettableClock, SimulatedAPI

Ask = Callable[..., httpx.Response]


def v2_status(api: SimulatedAPI, path: str) -> int:
    with httpx.Client(transport=api.transport(), base_url=api.base_url) as client:
        return client.get(path, params={"key": api.api_key, "user_id": api.user_id}).status_code


def test_a_fault_may_be_of_one_api_alone(api: SimulatedAPI, ask: Ask) -> None:
    api.faults.add(Fault(kind="unavailable", api="v4", operation="Summary"))
    assert ask("/systems/66/summary").status_code == 503
    assert v2_status(api, "/systems/66/summary") == 200
    api.faults.replace([Fault(kind="unavailable", api="v2")])
    assert ask("/systems/66/summary").status_code == 200
    assert v2_status(api, "/systems/66/summary") == 503
    api.faults.replace([Fault(kind="unavailable", operation="Summary", system_id=67)])
    assert (ask("/systems/67/summary").status_code, v2_status(api, "/systems/67/summary")) == (503, 503)
    assert ask("/systems/66/summary").status_code == 200


@pytest.mark.parametrize(
    ("fault", "status", "details"),
    [
        (Fault(kind="unauthorized", api="v4"), 401, "User is not authorized"),
        (Fault(kind="unauthorized", api="v4", shape="key"), 401, "Keys are missing at Header location"),
        (Fault(kind="unauthorized", api="v4", shape="mismatch"), 401, "API Key -Client mismatch"),
        (Fault(kind="unauthorized", api="v4", shape="access"), 401, "Not authorized to access this resource"),
        (Fault(kind="forbidden"), 403, "Not authorized to access this resource"),
        (Fault(kind="not_found"), 404, "Resource not found"),
        (Fault(kind="conflict"), 429, "Usage limit exceeded for plan Watt"),
        (Fault(kind="server_error"), 500, "unable to fetch data"),
        (Fault(kind="server_error", shape="data"), 500, None),
        (Fault(kind="bad_gateway"), 502, None),
        (Fault(kind="unavailable"), 503, None),
        (Fault(kind="unavailable", shape="html"), 503, None),
        (Fault(kind="unavailable", shape="empty"), 503, None),
    ],
)
def test_a_fault_brings_its_status_and_words(
    api: SimulatedAPI, ask: Ask, fault: Fault, status: int, details: str | None
) -> None:
    api.faults.add(fault)
    response = ask("/systems/66/summary")
    assert response.status_code == status
    if details is not None:
        assert response.json()["details"] == details


@pytest.mark.parametrize("period", ["minute", "month"])
def test_a_conflict_tells_the_period_that_is_used_up(api: SimulatedAPI, ask: Ask, period: str) -> None:
    api.faults.add(Fault(kind="conflict", period=period))
    body = ask("/systems").json()
    assert (body["period"], body["limit"]) == (period, {"minute": 10, "month": 1000}[period])
    assert body["period_start"] <= api.clock.now() < body["period_end"]


def test_bodies_are_changed_cut_and_garbled_and_responses_come_late(
    api: SimulatedAPI, ask: Ask, clock: SettableClock
) -> None:
    path = "/systems/66/telemetry/production_micro"
    api.faults.replace([Fault(kind="nulls", fields=("enwh",))])
    assert {row["enwh"] for row in ask(path).json()["intervals"]} == {None}
    api.faults.replace([Fault(kind="unknown_enum", fields=("granularity",), value="fortnight")])
    assert ask(path).json()["granularity"] == "fortnight"
    api.faults.replace([Fault(kind="malformed")])
    with pytest.raises(ValueError, match="Expecting"):
        ask(path).json()
    api.faults.replace([Fault(kind="cut")])
    with pytest.raises(httpx.RemoteProtocolError):
        ask(path)
    api.faults.replace([Fault(kind="latency", seconds=3)])
    before = clock.now()
    assert ask(path).status_code == 200
    assert clock.now() == before + 3
    api.faults.replace([Fault(kind="clock", seconds=-3600)])
    assert ask("/systems/66/telemetry/consumption_meter").json()["end_at"] <= clock.now() - 3600


def test_a_page_may_come_again_in_place_of_the_next(api: SimulatedAPI, ask: Ask, chargers: dict[str, str]) -> None:
    api.faults.add(Fault(kind="repeat_cursor", api="v4"))
    first, second = (ask("/systems", page=page, size=3).json() for page in (1, 2))
    assert second == {**first, "current_page": 2}
    url = f"/systems/69/ev_charger/{chargers['own']}/sessions"
    assert ask(url, offset=20).json() == ask(url).json()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"kind": "stream", "shape": "461", "api": "v2"}, "stream"),
        ({"kind": "forbidden", "api": "v2"}, "forbidden"),
        ({"kind": "unauthorized", "shape": "mismatch", "api": "v2"}, "shape"),
        ({"kind": "unavailable", "api": "v3"}, "api is one of"),
        ({"kind": "unavailable", "api": "v4", "operation": "Stats"}, "operation is one of"),
        ({"kind": "unavailable", "operation": "Token", "system_id": 66}, "no system_id"),
    ],
)
def test_a_fault_that_would_hit_nothing_is_refused(arguments: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Fault(**arguments)
