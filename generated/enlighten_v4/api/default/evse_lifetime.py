import datetime
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.evse_lifetime_response import EvseLifetimeResponse
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    system_id: int,
    serial_no: str,
    *,
    start_date: datetime.date | Unset = UNSET,
    end_date: datetime.date | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_start_date: str | Unset = UNSET
    if not isinstance(start_date, Unset):
        json_start_date = start_date.isoformat()
    params["start_date"] = json_start_date

    json_end_date: str | Unset = UNSET
    if not isinstance(end_date, Unset):
        json_end_date = end_date.isoformat()
    params["end_date"] = json_end_date

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/{serial_no}/evse_lifetime".format(
            system_id=quote(str(system_id), safe=""),
            serial_no=quote(str(serial_no), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | EvseLifetimeResponse | RateLimitError | ReasonError | None:
    if response.status_code == 200:
        response_200 = EvseLifetimeResponse.from_dict(response.json())

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
) -> Response[ApiError | EvseLifetimeResponse | RateLimitError | ReasonError]:
    return Response(
        status_code=status_of(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    system_id: int,
    serial_no: str,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.date | Unset = UNSET,
    end_date: datetime.date | Unset = UNSET,
) -> Response[ApiError | EvseLifetimeResponse | RateLimitError | ReasonError]:
    """EV charger energy per day

     For chargers of other makers. One number per day without gaps.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.
        start_date (datetime.date | Unset): First day, YYYY-MM-DD. Without it, or when earlier
            than that: the day the system went live.
        end_date (datetime.date | Unset): Last day, YYYY-MM-DD. Without it: today.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | EvseLifetimeResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        serial_no=serial_no,
        start_date=start_date,
        end_date=end_date,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    system_id: int,
    serial_no: str,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.date | Unset = UNSET,
    end_date: datetime.date | Unset = UNSET,
) -> ApiError | EvseLifetimeResponse | RateLimitError | ReasonError | None:
    """EV charger energy per day

     For chargers of other makers. One number per day without gaps.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.
        start_date (datetime.date | Unset): First day, YYYY-MM-DD. Without it, or when earlier
            than that: the day the system went live.
        end_date (datetime.date | Unset): Last day, YYYY-MM-DD. Without it: today.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | EvseLifetimeResponse | RateLimitError | ReasonError
    """

    return sync_detailed(
        system_id=system_id,
        serial_no=serial_no,
        client=client,
        start_date=start_date,
        end_date=end_date,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    serial_no: str,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.date | Unset = UNSET,
    end_date: datetime.date | Unset = UNSET,
) -> Response[ApiError | EvseLifetimeResponse | RateLimitError | ReasonError]:
    """EV charger energy per day

     For chargers of other makers. One number per day without gaps.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.
        start_date (datetime.date | Unset): First day, YYYY-MM-DD. Without it, or when earlier
            than that: the day the system went live.
        end_date (datetime.date | Unset): Last day, YYYY-MM-DD. Without it: today.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | EvseLifetimeResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        serial_no=serial_no,
        start_date=start_date,
        end_date=end_date,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    serial_no: str,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.date | Unset = UNSET,
    end_date: datetime.date | Unset = UNSET,
) -> ApiError | EvseLifetimeResponse | RateLimitError | ReasonError | None:
    """EV charger energy per day

     For chargers of other makers. One number per day without gaps.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.
        start_date (datetime.date | Unset): First day, YYYY-MM-DD. Without it, or when earlier
            than that: the day the system went live.
        end_date (datetime.date | Unset): Last day, YYYY-MM-DD. Without it: today.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | EvseLifetimeResponse | RateLimitError | ReasonError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            serial_no=serial_no,
            client=client,
            start_date=start_date,
            end_date=end_date,
        )
    ).parsed
