from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...models.search_systems_request import SearchSystemsRequest
from ...models.search_systems_response import SearchSystemsResponse
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    *,
    body: SearchSystemsRequest,
    page: int | Unset = 1,
    size: int | Unset = 10,
    live_stream: bool | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["page"] = page

    params["size"] = size

    params["live_stream"] = live_stream

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/systems/search",
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | RateLimitError | ReasonError | SearchSystemsResponse | None:
    if response.status_code == 200:
        response_200 = SearchSystemsResponse.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = ApiError.from_dict(response.json())

        return response_401

    if response.status_code == 405:
        response_405 = ReasonError.from_dict(response.json())

        return response_405

    if response.status_code == 422:
        response_422 = ApiError.from_dict(response.json())

        return response_422

    if response.status_code == 429:
        response_429 = RateLimitError.from_dict(response.json())

        return response_429

    if response.status_code == 501:
        response_501 = ReasonError.from_dict(response.json())

        return response_501

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ApiError | RateLimitError | ReasonError | SearchSystemsResponse]:
    return Response(
        status_code=status_of(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: SearchSystemsRequest,
    page: int | Unset = 1,
    size: int | Unset = 10,
    live_stream: bool | Unset = UNSET,
) -> Response[ApiError | RateLimitError | ReasonError | SearchSystemsResponse]:
    """Find systems

     Like the list, with filters in the body.

    Args:
        page (int | Unset): Page, counted from 1. Default: 1.
        size (int | Unset): Entries per page. (The parameter says at most 1000, the answer's
            description says 100.) Default: 10.
        live_stream (bool | Unset): true adds live_stream to every system.
        body (SearchSystemsRequest):  Example: {'sort_by': '-id', 'system': {'ids': [1234567,
            1234568], 'name': 'Sample', 'statuses': ['normal', 'comm']}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | RateLimitError | ReasonError | SearchSystemsResponse]
    """

    kwargs = _get_kwargs(
        body=body,
        page=page,
        size=size,
        live_stream=live_stream,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: SearchSystemsRequest,
    page: int | Unset = 1,
    size: int | Unset = 10,
    live_stream: bool | Unset = UNSET,
) -> ApiError | RateLimitError | ReasonError | SearchSystemsResponse | None:
    """Find systems

     Like the list, with filters in the body.

    Args:
        page (int | Unset): Page, counted from 1. Default: 1.
        size (int | Unset): Entries per page. (The parameter says at most 1000, the answer's
            description says 100.) Default: 10.
        live_stream (bool | Unset): true adds live_stream to every system.
        body (SearchSystemsRequest):  Example: {'sort_by': '-id', 'system': {'ids': [1234567,
            1234568], 'name': 'Sample', 'statuses': ['normal', 'comm']}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | RateLimitError | ReasonError | SearchSystemsResponse
    """

    return sync_detailed(
        client=client,
        body=body,
        page=page,
        size=size,
        live_stream=live_stream,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: SearchSystemsRequest,
    page: int | Unset = 1,
    size: int | Unset = 10,
    live_stream: bool | Unset = UNSET,
) -> Response[ApiError | RateLimitError | ReasonError | SearchSystemsResponse]:
    """Find systems

     Like the list, with filters in the body.

    Args:
        page (int | Unset): Page, counted from 1. Default: 1.
        size (int | Unset): Entries per page. (The parameter says at most 1000, the answer's
            description says 100.) Default: 10.
        live_stream (bool | Unset): true adds live_stream to every system.
        body (SearchSystemsRequest):  Example: {'sort_by': '-id', 'system': {'ids': [1234567,
            1234568], 'name': 'Sample', 'statuses': ['normal', 'comm']}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | RateLimitError | ReasonError | SearchSystemsResponse]
    """

    kwargs = _get_kwargs(
        body=body,
        page=page,
        size=size,
        live_stream=live_stream,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: SearchSystemsRequest,
    page: int | Unset = 1,
    size: int | Unset = 10,
    live_stream: bool | Unset = UNSET,
) -> ApiError | RateLimitError | ReasonError | SearchSystemsResponse | None:
    """Find systems

     Like the list, with filters in the body.

    Args:
        page (int | Unset): Page, counted from 1. Default: 1.
        size (int | Unset): Entries per page. (The parameter says at most 1000, the answer's
            description says 100.) Default: 10.
        live_stream (bool | Unset): true adds live_stream to every system.
        body (SearchSystemsRequest):  Example: {'sort_by': '-id', 'system': {'ids': [1234567,
            1234568], 'name': 'Sample', 'statuses': ['normal', 'comm']}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | RateLimitError | ReasonError | SearchSystemsResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            page=page,
            size=size,
            live_stream=live_stream,
        )
    ).parsed
