from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.client_error import ClientError
from ...models.conflict_error import ConflictError
from ...models.inventory_response import InventoryResponse
from ...models.not_found_error import NotFoundError
from ...models.server_error import ServerError
from ...models.unprocessable_entity_error import UnprocessableEntityError
from ...types import Response, status_of


def _get_kwargs(
    system_id: int,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/inventory".format(
            system_id=quote(str(system_id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ClientError | ConflictError | InventoryResponse | NotFoundError | ServerError | UnprocessableEntityError | None:
    if response.status_code == 200:
        response_200 = InventoryResponse.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = ClientError.from_dict(response.json())

        return response_401

    if response.status_code == 404:
        response_404 = NotFoundError.from_dict(response.json())

        return response_404

    if response.status_code == 409:
        response_409 = ConflictError.from_dict(response.json())

        return response_409

    if response.status_code == 422:
        response_422 = UnprocessableEntityError.from_dict(response.json())

        return response_422

    if response.status_code == 500:
        response_500 = ServerError.from_dict(response.json())

        return response_500

    if response.status_code == 503:
        response_503 = ServerError.from_dict(response.json())

        return response_503

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ClientError | ConflictError | InventoryResponse | NotFoundError | ServerError | UnprocessableEntityError]:
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
) -> Response[ClientError | ConflictError | InventoryResponse | NotFoundError | ServerError | UnprocessableEntityError]:
    """Devices of a system

     The active devices of a system: Envoys, inverters and meters.

    A device stays active until it is retired in Enlighten. Being active says nothing about whether the
    device reports, produces or measures energy at the moment.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | InventoryResponse | NotFoundError | ServerError | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
) -> ClientError | ConflictError | InventoryResponse | NotFoundError | ServerError | UnprocessableEntityError | None:
    """Devices of a system

     The active devices of a system: Envoys, inverters and meters.

    A device stays active until it is retired in Enlighten. Being active says nothing about whether the
    device reports, produces or measures energy at the moment.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | InventoryResponse | NotFoundError | ServerError | UnprocessableEntityError
    """

    return sync_detailed(
        system_id=system_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ClientError | ConflictError | InventoryResponse | NotFoundError | ServerError | UnprocessableEntityError]:
    """Devices of a system

     The active devices of a system: Envoys, inverters and meters.

    A device stays active until it is retired in Enlighten. Being active says nothing about whether the
    device reports, produces or measures energy at the moment.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | InventoryResponse | NotFoundError | ServerError | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
) -> ClientError | ConflictError | InventoryResponse | NotFoundError | ServerError | UnprocessableEntityError | None:
    """Devices of a system

     The active devices of a system: Envoys, inverters and meters.

    A device stays active until it is retired in Enlighten. Being active says nothing about whether the
    device reports, produces or measures energy at the moment.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | InventoryResponse | NotFoundError | ServerError | UnprocessableEntityError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            client=client,
        )
    ).parsed
