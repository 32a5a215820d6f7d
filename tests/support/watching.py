"""What watches requests and errors from outside: instrumentation of httpx, and all that can be reached from a value."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING

import httpx
from attrs import frozen

if TYPE_CHECKING:
    import pytest

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@frozen
class Span:
    """What an instrumentation of httpx's transports keeps of a request, and of its response."""

    url: str
    request: httpx.Request
    response: httpx.Response | None


def instrumented(monkeypatch: pytest.MonkeyPatch) -> list[Span]:
    """Instrument httpx as OpenTelemetry does: its transports' methods, with a header put on each request."""
    spans: list[Span] = []
    send, asend = httpx.HTTPTransport.handle_request, httpx.AsyncHTTPTransport.handle_async_request

    def begun(request: httpx.Request) -> str:
        request.headers = httpx.Headers({**request.headers, "traceparent": TRACE})
        return str(httpx.URL(str(request.url)))

    def handle(self: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        url, response = begun(request), None
        try:
            response = send(self, request)
        finally:
            spans.append(Span(url, request, response))
        return response

    async def ahandle(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        url, response = begun(request), None
        try:
            response = await asend(self, request)
        finally:
            spans.append(Span(url, request, response))
        return response

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle)
    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", ahandle)
    return spans


def reachable(*values: object) -> str:
    """The texts of everything that can be reached from some values: in collections, attributes and closures."""
    texts: list[str] = []
    pending, known = list(values), {}
    while pending:
        value = pending.pop()
        if id(value) in known or isinstance(value, type | ModuleType):
            continue
        known[id(value)] = value
        texts.append(f"{value!r}")
        if isinstance(value, str | bytes):
            continue
        if isinstance(value, Mapping):
            pending += [*value.keys(), *value.values()]
        elif isinstance(value, Iterable) and not isinstance(value, Iterator):
            pending += value
        if isinstance(value, FunctionType):
            pending += [cell.cell_contents for cell in value.__closure__ or ()]
        slots = [name for cls in type(value).__mro__ for name in getattr(cls, "__slots__", ())]
        pending += [*getattr(value, "__dict__", {}).values(), *(getattr(value, name, None) for name in slots)]
    return "\n".join(texts)


def shown(error: BaseException, tests: str) -> str:
    """What an error and those it came from show: texts, attributes, and the variables of each frame but the test's."""
    texts, known = [], set[int]()
    pending: list[BaseException | None] = [error]
    while pending:
        link = pending.pop()
        if link is None or id(link) in known:
            continue
        known.add(id(link))
        pending += [link.__cause__, link.__context__]
        texts.append(reachable(link.args, link.__dict__))
        for frame, _ in traceback.walk_tb(link.__traceback__):
            if frame.f_code.co_filename == tests:
                continue
            for value in frame.f_locals.values():
                request = value if isinstance(value, httpx.Request) or type(value).__module__ == "httpcore" else None
                texts += [repr(value), "" if request is None else reachable(request)]
    return "\n".join(texts)
