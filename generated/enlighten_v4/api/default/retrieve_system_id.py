from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...models.retrieve_system_id_response import RetrieveSystemIdResponse
from ...types import UNSET, Response, status_of


def _get_kwargs(
    *,
    serial_num: str,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["serial_num"] = serial_num

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/retrieve_system_id",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | RateLimitError | ReasonError | RetrieveSystemIdResponse | None:
    if response.status_code == 200:
        response_200 = RetrieveSystemIdResponse.from_dict(response.json())

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
) -> Response[ApiError | RateLimitError | ReasonError | RetrieveSystemIdResponse]:
    return Response(
        status_code=status_of(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    serial_num: str,
) -> Response[ApiError | RateLimitError | ReasonError | RetrieveSystemIdResponse]:
    """System of a gateway

     Looks up the system by the serial number of one of its gateways. A retired gateway is not found.

    Args:
        serial_num (str): Serial number of the gateway.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | RateLimitError | ReasonError | RetrieveSystemIdResponse]
    """

    kwargs = _get_kwargs(
        serial_num=serial_num,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    serial_num: str,
) -> ApiError | RateLimitError | ReasonError | RetrieveSystemIdResponse | None:
    """System of a gateway

     Looks up the system by the serial number of one of its gateways. A retired gateway is not found.

    Args:
        serial_num (str): Serial number of the gateway.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | RateLimitError | ReasonError | RetrieveSystemIdResponse
    """

    return sync_detailed(
        client=client,
        serial_num=serial_num,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    serial_num: str,
) -> Response[ApiError | RateLimitError | ReasonError | RetrieveSystemIdResponse]:
    """System of a gateway

     Looks up the system by the serial number of one of its gateways. A retired gateway is not found.

    Args:
        serial_num (str): Serial number of the gateway.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | RateLimitError | ReasonError | RetrieveSystemIdResponse]
    """

    kwargs = _get_kwargs(
        serial_num=serial_num,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    serial_num: str,
) -> ApiError | RateLimitError | ReasonError | RetrieveSystemIdResponse | None:
    """System of a gateway

     Looks up the system by the serial number of one of its gateways. A retired gateway is not found.

    Args:
        serial_num (str): Serial number of the gateway.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | RateLimitError | ReasonError | RetrieveSystemIdResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            serial_num=serial_num,
        )
    ).parsed
