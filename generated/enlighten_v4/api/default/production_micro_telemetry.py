import datetime
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.granularity import Granularity
from ...models.production_micro_telemetry_response import ProductionMicroTelemetryResponse
from ...models.rate_limit_error import RateLimitError
from ...models.reason_error import ReasonError
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    system_id: int,
    *,
    start_at: int | Unset = UNSET,
    start_date: datetime.date | Unset = UNSET,
    end_at: int | Unset = UNSET,
    granularity: Granularity | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["start_at"] = start_at

    json_start_date: str | Unset = UNSET
    if not isinstance(start_date, Unset):
        json_start_date = start_date.isoformat()
    params["start_date"] = json_start_date

    params["end_at"] = end_at

    json_granularity: str | Unset = UNSET
    if not isinstance(granularity, Unset):
        json_granularity = granularity.value

    params["granularity"] = json_granularity

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/telemetry/production_micro".format(
            system_id=quote(str(system_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | ProductionMicroTelemetryResponse | RateLimitError | ReasonError | None:
    if response.status_code == 200:
        response_200 = ProductionMicroTelemetryResponse.from_dict(response.json())

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
) -> Response[ApiError | ProductionMicroTelemetryResponse | RateLimitError | ReasonError]:
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
    start_date: datetime.date | Unset = UNSET,
    end_at: int | Unset = UNSET,
    granularity: Granularity | Unset = UNSET,
) -> Response[ApiError | ProductionMicroTelemetryResponse | RateLimitError | ReasonError]:
    """Five minutes of all microinverters

     Intervals of five minutes: at most 3 for 15mins and 288 for day; 5mins and week are allowed, their
    counts are not stated (1 and 2016 follow). Intervals in which no inverter ran are missing, not 0;
    before sunrise the list is empty.

    Args:
        system_id (int): Number of the system.
        start_at (int | Unset): Start of the window in Unix seconds. Without it: last midnight at
            the site. Before the first report: midnight of the first reported day. At most two years
            back, else 422. Between the last interval and now: 200 with no intervals.
        start_date (datetime.date | Unset): Start of the window as a day at the site, in place of
            start_at. The answer then has start_date and end_date.
        end_at (int | Unset): Not described for this endpoint; a request with it was answered
            normally.
        granularity (Granularity | Unset): Length of the requested window, not of the intervals in
            it. Example: day.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ProductionMicroTelemetryResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        start_at=start_at,
        start_date=start_date,
        end_at=end_at,
        granularity=granularity,
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
    start_date: datetime.date | Unset = UNSET,
    end_at: int | Unset = UNSET,
    granularity: Granularity | Unset = UNSET,
) -> ApiError | ProductionMicroTelemetryResponse | RateLimitError | ReasonError | None:
    """Five minutes of all microinverters

     Intervals of five minutes: at most 3 for 15mins and 288 for day; 5mins and week are allowed, their
    counts are not stated (1 and 2016 follow). Intervals in which no inverter ran are missing, not 0;
    before sunrise the list is empty.

    Args:
        system_id (int): Number of the system.
        start_at (int | Unset): Start of the window in Unix seconds. Without it: last midnight at
            the site. Before the first report: midnight of the first reported day. At most two years
            back, else 422. Between the last interval and now: 200 with no intervals.
        start_date (datetime.date | Unset): Start of the window as a day at the site, in place of
            start_at. The answer then has start_date and end_date.
        end_at (int | Unset): Not described for this endpoint; a request with it was answered
            normally.
        granularity (Granularity | Unset): Length of the requested window, not of the intervals in
            it. Example: day.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | ProductionMicroTelemetryResponse | RateLimitError | ReasonError
    """

    return sync_detailed(
        system_id=system_id,
        client=client,
        start_at=start_at,
        start_date=start_date,
        end_at=end_at,
        granularity=granularity,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_at: int | Unset = UNSET,
    start_date: datetime.date | Unset = UNSET,
    end_at: int | Unset = UNSET,
    granularity: Granularity | Unset = UNSET,
) -> Response[ApiError | ProductionMicroTelemetryResponse | RateLimitError | ReasonError]:
    """Five minutes of all microinverters

     Intervals of five minutes: at most 3 for 15mins and 288 for day; 5mins and week are allowed, their
    counts are not stated (1 and 2016 follow). Intervals in which no inverter ran are missing, not 0;
    before sunrise the list is empty.

    Args:
        system_id (int): Number of the system.
        start_at (int | Unset): Start of the window in Unix seconds. Without it: last midnight at
            the site. Before the first report: midnight of the first reported day. At most two years
            back, else 422. Between the last interval and now: 200 with no intervals.
        start_date (datetime.date | Unset): Start of the window as a day at the site, in place of
            start_at. The answer then has start_date and end_date.
        end_at (int | Unset): Not described for this endpoint; a request with it was answered
            normally.
        granularity (Granularity | Unset): Length of the requested window, not of the intervals in
            it. Example: day.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | ProductionMicroTelemetryResponse | RateLimitError | ReasonError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        start_at=start_at,
        start_date=start_date,
        end_at=end_at,
        granularity=granularity,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    start_at: int | Unset = UNSET,
    start_date: datetime.date | Unset = UNSET,
    end_at: int | Unset = UNSET,
    granularity: Granularity | Unset = UNSET,
) -> ApiError | ProductionMicroTelemetryResponse | RateLimitError | ReasonError | None:
    """Five minutes of all microinverters

     Intervals of five minutes: at most 3 for 15mins and 288 for day; 5mins and week are allowed, their
    counts are not stated (1 and 2016 follow). Intervals in which no inverter ran are missing, not 0;
    before sunrise the list is empty.

    Args:
        system_id (int): Number of the system.
        start_at (int | Unset): Start of the window in Unix seconds. Without it: last midnight at
            the site. Before the first report: midnight of the first reported day. At most two years
            back, else 422. Between the last interval and now: 200 with no intervals.
        start_date (datetime.date | Unset): Start of the window as a day at the site, in place of
            start_at. The answer then has start_date and end_date.
        end_at (int | Unset): Not described for this endpoint; a request with it was answered
            normally.
        granularity (Granularity | Unset): Length of the requested window, not of the intervals in
            it. Example: day.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApiError | ProductionMicroTelemetryResponse | RateLimitError | ReasonError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            client=client,
            start_at=start_at,
            start_date=start_date,
            end_at=end_at,
            granularity=granularity,
        )
    ).parsed
