"""Responses that are not a success."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..reading.models import check, decode, is_checked

if TYPE_CHECKING:
    from ..api import Response
    from ..engine.context import Context
    from ..errors import APIStatusError

NO_CONTENT = 204


def failure(response: Response, context: Context) -> APIStatusError:
    """Return the typed error for a response whose status is not one of success.

    Raises:
        InvalidResponseError: In strict mode, where the body is not what the specification says.
    """
    if is_checked(response, context):
        check(response, decode(response, context), context)
    return context.api.errors.error(response, context.authentication.masking)
