from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.live_data_error import LiveDataError
from ...types import Response, Unset, status_of


def _get_kwargs(
    system_id: int,
    *,
    duration: int | Unset = 30,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(duration, Unset):
        headers["duration"] = str(duration)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/live_data".format(
            system_id=quote(str(system_id), safe=""),
        ),
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> LiveDataError | str | None:
    if response.status_code == 200:
        response_200 = response.text
        return response_200

    if response.status_code == 401:
        response_401 = LiveDataError.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = LiveDataError.from_dict(response.json())

        return response_403

    if response.status_code == 429:
        response_429 = LiveDataError.from_dict(response.json())

        return response_429

    if response.status_code == 461:
        response_461 = LiveDataError.from_dict(response.json())

        return response_461

    if response.status_code == 462:
        response_462 = LiveDataError.from_dict(response.json())

        return response_462

    if response.status_code == 463:
        response_463 = LiveDataError.from_dict(response.json())

        return response_463

    if response.status_code == 466:
        response_466 = LiveDataError.from_dict(response.json())

        return response_466

    if response.status_code == 468:
        response_468 = LiveDataError.from_dict(response.json())

        return response_468

    if response.status_code == 472:
        response_472 = LiveDataError.from_dict(response.json())

        return response_472

    if response.status_code == 473:
        response_473 = LiveDataError.from_dict(response.json())

        return response_473

    if response.status_code == 550:
        response_550 = LiveDataError.from_dict(response.json())

        return response_550

    if response.status_code == 551:
        response_551 = LiveDataError.from_dict(response.json())

        return response_551

    if response.status_code == 552:
        response_552 = LiveDataError.from_dict(response.json())

        return response_552

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[LiveDataError | str]:
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
    duration: int | Unset = 30,
) -> Response[LiveDataError | str]:
    """Live stream of a system

     Sends messages of type text/event-stream with the power of every part of the site for 30 to 300
    seconds. Needs an active gateway with firmware 6.0.0 or later and an active production meter; with a
    battery or system controller also an active consumption meter. Each call costs extra (USD 0.10 when
    last seen). Errors come as JSON before the stream or as a message in it.

    Args:
        system_id (int): Number of the system.
        duration (int | Unset): Seconds the stream lasts. Default: 30.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[LiveDataError | str]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        duration=duration,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    duration: int | Unset = 30,
) -> LiveDataError | str | None:
    """Live stream of a system

     Sends messages of type text/event-stream with the power of every part of the site for 30 to 300
    seconds. Needs an active gateway with firmware 6.0.0 or later and an active production meter; with a
    battery or system controller also an active consumption meter. Each call costs extra (USD 0.10 when
    last seen). Errors come as JSON before the stream or as a message in it.

    Args:
        system_id (int): Number of the system.
        duration (int | Unset): Seconds the stream lasts. Default: 30.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        LiveDataError | str
    """

    return sync_detailed(
        system_id=system_id,
        client=client,
        duration=duration,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    duration: int | Unset = 30,
) -> Response[LiveDataError | str]:
    """Live stream of a system

     Sends messages of type text/event-stream with the power of every part of the site for 30 to 300
    seconds. Needs an active gateway with firmware 6.0.0 or later and an active production meter; with a
    battery or system controller also an active consumption meter. Each call costs extra (USD 0.10 when
    last seen). Errors come as JSON before the stream or as a message in it.

    Args:
        system_id (int): Number of the system.
        duration (int | Unset): Seconds the stream lasts. Default: 30.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[LiveDataError | str]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        duration=duration,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    duration: int | Unset = 30,
) -> LiveDataError | str | None:
    """Live stream of a system

     Sends messages of type text/event-stream with the power of every part of the site for 30 to 300
    seconds. Needs an active gateway with firmware 6.0.0 or later and an active production meter; with a
    battery or system controller also an active consumption meter. Each call costs extra (USD 0.10 when
    last seen). Errors come as JSON before the stream or as a message in it.

    Args:
        system_id (int): Number of the system.
        duration (int | Unset): Seconds the stream lasts. Default: 30.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        LiveDataError | str
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            client=client,
            duration=duration,
        )
    ).parsed
