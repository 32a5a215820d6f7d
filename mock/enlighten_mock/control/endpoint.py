"""Control of a running simulation over HTTP, under a prefix that the real API does not have.

| request | does |
|---|---|
| `GET /_simulator` | returns time, fleet, plan, applications, requests counted, and faults with their hits |
| `GET /_simulator/systems?offset=0&limit=100` | lists at most 1000 systems with what the API does not show of them |
| `POST /_simulator/faults` | adds a fault, or a list of them, as JSON with the properties of `faults.Fault` |
| `DELETE /_simulator/faults` | ends all faults |
| `PUT /_simulator/clock` | `{"now": "2024-06-01T12:00:00Z"}` or `{"advance": 3600}` (seconds) |
| `POST /_simulator/reset` | forgets requests counted, tokens and settings, and goes back to the scenario's faults |
| `POST /_simulator/revoke` | takes access back: `{}` all of it, or that of a `client_id`, a `username`, or both |
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route

from enlighten_mock import faults
from enlighten_mock.clock import parse_moment
from enlighten_mock.world.days import iso_date
from enlighten_mock.world.reports import report

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from enlighten_mock.accounts.applications import Application
    from enlighten_mock.simulation import SimulatedAPI

PREFIX = "/_simulator"
_PAGE = 100
_LONGEST_PAGE = 1000
"""As in API v2: while a page is made, no other request is handled."""


class Control:
    """Responds to the requests of the control endpoint.

    Args:
        api: The simulation.
    """

    def __init__(self, api: SimulatedAPI) -> None:
        self._api = api

    def routes(self) -> list[Route]:
        """Return the routes of the control endpoint."""
        endpoints: tuple[tuple[str, str, Callable[[Request], Awaitable[Any]]], ...] = (
            ("GET", "", self._state),
            ("GET", "/systems", self._systems),
            ("POST", "/faults", self._add_faults),
            ("DELETE", "/faults", self._end_faults),
            ("PUT", "/clock", self._set_clock),
            ("POST", "/reset", self._reset),
            ("POST", "/revoke", self._revoke),
        )
        return [Route(PREFIX + path, _responding(perform), methods=[method]) for method, path, perform in endpoints]

    async def _state(self, _: Request) -> Any:
        api = self._api
        quota = api.service.quota
        return {
            "now": datetime.fromtimestamp(api.clock.now(), UTC).isoformat(),
            "fleet": {"kind": api.fleet.kind, "systems": api.fleet.size, "seed": api.fleet.seed},
            "plan": quota.plan._asdict(),
            "api_key": api.api_key,
            "user_id": api.user_id,
            "v4": [self._application(application) for application in api.registry.applications],
            "spent": quota.spent(),
            "faults": api.faults.status(),
        }

    def _application(self, application: Application) -> Any:
        """Describe an application of API v4, with the login that gives it access and what it has spent."""
        quota = self._api.registry.quota(application)
        return {
            "name": application.name,
            "partner": application.partner,
            **self._api.access_of(application)._asdict(),
            "plan": quota.plan._asdict(),
            "spent": quota.spent(),
        }

    async def _systems(self, request: Request) -> Any:
        offset, limit = _number(request, "offset", 0), _number(request, "limit", _PAGE)
        if limit > _LONGEST_PAGE:
            raise ValueError(f"limit is at most {_LONGEST_PAGE}; ask for the systems after these with offset")
        ids = self._api.fleet.ids[offset : offset + limit]
        return {"total": self._api.fleet.size, "systems": [self._describe(system_id) for system_id in ids]}

    def _describe(self, system_id: int) -> Any:
        system = self._api.fleet.system(system_id)
        if system is None:
            return {"system_id": system_id}
        return {
            "system_id": system_id,
            "system_name": system.system_name,
            "condition": system.condition,
            "status": report(system, self._api.clock.now()).status,
            "timezone": system.place.timezone,
            "country": system.place.country,
            "size_w": system.size_w,
            "modules": system.modules,
            "operational_date": iso_date(system.operational_day),
            "production_meters": [meter.serial_number for meter in system.meters],
            "consumption_meter": system.consumption_meter.serial_number if system.consumption_meter else None,
            "connection_type": system.connection_type,
            "installer": system.installer,
            "envoys": [envoy.serial_number for envoy in system.envoys],
        }

    async def _add_faults(self, request: Request) -> Any:
        entries = await _body(request)
        self._api.faults.add(*[faults.parse(entry) for entry in (entries if isinstance(entries, list) else [entries])])
        return await self._state(request)

    async def _end_faults(self, request: Request) -> Any:
        self._api.faults.replace()
        return await self._state(request)

    async def _set_clock(self, request: Request) -> Any:
        clock = self._api.clock
        match await _body(request):
            case {"now": str(text), **others} if not others:
                moment = parse_moment(text)
                self._api.fleet.check_time(moment)
                clock.set(moment)
            case {"advance": int() | float() as seconds, **others} if not others and not isinstance(seconds, bool):
                self._api.fleet.check_time(clock.now() + seconds)
                clock.advance(seconds)
            case _:
                raise ValueError('send {"now": "2024-06-01T12:00:00Z"} or {"advance": 3600}, and nothing beside it')
        return await self._state(request)

    async def _reset(self, request: Request) -> Any:
        self._api.reset()
        return await self._state(request)

    async def _revoke(self, request: Request) -> Any:
        wanted = await _body(request)
        names = ("client_id", "username")
        if not isinstance(wanted, dict) or not all(k in names and isinstance(v, str) for k, v in wanted.items()):
            raise ValueError("send {}, or an object with a client_id, a username, or both")
        self._api.registry.tokens.revoke(**wanted)
        return await self._state(request)


def _responding(perform: Callable[[Request], Awaitable[Any]]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await perform(request))
        except ValueError as error:
            return JSONResponse({"message": str(error)}, status_code=HTTPStatus.UNPROCESSABLE_ENTITY)

    return endpoint


async def _body(request: Request) -> Any:
    try:
        return json.loads(await request.body())
    except ValueError:
        raise ValueError("the body must be JSON") from None


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{name} must be a number of 0 or more, not {text!r}")
    return int(text)
