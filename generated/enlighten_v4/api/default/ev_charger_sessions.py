from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.ev_charger_error import EvChargerError
from ...models.ev_charger_sessions_response import EvChargerSessionsResponse
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    system_id: int,
    serial_no: str,
    *,
    offset: int | Unset = 0,
    limit: int | Unset = 20,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["offset"] = offset

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/ev_charger/{serial_no}/sessions".format(
            system_id=quote(str(system_id), safe=""),
            serial_no=quote(str(serial_no), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> EvChargerError | EvChargerSessionsResponse | RateLimitError | ReasonError | None:
    if response.status_code == 200:
        response_200 = EvChargerSessionsResponse.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = EvChargerError.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = EvChargerError.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = EvChargerError.from_dict(response.json())

        return response_403

    if response.status_code == 405:
        response_405 = ReasonError.from_dict(response.json())

        return response_405

    if response.status_code == 429:
        response_429 = RateLimitError.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = EvChargerError.from_dict(response.json())

        return response_500

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[EvChargerError | EvChargerSessionsResponse | RateLimitError | ReasonError]:
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
    offset: int | Unset = 0,
    limit: int | Unset = 20,
) -> Response[EvChargerError | EvChargerSessionsResponse | RateLimitError | ReasonError]:
    """Charging sessions

     Sessions of one charger by offset and limit. The vendor's description declares application/octet-
    stream for this family; the examples are JSON. A 429 is not described for it but must be expected.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.
        offset (int | Unset): Entries to skip. Default: 0.
        limit (int | Unset): Entries to return. Default: 20.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EvChargerError | EvChargerSessionsResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        serial_no=serial_no,
        offset=offset,
        limit=limit,
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
    offset: int | Unset = 0,
    limit: int | Unset = 20,
) -> EvChargerError | EvChargerSessionsResponse | RateLimitError | ReasonError | None:
    """Charging sessions

     Sessions of one charger by offset and limit. The vendor's description declares application/octet-
    stream for this family; the examples are JSON. A 429 is not described for it but must be expected.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.
        offset (int | Unset): Entries to skip. Default: 0.
        limit (int | Unset): Entries to return. Default: 20.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EvChargerError | EvChargerSessionsResponse | RateLimitError | ReasonError
    """

    return sync_detailed(
        system_id=system_id,
        serial_no=serial_no,
        client=client,
        offset=offset,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    serial_no: str,
    *,
    client: AuthenticatedClient | Client,
    offset: int | Unset = 0,
    limit: int | Unset = 20,
) -> Response[EvChargerError | EvChargerSessionsResponse | RateLimitError | ReasonError]:
    """Charging sessions

     Sessions of one charger by offset and limit. The vendor's description declares application/octet-
    stream for this family; the examples are JSON. A 429 is not described for it but must be expected.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.
        offset (int | Unset): Entries to skip. Default: 0.
        limit (int | Unset): Entries to return. Default: 20.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EvChargerError | EvChargerSessionsResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        serial_no=serial_no,
        offset=offset,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    serial_no: str,
    *,
    client: AuthenticatedClient | Client,
    offset: int | Unset = 0,
    limit: int | Unset = 20,
) -> EvChargerError | EvChargerSessionsResponse | RateLimitError | ReasonError | None:
    """Charging sessions

     Sessions of one charger by offset and limit. The vendor's description declares application/octet-
    stream for this family; the examples are JSON. A 429 is not described for it but must be expected.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.
        offset (int | Unset): Entries to skip. Default: 0.
        limit (int | Unset): Entries to return. Default: 20.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EvChargerError | EvChargerSessionsResponse | RateLimitError | ReasonError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            serial_no=serial_no,
            client=client,
            offset=offset,
            limit=limit,
        )
    ).parsed
