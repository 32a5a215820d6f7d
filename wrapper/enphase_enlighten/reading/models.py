"""From the bytes of a response to generated models.

Lenient by default: a leaf that is missing, null or of another type does not cost the rest of the response. It is kept
as it came and reported once in the log. What cannot be used at all is an `InvalidResponseError`.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import InvalidResponseError
from .json import json_pointer, loads
from .strict import first_fault, is_described

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..api import API, Model, Operation, Response
    from ..engine.context import Context
    from ..errors import APIStatusError


class Deviation(Protocol):
    """A place where a body is not what the specification says, as the generated models note it.

    Attributes:
        container: The decoded object or list that it is in.
        key: Its name or index there.
        kind: What is wrong.
    """

    container: Any
    key: Any
    kind: str


logger = logging.getLogger("enphase_enlighten")

_WORDS = {
    "missing": "is missing",
    "null": "is null",
    "type": "is of another type",
    "container": "is not the object or list that belongs there",
}


TOO_DEEP = "the JSON is nested too deep to be read"


def decode(response: Response, context: Context, decoder: Callable[[bytes], Any] = loads) -> Any:
    """Decode the JSON body of a response.

    Raises:
        InvalidResponseError: It is not JSON (RFC 8259: NaN and infinities are not), or is nested too deep to read.
    """
    try:
        return decoder(response.content)
    except RecursionError:
        problem = TOO_DEEP
    except ValueError as error:
        problem = f"not JSON: {_without_content(error)}" if response.content else "empty, JSON was expected"
    raise invalid(response, context, "", problem) from None


def decode_or_none(content: bytes) -> Any:
    """Decode a JSON body, or return None where it is not JSON."""
    try:
        return loads(content)
    except (ValueError, RecursionError):
        return None


def _without_content(error: ValueError) -> str:
    return "it is not encoded in UTF-8" if isinstance(error, UnicodeError) else str(error)


def invalid(response: Response, context: Context, pointer: str, problem: str) -> InvalidResponseError:
    """Build the error for a fault at `pointer` of a response's body."""
    return InvalidResponseError.at(
        pointer,
        problem,
        operation=response.request.operation,
        status=response.status,
        excerpt=context.authentication.masking.excerpt(response.content),
    )


def is_checked(response: Response, context: Context) -> bool:
    """Whether a body is held against the specification: in strict mode, where its status has a schema there."""
    return context.settings.strict and is_described(context.api.package, response.request.operation, response.status)


def check(response: Response, body: object, context: Context) -> None:
    """Hold a body against the specification; see `is_checked`.

    Raises:
        InvalidResponseError: It deviates from it; with the pointer of the first place.
    """
    if not is_checked(response, context):
        return
    fault = first_fault(context.api.package, response.request.operation, response.status, body)
    if fault is not None:
        raise invalid(response, context, *fault)


def failure(response: Response, context: Context) -> APIStatusError:
    """Return the typed error for a response whose status is not one of success.

    Raises:
        InvalidResponseError: In strict mode, where the body is not what the specification says.
    """
    if is_checked(response, context):
        check(response, decode(response, context), context)
    return context.api.errors.error(response, context.authentication.masking)


def read(response: Response, operation: Operation, context: Context) -> Any:
    """Read a successful body as the operation's model.

    Raises:
        InvalidResponseError: The body cannot be used, or, in strict mode, deviates from the specification at all.
    """
    body = decode(response, context)
    check(response, body, context)
    return read_object(response, body, "", operation, context)


def read_object(response: Response, body: object, pointer: str, operation: Operation, context: Context) -> Any:
    """Read one decoded object at `pointer` of a body as the operation's model; see `read`."""
    if not isinstance(body, dict):
        raise invalid(response, context, pointer, f"an object was expected, not {_kind(body)}")
    model = None if operation.model is None else model_of(context.api, operation.model)
    required = _required(model) if model is not None else frozenset()
    if required and not required & body.keys():
        raise invalid(response, context, pointer, f"none of {', '.join(sorted(required))} is there")
    for name in operation.needs:
        if body.get(name) is None:
            problem = f"{_kind(body.get(name))}, but it is what was asked for"
            raise invalid(response, context, json_pointer([name], pointer), problem)
    if model is None:
        return body
    deviations: list[Deviation] = []
    result = model.from_dict(body, deviations)
    if deviations:
        _report(response, body, pointer, deviations, context)
    return result


def read_page(response: Response, operation: Operation, context: Context) -> tuple[Any, Sequence[Any]]:
    """Read a body with a list of entries: the body, and the entries.

    Raises:
        InvalidResponseError: As for `read`, or an entry is no object.
    """
    page = read(response, operation, context)
    entries = page[operation.items] if isinstance(page, dict) else getattr(page, operation.items)
    # A model of what could not be read as one is the value as it came.
    others = {kind for kind in set(map(type, entries)) if kind is not dict and not hasattr(kind, "from_dict")}
    for index, entry in enumerate(entries) if others else ():
        if type(entry) in others:
            raise invalid(response, context, f"/{operation.items}/{index}", "an object was expected")
    return page, entries


@cache
def _required(model: type) -> frozenset[str]:
    import attrs

    if not attrs.has(model):
        return frozenset()
    return frozenset(field.name for field in attrs.fields(model) if field.init and field.default is attrs.NOTHING)


def _report(
    response: Response, body: dict[str, object], base: str, deviations: list[Deviation], context: Context
) -> None:
    counts: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], str] = {}
    for pointer, kind in _located(body, base, deviations):
        if kind == "container":
            raise invalid(response, context, pointer, _WORDS[kind])
        if kind in _WORDS:
            place = re.sub(r"/\d+(?=/|$)", "/*", pointer), kind
            counts[place] = counts.get(place, 0) + 1
            first.setdefault(place, pointer)
    for place, count in counts.items():
        known = (response.request.operation, *place)
        if known in context.reported:
            continue
        context.reported.add(known)
        more = f" ({count - 1} more like it in this response)" if count > 1 else ""
        logger.warning(
            "%s: %s %s, against the specification; kept as it came%s",
            response.request.operation,
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


def model_of(api: API, model: str | type[Model]) -> type[Model]:
    """Return the class of a body by its name in the generated package."""
    return _model(api.package, model) if isinstance(model, str) else model


@cache
def _model(package: str, name: str) -> type[Model]:
    model: type[Model] = getattr(import_module(f"{package}.models"), name)
    return model


@cache
def unset_of(package: str) -> object:
    """Return what properties of the generated models are that a body does not have; None without a package."""
    return import_module(f"{package}.types").UNSET if package else None
