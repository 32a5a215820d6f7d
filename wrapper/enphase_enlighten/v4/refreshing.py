"""A refresh: a refresh token is spent, once, for the next tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..api import Response, Work
from ..errors import AuthorizationExpiredError, InvalidResponseError
from ..transport.delivery import UndeliveredError
from .oauth import OAuthErrorBodies

if TYPE_CHECKING:
    from collections.abc import Generator

    from ..credentials.masking import Masking
    from ..credentials.token import Token
    from ..credentials.token_store import Turn
    from .oauth import Application

_ERRORS = OAuthErrorBodies()


def refreshed(
    application: Application, turn: Turn, token: Token, stored: Token, masking: Masking
) -> Generator[Any, Any, Token]:
    """Spend a refresh token within a turn of its store, and return the new tokens, which nobody has kept yet.

    A request whose response is lost is sent once more: the service may not have got it, or not spend a token for a
    response that it could not deliver.

    Args:
        application: Whose tokens they are.
        turn: The turn of the store.
        token: The tokens to spend.
        stored: Those that the store has, which the new ones are to replace: the same ones, unless it could not keep
            them.
        masking: Masks what is spent.

    Raises:
        AuthorizationExpiredError: The refresh token is not accepted; the message says what is known of why.
        APIStatusError: The service could not do it now.
        UndeliveredError: No response came; whether the token is spent is not known.
    """
    earlier: str = yield Work(lambda: turn.announce(stored))
    masking.add(token.refresh_token)
    request, lost = application.refresh_request(token), ""
    for last in (False, True):
        try:
            response: Response = yield request
        except UndeliveredError as error:
            if error.unsent and not lost:
                yield Work(turn.withdraw)
                raise
            if last:
                error.unsent = False  # The first attempt may have spent it.
                raise
            lost = f"No response came to a first attempt ({type(error.error).__name__}), which may have spent it."
            continue
        if response.status < 500 or last:
            break
        lost = f"A first attempt, which may have spent it, had status {response.status}."
    if response.is_success:
        return _of(response, application, token)
    failure = _ERRORS.error(response, masking)
    if isinstance(failure, AuthorizationExpiredError):
        present: Token | None = yield Work(turn.load)
        if present is not None and present.fingerprint != stored.fingerprint:
            return present  # Our lease had ended, and another one has renewed them.
        failure.args = (" ".join(filter(None, (str(failure), lost or earlier))),)
    if response.status < 500 and not lost and not earlier:
        yield Work(turn.withdraw)
    raise failure


def _of(response: Response, application: Application, token: Token) -> Token:
    try:
        return application.token(response, token)
    except InvalidResponseError as error:
        error.args = (f"{error} {AuthorizationExpiredError.advice}",)
        raise
