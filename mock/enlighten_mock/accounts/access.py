"""What a client of API v4 needs to know to get in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from enlighten_mock.accounts.applications import Application, Owner


class Access(NamedTuple):
    """The addresses and the credentials of an application, and a login that gives it access.

    Attributes:
        base_url: Where API v4 is.
        authorize_url: Where the owner's browser is sent.
        token_url: Where codes are turned into tokens.
        redirect_uri: The page that shows the code, for applications that no browser can be sent back to.
        api_key: The key of the application.
        client_id: Its client id.
        client_secret: Its client secret.
        access_token: Its access token that never ends, or empty.
        username: The login of an owner, or of an installer for a partner's application.
        password: The password of the login.
    """

    base_url: str
    authorize_url: str
    token_url: str
    redirect_uri: str
    api_key: str
    client_id: str
    client_secret: str
    access_token: str
    username: str
    password: str


def access(origin: str, application: Application, owner: Owner) -> Access:
    """Return the access of an application to the systems of an owner, at the services of `origin`."""
    return Access(
        base_url=f"{origin}/api/v4",
        authorize_url=f"{origin}/oauth/authorize",
        token_url=f"{origin}/oauth/token",
        redirect_uri=f"{origin}/oauth/redirect_uri",
        api_key=application.api_key,
        client_id=application.client_id,
        client_secret=application.client_secret,
        access_token=application.access_token or "",
        username=owner.username,
        password=owner.password,
    )
