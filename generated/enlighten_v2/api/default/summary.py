import datetime
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.client_error import ClientError
from ...models.conflict_error import ConflictError
from ...models.not_found_error import NotFoundError
from ...models.server_error import ServerError
from ...models.summary_response import SummaryResponse
from ...models.unprocessable_entity_error import UnprocessableEntityError
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    system_id: int,
    *,
    summary_date: datetime.date | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_summary_date: str | Unset = UNSET
    if not isinstance(summary_date, Unset):
        json_summary_date = summary_date.isoformat()
    params["summary_date"] = json_summary_date

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems/{system_id}/summary".format(
            system_id=quote(str(system_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ClientError | ConflictError | NotFoundError | ServerError | SummaryResponse | UnprocessableEntityError | None:
    if response.status_code == 200:
        response_200 = SummaryResponse.from_dict(response.json())

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
) -> Response[ClientError | ConflictError | NotFoundError | ServerError | SummaryResponse | UnprocessableEntityError]:
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
    summary_date: datetime.date | Unset = UNSET,
) -> Response[ClientError | ConflictError | NotFoundError | ServerError | SummaryResponse | UnprocessableEntityError]:
    """State and totals of a system

     Power, energy totals, size and status of a system, for today or for an earlier day.

    For an earlier day, the figures that describe the present (`current_power`, `modules` and `size_w`)
    are 0.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        summary_date (datetime.date | Unset): Day to report on, from midnight in the timezone of
            the system.
            When absent, the current day. A date that lies in the future, or is not readable as one,
            is answered with 422 and a message that explains the error. Example: 2010-09-17.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | NotFoundError | ServerError | SummaryResponse | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        summary_date=summary_date,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    summary_date: datetime.date | Unset = UNSET,
) -> ClientError | ConflictError | NotFoundError | ServerError | SummaryResponse | UnprocessableEntityError | None:
    """State and totals of a system

     Power, energy totals, size and status of a system, for today or for an earlier day.

    For an earlier day, the figures that describe the present (`current_power`, `modules` and `size_w`)
    are 0.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        summary_date (datetime.date | Unset): Day to report on, from midnight in the timezone of
            the system.
            When absent, the current day. A date that lies in the future, or is not readable as one,
            is answered with 422 and a message that explains the error. Example: 2010-09-17.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | NotFoundError | ServerError | SummaryResponse | UnprocessableEntityError
    """

    return sync_detailed(
        system_id=system_id,
        client=client,
        summary_date=summary_date,
    ).parsed


async def asyncio_detailed(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    summary_date: datetime.date | Unset = UNSET,
) -> Response[ClientError | ConflictError | NotFoundError | ServerError | SummaryResponse | UnprocessableEntityError]:
    """State and totals of a system

     Power, energy totals, size and status of a system, for today or for an earlier day.

    For an earlier day, the figures that describe the present (`current_power`, `modules` and `size_w`)
    are 0.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        summary_date (datetime.date | Unset): Day to report on, from midnight in the timezone of
            the system.
            When absent, the current day. A date that lies in the future, or is not readable as one,
            is answered with 422 and a message that explains the error. Example: 2010-09-17.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | NotFoundError | ServerError | SummaryResponse | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        system_id=system_id,
        summary_date=summary_date,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    system_id: int,
    *,
    client: AuthenticatedClient | Client,
    summary_date: datetime.date | Unset = UNSET,
) -> ClientError | ConflictError | NotFoundError | ServerError | SummaryResponse | UnprocessableEntityError | None:
    """State and totals of a system

     Power, energy totals, size and status of a system, for today or for an earlier day.

    For an earlier day, the figures that describe the present (`current_power`, `modules` and `size_w`)
    are 0.

    Args:
        system_id (int): ID of the system, as `GET /systems` lists it. Example: 66.
        summary_date (datetime.date | Unset): Day to report on, from midnight in the timezone of
            the system.
            When absent, the current day. A date that lies in the future, or is not readable as one,
            is answered with 422 and a message that explains the error. Example: 2010-09-17.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | NotFoundError | ServerError | SummaryResponse | UnprocessableEntityError
    """

    return (
        await asyncio_detailed(
            system_id=system_id,
            client=client,
            summary_date=summary_date,
        )
    ).parsed
