from __future__ import annotations

import json
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any, get_args

import httpx
import pytest

from enlighten_mock import Fault, SettableClock, SimulatedAPI, faults
from enlighten_mock.serving import served

OF_V4 = ("forbidden", "stream")
"""The kinds that API v2 has no error for."""

Ask = Callable[..., httpx.Response]
Connect = Callable[[SimulatedAPI], httpx.Client]


def leaves(body: Any) -> list[Any]:
    if isinstance(body, dict):
        return [leaf for value in body.values() for leaf in leaves(value)]
    if isinstance(body, list):
        return [leaf for item in body for leaf in leaves(item)]
    return [body]


def test_a_fault_hits_its_operation_only(api: SimulatedAPI, ask: Ask) -> None:
    api.faults.add(Fault(kind="unavailable", operation="Stats"))
    assert ask("/systems/66/stats").status_code == 503
    assert ask("/systems/66/summary").status_code == 200


def test_a_fault_hits_its_system_only(api: SimulatedAPI, ask: Ask) -> None:
    api.faults.add(Fault(kind="server_error", system_id=67))
    assert ask("/systems/66/summary").status_code == 200
    assert ask("/systems/67/summary").status_code == 500
    assert ask("/systems/inverters_summary_by_envoy_or_site", site_id=67).status_code == 500


def test_a_fault_may_come_late_and_end(api: SimulatedAPI, ask: Ask) -> None:
    api.faults.add(Fault(kind="bad_gateway", after=2, count=3))
    assert [ask("/systems").status_code for _ in range(7)] == [200, 200, 502, 502, 502, 200, 200]
    assert api.faults.status()[0]["hits"] == 3


def test_a_share_of_requests_is_hit_the_same_ones_every_time(connect: Connect) -> None:
    def run(seed: int) -> list[int]:
        api = SimulatedAPI(systems=1, seed=seed)
        api.faults.add(Fault(kind="unavailable", share=0.25))
        client = connect(api)
        return [client.get("/systems/search_system_id").status_code for _ in range(400)]

    first = run(1)
    assert first == run(1) != run(2)
    assert first.count(503) == pytest.approx(100, abs=30)


def test_faults_can_be_ended_and_replaced(api: SimulatedAPI, ask: Ask) -> None:
    api.faults.add(Fault(kind="unavailable"))
    api.faults.replace([Fault(kind="server_error")])
    assert ask("/systems").status_code == 500
    api.faults.replace()
    assert ask("/systems").status_code == 200


def test_a_conflict_tells_the_period_that_is_used_up(api: SimulatedAPI, ask: Ask, clock: SettableClock) -> None:
    api.faults.add(Fault(kind="conflict", count=1), Fault(kind="conflict", after=1, period="month"))
    minute, month = ask("/systems").json(), ask("/systems").json()
    assert (minute["period"], minute["limit"], month["period"], month["limit"]) == ("minute", 10, "month", 10_000)
    for body in (minute, month):
        assert body["period_start"] <= clock.now() < body["period_end"]


@pytest.mark.parametrize(
    ("fault", "status", "content_type"),
    [
        (Fault(kind="unauthorized"), 401, "application/json"),
        (Fault(kind="not_found"), 404, "application/json"),
        (Fault(kind="server_error"), 500, "application/json"),
        (Fault(kind="server_error", shape="reason"), 500, "application/json"),
        (Fault(kind="bad_gateway"), 502, "text/html"),
        (Fault(kind="unavailable"), 503, "application/json"),
        (Fault(kind="unavailable", shape="html"), 503, "text/html"),
        (Fault(kind="unavailable", shape="empty"), 503, "text/html"),
    ],
)
def test_a_fault_brings_its_status(api: SimulatedAPI, ask: Ask, fault: Fault, status: int, content_type: str) -> None:
    api.faults.add(fault)
    response = ask("/systems")
    assert response.status_code == status
    assert response.headers["Content-Type"].startswith(content_type)
    assert bool(response.content) == (fault.shape != "empty")


