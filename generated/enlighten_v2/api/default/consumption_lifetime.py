import datetime
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.client_error import ClientError
from ...models.conflict_error import ConflictError
from ...models.consumption_lifetime_response import ConsumptionLifetimeResponse
from ...models.not_found_error import NotFoundError
from ...models.server_error import ServerError
from ...models.unprocessable_entity_error import UnprocessableEntityError
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    system_id: int,
    *,
    start_date: datetime.date | Unset = UNSET,
    end_date: datetime.date | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_start_date: str | Unset = UNSET
    if not isinstance(start_date, Unset):
        json_start_date = start_date.isoformat()
    params["start_date"] = json_start_date

    json_end_date: str | Unset = UNSET
    if not isinstance(end_date, Unset):
        json_end_date = end_date.isoformat()
    params["end_date"] = json_end_date

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/consumption_lifetime".format(
            system_id=quote(str(system_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> (
    Any
    | ClientError
    | ConflictError
    | ConsumptionLifetimeResponse
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
    | None
):
    if response.status_code == 200:
        response_200 = ConsumptionLifetimeResponse.from_dict(response.json())

        return response_200

    if response.status_code == 204:
        response_204 = cast(Any, None)
        return response_204

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
    Any
    | ClientError
    | ConflictError
    | ConsumptionLifetimeResponse
    | NotFoundError
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
    start_date: datetime.date | Unset = UNSET,
    end_date: datetime.date | Unset = UNSET,
) -> Response[
    Any
    | ClientError
    | ConflictError
    | ConsumptionLifetimeResponse
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
]:
    """Daily consumption over a system's life

     Daily consumption measured by the consumption meter of a system, in Wh.

    `consumption` has one value for every day from `start_date` through `end_date`, without gaps. Zeros
    at its end, as in `[909, 4970, 0, 0, 0]`, mean that no data has been reported for those days: `meta`
    then shows the time of the system's latest report, and any problem with communication or metering.

    A 204, without a body, means that the system has no meter. A user without permission to see
    consumption data gets a 401.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        start_date (datetime.date | Unset): First day of the series, in the timezone of the
            system.
            When absent, the system's operational date. Example: 2016-07-01.
        end_date (datetime.date | Unset): Last day of the series, in the timezone of the system.
            When absent, yesterday or the day of the system's latest report, whichever comes first.
            Example: 2016-07-31.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ClientError | ConflictError | ConsumptionLifetimeResponse | NotFoundError | ServerError | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        start_date=start_date,
        end_date=end_date,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.date | Unset = UNSET,
    end_date: datetime.date | Unset = UNSET,
) -> (
    Any
    | ClientError
    | ConflictError
    | ConsumptionLifetimeResponse
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
    | None
):
    """Daily consumption over a system's life

     Daily consumption measured by the consumption meter of a system, in Wh.

    `consumption` has one value for every day from `start_date` through `end_date`, without gaps. Zeros
    at its end, as in `[909, 4970, 0, 0, 0]`, mean that no data has been reported for those days: `meta`
    then shows the time of the system's latest report, and any problem with communication or metering.

    A 204, without a body, means that the system has no meter. A user without permission to see
    consumption data gets a 401.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        start_date (datetime.date | Unset): First day of the series, in the timezone of the
            system.
            When absent, the system's operational date. Example: 2016-07-01.
        end_date (datetime.date | Unset): Last day of the series, in the timezone of the system.
            When absent, yesterday or the day of the system's latest report, whichever comes first.
            Example: 2016-07-31.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ClientError | ConflictError | ConsumptionLifetimeResponse | NotFoundError | ServerError | UnprocessableEntityError
    """

    return sync_detailed(
        system_id=system_id,
        client=client,
        start_date=start_date,
        end_date=end_date,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.date | Unset = UNSET,
    end_date: datetime.date | Unset = UNSET,
) -> Response[
    Any
    | ClientError
    | ConflictError
    | ConsumptionLifetimeResponse
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
]:
    """Daily consumption over a system's life

     Daily consumption measured by the consumption meter of a system, in Wh.

    `consumption` has one value for every day from `start_date` through `end_date`, without gaps. Zeros
    at its end, as in `[909, 4970, 0, 0, 0]`, mean that no data has been reported for those days: `meta`
    then shows the time of the system's latest report, and any problem with communication or metering.

    A 204, without a body, means that the system has no meter. A user without permission to see
    consumption data gets a 401.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        start_date (datetime.date | Unset): First day of the series, in the timezone of the
            system.
            When absent, the system's operational date. Example: 2016-07-01.
        end_date (datetime.date | Unset): Last day of the series, in the timezone of the system.
            When absent, yesterday or the day of the system's latest report, whichever comes first.
            Example: 2016-07-31.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ClientError | ConflictError | ConsumptionLifetimeResponse | NotFoundError | ServerError | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        start_date=start_date,
        end_date=end_date,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.date | Unset = UNSET,
    end_date: datetime.date | Unset = UNSET,
) -> (
    Any
    | ClientError
    | ConflictError
    | ConsumptionLifetimeResponse
    | NotFoundError
    | ServerError
    | UnprocessableEntityError
    | None
):
    """Daily consumption over a system's life

     Daily consumption measured by the consumption meter of a system, in Wh.

    `consumption` has one value for every day from `start_date` through `end_date`, without gaps. Zeros
    at its end, as in `[909, 4970, 0, 0, 0]`, mean that no data has been reported for those days: `meta`
    then shows the time of the system's latest report, and any problem with communication or metering.

    A 204, without a body, means that the system has no meter. A user without permission to see
    consumption data gets a 401.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        start_date (datetime.date | Unset): First day of the series, in the timezone of the
            system.
            When absent, the system's operational date. Example: 2016-07-01.
        end_date (datetime.date | Unset): Last day of the series, in the timezone of the system.
            When absent, yesterday or the day of the system's latest report, whichever comes first.
            Example: 2016-07-31.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ClientError | ConflictError | ConsumptionLifetimeResponse | NotFoundError | ServerError | UnprocessableEntityError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            client=client,
            start_date=start_date,
            end_date=end_date,
        )
    ).parsed
