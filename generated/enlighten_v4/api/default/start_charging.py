from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.command_accepted_response import CommandAcceptedResponse
from ...models.ev_charger_error import EvChargerError
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...models.start_charging_request import StartChargingRequest
from ...types import Response, status_of


def _get_kwargs(
    system_id: int,
    serial_no: str,
    *,
    body: StartChargingRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/systems/{system_id}/ev_charger/{serial_no}/start_charging".format(
            system_id=quote(str(system_id), safe=""),
            serial_no=quote(str(serial_no), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CommandAcceptedResponse | EvChargerError | RateLimitError | ReasonError | None:
    if response.status_code == 202:
        response_202 = CommandAcceptedResponse.from_dict(response.json())

        return response_202

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
) -> Response[CommandAcceptedResponse | EvChargerError | RateLimitError | ReasonError]:
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
    body: StartChargingRequest,
) -> Response[CommandAcceptedResponse | EvChargerError | RateLimitError | ReasonError]:
    """Start charging

     Sends a command. The vendor points to its separate VPP API for real use.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.
        body (StartChargingRequest):  Example: {'connectorId': '1', 'chargingLevel': '40'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CommandAcceptedResponse | EvChargerError | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        serial_no=serial_no,
        body=body,
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
    body: StartChargingRequest,
) -> CommandAcceptedResponse | EvChargerError | RateLimitError | ReasonError | None:
    """Start charging

     Sends a command. The vendor points to its separate VPP API for real use.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.
        body (StartChargingRequest):  Example: {'connectorId': '1', 'chargingLevel': '40'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CommandAcceptedResponse | EvChargerError | RateLimitError | ReasonError
    """

    return sync_detailed(
        system_id=system_id,
        serial_no=serial_no,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    serial_no: str,
    *,
    client: AuthenticatedClient | Client,
    body: StartChargingRequest,
) -> Response[CommandAcceptedResponse | EvChargerError | RateLimitError | ReasonError]:
    """Start charging

     Sends a command. The vendor points to its separate VPP API for real use.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.
        body (StartChargingRequest):  Example: {'connectorId': '1', 'chargingLevel': '40'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CommandAcceptedResponse | EvChargerError | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        serial_no=serial_no,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    serial_no: str,
    *,
    client: AuthenticatedClient | Client,
    body: StartChargingRequest,
) -> CommandAcceptedResponse | EvChargerError | RateLimitError | ReasonError | None:
    """Start charging

     Sends a command. The vendor points to its separate VPP API for real use.

    Args:
        system_id (int): Number of the system.
        serial_no (str): Serial number of the device.
        body (StartChargingRequest):  Example: {'connectorId': '1', 'chargingLevel': '40'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CommandAcceptedResponse | EvChargerError | RateLimitError | ReasonError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            serial_no=serial_no,
            client=client,
            body=body,
        )
    ).parsed
