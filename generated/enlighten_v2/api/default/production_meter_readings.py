from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.client_error import ClientError
from ...models.conflict_error import ConflictError
from ...models.not_found_error import NotFoundError
from ...models.production_meter_readings_response import ProductionMeterReadingsResponse
from ...models.server_error import ServerError
from ...models.unprocessable_entity_error import UnprocessableEntityError
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    system_id: int,
    *,
    end_at: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["end_at"] = end_at

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/production_meter_readings".format(
            system_id=quote(str(system_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> (
    ClientError
    | ConflictError
    | NotFoundError
    | ProductionMeterReadingsResponse
    | ServerError
    | UnprocessableEntityError
    | None
):
    if response.status_code == 200:
        response_200 = ProductionMeterReadingsResponse.from_dict(response.json())

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
    | ProductionMeterReadingsResponse
    | ServerError
    | UnprocessableEntityError
]:
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
    end_at: int | Unset = UNSET,
) -> Response[
    ClientError
    | ConflictError
    | NotFoundError
    | ProductionMeterReadingsResponse
    | ServerError
    | UnprocessableEntityError
]:
    """Odometer readings of the production meters

     Odometer readings of the revenue-grade production meters of a system at a given time, in Wh.

    Each production meter of the system, in service or retired, has an entry with its latest known
    reading. `read_at` says when that was taken, which is at or before the requested `end_at`.

    Usually the two are no more than 30 minutes apart. A greater distance is possible, and need not
    point to a fault in the meter or the system: where a system is set to report only now and then, all
    of its meters can lag far behind, most of all for an `end_at` near the present. The reading of a
    retired meter no longer changes: its `read_at` stands still, and in time is far from the present.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        end_at (int | Unset): Time as of which to read the meters, in seconds since the Unix
            epoch.
            No reading in the response is later than this. Example: 1473901755.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | NotFoundError | ProductionMeterReadingsResponse | ServerError | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        end_at=end_at,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    end_at: int | Unset = UNSET,
) -> (
    ClientError
    | ConflictError
    | NotFoundError
    | ProductionMeterReadingsResponse
    | ServerError
    | UnprocessableEntityError
    | None
):
    """Odometer readings of the production meters

     Odometer readings of the revenue-grade production meters of a system at a given time, in Wh.

    Each production meter of the system, in service or retired, has an entry with its latest known
    reading. `read_at` says when that was taken, which is at or before the requested `end_at`.

    Usually the two are no more than 30 minutes apart. A greater distance is possible, and need not
    point to a fault in the meter or the system: where a system is set to report only now and then, all
    of its meters can lag far behind, most of all for an `end_at` near the present. The reading of a
    retired meter no longer changes: its `read_at` stands still, and in time is far from the present.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        end_at (int | Unset): Time as of which to read the meters, in seconds since the Unix
            epoch.
            No reading in the response is later than this. Example: 1473901755.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | NotFoundError | ProductionMeterReadingsResponse | ServerError | UnprocessableEntityError
    """

    return sync_detailed(
        system_id=system_id,
        client=client,
        end_at=end_at,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    end_at: int | Unset = UNSET,
) -> Response[
    ClientError
    | ConflictError
    | NotFoundError
    | ProductionMeterReadingsResponse
    | ServerError
    | UnprocessableEntityError
]:
    """Odometer readings of the production meters

     Odometer readings of the revenue-grade production meters of a system at a given time, in Wh.

    Each production meter of the system, in service or retired, has an entry with its latest known
    reading. `read_at` says when that was taken, which is at or before the requested `end_at`.

    Usually the two are no more than 30 minutes apart. A greater distance is possible, and need not
    point to a fault in the meter or the system: where a system is set to report only now and then, all
    of its meters can lag far behind, most of all for an `end_at` near the present. The reading of a
    retired meter no longer changes: its `read_at` stands still, and in time is far from the present.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        end_at (int | Unset): Time as of which to read the meters, in seconds since the Unix
            epoch.
            No reading in the response is later than this. Example: 1473901755.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | NotFoundError | ProductionMeterReadingsResponse | ServerError | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        end_at=end_at,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    end_at: int | Unset = UNSET,
) -> (
    ClientError
    | ConflictError
    | NotFoundError
    | ProductionMeterReadingsResponse
    | ServerError
    | UnprocessableEntityError
    | None
):
    """Odometer readings of the production meters

     Odometer readings of the revenue-grade production meters of a system at a given time, in Wh.

    Each production meter of the system, in service or retired, has an entry with its latest known
    reading. `read_at` says when that was taken, which is at or before the requested `end_at`.

    Usually the two are no more than 30 minutes apart. A greater distance is possible, and need not
    point to a fault in the meter or the system: where a system is set to report only now and then, all
    of its meters can lag far behind, most of all for an `end_at` near the present. The reading of a
    retired meter no longer changes: its `read_at` stands still, and in time is far from the present.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        end_at (int | Unset): Time as of which to read the meters, in seconds since the Unix
            epoch.
            No reading in the response is later than this. Example: 1473901755.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | NotFoundError | ProductionMeterReadingsResponse | ServerError | UnprocessableEntityError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            client=client,
            end_at=end_at,
        )
    ).parsed
