from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.client_error import ClientError
from ...models.conflict_error import ConflictError
from ...models.not_found_error import NotFoundError
from ...models.rgm_stats_response import RgmStatsResponse
from ...models.server_error import ServerError
from ...models.unprocessable_entity_error import UnprocessableEntityError
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    system_id: int,
    *,
    start_at: int | Unset = UNSET,
    end_at: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["start_at"] = start_at

    params["end_at"] = end_at

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/rgm_stats".format(
            system_id=quote(str(system_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ClientError | ConflictError | NotFoundError | RgmStatsResponse | ServerError | UnprocessableEntityError | None:
    if response.status_code == 200:
        response_200 = RgmStatsResponse.from_dict(response.json())

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
) -> Response[ClientError | ConflictError | NotFoundError | RgmStatsResponse | ServerError | UnprocessableEntityError]:
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
    start_at: int | Unset = UNSET,
    end_at: int | Unset = UNSET,
) -> Response[ClientError | ConflictError | NotFoundError | RgmStatsResponse | ServerError | UnprocessableEntityError]:
    """Production by revenue-grade meter, every 15 minutes

     Energy measured by the revenue-grade meters of a system, in 15-minute intervals, in Wh.

    Intervals are 15 minutes long, the first of each hour beginning on the hour, and `end_at` names an
    interval by its end. A request time between two 15-minute marks is moved back to the earlier one:
    08:01, 08:08, 08:11 and 08:14 all mean 08:00. The first interval of a request that starts at 08:00
    therefore ends at 08:15.

    A request covers 7 days at most: a longer period is refused with a 422, `Requested date range in one
    API hit cannot be more than 7 days.`

    `intervals` is empty for a system without revenue-grade meters. The data of a period can be
    temporarily unavailable.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        start_at (int | Unset): Start of the period, in seconds since the Unix epoch.
            When absent, the last midnight in the timezone of the system. A start over a year ago
            yields an empty list of intervals. A start before the `operational_date` of the system
            yields data from the first interval of that date on. Example: 1381474800.
        end_at (int | Unset): End of the period, in seconds since the Unix epoch.
            When absent, the time of the request. When the end lies after the last interval that has
            been reported, the data stops at that interval. Example: 1381561200.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | NotFoundError | RgmStatsResponse | ServerError | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        start_at=start_at,
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
    start_at: int | Unset = UNSET,
    end_at: int | Unset = UNSET,
) -> ClientError | ConflictError | NotFoundError | RgmStatsResponse | ServerError | UnprocessableEntityError | None:
    """Production by revenue-grade meter, every 15 minutes

     Energy measured by the revenue-grade meters of a system, in 15-minute intervals, in Wh.

    Intervals are 15 minutes long, the first of each hour beginning on the hour, and `end_at` names an
    interval by its end. A request time between two 15-minute marks is moved back to the earlier one:
    08:01, 08:08, 08:11 and 08:14 all mean 08:00. The first interval of a request that starts at 08:00
    therefore ends at 08:15.

    A request covers 7 days at most: a longer period is refused with a 422, `Requested date range in one
    API hit cannot be more than 7 days.`

    `intervals` is empty for a system without revenue-grade meters. The data of a period can be
    temporarily unavailable.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        start_at (int | Unset): Start of the period, in seconds since the Unix epoch.
            When absent, the last midnight in the timezone of the system. A start over a year ago
            yields an empty list of intervals. A start before the `operational_date` of the system
            yields data from the first interval of that date on. Example: 1381474800.
        end_at (int | Unset): End of the period, in seconds since the Unix epoch.
            When absent, the time of the request. When the end lies after the last interval that has
            been reported, the data stops at that interval. Example: 1381561200.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | NotFoundError | RgmStatsResponse | ServerError | UnprocessableEntityError
    """

    return sync_detailed(
        system_id=system_id,
        client=client,
        start_at=start_at,
        end_at=end_at,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_at: int | Unset = UNSET,
    end_at: int | Unset = UNSET,
) -> Response[ClientError | ConflictError | NotFoundError | RgmStatsResponse | ServerError | UnprocessableEntityError]:
    """Production by revenue-grade meter, every 15 minutes

     Energy measured by the revenue-grade meters of a system, in 15-minute intervals, in Wh.

    Intervals are 15 minutes long, the first of each hour beginning on the hour, and `end_at` names an
    interval by its end. A request time between two 15-minute marks is moved back to the earlier one:
    08:01, 08:08, 08:11 and 08:14 all mean 08:00. The first interval of a request that starts at 08:00
    therefore ends at 08:15.

    A request covers 7 days at most: a longer period is refused with a 422, `Requested date range in one
    API hit cannot be more than 7 days.`

    `intervals` is empty for a system without revenue-grade meters. The data of a period can be
    temporarily unavailable.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        start_at (int | Unset): Start of the period, in seconds since the Unix epoch.
            When absent, the last midnight in the timezone of the system. A start over a year ago
            yields an empty list of intervals. A start before the `operational_date` of the system
            yields data from the first interval of that date on. Example: 1381474800.
        end_at (int | Unset): End of the period, in seconds since the Unix epoch.
            When absent, the time of the request. When the end lies after the last interval that has
            been reported, the data stops at that interval. Example: 1381561200.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | NotFoundError | RgmStatsResponse | ServerError | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        start_at=start_at,
        end_at=end_at,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_at: int | Unset = UNSET,
    end_at: int | Unset = UNSET,
) -> ClientError | ConflictError | NotFoundError | RgmStatsResponse | ServerError | UnprocessableEntityError | None:
    """Production by revenue-grade meter, every 15 minutes

     Energy measured by the revenue-grade meters of a system, in 15-minute intervals, in Wh.

    Intervals are 15 minutes long, the first of each hour beginning on the hour, and `end_at` names an
    interval by its end. A request time between two 15-minute marks is moved back to the earlier one:
    08:01, 08:08, 08:11 and 08:14 all mean 08:00. The first interval of a request that starts at 08:00
    therefore ends at 08:15.

    A request covers 7 days at most: a longer period is refused with a 422, `Requested date range in one
    API hit cannot be more than 7 days.`

    `intervals` is empty for a system without revenue-grade meters. The data of a period can be
    temporarily unavailable.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        start_at (int | Unset): Start of the period, in seconds since the Unix epoch.
            When absent, the last midnight in the timezone of the system. A start over a year ago
            yields an empty list of intervals. A start before the `operational_date` of the system
            yields data from the first interval of that date on. Example: 1381474800.
        end_at (int | Unset): End of the period, in seconds since the Unix epoch.
            When absent, the time of the request. When the end lies after the last interval that has
            been reported, the data stops at that interval. Example: 1381561200.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | NotFoundError | RgmStatsResponse | ServerError | UnprocessableEntityError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            client=client,
            start_at=start_at,
            end_at=end_at,
        )
    ).parsed
