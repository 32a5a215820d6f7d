"""Machines without a timezone database, or with one that lacks a name: the machine is named, never the name blamed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.specification import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Tried = Callable[..., list[tuple[str, str]]]

PROGRAM = """
import asyncio, datetime, json, os, sys
import httpx
from enlighten_v2.models import Meta
from enphase_enlighten import AsyncEnlighten, Enlighten, aware_datetimes

ZONE = os.environ["ZONE"]

def service(request):
    if request.url.path.endswith("/systems"):
        return httpx.Response(200, json={"systems": [{"system_id": 67, "timezone": ZONE}]})
    return httpx.Response(200, json={"system_id": 67, "total_devices": 1, "intervals": [], "meter_readings": []})

class Named(datetime.tzinfo):
    "As those of pytz: it knows its name, and puts a wrong offset onto local times."
    zone = ZONE
    def utcoffset(self, moment): return datetime.timedelta(hours=-7, minutes=-53)
    def dst(self, moment): return datetime.timedelta(0)

common = dict(base_url="http://127.0.0.1:9", clock=lambda: 1718222400.0)
client = Enlighten("k" * 9, "u" * 9, transport=httpx.MockTransport(service), **common)

async def asynchronous(**options):
    async with AsyncEnlighten("k" * 9, "u" * 9, transport=httpx.MockTransport(service), **common) as client:
        return [row async for row in client.stats(67, **options)]

def listed_before():
    list(client.systems())
    return list(client.rgm_stats(67))

tries = {
    "of the service": lambda: list(client.stats(67)),
    "listed before": listed_before,
    "of the service, async": lambda: asyncio.run(asynchronous()),
    "of the service, for a local time": lambda: client.production_meter_readings(67, end_at="2024-06-01"),
    "given": lambda: list(client.stats(67, timezone=ZONE)),
    "given, async": lambda: asyncio.run(asynchronous(timezone=ZONE)),
    "given, as by pytz": lambda: list(client.stats(67, timezone=Named())),
    "given, for a model": lambda: aware_datetimes(Meta.from_dict({"status": "normal"}), ZONE),
    "a tzinfo": lambda: list(client.stats(67, timezone=datetime.UTC)),
    "none needed": lambda: list(client.systems()) and client.production_meter_readings(67),
}
for name in json.loads(sys.argv[1]) or tries:
    try:
        tries[name]()
        print(json.dumps(["ok", ""]))
    except Exception as error:
        print(json.dumps([type(error).__name__, str(error)]))
"""
OF_THE_SERVICE = [
    "of the service",
    "listed before",
    "of the service, async",
    "of the service, for a local time",
]
GIVEN = ["given", "given, async", "given, as by pytz", "given, for a model"]


@pytest.fixture
def tried(tmp_path: Path) -> Tried:
    """Tries what needs timezones on a machine that has these alone, and gives the errors: their kinds and messages."""
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "tzdata.py").write_text("raise ModuleNotFoundError(\"No module named 'tzdata'\", name='tzdata')")

    def run(names: list[str], *, zone: str, database: list[str] | None = None, package: bool = False) -> Any:
        folder = tmp_path / "zoneinfo"
        for name in database or []:
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes())
        path = os.pathsep.join([*([] if package else [str(hidden)]), *filter(None, [os.environ.get("PYTHONPATH")])])
        done = subprocess.run(  # noqa: S603 - this file's own program
            [sys.executable, "-c", PROGRAM, json.dumps(names)],
            env={**os.environ, "PYTHONPATH": path, "PYTHONTZPATH": str(folder), "ZONE": zone},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return [tuple(json.loads(line)) for line in done.stdout.splitlines()]

    return run


@pytest.mark.parametrize("database", [[], ["UTC"], ["Europe/Berlin", "UTC"]], ids=["none", "UTC", "two"])
def test_a_machine_without_a_timezone_database_is_named_as_the_cause(tried: Tried, database: list[str]) -> None:
    results = tried([*OF_THE_SERVICE, *GIVEN], zone="America/Los_Angeles", database=database)

    assert len(results) == len(OF_THE_SERVICE) + len(GIVEN)
    for kind, message in results:
        assert kind == "TimezoneUnknownError"
        assert "'America/Los_Angeles'" in message
        assert "this machine has no timezone database, or only a part of one: pip install tzdata" in message
        assert "timezone='Area/City'" not in message
    assert all("The timezone of system 67 is" in message for _, message in results[: len(OF_THE_SERVICE)])


def test_what_needs_no_timezone_by_name_works_there(tried: Tried) -> None:
    assert tried(["a tzinfo", "none needed"], zone="America/Los_Angeles") == [("ok", ""), ("ok", "")]


LARGE = ["America/Los_Angeles", "Asia/Tokyo", "Europe/Berlin", "UTC"]


@pytest.mark.parametrize("zone", ["Europe/Kyiv", "US/Pacific", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "EST"])
def test_a_name_that_a_database_lacks_is_not_said_to_be_wrong(tried: Tried, zone: str) -> None:
    asked = [*OF_THE_SERVICE, "given", "given, for a model", "given, as by pytz"]
    *results, pytz = tried(asked, zone=zone, database=LARGE)

    for number, (kind, message) in enumerate(results):
        assert kind == ("TimezoneUnknownError" if number < len(OF_THE_SERVICE) else "InvalidArgumentError")
        assert f"'{zone}'" in message
        assert "this machine's timezone database does not have that name; if it is right" in message
        assert "pip install --upgrade tzdata" in message
    # A tzinfo of another library's own, newer database.
    assert pytz == ("ok", "")


@pytest.mark.parametrize("zone", ["somewhere over there", "../etc/passwd", "", "a" * 500])
def test_what_cannot_be_a_name_has_nothing_to_do_with_the_machine(tried: Tried, zone: str) -> None:
    for database in ([], LARGE):
        for kind, message in tried(["of the service", "given"], zone=zone, database=database):
            assert kind in {"TimezoneUnknownError", "InvalidArgumentError"}
            assert "machine" not in message


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Europe/Kyiv", "US/Pacific"])
def test_the_package_stands_in_for_a_database_that_the_machine_lacks(tried: Tried, zone: str) -> None:
    assert set(tried([], zone=zone, package=True)) == {("ok", "")}


def test_the_package_is_installed_on_every_platform() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    [tzdata] = [line for line in project["dependencies"] if line.startswith("tzdata")]
    assert ";" not in tzdata
