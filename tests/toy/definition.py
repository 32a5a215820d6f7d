"""An API of five operations, to show what it takes to define one: data, and a few small strategies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from dateutil.relativedelta import relativedelta

from enphase_enlighten.api import API, Operation, Request, ZoneLookup
from enphase_enlighten.clients.async_base import AsyncBaseClient
from enphase_enlighten.clients.base import BaseClient
from enphase_enlighten.credentials.masking import Masking
from enphase_enlighten.planning.pages import CursorPages, NumberedPages
from enphase_enlighten.planning.windows import Length, WindowRule
from enphase_enlighten.quota.plans import UsagePlan
from enphase_enlighten.quota.quota import LimitReached
from enphase_enlighten.reading.models import decode_or_none
from enphase_enlighten.reading.statuses import ErrorBodies

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from enphase_enlighten.api import Renewal, Response, Signature
    from enphase_enlighten.timing.server_clock import ServerTime


class Power(NamedTuple):
    end_at: datetime
    watts: int


SITE = Operation("Site", path="/sites/{system_id}", needs=("system_id",))
SITES = Operation(
    "Sites", path="/sites", items="sites", needs=("sites",), pages=CursorPages(50, "after", "count", "after", "/after")
)
DEVICES = Operation("Devices", path="/devices", items="devices", needs=("devices",), pages=NumberedPages(20))
POWER = Operation(
    "Power",
    path="/sites/{system_id}/power",
    items="intervals",
    needs=("intervals",),
    row=Power,
    window=WindowRule(900, relativedelta(days=1), relativedelta(years=2), lengths=(Length.DAY,)),
)
MODE = Operation("Mode", "PUT", "/sites/{system_id}/mode", resend=False)


class Token:
    """Signs by a bearer token, which a refresh token renews."""

    def __init__(self, access: str, refresh: str) -> None:
        self.masking = Masking((access, refresh))
        self._refresh = refresh
        self._signature: Signature = ({}, {"Authorization": f"Bearer {access}"})

    def preparation(self, _time: Callable[[], ServerTime]) -> Renewal | None:
        return None

    def signature(self) -> Signature:
        return self._signature

    def renewal(self, _response: Response, refused: Signature) -> Renewal | None:
        return self._renewed(refused)

    def _renewed(self, refused: Signature) -> Renewal:
        if self._signature is not refused:
            return True  # Another request has renewed it meanwhile.
        response: Response = yield Request(
            "Token", "POST", "/token", content=json.dumps({"refresh": self._refresh}).encode()
        )
        if response.status == 200:
            access, self._refresh = json.loads(response.content)
            self.masking.add(access, self._refresh)
            self._signature = ({}, {"Authorization": f"Bearer {access}"})
        return response.status == 200


class ToyErrors(ErrorBodies):
    def sentences(self, fields: Mapping[str, Any]) -> tuple[str | None, tuple[str, ...]]:
        error = fields.get("error", {})
        return error.get("code"), (error["text"],) if "text" in error else ()

    def limit_reached(self, response: Response) -> LimitReached | None:
        fields = decode_or_none(response.content) if response.status == 429 else None
        return LimitReached("minute", end=fields["until"]) if fields else None

    def is_absent(self, response: Response) -> bool:
        return response.status == 410


TOY = API(
    "toy",
    ToyErrors(),
    "https://toy.example",
    {operation.id: operation for operation in (SITE, SITES, DEVICES, POWER, MODE)},
    plans={"small": UsagePlan(per_minute=30)},
    zones=ZoneLookup(SITE, lambda system_id: {"system_id": system_id}),
)


class ToyMethods(BaseClient if TYPE_CHECKING else object):  # type: ignore[misc]  # either base has what it calls
    def site(self, number: int) -> Any:
        return self._call(SITE, system_id=number)

    def set_mode(self, number: int, mode: str) -> Any:
        return self._call(MODE, system_id=number, body={"mode": mode})

    def sites(self, page_size: int = 50) -> Any:
        return self._listing(SITES, "system_id", page_size=page_size)

    def devices(self, page_size: int = 20) -> Any:
        return self._listing(DEVICES, "serial", page_size=page_size)

    def power(self, number: int, **span: Any) -> Any:
        return self._intervals(POWER, number, **span)


class Toy(ToyMethods, BaseClient):
    """The sync client."""


class AsyncToy(ToyMethods, AsyncBaseClient):
    """The async client."""