def test_a_500_has_either_of_its_recorded_bodies(api: SimulatedAPI, ask: Ask) -> None:
    api.faults.add(Fault(kind="server_error", count=1), Fault(kind="server_error", shape="reason", after=1))
    assert set(ask("/systems").json()) == {"errorCode", "errorMessages"}
    assert set(ask("/systems").json()) == {"reason", "type", "message"}


def test_latency_moves_a_settable_clock_instead_of_waiting(api: SimulatedAPI, ask: Ask, clock: SettableClock) -> None:
    api.faults.add(Fault(kind="latency", seconds=4))
    before = clock.now()
    assert ask("/systems").status_code == 200
    assert clock.now() == before + 4


def test_latency_beyond_the_clients_timeout_is_a_timeout(api: SimulatedAPI, ask: Ask, clock: SettableClock) -> None:
    api.faults.add(Fault(kind="latency", seconds=3600))
    before = clock.now()
    with pytest.raises(httpx.ReadTimeout):
        ask("/systems")
    assert clock.now() == before + 5


def test_a_cut_connection_breaks_in_the_middle_of_the_body(api: SimulatedAPI, connect: Connect) -> None:
    api.faults.add(Fault(kind="cut", at=0.25))
    with connect(api).stream("GET", "/systems") as response:
        parts = response.iter_bytes()
        received = next(parts)
        with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
            next(parts)
    assert len(received) == int(response.headers["Content-Length"]) // 4


def test_a_cut_connection_breaks_over_http_too(clock: SettableClock) -> None:
    with served(SimulatedAPI(seed=1, clock=clock)) as api:
        api.faults.add(Fault(kind="cut", count=1))
        with httpx.Client(params={"key": api.api_key, "user_id": api.user_id}) as client:
            with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
                client.get(f"{api.base_url}/systems")
            assert client.get(f"{api.base_url}/systems").status_code == 200


def test_malformed_json_has_the_right_length_and_does_not_parse(api: SimulatedAPI, ask: Ask) -> None:
    api.faults.add(Fault(kind="malformed"))
    response = ask("/systems")
    assert len(response.content) == int(response.headers["Content-Length"])
    with pytest.raises(json.JSONDecodeError):
        response.json()


def test_a_null_takes_the_place_of_one_value(api: SimulatedAPI, ask: Ask) -> None:
    whole = leaves(ask("/systems/66/summary").json())
    api.faults.add(Fault(kind="nulls"))
    hit = leaves(ask("/systems/66/summary").json())
    assert [new for old, new in zip(whole, hit, strict=True) if old != new] == [None]


def test_null_takes_the_place_of_the_named_properties(api: SimulatedAPI, ask: Ask) -> None:
    api.faults.add(Fault(kind="nulls", fields=("enwh", "meta")))
    body = ask("/systems/66/stats").json()
    assert body["meta"] is None
    assert {row["enwh"] for row in body["intervals"]} == {None}


def test_a_wrong_type_takes_the_place_of_a_value(api: SimulatedAPI, ask: Ask) -> None:
    api.faults.add(Fault(kind="wrong_types", fields=("status", "system_id", "intervals")))
    body = ask("/systems/66/stats").json()
    assert (body["system_id"], body["meta"]["status"]) == ("66", 0)
    assert isinstance(body["intervals"], str)


def test_a_property_may_be_missing(api: SimulatedAPI, ask: Ask) -> None:
    api.faults.add(Fault(kind="missing", fields=("devices_reporting",)))
    assert {tuple(row) for row in ask("/systems/66/stats").json()["intervals"]} == {("end_at", "powr", "enwh")}


def test_an_enumeration_may_have_a_value_that_nobody_knows(api: SimulatedAPI, ask: Ask) -> None:
    api.faults.add(Fault(kind="unknown_enum", value="encharge"))
    item = ask("/systems").json()["systems"][0]
    assert (item["status"], item["meta"]["status"], item["connection_type"]) == ("encharge",) * 3


def test_a_cursor_may_lead_to_its_own_page(api: SimulatedAPI, ask: Ask) -> None:
    api.faults.add(Fault(kind="repeat_cursor", operation="Systems"))
    filters = {"status[]": "normal", "datetime_format": "iso8601"}
    first = ask("/systems", **filters, limit=3).json()
    second = ask("/systems", **filters, next=first["next"]).json()
    assert second == {**first, "next": second["next"]}
    assert ask("/systems", **filters, next=second["next"]).json() == second


