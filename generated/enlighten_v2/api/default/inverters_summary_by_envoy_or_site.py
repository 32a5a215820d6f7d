from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.client_error import ClientError
from ...models.conflict_error import ConflictError
from ...models.inverters_summary_by_envoy_or_site_response import InvertersSummaryByEnvoyOrSiteResponse
from ...models.not_found_error import NotFoundError
from ...models.server_error import ServerError
from ...models.unprocessable_entity_error import UnprocessableEntityError
from ...types import UNSET, Response, status_of


def _get_kwargs(
    *,
    site_id: int,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["site_id"] = site_id

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/inverters_summary_by_envoy_or_site",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> (
    ClientError
    | ConflictError
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
    | list[InvertersSummaryByEnvoyOrSiteResponse]
    | None
):
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in _response_200:
            response_200_item = InvertersSummaryByEnvoyOrSiteResponse.from_dict(response_200_item_data)

            response_200.append(response_200_item)

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
    ClientError
    | ConflictError
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
    | list[InvertersSummaryByEnvoyOrSiteResponse]
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
    site_id: int,
) -> Response[
    ClientError
    | ConflictError
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
    | list[InvertersSummaryByEnvoyOrSiteResponse]
]:
    """Microinverters of a site

     Summary of the microinverters of a system, with the lifetime energy of each.

    The response is an array. Each of its entries has a signal strength and a list of microinverters,
    and each microinverter has its model, status, power, lifetime energy and time of latest report.

    Args:
        site_id (int): ID of the system, which this operation calls a site. Example: 66.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | NotFoundError | ServerError | UnprocessableEntityError | list[InvertersSummaryByEnvoyOrSiteResponse]]
    """

    kwargs = _get_kwargs(
        site_id=site_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    site_id: int,
) -> (
    ClientError
    | ConflictError
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
    | list[InvertersSummaryByEnvoyOrSiteResponse]
    | None
):
    """Microinverters of a site

     Summary of the microinverters of a system, with the lifetime energy of each.

    The response is an array. Each of its entries has a signal strength and a list of microinverters,
    and each microinverter has its model, status, power, lifetime energy and time of latest report.

    Args:
        site_id (int): ID of the system, which this operation calls a site. Example: 66.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | NotFoundError | ServerError | UnprocessableEntityError | list[InvertersSummaryByEnvoyOrSiteResponse]
    """

    return sync_detailed(
        client=client,
        site_id=site_id,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    site_id: int,
) -> Response[
    ClientError
    | ConflictError
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
    | list[InvertersSummaryByEnvoyOrSiteResponse]
]:
    """Microinverters of a site

     Summary of the microinverters of a system, with the lifetime energy of each.

    The response is an array. Each of its entries has a signal strength and a list of microinverters,
    and each microinverter has its model, status, power, lifetime energy and time of latest report.

    Args:
        site_id (int): ID of the system, which this operation calls a site. Example: 66.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | NotFoundError | ServerError | UnprocessableEntityError | list[InvertersSummaryByEnvoyOrSiteResponse]]
    """

    kwargs = _get_kwargs(
        site_id=site_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    site_id: int,
) -> (
    ClientError
    | ConflictError
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
    | list[InvertersSummaryByEnvoyOrSiteResponse]
    | None
):
    """Microinverters of a site

     Summary of the microinverters of a system, with the lifetime energy of each.

    The response is an array. Each of its entries has a signal strength and a list of microinverters,
    and each microinverter has its model, status, power, lifetime energy and time of latest report.

    Args:
        site_id (int): ID of the system, which this operation calls a site. Example: 66.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | NotFoundError | ServerError | UnprocessableEntityError | list[InvertersSummaryByEnvoyOrSiteResponse]
    """

    return (
        await asyncio_detailed(
            client=client,
            site_id=site_id,
        )
    ).parsed
