"""From the bytes of an answer to generated models.

Lenient by default: a leaf that is missing, null or of another type does not cost the rest of the answer. It is kept as
it came and reported once in the log. What cannot be used at all is an `InvalidResponseError`.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ..errors import InvalidResponseError
from .json import loads
from .pointers import json_pointer
from .strict import first_fault, is_described

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from enlighten_v2.types import Deviation

    from ..api import Response
    from ..engine.context import Context

logger = logging.getLogger("enphase_enlighten")

_WORDS = {
    "missing": "is missing",
    "null": "is null",
    "type": "is of another type",
    "container": "is not the object or list that belongs there",
}


class Model(Protocol):
    """A class of the generated client."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], deviations: list[Deviation] | None = None) -> Any:
        """Build a model from a decoded JSON object."""


M = TypeVar("M", bound=Model)


def decode(answer: Response, context: Context) -> Any:
    """Decode the JSON body of an answer.

    Raises:
        InvalidResponseError: It is not JSON (RFC 8259: NaN and infinities are not), or is nested too deep to read.
    """
    try:
        return loads(answer.content)
    except RecursionError:
        problem = "the JSON is nested too deep to be read"
    except ValueError as error:
        problem = f"not JSON: {_without_content(error)}" if answer.content else "empty, JSON was expected"
    raise invalid(answer, context, "", problem) from None


def decode_or_none(content: bytes) -> Any:
    """Decode a JSON body, or return None where it is not JSON."""
    try:
        return loads(content)
    except (ValueError, RecursionError):
        return None


def _without_content(error: ValueError) -> str:
    return "it is not encoded in UTF-8" if isinstance(error, UnicodeError) else str(error)


def invalid(answer: Response, context: Context, pointer: str, problem: str) -> InvalidResponseError:
    """Build the error for a fault at `pointer` of an answer's body."""
    return InvalidResponseError.at(
        pointer,
        problem,
        operation=answer.request.operation,
        status=answer.status,
        excerpt=context.authentication.masking.excerpt(answer.content),
    )


def is_checked(answer: Response, context: Context) -> bool:
    """Whether a body is held against the specification: in strict mode, where its status has a schema there."""
    return context.settings.strict and is_described(answer.request.operation, answer.status)


def check(answer: Response, body: object, context: Context) -> None:
    """Hold a body against the specification; see `is_checked`.

    Raises:
        InvalidResponseError: It deviates from it; with the pointer of the first place.
    """
    if not is_checked(answer, context):
        return
    fault = first_fault(answer.request.operation, answer.status, body)
    if fault is not None:
        raise invalid(answer, context, *fault)


def read(answer: Response, model: type[M], context: Context, *, needs: Iterable[str] = ()) -> M:
    """Read the body of an answer as a generated model.

    Args:
        answer: An answer of success.
        model: The generated class.
        context: The client's context.
        needs: Properties that the operation stands on: without them there is nothing to return.

    Raises:
        InvalidResponseError: The body cannot be used, or, in strict mode, deviates from the specification at all.
    """
    body = decode(answer, context)
    check(answer, body, context)
    return read_object(answer, body, "", model, context, needs=needs)


def read_object(
    answer: Response, body: object, pointer: str, model: type[M], context: Context, *, needs: Iterable[str] = ()
) -> M:
    """Read one decoded object at `pointer` of an answer's body as a generated model; see `read`."""
    if not isinstance(body, dict):
        raise invalid(answer, context, pointer, f"an object was expected, not {_kind(body)}")
    required = _required(model)
    if required and not required & body.keys():
        raise invalid(answer, context, pointer, f"none of {', '.join(sorted(required))} is there")
    for name in needs:
        if body.get(name) is None:
            problem = f"{_kind(body.get(name))}, but it is what was asked for"
            raise invalid(answer, context, json_pointer([name], pointer), problem)
    deviations: list[Deviation] = []
    result: M = model.from_dict(body, deviations)
    if deviations:
        _report(answer, body, pointer, deviations, context)
    return result


def _required(model: type) -> set[str]:
    import attrs

    return {field.name for field in attrs.fields(model) if field.init and field.default is attrs.NOTHING}


def _report(
    answer: Response, body: dict[str, object], base: str, deviations: list[Deviation], context: Context
) -> None:
    counts: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], str] = {}
    for pointer, kind in _located(body, base, deviations):
        if kind == "container":
            raise invalid(answer, context, pointer, _WORDS[kind])
        if kind in _WORDS:
            place = re.sub(r"/\d+(?=/|$)", "/*", pointer), kind
            counts[place] = counts.get(place, 0) + 1
            first.setdefault(place, pointer)
    for place, count in counts.items():
        known = (answer.request.operation, *place)
        if known in context.reported:
            continue
        context.reported.add(known)
        more = f" ({count - 1} more like it in this answer)" if count > 1 else ""
        logger.warning(
            "%s: %s %s, against the specification; kept as it came%s",
            answer.request.operation,
            first[place],
            _WORDS[place[1]],
            more,
        )


def _located(body: dict[str, object], base: str, deviations: list[Deviation]) -> Iterator[tuple[str, str]]:
    """Find the JSON pointer of each deviation, whose container is known by identity, in the order of the document."""
    wanted: dict[int, dict[object, str]] = {}
    for deviation in deviations:
        wanted.setdefault(id(deviation.container), {})[deviation.key] = deviation.kind
    pending: list[tuple[str, object, str | None]] = [(base, body, None)]
    while pending:
        pointer, node, kind = pending.pop()
        if kind is not None:
            yield pointer, kind
        if not isinstance(node, dict | list):
            continue
        kinds = wanted.get(id(node), {})
        children = dict(node if isinstance(node, dict) else enumerate(node))
        for key in [key for key in kinds if key not in children]:
            yield json_pointer([key], pointer), kinds[key]
        pending += [
            (json_pointer([key], pointer), child, kinds.get(key))
            for key, child in reversed(children.items())
            if key in kinds or isinstance(child, dict | list)
        ]


def _kind(value: object) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a string",
        bool: "a boolean",
        type(None): "null or missing",
    }
    return names.get(type(value), "a number")
