from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.ev_charger_error import EvChargerError
from ...models.ev_charger_schedules_response import EvChargerSchedulesResponse
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...types import Response, status_of


def _get_kwargs(
    system_id: int,
    serial_no: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/ev_charger/{serial_no}/schedules".format(
            system_id=quote(str(system_id), safe=""),
            serial_no=quote(str(serial_no), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> EvChargerError | EvChargerSchedulesResponse | RateLimitError | ReasonError | None:
    if response.status_code == 200:
        response_200 = EvChargerSchedulesResponse.from_dict(response.json())

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
) -> Response[EvChargerError | EvChargerSchedulesResponse | RateLimitError | ReasonError]:
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
) -> Response[EvChargerError | EvChargerSchedulesResponse | RateLimitError | ReasonError]:
    """Charging schedules

     Schedules of one charger. The vendor's description declares application/octet-stream for this
    family; the examples are JSON. A 429 is not described for it but must be expected.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EvChargerError | EvChargerSchedulesResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        serial_no=serial_no,
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
) -> EvChargerError | EvChargerSchedulesResponse | RateLimitError | ReasonError | None:
    """Charging schedules

     Schedules of one charger. The vendor's description declares application/octet-stream for this
    family; the examples are JSON. A 429 is not described for it but must be expected.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EvChargerError | EvChargerSchedulesResponse | RateLimitError | ReasonError
    """

    return sync_detailed(
        system_id=system_id,
        serial_no=serial_no,
        client=client,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    serial_no: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[EvChargerError | EvChargerSchedulesResponse | RateLimitError | ReasonError]:
    """Charging schedules

     Schedules of one charger. The vendor's description declares application/octet-stream for this
    family; the examples are JSON. A 429 is not described for it but must be expected.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EvChargerError | EvChargerSchedulesResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        serial_no=serial_no,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    serial_no: str,
    *,
    client: AuthenticatedClient | Client,
) -> EvChargerError | EvChargerSchedulesResponse | RateLimitError | ReasonError | None:
    """Charging schedules

     Schedules of one charger. The vendor's description declares application/octet-stream for this
    family; the examples are JSON. A 429 is not described for it but must be expected.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EvChargerError | EvChargerSchedulesResponse | RateLimitError | ReasonError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            serial_no=serial_no,
            client=client,
        )
    ).parsed
