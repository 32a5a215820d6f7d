"""Letting the low-level client send through the same pipeline as everything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING

import httpx

from ..api import Request, Response
from .delivery import Delivery, UndeliveredError
from .network import HEADERS

if TYPE_CHECKING:
    from ..config.settings import Settings
    from .async_sending import AsyncPipeline

OPERATION = "low_level"
"""Stands for the operation, which is not known of these requests."""

_READING = ("GET", "HEAD")
"""Methods that change nothing, and so may be sent again."""

_OF_THE_BODY = ("content-length", "transfer-encoding")
"""Headers of a body that was read whole."""


class AsyncPipelineTransport(httpx.AsyncBaseTransport):
    """Sends what an `httpx.AsyncClient` sends through a pipeline. Closing it closes nothing."""

    def __init__(self, pipeline: AsyncPipeline, base_url: str, limit: int, check_open: Callable[[], None]) -> None:
        self._pipeline = pipeline
        self._service = httpx.URL(base_url)
        self._limit = limit
        self._check_open = check_open

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request."""
        self._check_open()
        delivery = _delivery(
            request, await request.aread(), self._service, self._limit, self._pipeline.signed_parameters
        )
        try:
            return _response(await self._pipeline.send(delivery))
        except UndeliveredError as failure:
            error = failure.error
        raise error


def async_pipeline_client(
    pipeline: AsyncPipeline, settings: Settings, check_open: Callable[[], None]
) -> httpx.AsyncClient:
    """Return a client of httpx that sends through a pipeline, unless `check_open` raises."""
    transport = AsyncPipelineTransport(pipeline, settings.base_url, settings.max_response_bytes, check_open)
    return httpx.AsyncClient(
        transport=transport,
        base_url=settings.base_url,
        headers=HEADERS,
        timeout=settings.timeout,
        follow_redirects=False,
        trust_env=False,
        # A request is what the specification says and nothing more: no cookie is kept, so none is sent.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
    )


def _delivery(
    request: httpx.Request, content: bytes, service: httpx.URL, limit: int, signed: Iterable[str]
) -> Delivery:
    place = request.url
    if (place.scheme, place.host, place.port) != (service.scheme, service.host, service.port):
        # Only a URL or a redirect of the user's own leads elsewhere.
        raise httpx.UnsupportedProtocol(
            f"Not sent to {place.host}: the credentials are for {service.host} alone.", request=request
        )
    for name in signed:
        # Given by the user as well: the signature takes its place.
        place = place.copy_remove_param(name) if name in place.params else place
    headers = {name: value for name, value in request.headers.items() if name not in _OF_THE_BODY}
    path = place.path.removeprefix(service.path.rstrip("/"))
    values = {name: place.params.get_list(name) for name in place.params}
    query = {name: several if len(several) > 1 else several[0] for name, several in values.items()}
    return Delivery(
        Request(OPERATION, request.method, path, query, headers, content, resend=request.method in _READING),
        str(place.copy_with(fragment=None)),
        request.extensions.get("timeout", {}),
        limit,
    )


_LEFT_OUT = (b"content-encoding", b"content-length", b"transfer-encoding", b"location")
"""Headers of a response that are left out: those about the stream, which is read; and the one of which httpx would make
a request that nobody sends, or an error where it is no URL."""


def _response(response: Response) -> httpx.Response:
    headers = [header for header in httpx.Headers(response.headers).raw if header[0].lower() not in _LEFT_OUT]
    return httpx.Response(response.status, headers=headers, content=response.content)
