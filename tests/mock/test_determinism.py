"""The same request has the same response, in any process, in any order."""

from __future__ import annotations

import hashlib
import random
import subprocess
from collections.abc import Callable

import httpx
import numpy as np
import pytest

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.world import draws
from enlighten_mock.world.fleet import Fleet

Python = Callable[..., subprocess.CompletedProcess[str]]

REQUESTS = (
    "/systems?limit=40",
    "/systems/66/stats",
    "/systems/72/energy_lifetime",
    "/systems/73/rgm_stats",
    "/systems/90/summary",
    "/systems/71/consumption_stats",
    "/systems/66/production_meter_readings",
    "/systems/inverters_summary_by_envoy_or_site?site_id=80",
)
PROGRAM = """
import hashlib, sys, httpx
from enlighten_mock import SettableClock, SimulatedAPI
api = SimulatedAPI(systems=40, seed=5, clock=SettableClock(1718222400))
client = httpx.Client(transport=api.transport(), base_url=api.base_url)
for path in reversed(sys.argv[1:]):
    body = client.get(path, params={**dict(httpx.URL(path).params), "key": api.api_key, "user_id": api.user_id}).content
    print(path, hashlib.sha256(body).hexdigest())
"""


def here() -> dict[str, str]:
    api = SimulatedAPI(systems=40, seed=5, clock=SettableClock(1718222400))
    client = httpx.Client(transport=api.transport(), base_url=api.base_url)
    credentials = {"key": api.api_key, "user_id": api.user_id}
    responses = {path: client.get(path, params={**dict(httpx.URL(path).params), **credentials}) for path in REQUESTS}
    assert {response.status_code for response in responses.values()} == {200}
    return {path: hashlib.sha256(response.content).hexdigest() for path, response in responses.items()}


def test_another_process_gives_the_same_responses(python: Python) -> None:
    output = python("-c", PROGRAM, *REQUESTS, PYTHONHASHSEED="77").stdout
    assert dict(line.split(" ") for line in output.splitlines()) == here()


def test_a_response_does_not_depend_on_earlier_requests(
    api: SimulatedAPI, connect: Callable[[SimulatedAPI], httpx.Client]
) -> None:
    paths = [f"/systems/{number}/{name}" for number in range(66, 80) for name in ("stats", "summary", "rgm_stats")]
    first = {path: connect(api).get(path).content for path in paths}
    random.Random(3).shuffle(paths)  # noqa: S311  # nothing secret is drawn
    assert {path: connect(api).get(path).content for path in paths} == first


def test_other_seeds_have_other_fleets() -> None:
    systems = [Fleet(1, seed=seed).system(66) for seed in range(20)]
    assert len({system.system_name + str(system.modules) for system in systems if system}) > 10


def test_a_system_does_not_depend_on_the_size_of_its_fleet() -> None:
    assert Fleet(100_000, seed=2).system(300) == Fleet(300, seed=2).system(300)
    assert Fleet(100_000, seed=2).system(300) != Fleet(300, seed=3).system(300)


def test_many_draws_are_the_same_as_each_one() -> None:
    of = draws.key("some", 7, "name")
    indices = np.array([0, 1, 2, 735_000, 2**40])
    assert draws.units(of, indices).tolist() == [draws.unit(of, int(index)) for index in indices]


def test_draws_are_spread_evenly() -> None:
    values = draws.units(draws.key("even"), np.arange(20_000))
    assert values.min() >= 0
    assert values.max() < 1
    assert np.histogram(values, 20, (0, 1))[0] == pytest.approx(1000, rel=0.15)


def test_importing_the_package_loads_nothing_heavy(python: Python) -> None:
    heavy = "{'numpy', 'pvlib', 'starlette', 'uvicorn', 'httpx'}"
    program = f"import sys, enlighten_mock, enlighten_mock.pytest_plugin; print({heavy} & set(sys.modules))"
    assert python("-c", program).stdout == "set()\n"


def test_neither_the_wrapper_nor_the_generated_client_is_imported(python: Python) -> None:
    program = (
        "import sys, enlighten_mock.program, enlighten_mock.serving\n"
        "from enlighten_mock import SimulatedAPI; SimulatedAPI()\n"
        "print([name for name in sys.modules if name.startswith(('enlighten_v2', 'enphase_enlighten'))])"
    )
    assert python("-c", program).stdout == "[]\n"
