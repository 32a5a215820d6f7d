import datetime
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.client_error import ClientError
from ...models.conflict_error import ConflictError
from ...models.monthly_production_response import MonthlyProductionResponse
from ...models.not_found_error import NotFoundError
from ...models.server_error import ServerError
from ...models.unprocessable_entity_error import UnprocessableEntityError
from ...types import UNSET, Response, status_of


def _get_kwargs(
    system_id: int,
    *,
    start_date: datetime.date,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_start_date = start_date.isoformat()
    params["start_date"] = json_start_date

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/monthly_production".format(
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
    | MonthlyProductionResponse
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
    | None
):
    if response.status_code == 200:
        response_200 = MonthlyProductionResponse.from_dict(response.json())

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
    ClientError | ConflictError | MonthlyProductionResponse | NotFoundError | ServerError | UnprocessableEntityError
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
    start_date: datetime.date,
) -> Response[
    ClientError | ConflictError | MonthlyProductionResponse | NotFoundError | ServerError | UnprocessableEntityError
]:
    """Production of one month (deprecated)

     Energy that a system produced in the month that begins on a given day, in Wh.

    Deprecated: it goes away in a future release. `production_meter_readings` and `energy_lifetime` take
    its place.

    The first day must lie one month back or more. The figures come from the meter, or meters, of a
    system that has any, and from the microinverters of one that has none.

    The service can answer that the data is temporarily unavailable.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        start_date (datetime.date): First day of the period, at least one month ago.
            The period lasts until the day before the same day of the next month: from 2011-07-20 it
            goes through 2011-08-19. A period that begins on the first of a month is exactly that
            calendar month. Example: 2011-07-01.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | MonthlyProductionResponse | NotFoundError | ServerError | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        start_date=start_date,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.date,
) -> (
    ClientError
    | ConflictError
    | MonthlyProductionResponse
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
    | None
):
    """Production of one month (deprecated)

     Energy that a system produced in the month that begins on a given day, in Wh.

    Deprecated: it goes away in a future release. `production_meter_readings` and `energy_lifetime` take
    its place.

    The first day must lie one month back or more. The figures come from the meter, or meters, of a
    system that has any, and from the microinverters of one that has none.

    The service can answer that the data is temporarily unavailable.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        start_date (datetime.date): First day of the period, at least one month ago.
            The period lasts until the day before the same day of the next month: from 2011-07-20 it
            goes through 2011-08-19. A period that begins on the first of a month is exactly that
            calendar month. Example: 2011-07-01.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | MonthlyProductionResponse | NotFoundError | ServerError | UnprocessableEntityError
    """

    return sync_detailed(
        system_id=system_id,
        client=client,
        start_date=start_date,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.date,
) -> Response[
    ClientError | ConflictError | MonthlyProductionResponse | NotFoundError | ServerError | UnprocessableEntityError
]:
    """Production of one month (deprecated)

     Energy that a system produced in the month that begins on a given day, in Wh.

    Deprecated: it goes away in a future release. `production_meter_readings` and `energy_lifetime` take
    its place.

    The first day must lie one month back or more. The figures come from the meter, or meters, of a
    system that has any, and from the microinverters of one that has none.

    The service can answer that the data is temporarily unavailable.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        start_date (datetime.date): First day of the period, at least one month ago.
            The period lasts until the day before the same day of the next month: from 2011-07-20 it
            goes through 2011-08-19. A period that begins on the first of a month is exactly that
            calendar month. Example: 2011-07-01.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | MonthlyProductionResponse | NotFoundError | ServerError | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        start_date=start_date,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.date,
) -> (
    ClientError
    | ConflictError
    | MonthlyProductionResponse
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
    | None
):
    """Production of one month (deprecated)

     Energy that a system produced in the month that begins on a given day, in Wh.

    Deprecated: it goes away in a future release. `production_meter_readings` and `energy_lifetime` take
    its place.

    The first day must lie one month back or more. The figures come from the meter, or meters, of a
    system that has any, and from the microinverters of one that has none.

    The service can answer that the data is temporarily unavailable.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        start_date (datetime.date): First day of the period, at least one month ago.
            The period lasts until the day before the same day of the next month: from 2011-07-20 it
            goes through 2011-08-19. A period that begins on the first of a month is exactly that
            calendar month. Example: 2011-07-01.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | MonthlyProductionResponse | NotFoundError | ServerError | UnprocessableEntityError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            client=client,
            start_date=start_date,
        )
    ).parsed
