"""Telling responses of success from errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..reading.models import check, decode, is_checked

if TYPE_CHECKING:
    from ..api import Response
    from ..engine.context import Context

NO_CONTENT = 204


def checked(response: Response, context: Context) -> Response:
    """Return a response of success; raise the typed error of any other.

    Raises:
        APIStatusError: Of the class that belongs to the status.
        InvalidResponseError: In strict mode, where the error's body is not what the specification says.
    """
    if response.status in context.api.success:
        return response
    if is_checked(response, context):
        check(response, decode(response, context), context)
    raise context.api.errors.error(response, context.authentication.masking)
