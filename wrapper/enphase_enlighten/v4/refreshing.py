"""A refresh: a refresh token is spent, once, for the next tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..api import Request, Response, Work
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
    request = application.refresh_request(token)
    outcome: Response | UndeliveredError = yield from _attempt(request)
    if isinstance(outcome, UndeliveredError) and outcome.unsent:
        yield Work(turn.withdraw)
        raise outcome
    lost = _may_have_spent(outcome)
    if lost and (yield Work(getattr(turn, "extend", _lasts))):
        outcome = yield from _attempt(request)
    elif lost:
        # Another one has the turn now, and the token is theirs to spend.
        present = yield from _renewed_by_others(turn, stored)
        if present is not None:
            return present
    if isinstance(outcome, UndeliveredError):
        outcome.unsent = False  # The first attempt may have spent it.
        raise outcome
    if outcome.is_success:
        return _of(outcome, application, token)
    failure = _ERRORS.error(outcome, masking)
    if isinstance(failure, AuthorizationExpiredError):
        present = yield from _renewed_by_others(turn, stored)
        if present is not None:
            return present
        failure.args = (" ".join(filter(None, (str(failure), lost or earlier))),)
    if outcome.status < 500 and not lost and not earlier:
        yield Work(turn.withdraw)
    raise failure


def _attempt(request: Request) -> Generator[Any, Any, Response | UndeliveredError]:
    try:
        response: Response = yield request
    except UndeliveredError as error:
        return error
    return response


def _may_have_spent(outcome: Response | UndeliveredError) -> str:
    """Return a sentence about a first attempt after which a second one is made; empty where none is."""
    if isinstance(outcome, UndeliveredError):
        return f"No response came to a first attempt ({type(outcome.error).__name__}), which may have spent it."
    return f"A first attempt, which may have spent it, had status {outcome.status}." if outcome.status >= 500 else ""


def _lasts() -> bool:
    """Stand for the `extend` of a turn that does not end by itself."""
    return True


def _renewed_by_others(turn: Turn, stored: Token) -> Generator[Any, Any, Token | None]:
    """Return the tokens of another one, who has renewed them after our turn had ended by itself."""
    present: Token | None = yield Work(turn.load)
    return present if present is not None and present.fingerprint != stored.fingerprint else None


def _of(response: Response, application: Application, token: Token) -> Token:
    try:
        return application.token(response, token)
    except InvalidResponseError as error:
        error.args = (f"{error} {AuthorizationExpiredError.advice}",)
        raise
