from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.client_error import ClientError
from ...models.conflict_error import ConflictError
from ...models.connection_type import ConnectionType
from ...models.not_found_error import NotFoundError
from ...models.server_error import ServerError
from ...models.status import Status
from ...models.systems_response import SystemsResponse
from ...models.unprocessable_entity_error import UnprocessableEntityError
from ...types import UNSET, Response, Unset, status_of


def _get_kwargs(
    *,
    next_: str | Unset = UNSET,
    limit: int | Unset = 100,
    system_id: list[int] | Unset = UNSET,
    system_name: list[str] | Unset = UNSET,
    status: list[Status] | Unset = UNSET,
    reference: list[str] | Unset = UNSET,
    installer: list[str] | Unset = UNSET,
    connection_type: list[ConnectionType] | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["next"] = next_

    params["limit"] = limit

    json_system_id: list[int] | Unset = UNSET
    if not isinstance(system_id, Unset):
        json_system_id = system_id

    params["system_id[]"] = json_system_id

    json_system_name: list[str] | Unset = UNSET
    if not isinstance(system_name, Unset):
        json_system_name = system_name

    params["system_name[]"] = json_system_name

    json_status: list[str] | Unset = UNSET
    if not isinstance(status, Unset):
        json_status = []
        for status_item_data in status:
            status_item = status_item_data.value
            json_status.append(status_item)

    params["status[]"] = json_status

    json_reference: list[str] | Unset = UNSET
    if not isinstance(reference, Unset):
        json_reference = reference

    params["reference[]"] = json_reference

    json_installer: list[str] | Unset = UNSET
    if not isinstance(installer, Unset):
        json_installer = installer

    params["installer[]"] = json_installer

    json_connection_type: list[str] | Unset = UNSET
    if not isinstance(connection_type, Unset):
        json_connection_type = []
        for connection_type_item_data in connection_type:
            connection_type_item = connection_type_item_data.value
            json_connection_type.append(connection_type_item)

    params["connection_type[]"] = json_connection_type

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/systems",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ClientError | ConflictError | NotFoundError | ServerError | SystemsResponse | UnprocessableEntityError | None:
    if response.status_code == 200:
        response_200 = SystemsResponse.from_dict(response.json())

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
) -> Response[ClientError | ConflictError | NotFoundError | ServerError | SystemsResponse | UnprocessableEntityError]:
    return Response(
        status_code=status_of(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    next_: str | Unset = UNSET,
    limit: int | Unset = 100,
    system_id: list[int] | Unset = UNSET,
    system_name: list[str] | Unset = UNSET,
    status: list[Status] | Unset = UNSET,
    reference: list[str] | Unset = UNSET,
    installer: list[str] | Unset = UNSET,
    connection_type: list[ConnectionType] | Unset = UNSET,
) -> Response[ClientError | ConflictError | NotFoundError | ServerError | SystemsResponse | UnprocessableEntityError]:
    """Systems that the user can access

     One page of the systems that the user may query.

    A page has 100 systems by default, and up to 1000 with `limit`. When more systems follow, the
    response has a `next` attribute: pass its value as the `next` parameter to get the page after this
    one. The last page has no `next`.

    The remaining parameters are filters. The form with brackets, such as `status[]`, takes one value or
    several.

    Args:
        next_ (str | Unset): Cursor of the page to return.
            Copy it unchanged from `next` of the preceding response. When absent, the first page is
            returned. Example: 4d5467784d5445770a.
        limit (int | Unset): Number of systems on a page, 1000 at most. Default: 100. Example:
            100.
        system_id (list[int] | Unset): Only the systems with these IDs.
            Takes one value or several. Example: [67].
        system_name (list[str] | Unset): Only systems with one of these names.
            Takes one value or several. Example: ['Green'].
        status (list[Status] | Unset): Only systems with one of these statuses.
            Takes one value or several. Example: ['comm', 'micro'].
        reference (list[str] | Unset): Only systems with one of these references.
            A reference is an identifier that a company has given the system.
            Takes one value or several.
        installer (list[str] | Unset): Only systems of one of these installers.
            Takes one value or several.
        connection_type (list[ConnectionType] | Unset): Only systems with one of these types of
            connection.
            Takes one value or several. Example: ['ethernet'].

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | NotFoundError | ServerError | SystemsResponse | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        next_=next_,
        limit=limit,
        system_id=system_id,
        system_name=system_name,
        status=status,
        reference=reference,
        installer=installer,
        connection_type=connection_type,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    next_: str | Unset = UNSET,
    limit: int | Unset = 100,
    system_id: list[int] | Unset = UNSET,
    system_name: list[str] | Unset = UNSET,
    status: list[Status] | Unset = UNSET,
    reference: list[str] | Unset = UNSET,
    installer: list[str] | Unset = UNSET,
    connection_type: list[ConnectionType] | Unset = UNSET,
) -> ClientError | ConflictError | NotFoundError | ServerError | SystemsResponse | UnprocessableEntityError | None:
    """Systems that the user can access

     One page of the systems that the user may query.

    A page has 100 systems by default, and up to 1000 with `limit`. When more systems follow, the
    response has a `next` attribute: pass its value as the `next` parameter to get the page after this
    one. The last page has no `next`.

    The remaining parameters are filters. The form with brackets, such as `status[]`, takes one value or
    several.

    Args:
        next_ (str | Unset): Cursor of the page to return.
            Copy it unchanged from `next` of the preceding response. When absent, the first page is
            returned. Example: 4d5467784d5445770a.
        limit (int | Unset): Number of systems on a page, 1000 at most. Default: 100. Example:
            100.
        system_id (list[int] | Unset): Only the systems with these IDs.
            Takes one value or several. Example: [67].
        system_name (list[str] | Unset): Only systems with one of these names.
            Takes one value or several. Example: ['Green'].
        status (list[Status] | Unset): Only systems with one of these statuses.
            Takes one value or several. Example: ['comm', 'micro'].
        reference (list[str] | Unset): Only systems with one of these references.
            A reference is an identifier that a company has given the system.
            Takes one value or several.
        installer (list[str] | Unset): Only systems of one of these installers.
            Takes one value or several.
        connection_type (list[ConnectionType] | Unset): Only systems with one of these types of
            connection.
            Takes one value or several. Example: ['ethernet'].

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | NotFoundError | ServerError | SystemsResponse | UnprocessableEntityError
    """

    return sync_detailed(
        client=client,
        next_=next_,
        limit=limit,
        system_id=system_id,
        system_name=system_name,
        status=status,
        reference=reference,
        installer=installer,
        connection_type=connection_type,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    next_: str | Unset = UNSET,
    limit: int | Unset = 100,
    system_id: list[int] | Unset = UNSET,
    system_name: list[str] | Unset = UNSET,
    status: list[Status] | Unset = UNSET,
    reference: list[str] | Unset = UNSET,
    installer: list[str] | Unset = UNSET,
    connection_type: list[ConnectionType] | Unset = UNSET,
) -> Response[ClientError | ConflictError | NotFoundError | ServerError | SystemsResponse | UnprocessableEntityError]:
    """Systems that the user can access

     One page of the systems that the user may query.

    A page has 100 systems by default, and up to 1000 with `limit`. When more systems follow, the
    response has a `next` attribute: pass its value as the `next` parameter to get the page after this
    one. The last page has no `next`.

    The remaining parameters are filters. The form with brackets, such as `status[]`, takes one value or
    several.

    Args:
        next_ (str | Unset): Cursor of the page to return.
            Copy it unchanged from `next` of the preceding response. When absent, the first page is
            returned. Example: 4d5467784d5445770a.
        limit (int | Unset): Number of systems on a page, 1000 at most. Default: 100. Example:
            100.
        system_id (list[int] | Unset): Only the systems with these IDs.
            Takes one value or several. Example: [67].
        system_name (list[str] | Unset): Only systems with one of these names.
            Takes one value or several. Example: ['Green'].
        status (list[Status] | Unset): Only systems with one of these statuses.
            Takes one value or several. Example: ['comm', 'micro'].
        reference (list[str] | Unset): Only systems with one of these references.
            A reference is an identifier that a company has given the system.
            Takes one value or several.
        installer (list[str] | Unset): Only systems of one of these installers.
            Takes one value or several.
        connection_type (list[ConnectionType] | Unset): Only systems with one of these types of
            connection.
            Takes one value or several. Example: ['ethernet'].

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClientError | ConflictError | NotFoundError | ServerError | SystemsResponse | UnprocessableEntityError]
    """

    kwargs = _get_kwargs(
        next_=next_,
        limit=limit,
        system_id=system_id,
        system_name=system_name,
        status=status,
        reference=reference,
        installer=installer,
        connection_type=connection_type,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    next_: str | Unset = UNSET,
    limit: int | Unset = 100,
    system_id: list[int] | Unset = UNSET,
    system_name: list[str] | Unset = UNSET,
    status: list[Status] | Unset = UNSET,
    reference: list[str] | Unset = UNSET,
    installer: list[str] | Unset = UNSET,
    connection_type: list[ConnectionType] | Unset = UNSET,
) -> ClientError | ConflictError | NotFoundError | ServerError | SystemsResponse | UnprocessableEntityError | None:
    """Systems that the user can access

     One page of the systems that the user may query.

    A page has 100 systems by default, and up to 1000 with `limit`. When more systems follow, the
    response has a `next` attribute: pass its value as the `next` parameter to get the page after this
    one. The last page has no `next`.

    The remaining parameters are filters. The form with brackets, such as `status[]`, takes one value or
    several.

    Args:
        next_ (str | Unset): Cursor of the page to return.
            Copy it unchanged from `next` of the preceding response. When absent, the first page is
            returned. Example: 4d5467784d5445770a.
        limit (int | Unset): Number of systems on a page, 1000 at most. Default: 100. Example:
            100.
        system_id (list[int] | Unset): Only the systems with these IDs.
            Takes one value or several. Example: [67].
        system_name (list[str] | Unset): Only systems with one of these names.
            Takes one value or several. Example: ['Green'].
        status (list[Status] | Unset): Only systems with one of these statuses.
            Takes one value or several. Example: ['comm', 'micro'].
        reference (list[str] | Unset): Only systems with one of these references.
            A reference is an identifier that a company has given the system.
            Takes one value or several.
        installer (list[str] | Unset): Only systems of one of these installers.
            Takes one value or several.
        connection_type (list[ConnectionType] | Unset): Only systems with one of these types of
            connection.
            Takes one value or several. Example: ['ethernet'].

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClientError | ConflictError | NotFoundError | ServerError | SystemsResponse | UnprocessableEntityError
    """

    return (
        await asyncio_detailed(
            client=client,
            next_=next_,
            limit=limit,
            system_id=system_id,
            system_name=system_name,
            status=status,
            reference=reference,
            installer=installer,
            connection_type=connection_type,
        )
    ).parsed
