from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.load_control import LoadControl
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...types import Response, status_of


def _get_kwargs(
    system_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/config/{system_id}/load_control".format(
            system_id=quote(str(system_id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | LoadControl | RateLimitError | ReasonError | None:
    if response.status_code == 200:
        response_200 = LoadControl.from_dict(response.json())

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
) -> Response[ApiError | LoadControl | RateLimitError | ReasonError]:
    return Response(
        status_code=status_of(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    system_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ApiError | LoadControl | RateLimitError | ReasonError]:
    """Load control settings

     Settings of every dry contact that has a load.

    Args:
        system_id (str): Number of the system. (Declared a string under /systems/config.)

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | LoadControl | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    system_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> ApiError | LoadControl | RateLimitError | ReasonError | None:
    """Load control settings

     Settings of every dry contact that has a load.

    Args:
        system_id (str): Number of the system. (Declared a string under /systems/config.)

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | LoadControl | RateLimitError | ReasonError
    """

    return sync_detailed(
        system_id=system_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    system_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ApiError | LoadControl | RateLimitError | ReasonError]:
    """Load control settings

     Settings of every dry contact that has a load.

    Args:
        system_id (str): Number of the system. (Declared a string under /systems/config.)

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | LoadControl | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> ApiError | LoadControl | RateLimitError | ReasonError | None:
    """Load control settings

     Settings of every dry contact that has a load.

    Args:
        system_id (str): Number of the system. (Declared a string under /systems/config.)

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | LoadControl | RateLimitError | ReasonError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            client=client,
        )
    ).parsed
