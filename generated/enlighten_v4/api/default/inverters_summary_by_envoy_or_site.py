from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.inverters_summary import InvertersSummary
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    *,
    site_id: int | Unset = UNSET,
    envoy_serial_number: str | Unset = UNSET,
    page: int | Unset = 1,
    size: int | Unset = 10,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["site_id"] = site_id

    params["envoy_serial_number"] = envoy_serial_number

    params["page"] = page

    params["size"] = size

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/inverters_summary_by_envoy_or_site",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | RateLimitError | ReasonError | list[InvertersSummary] | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for componentsschemas_inverters_summary_response_item_data in _response_200:
            componentsschemas_inverters_summary_response_item = InvertersSummary.from_dict(
                componentsschemas_inverters_summary_response_item_data
            )

            response_200.append(componentsschemas_inverters_summary_response_item)

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
) -> Response[ApiError | RateLimitError | ReasonError | list[InvertersSummary]]:
    return Response(
        status_code=status_of(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    site_id: int | Unset = UNSET,
    envoy_serial_number: str | Unset = UNSET,
    page: int | Unset = 1,
    size: int | Unset = 10,
) -> Response[ApiError | RateLimitError | ReasonError | list[InvertersSummary]]:
    """State of the microinverters

     Give site_id or envoy_serial_number; with both, the gateway wins. The answer is a bare array with
    one entry per active gateway.

    Args:
        site_id (int | Unset): Number of the system.
        envoy_serial_number (str | Unset): Serial number of an active gateway. (Declared an
            integer.)
        page (int | Unset): Page, counted from 1. Default: 1.
        size (int | Unset): Entries per page. Default: 10.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | RateLimitError | ReasonError | list[InvertersSummary]]
    """

    kwargs = _get_kwargs(
        site_id=site_id,
        envoy_serial_number=envoy_serial_number,
        page=page,
        size=size,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    site_id: int | Unset = UNSET,
    envoy_serial_number: str | Unset = UNSET,
    page: int | Unset = 1,
    size: int | Unset = 10,
) -> ApiError | RateLimitError | ReasonError | list[InvertersSummary] | None:
    """State of the microinverters

     Give site_id or envoy_serial_number; with both, the gateway wins. The answer is a bare array with
    one entry per active gateway.

    Args:
        site_id (int | Unset): Number of the system.
        envoy_serial_number (str | Unset): Serial number of an active gateway. (Declared an
            integer.)
        page (int | Unset): Page, counted from 1. Default: 1.
        size (int | Unset): Entries per page. Default: 10.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | RateLimitError | ReasonError | list[InvertersSummary]
    """

    return sync_detailed(
        client=client,
        site_id=site_id,
        envoy_serial_number=envoy_serial_number,
        page=page,
        size=size,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    site_id: int | Unset = UNSET,
    envoy_serial_number: str | Unset = UNSET,
    page: int | Unset = 1,
    size: int | Unset = 10,
) -> Response[ApiError | RateLimitError | ReasonError | list[InvertersSummary]]:
    """State of the microinverters

     Give site_id or envoy_serial_number; with both, the gateway wins. The answer is a bare array with
    one entry per active gateway.

    Args:
        site_id (int | Unset): Number of the system.
        envoy_serial_number (str | Unset): Serial number of an active gateway. (Declared an
            integer.)
        page (int | Unset): Page, counted from 1. Default: 1.
        size (int | Unset): Entries per page. Default: 10.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | RateLimitError | ReasonError | list[InvertersSummary]]
    """

    kwargs = _get_kwargs(
        site_id=site_id,
        envoy_serial_number=envoy_serial_number,
        page=page,
        size=size,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    site_id: int | Unset = UNSET,
    envoy_serial_number: str | Unset = UNSET,
    page: int | Unset = 1,
    size: int | Unset = 10,
) -> ApiError | RateLimitError | ReasonError | list[InvertersSummary] | None:
    """State of the microinverters

     Give site_id or envoy_serial_number; with both, the gateway wins. The answer is a bare array with
    one entry per active gateway.

    Args:
        site_id (int | Unset): Number of the system.
        envoy_serial_number (str | Unset): Serial number of an active gateway. (Declared an
            integer.)
        page (int | Unset): Page, counted from 1. Default: 1.
        size (int | Unset): Entries per page. Default: 10.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | RateLimitError | ReasonError | list[InvertersSummary]
    """

    return (
        await asyncio_detailed(
            client=client,
            site_id=site_id,
            envoy_serial_number=envoy_serial_number,
            page=page,
            size=size,
        )
    ).parsed
