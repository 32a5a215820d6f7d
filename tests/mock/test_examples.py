"""The examples that 'try it out' on the page fills in have responses with data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import httpx
import pytest

from enlighten_mock import SettableClock, SimulatedAPI, create_app
from tests.support.described import described
from tests.support.specification import resolve


async def specification(api: SimulatedAPI) -> dict[str, Any]:
    """Return the page's specification."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(api)), base_url="http://here") as client:
        document: dict[str, Any] = (await client.get("/_simulator/openapi.json")).json()
        return document


def prefilled(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return each operation's path and query as its examples fill them in."""
    requests = []
    for operation in described(document).values():
        path, query = operation.path, {}
        for entry in operation.definition.get("parameters", []):
            parameter = resolve(document, entry)
            if "example" not in parameter["schema"]:
                assert not parameter.get("required"), (path, parameter["name"])
            elif parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", str(parameter["schema"]["example"]))
            else:
                query[parameter["name"]] = parameter["schema"]["example"]
        requests.append((path, query))
    return requests


def empty_lists(body: Any) -> list[str]:
    return [name for name, value in body.items() if value == []] if isinstance(body, dict) else []


@pytest.mark.parametrize("fleet", ["default", "plain"])
@pytest.mark.parametrize("now", ["2024-06-12T13:00", "2024-06-12T02:00", "2026-03-31T23:30", "2018-01-01T09:00"])
async def test_every_operation_tried_as_it_is_filled_in_has_data(fleet: Any, now: str) -> None:
    clock = SettableClock(datetime.fromisoformat(f"{now}:00-08:00"))
    api = SimulatedAPI(systems=20, seed=3, fleet=fleet, clock=clock)
    document = await specification(api)
    requests = prefilled(document)
    assert len(requests) == 13
    credentials = {"key": api.api_key, "user_id": api.user_id}
    async with httpx.AsyncClient(transport=api.async_transport(), base_url=api.base_url) as client:
        for path, query in requests:
            response = await client.get(path, params={**query, **credentials})
            assert response.status_code == 200, (path, query, response.text)
            assert response.json()
            assert empty_lists(response.json()) == [], (path, query)


async def test_filters_and_cursors_are_left_empty(api: SimulatedAPI) -> None:
    document = await specification(api)
    assert dict(prefilled(document))["/systems"] == {"limit": 100}


async def test_an_empty_fleet_has_no_examples() -> None:
    document = await specification(SimulatedAPI(systems=0))
    assert len(document["paths"]) == 13