def test_a_clock_that_is_off_shows_in_the_date_and_in_the_periods(
    api: SimulatedAPI, ask: Ask, clock: SettableClock
) -> None:
    api.faults.add(Fault(kind="clock", seconds=-7200), Fault(kind="conflict"))
    response = ask("/systems")
    assert parsedate_to_datetime(response.headers["Date"]).timestamp() == clock.now() - 7200
    assert response.json()["period_end"] <= clock.now() - 7200 + 60


@pytest.mark.parametrize("kind", [kind for kind in get_args(faults.Kind) if kind not in OF_V4])
def test_every_kind_does_something(api: SimulatedAPI, ask: Ask, kind: faults.Kind) -> None:
    def outcome() -> tuple[Any, ...]:
        start = api.clock.now()
        try:
            response = ask("/systems", limit=2)
            date = parsedate_to_datetime(response.headers["Date"]).timestamp() - start
        except httpx.RemoteProtocolError:
            return ("broken",)
        return (response.status_code, response.content, date, api.clock.now() - start)

    normal = outcome()
    api.faults.add(Fault(kind=kind, seconds=2 if kind in ("latency", "clock") else 0))
    assert outcome() != normal


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({}, "needs a kind"),
        ({"kind": "rain"}, "kind is one of"),
        ({"kind": "cut", "shar": 1}, "no property 'shar'"),
        ({"kind": "cut", "share": 1.5}, "share is from 0 to 1"),
        ({"kind": "cut", "count": "3"}, "count cannot be '3'"),
        ({"kind": "cut", "after": True}, "after cannot be True"),
        ({"kind": "latency", "seconds": -1}, "seconds is not negative"),
        ({"kind": "nulls", "fields": "status"}, "fields cannot be 'status'"),
        ({"kind": "conflict", "period": "year"}, "period is one of"),
        ("cut", "table of its properties"),
        ({"kind": "cut", "operation": "Sumary"}, "operation is one of .*Summary.*not 'Sumary'"),
        ({"kind": "cut", "operation": "stats"}, "operation is one of .*Stats"),
        ({"kind": "unavailable", "shape": "HTML"}, "shape of the fault 'unavailable' is one of '', 'html', 'empty'"),
        ({"kind": "cut", "shape": "html"}, "shape of the fault 'cut' is left out"),
        ({"kind": "latency"}, "'latency' needs its seconds"),
        ({"kind": "clock"}, "'clock' needs its seconds"),
        ({"kind": "unavailable", "seconds": 2}, "seconds is for latency, clock; leave it out for unavailable"),
        ({"kind": "unavailable", "period": "month"}, "period is for conflict"),
        ({"kind": "malformed", "fields": ["status"]}, "fields is for wrong_types"),
        ({"kind": "nulls", "value": "none"}, "value is for unknown_enum"),
        ({"kind": "malformed", "at": 0.1}, "at is for cut"),
        ({"kind": "repeat_cursor", "operation": "Stats"}, "hits Systems, not Stats"),
        ({"kind": "repeat_cursor", "system_id": 67}, "no system_id"),
        ({"kind": "cut", "operation": "Systems", "system_id": 67}, "no system_id"),
    ],
)
def test_an_invalid_fault_is_rejected(entry: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        faults.parse(entry)


def test_a_clock_that_is_off_at_times_does_not_lift_the_plan(connect: Connect, clock: SettableClock) -> None:
    api = SimulatedAPI(systems=1, plan="10/100", clock=clock)
    api.faults.add(Fault(kind="clock", seconds=7200, share=0.5))
    client = connect(api)
    responses = [client.get("/systems") for _ in range(40)]
    assert [response.status_code for response in responses] == [200] * 10 + [409] * 30
    for rejected in responses[10:]:
        date = parsedate_to_datetime(rejected.headers["Date"]).timestamp()
        assert 0 < rejected.json()["period_end"] - date <= 60
