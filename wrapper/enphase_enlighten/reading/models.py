"""From the bytes of a response to generated models.

Lenient by default: a leaf that is missing, null or of another type does not cost the rest of the response. It is kept
as it came and reported once in the log. What cannot be used at all is an `InvalidResponseError`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from attrs import NOTHING, fields, has

from ..errors import APIStatusError, InvalidResponseError
from .json import json_pointer, loads
from .strict import first_fault, is_described

if TYPE_CHECKING:
    from ..api import Model, Operation, Response
    from ..engine.context import Context

logger = logging.getLogger("enphase_enlighten")

# By the kind of a deviation, as the generated models note it.
_WORDS = {
    "missing": "is missing",
    "null": "is null",
    "type": "is of another type",
    "container": "is not the object or list that belongs there",
}

TOO_DEEP = "the JSON is nested too deep to be read"


def decode_or_none(content: bytes) -> Any:
    """Decode a JSON body, or return None where it is not JSON."""
    try:
        return loads(content)
    except (ValueError, RecursionError):
        return None


def invalid(response: Response, context: Context, pointer: str, problem: str) -> InvalidResponseError:
    """Build the error for a fault at `pointer` of a response's body."""
    return InvalidResponseError.at(
        pointer,
        problem,
        operation=response.request.operation,
        status=response.status,
        excerpt=context.authentication.masking.excerpt(response.content),
    )


def failure(response: Response, context: Context) -> APIStatusError:
    """Return the typed error for a status that is no success; in strict mode, raise for a body not as specified."""
    if context.settings.strict and is_described(context.api.package, response.request.operation, response.status):
        _decode(response, context, loads)
    return context.api.errors.error(response, context.authentication.masking)


def read_json(response: Response, context: Context, decoder: Callable[[bytes], Any] = loads) -> Any:
    """Decode a successful body, or raise the error of its status.

    Raises:
        InvalidResponseError: The body is not JSON (RFC 8259: NaN and infinities are not), is nested too deep to read,
            or, in strict mode, deviates from the specification; with the pointer of the first place.
    """
    if response.status not in context.api.success:
        raise failure(response, context)
    return _decode(response, context, decoder)


def _decode(response: Response, context: Context, decoder: Callable[[bytes], Any]) -> Any:
    problem = ""
    try:
        body = decoder(response.content)
    except RecursionError:
        problem = TOO_DEEP
    except ValueError as error:
        # The text of a UnicodeError has the bytes in it.
        problem = "it is not encoded in UTF-8" if isinstance(error, UnicodeError) else str(error)
        problem = f"not JSON: {problem}" if response.content else "empty, JSON was expected"
    if problem:
        # Not within the `except`: the error of the decoder has the whole body.
        raise invalid(response, context, "", problem) from None
    if context.settings.strict:
        fault = first_fault(context.api.package, response.request.operation, response.status, body)
        if fault is not None:
            raise invalid(response, context, *fault)
    return body


def read(response: Response, operation: Operation, context: Context) -> Any:
    """Read a successful body as the operation's model; raises as `read_json`, and where the body cannot be used."""
    return read_object(response, read_json(response, context), "", operation, context)


def read_object(response: Response, body: object, pointer: str, operation: Operation, context: Context) -> Any:
    """Read one decoded object at `pointer` of a body as the operation's model; see `read`."""
    if not isinstance(body, dict):
        raise invalid(response, context, pointer, f"an object was expected, not {_kind(body)}")
    model = None if operation.model is None else model_of(context.api.package, operation.model)
    required = _required(model)
    if required and not required & body.keys():
        raise invalid(response, context, pointer, f"none of {', '.join(sorted(required))} is there")
    for name in operation.needs:
        if body.get(name) is None:
            problem = f"{_kind(body.get(name))}, but it is what was asked for"
            raise invalid(response, context, json_pointer([name], pointer), problem)
    if model is None:
        return body
    # Each names the decoded object or list that it is in, its name or index there, and what is wrong.
    deviations: list[Any] = []
    result = model.from_dict(body, deviations)
    if deviations:
        _report(response, body, pointer, deviations, context)
    return result


def read_list(response: Response, operation: Operation, context: Context) -> list[Any]:
    """Read a body that is a list of objects, each as the operation's model; see `read`."""
    items = read_json(response, context)
    if not isinstance(items, list):
        raise invalid(response, context, "", "a list was expected")
    return [read_object(response, item, f"/{index}", operation, context) for index, item in enumerate(items)]


def read_page(response: Response, operation: Operation, context: Context) -> tuple[Any, Sequence[Any]]:
    """Read a body with a list of entries, each an object, as for `read`: the body, and the entries."""
    if operation.many:
        page = entries = read_list(response, operation, context)
        return page, entries
    page = read(response, operation, context)
    entries = property_of(page, operation.items)
    # A model of what could not be read as one is the value as it came.
    others = {kind for kind in set(map(type, entries)) if kind is not dict and not hasattr(kind, "from_dict")}
    for index, entry in enumerate(entries) if others else ():
        if type(entry) in others:
            raise invalid(response, context, f"/{operation.items}/{index}", "an object was expected")
    return page, entries


def property_of(body: Any, name: str) -> Any:
    """Return a property of a model or of a decoded object; None where it is neither, or has no such property."""
    return body.get(name) if isinstance(body, dict) else getattr(body, name, None)


@cache
def _required(model: type | None) -> frozenset[str]:
    if model is None or not has(model):
        return frozenset()
    return frozenset(field.name for field in fields(model) if field.init and field.default is NOTHING)


def _report(response: Response, body: dict[str, object], base: str, deviations: list[Any], context: Context) -> None:
    places: dict[tuple[str, str], list[str]] = {}
    for pointer, kind in _located(body, base, deviations):
        if kind == "container":
            raise invalid(response, context, pointer, _WORDS[kind])
        if kind in _WORDS:
            places.setdefault((re.sub(r"/\d+(?=/|$)", "/*", pointer), kind), []).append(pointer)
    operation = response.request.operation
    for (place, kind), pointers in places.items():
        if (operation, place, kind) in context.reported:
            continue
        context.reported.add((operation, place, kind))
        more = f" ({len(pointers) - 1} more like it in this response)" if len(pointers) > 1 else ""
        message = "%s: %s %s, against the specification; kept as it came%s"
        logger.warning(message, operation, pointers[0], _WORDS[kind], more)


def _located(body: dict[str, object], base: str, deviations: list[Any]) -> Iterator[tuple[str, str]]:
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
    names = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", type(None): "null or missing"}
    return names.get(type(value), "a number")


@cache
def model_of(package: str, model: str | type[Model]) -> type[Model]:
    """Return the class of a body, which may be given by its name in the generated package."""
    found: type[Model] = getattr(import_module(f"{package}.models"), model) if isinstance(model, str) else model
    return found


@cache
def unset_of(package: str) -> object:
    """Return what properties of the generated models are that a body does not have; None without a package."""
    return import_module(f"{package}.types").UNSET if package else None
