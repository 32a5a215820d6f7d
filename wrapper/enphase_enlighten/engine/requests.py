"""From an operation and its parameters to a request."""

from __future__ import annotations

import json
import pkgutil
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import quote

from ..api import API, Model, Operation, Request
from ..errors import InvalidArgumentError


def build(api: API, operation: Operation, *, body: Any = None, **parameters: Any) -> Request:
    """Build a request: with the generated package's builder, or from the operation's path; None leaves a parameter out.

    Raises:
        TypeError: The operation has no such parameter: the wrapper does not fit the specification.
        InvalidArgumentError: A parameter of the path cannot be a part of one.
    """
    given = {name: value for name, value in parameters.items() if value is not None}
    if operation.path:
        return _from_path(operation, body, given)
    if body is not None:
        given["body"] = body if operation.body is None else _model(api.package, operation.body.model).from_dict(body)
    kwargs = _builder(api.package, operation.id)(**given)
    return Request(
        operation.id,
        kwargs["method"].upper(),
        kwargs["url"],
        kwargs.get("params", {}),
        *_content(kwargs.get("json"), kwargs.get("headers", {})),
        resend=operation.resend,
    )


def _from_path(operation: Operation, body: Any, given: dict[str, Any]) -> Request:
    names = re.findall(r"{(\w+)}", operation.path)
    path = operation.path.format_map({name: _segment(name, given.pop(name)) for name in names})
    headers = {name: str(given.pop(name)) for name in operation.headers & given.keys()}
    return Request(operation.id, operation.method, path, given, *_content(body, headers), resend=operation.resend)


def _segment(name: str, value: Any) -> str:
    """Return one segment of a path."""
    text = str(value)
    # No quoting keeps these: the request would go to another operation.
    if text in {"", ".", ".."}:
        raise InvalidArgumentError.for_argument(name, value, "what names something, and not a place in a path")
    return quote(text, safe="")


def _content(body: Any, headers: Mapping[str, str]) -> tuple[Mapping[str, str], bytes]:
    if body is None:
        return headers, b""
    return {"Content-Type": "application/json", **headers}, json.dumps(body).encode()


def load_all(api: API) -> None:
    """Import what the operations of an API are built and read with."""
    import_module("html.entities")
    import_module("dateutil.parser")
    for operation in api.operations.values():
        if not operation.path:
            _builder(api.package, operation.id)


def _model(package: str, name: str) -> type[Model]:
    model: type[Model] = getattr(import_module(f"{package}.models"), name)
    return model


@cache
def _builder(package: str, operation: str) -> Callable[..., dict[str, Any]]:
    """Find the builder of an operation by its id, whatever tag has put it into which folder."""
    api = import_module(f"{package}.api")
    for folder in pkgutil.iter_modules(api.__path__, f"{api.__name__}."):
        modules = pkgutil.iter_modules(import_module(folder.name).__path__)
        if snake_case(operation) in {module.name for module in modules}:
            module = import_module(f"{folder.name}.{snake_case(operation)}")
            builder: Callable[..., dict[str, Any]] = module._get_kwargs  # noqa: SLF001 - it has no public name
            return builder
    raise TypeError(f"{package} has no operation {operation}: generate it again, or correct the table of operations")


def snake_case(operation_id: str) -> str:
    """Return the name of the method that carries out an operation.

    >>> snake_case("InvertersSummaryByEnvoyOrSite")
    'inverters_summary_by_envoy_or_site'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", operation_id).lower()
