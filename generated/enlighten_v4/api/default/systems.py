from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...models.sort_by import SortBy
from ...models.systems_response import SystemsResponse
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    *,
    page: int | Unset = 1,
    size: int | Unset = 10,
    sort_by: SortBy | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["page"] = page

    params["size"] = size

    json_sort_by: str | Unset = UNSET
    if not isinstance(sort_by, Unset):
        json_sort_by = sort_by.value

    params["sort_by"] = json_sort_by

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | RateLimitError | ReasonError | SystemsResponse | None:
    if response.status_code == 200:
        response_200 = SystemsResponse.from_dict(response.json())

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
) -> Response[ApiError | RateLimitError | ReasonError | SystemsResponse]:
    return Response(
        status_code=status_of(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    page: int | Unset = 1,
    size: int | Unset = 10,
    sort_by: SortBy | Unset = UNSET,
) -> Response[ApiError | RateLimitError | ReasonError | SystemsResponse]:
    """List the systems open to the token

     Pages through the systems whose owners gave the application access (for a partner token: the systems
    of the company).

    Args:
        page (int | Unset): Page, counted from 1. Default: 1.
        size (int | Unset): Entries per page. Default: 10.
        sort_by (SortBy | Unset): id sorts upwards, -id downwards. Anything else is refused with
            422 (older releases also took name and last_report_date).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | RateLimitError | ReasonError | SystemsResponse]
    """

    kwargs = _get_kwargs(
        page=page,
        size=size,
        sort_by=sort_by,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    page: int | Unset = 1,
    size: int | Unset = 10,
    sort_by: SortBy | Unset = UNSET,
) -> ApiError | RateLimitError | ReasonError | SystemsResponse | None:
    """List the systems open to the token

     Pages through the systems whose owners gave the application access (for a partner token: the systems
    of the company).

    Args:
        page (int | Unset): Page, counted from 1. Default: 1.
        size (int | Unset): Entries per page. Default: 10.
        sort_by (SortBy | Unset): id sorts upwards, -id downwards. Anything else is refused with
            422 (older releases also took name and last_report_date).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | RateLimitError | ReasonError | SystemsResponse
    """

    return sync_detailed(
        client=client,
        page=page,
        size=size,
        sort_by=sort_by,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    page: int | Unset = 1,
    size: int | Unset = 10,
    sort_by: SortBy | Unset = UNSET,
) -> Response[ApiError | RateLimitError | ReasonError | SystemsResponse]:
    """List the systems open to the token

     Pages through the systems whose owners gave the application access (for a partner token: the systems
    of the company).

    Args:
        page (int | Unset): Page, counted from 1. Default: 1.
        size (int | Unset): Entries per page. Default: 10.
        sort_by (SortBy | Unset): id sorts upwards, -id downwards. Anything else is refused with
            422 (older releases also took name and last_report_date).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | RateLimitError | ReasonError | SystemsResponse]
    """

    kwargs = _get_kwargs(
        page=page,
        size=size,
        sort_by=sort_by,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    page: int | Unset = 1,
    size: int | Unset = 10,
    sort_by: SortBy | Unset = UNSET,
) -> ApiError | RateLimitError | ReasonError | SystemsResponse | None:
    """List the systems open to the token

     Pages through the systems whose owners gave the application access (for a partner token: the systems
    of the company).

    Args:
        page (int | Unset): Page, counted from 1. Default: 1.
        size (int | Unset): Entries per page. Default: 10.
        sort_by (SortBy | Unset): id sorts upwards, -id downwards. Anything else is refused with
            422 (older releases also took name and last_report_date).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | RateLimitError | ReasonError | SystemsResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            page=page,
            size=size,
            sort_by=sort_by,
        )
    ).parsed
