from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.events_response import EventsResponse
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    system_id: int,
    *,
    start_time: int,
    end_time: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["start_time"] = start_time

    params["end_time"] = end_time

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/events".format(
            system_id=quote(str(system_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | EventsResponse | RateLimitError | ReasonError | None:
    if response.status_code == 200:
        response_200 = EventsResponse.from_dict(response.json())

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
) -> Response[ApiError | EventsResponse | RateLimitError | ReasonError]:
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
) -> Response[ApiError | EventsResponse | RateLimitError | ReasonError]:
    """Events of a system

     Events that began in the window, at most one week of it.

    Args:
        system_id (int): Number of the system.
        start_time (int): Start in Unix seconds. At most nine months back (the release notes say
            six).
        end_time (int | Unset): End in Unix seconds, at most one week after the start. Without it:
            one day after the start or now, whichever is earlier.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | EventsResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        start_time=start_time,
        end_time=end_time,
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
) -> ApiError | EventsResponse | RateLimitError | ReasonError | None:
    """Events of a system

     Events that began in the window, at most one week of it.

    Args:
        system_id (int): Number of the system.
        start_time (int): Start in Unix seconds. At most nine months back (the release notes say
            six).
        end_time (int | Unset): End in Unix seconds, at most one week after the start. Without it:
            one day after the start or now, whichever is earlier.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | EventsResponse | RateLimitError | ReasonError
    """

    return sync_detailed(
        system_id=system_id,
        client=client,
        start_time=start_time,
        end_time=end_time,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_time: int,
    end_time: int | Unset = UNSET,
) -> Response[ApiError | EventsResponse | RateLimitError | ReasonError]:
    """Events of a system

     Events that began in the window, at most one week of it.

    Args:
        system_id (int): Number of the system.
        start_time (int): Start in Unix seconds. At most nine months back (the release notes say
            six).
        end_time (int | Unset): End in Unix seconds, at most one week after the start. Without it:
            one day after the start or now, whichever is earlier.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | EventsResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        start_time=start_time,
        end_time=end_time,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_time: int,
    end_time: int | Unset = UNSET,
) -> ApiError | EventsResponse | RateLimitError | ReasonError | None:
    """Events of a system

     Events that began in the window, at most one week of it.

    Args:
        system_id (int): Number of the system.
        start_time (int): Start in Unix seconds. At most nine months back (the release notes say
            six).
        end_time (int | Unset): End in Unix seconds, at most one week after the start. Without it:
            one day after the start or now, whichever is earlier.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | EventsResponse | RateLimitError | ReasonError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            client=client,
            start_time=start_time,
            end_time=end_time,
        )
    ).parsed
