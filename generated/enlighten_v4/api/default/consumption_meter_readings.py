from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.consumption_meter_readings_response import ConsumptionMeterReadingsResponse
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    system_id: int,
    *,
    end_at: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["end_at"] = end_at

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/consumption_meter_readings".format(
            system_id=quote(str(system_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | ConsumptionMeterReadingsResponse | RateLimitError | ReasonError | None:
    if response.status_code == 200:
        response_200 = ConsumptionMeterReadingsResponse.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = ApiError.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = ApiError.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = ApiError.from_dict(response.json())

        return response_404

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
) -> Response[ApiError | ConsumptionMeterReadingsResponse | RateLimitError | ReasonError]:
    return Response(
        status_code=status_of(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    end_at: int | Unset = UNSET,
) -> Response[ApiError | ConsumptionMeterReadingsResponse | RateLimitError | ReasonError]:
    """Counters of the consumption meters

     Like the production counters; note serial_num.

    Args:
        system_id (int): Number of the system.
        end_at (int | Unset): Read the counters as of this time in Unix seconds. Without it: now.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ConsumptionMeterReadingsResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        end_at=end_at,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    end_at: int | Unset = UNSET,
) -> ApiError | ConsumptionMeterReadingsResponse | RateLimitError | ReasonError | None:
    """Counters of the consumption meters

     Like the production counters; note serial_num.

    Args:
        system_id (int): Number of the system.
        end_at (int | Unset): Read the counters as of this time in Unix seconds. Without it: now.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | ConsumptionMeterReadingsResponse | RateLimitError | ReasonError
    """

    return sync_detailed(
        system_id=system_id,
        client=client,
        end_at=end_at,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    end_at: int | Unset = UNSET,
) -> Response[ApiError | ConsumptionMeterReadingsResponse | RateLimitError | ReasonError]:
    """Counters of the consumption meters

     Like the production counters; note serial_num.

    Args:
        system_id (int): Number of the system.
        end_at (int | Unset): Read the counters as of this time in Unix seconds. Without it: now.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ConsumptionMeterReadingsResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        end_at=end_at,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    end_at: int | Unset = UNSET,
) -> ApiError | ConsumptionMeterReadingsResponse | RateLimitError | ReasonError | None:
    """Counters of the consumption meters

     Like the production counters; note serial_num.

    Args:
        system_id (int): Number of the system.
        end_at (int | Unset): Read the counters as of this time in Unix seconds. Without it: now.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | ConsumptionMeterReadingsResponse | RateLimitError | ReasonError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            client=client,
            end_at=end_at,
        )
    ).parsed
