from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.alarms_response import AlarmsResponse
from ...models.api_error import ApiError
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    system_id: int,
    *,
    start_time: int,
    end_time: int | Unset = UNSET,
    cleared: bool | Unset = False,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["start_time"] = start_time

    params["end_time"] = end_time

    params["cleared"] = cleared

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/alarms".format(
            system_id=quote(str(system_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AlarmsResponse | ApiError | RateLimitError | ReasonError | None:
    if response.status_code == 200:
        response_200 = AlarmsResponse.from_dict(response.json())

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
) -> Response[AlarmsResponse | ApiError | RateLimitError | ReasonError]:
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
    start_time: int,
    end_time: int | Unset = UNSET,
    cleared: bool | Unset = False,
) -> Response[AlarmsResponse | ApiError | RateLimitError | ReasonError]:
    """Alarms of a system

     Alarms raised in the window, at most one week of it. An alarm grows out of one or several events
    that met a rule, such as being open for too long.

    Args:
        system_id (int): Number of the system.
        start_time (int): Start in Unix seconds. At most nine months back (the release notes say
            six).
        end_time (int | Unset): End in Unix seconds, at most one week after the start. Without it:
            one day after the start or now, whichever is earlier.
        cleared (bool | Unset): true returns the cleared alarms instead of the active ones.
            Default: False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AlarmsResponse | ApiError | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        start_time=start_time,
        end_time=end_time,
        cleared=cleared,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_time: int,
    end_time: int | Unset = UNSET,
    cleared: bool | Unset = False,
) -> AlarmsResponse | ApiError | RateLimitError | ReasonError | None:
    """Alarms of a system

     Alarms raised in the window, at most one week of it. An alarm grows out of one or several events
    that met a rule, such as being open for too long.

    Args:
        system_id (int): Number of the system.
        start_time (int): Start in Unix seconds. At most nine months back (the release notes say
            six).
        end_time (int | Unset): End in Unix seconds, at most one week after the start. Without it:
            one day after the start or now, whichever is earlier.
        cleared (bool | Unset): true returns the cleared alarms instead of the active ones.
            Default: False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AlarmsResponse | ApiError | RateLimitError | ReasonError
    """

    return sync_detailed(
        system_id=system_id,
        client=client,
        start_time=start_time,
        end_time=end_time,
        cleared=cleared,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_time: int,
    end_time: int | Unset = UNSET,
    cleared: bool | Unset = False,
) -> Response[AlarmsResponse | ApiError | RateLimitError | ReasonError]:
    """Alarms of a system

     Alarms raised in the window, at most one week of it. An alarm grows out of one or several events
    that met a rule, such as being open for too long.

    Args:
        system_id (int): Number of the system.
        start_time (int): Start in Unix seconds. At most nine months back (the release notes say
            six).
        end_time (int | Unset): End in Unix seconds, at most one week after the start. Without it:
            one day after the start or now, whichever is earlier.
        cleared (bool | Unset): true returns the cleared alarms instead of the active ones.
            Default: False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AlarmsResponse | ApiError | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        start_time=start_time,
        end_time=end_time,
        cleared=cleared,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_time: int,
    end_time: int | Unset = UNSET,
    cleared: bool | Unset = False,
) -> AlarmsResponse | ApiError | RateLimitError | ReasonError | None:
    """Alarms of a system

     Alarms raised in the window, at most one week of it. An alarm grows out of one or several events
    that met a rule, such as being open for too long.

    Args:
        system_id (int): Number of the system.
        start_time (int): Start in Unix seconds. At most nine months back (the release notes say
            six).
        end_time (int | Unset): End in Unix seconds, at most one week after the start. Without it:
            one day after the start or now, whichever is earlier.
        cleared (bool | Unset): true returns the cleared alarms instead of the active ones.
            Default: False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AlarmsResponse | ApiError | RateLimitError | ReasonError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            client=client,
            start_time=start_time,
            end_time=end_time,
            cleared=cleared,
        )
    ).parsed
