"""A web service that tells what a system does today, from one client that all requests share.

    pip install enphase-enlighten fastapi uvicorn
    uvicorn web_service:app

Then http://127.0.0.1:8000/systems/67/today. Spends one request for each visit that finds nothing kept.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from enphase_enlighten import AsyncEnlighten, EnlightenError, NotFoundError, UsageLimitExceededError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

KEPT_FOR = 300.0  # seconds: the service has a new value every five minutes at most
Today = dict[str, int | None]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the client with the application and close it with it."""
    async with AsyncEnlighten(max_wait=0) as client:
        app.state.client = client
        app.state.kept = {}
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/systems/{system_id}/today")
async def today(system_id: int, request: Request) -> Today:
    """Return the energy of today in Wh, the power in W, and the time (epoch seconds) at which that was measured."""
    state = request.app.state
    kept: dict[int, tuple[float, Today]] = state.kept
    until, answer = kept.get(system_id, (0.0, {}))
    if until < monotonic():
        summary = await state.client.summary(system_id)
        fields = {
            "energy_today_wh": summary.energy_today,
            "power_w": summary.current_power,
            "measured_at": summary.last_interval_end_at,
        }
        # Any field may be null or missing one day.
        answer = {name: value if isinstance(value, int) else None for name, value in fields.items()}
        kept[system_id] = monotonic() + KEPT_FOR, answer
    return answer


@app.exception_handler(EnlightenError)
async def failed(_: Request, error: EnlightenError) -> JSONResponse:
    """Turn the client's errors into responses; visitors learn no more than they need."""
    if isinstance(error, NotFoundError):
        return JSONResponse({"detail": "There is no such system."}, 404)
    if isinstance(error, UsageLimitExceededError) and error.resets_at is not None:
        return JSONResponse({"detail": f"Come back at {error.resets_at:%H:%M} UTC."}, 503)
    return JSONResponse({"detail": "Enphase does not answer at the moment."}, 502)
