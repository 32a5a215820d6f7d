from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.client_error import ClientError
from ...models.conflict_error import ConflictError
from ...models.not_found_error import NotFoundError
from ...models.search_system_id_response import SearchSystemIdResponse
from ...models.server_error import ServerError
from ...models.unprocessable_entity_error import UnprocessableEntityError
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
        "url": "/systems/search_system_id",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> (
    ClientError | ConflictError | NotFoundError | SearchSystemIdResponse | ServerError | UnprocessableEntityError | None
):
    if response.status_code == 200:
        response_200 = SearchSystemIdResponse.from_dict(response.json())

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
) -> Response[
    ClientError | ConflictError | NotFoundError | SearchSystemIdResponse | ServerError | UnprocessableEntityError
]:
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
) -> Response[
    ClientError | ConflictError | NotFoundError | SearchSystemIdResponse | ServerError | UnprocessableEntityError
]:
    """System that an Envoy belongs to

     ID of the system that an Envoy belongs to, looked up by the serial number of the Envoy.

    A 404 means that no Envoy with this serial number was found.

    Args:
        serial_num (str): The Envoy's serial number. Example: 23435345345.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | NotFoundError | SearchSystemIdResponse | ServerError | UnprocessableEntityError]
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
) -> (
    ClientError | ConflictError | NotFoundError | SearchSystemIdResponse | ServerError | UnprocessableEntityError | None
):
    """System that an Envoy belongs to

     ID of the system that an Envoy belongs to, looked up by the serial number of the Envoy.

    A 404 means that no Envoy with this serial number was found.

    Args:
        serial_num (str): The Envoy's serial number. Example: 23435345345.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | NotFoundError | SearchSystemIdResponse | ServerError | UnprocessableEntityError
    """

    return sync_detailed(
        client=client,
        serial_num=serial_num,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    serial_num: str,
) -> Response[
    ClientError | ConflictError | NotFoundError | SearchSystemIdResponse | ServerError | UnprocessableEntityError
]:
    """System that an Envoy belongs to

     ID of the system that an Envoy belongs to, looked up by the serial number of the Envoy.

    A 404 means that no Envoy with this serial number was found.

    Args:
        serial_num (str): The Envoy's serial number. Example: 23435345345.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | NotFoundError | SearchSystemIdResponse | ServerError | UnprocessableEntityError]
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
) -> (
    ClientError | ConflictError | NotFoundError | SearchSystemIdResponse | ServerError | UnprocessableEntityError | None
):
    """System that an Envoy belongs to

     ID of the system that an Envoy belongs to, looked up by the serial number of the Envoy.

    A 404 means that no Envoy with this serial number was found.

    Args:
        serial_num (str): The Envoy's serial number. Example: 23435345345.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | NotFoundError | SearchSystemIdResponse | ServerError | UnprocessableEntityError
    """

    return (
        await asyncio_detailed(
            client=client,
            serial_num=serial_num,
        )
    ).parsed
