from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.event_types_response import EventTypesResponse
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    *,
    event_type_id: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["event_type_id"] = event_type_id

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/event_types",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | EventTypesResponse | RateLimitError | ReasonError | None:
    if response.status_code == 200:
        response_200 = EventTypesResponse.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = ApiError.from_dict(response.json())

        return response_401

    if response.status_code == 404:
        response_404 = ApiError.from_dict(response.json())

        return response_404

    if response.status_code == 405:
        response_405 = ReasonError.from_dict(response.json())

        return response_405

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
) -> Response[ApiError | EventTypesResponse | RateLimitError | ReasonError]:
    return Response(
        status_code=status_of(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    event_type_id: int | Unset = UNSET,
) -> Response[ApiError | EventTypesResponse | RateLimitError | ReasonError]:
    """Kinds of events

     All kinds with their texts, or one of them.

    Args:
        event_type_id (int | Unset): Only this kind.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | EventTypesResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        event_type_id=event_type_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    event_type_id: int | Unset = UNSET,
) -> ApiError | EventTypesResponse | RateLimitError | ReasonError | None:
    """Kinds of events

     All kinds with their texts, or one of them.

    Args:
        event_type_id (int | Unset): Only this kind.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | EventTypesResponse | RateLimitError | ReasonError
    """

    return sync_detailed(
        client=client,
        event_type_id=event_type_id,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    event_type_id: int | Unset = UNSET,
) -> Response[ApiError | EventTypesResponse | RateLimitError | ReasonError]:
    """Kinds of events

     All kinds with their texts, or one of them.

    Args:
        event_type_id (int | Unset): Only this kind.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | EventTypesResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        event_type_id=event_type_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    event_type_id: int | Unset = UNSET,
) -> ApiError | EventTypesResponse | RateLimitError | ReasonError | None:
    """Kinds of events

     All kinds with their texts, or one of them.

    Args:
        event_type_id (int | Unset): Only this kind.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | EventTypesResponse | RateLimitError | ReasonError
    """

    return (
        await asyncio_detailed(
            client=client,
            event_type_id=event_type_id,
        )
    ).parsed
