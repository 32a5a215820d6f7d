"""The page for people at `/`: what is simulated, the fleet, a day of a system, and the specification to try out.

Swagger UI comes from the package `swagger-ui-bundle`, which ships its files, so that the page needs no other
host.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from enlighten_mock.control.page import examples
from enlighten_mock.world import consumption, interval_series, reported
from enlighten_mock.world.days import day_at, day_start, iso_date
from enlighten_mock.world.reports import report

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from enlighten_mock.simulation import SimulatedAPI
    from enlighten_mock.world.system import System

_HERE = Path(__file__).parent
_SWAGGER_UI = "swagger_ui_bundle"
_FILES = ("page.css", "page.js")


def routes(api: SimulatedAPI, control: str) -> list[BaseRoute]:
    """Return the routes of the page and of what it shows, the latter below the path `control`."""

    async def index(_: Request) -> Response:
        return FileResponse(_HERE / "index.html")

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        return FileResponse(_HERE / name) if name in _FILES else Response(status_code=404)

    async def specification(_: Request) -> Response:
        return JSONResponse({**examples.specification(api), "servers": [{"url": api.service.prefix}]})

    async def day(request: Request) -> Response:
        try:
            return JSONResponse(_day(api, request.path_params["system_id"], request.query_params.get("date", "")))
        except ValueError as error:
            return JSONResponse({"message": str(error)}, status_code=422)

    found: list[BaseRoute] = [
        Route("/", index),
        Route(f"{control}/page/{{name}}", file),
        Route(f"{control}/openapi.json", specification),
        Route(f"{control}/systems/{{system_id:int}}/day", day),
    ]
    if find_spec(_SWAGGER_UI):
        files = StaticFiles(directory=import_module(_SWAGGER_UI).swagger_ui_path)
        found.append(Mount(f"{control}/swagger", app=files))
    return found


def _day(api: SimulatedAPI, system_id: int, text: str) -> dict[str, Any]:
    system = api.fleet.system(system_id)
    if system is None:
        raise ValueError(f"there is no system {system_id} in this fleet; its ids are {_ids(api)}")
    timezone = system.place.timezone
    try:
        number = date.fromisoformat(text).toordinal()
    except ValueError:
        raise ValueError(f"{text!r} is not a date; write it like 2024-06-01") from None
    if not system.operational_day <= number <= day_at(timezone, api.clock.now()):
        raise ValueError(f"system {system_id} has days from {iso_date(system.operational_day)} until today")
    known = report(system, api.clock.now())
    start, end = day_start(timezone, number), day_start(timezone, number + 1)
    until = min(end, known.last_report_at or start)
    return {
        "system_id": system_id,
        "date": iso_date(number),
        "timezone": timezone,
        "start": start,
        "end": end,
        "produced_wh": int(reported.micro(system, known, number, number)[0]),
        "consumed_wh": int(reported.consumed(system, known, number, number)[0]),
        "production": [
            (interval.end_at, interval.power)
            for interval in interval_series.micro(system, start, until, reported_at=known.last_report_at or start)
        ],
        "consumption": _consumption(system, start, until),
    }


def _consumption(system: System, start: int, until: int) -> list[tuple[int, int]]:
    if system.consumption_meter is None:
        return []
    in_an_hour = 3600 // consumption.STEP
    return [(at, energy * in_an_hour) for at, energy in interval_series.consumption_meter(system, start, until)]


def _ids(api: SimulatedAPI) -> str:
    return f"{api.fleet.ids.start} to {api.fleet.ids.stop - 1}" if api.fleet.size else "none"
