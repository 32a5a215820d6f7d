"""Calls of the clients' methods, by operation."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Shape = Literal["single", "daily", "intervals", "listing", "live"]
"""One model or value, a series of days, a lazy series of intervals, a lazy listing, or a live stream."""


class Call(NamedTuple):
    """One call of the method of an operation.

    Attributes:
        operation_id: The operation.
        shape: What its method returns.
        arguments: Keyword arguments for which the method sends one request.
        optional: More of them; with these, every parameter of the operation is sent.
    """

    operation_id: str
    shape: Shape
    arguments: Mapping[str, Any]
    optional: Mapping[str, Any] = MappingProxyType({})

    @property
    def method(self) -> str:
        """The name of the method in both clients."""
        return method_name(self.operation_id)

    @property
    def is_lazy(self) -> bool:
        """Whether the method returns a series that sends its requests while it is iterated over."""
        return self.shape in ("intervals", "listing", "live")

    @property
    def every_argument(self) -> dict[str, Any]:
        """Keyword arguments for which the method sends every parameter of the operation."""
        return {**self.arguments, **self.optional}

    def run(self, client: Any, arguments: Mapping[str, Any] | None = None, *, models: bool = False) -> Any:
        """Call the method of a sync client, and return its result; the items of a lazy series as a list.

        Args:
            client: The client.
            arguments: Keyword arguments in place of those of this call.
            models: Whether a series of intervals is read as models in place of rows.
        """
        result = getattr(client, self.method)(**(self.arguments if arguments is None else arguments))
        return list(result.responses() if models else result) if self.is_lazy else result

    async def run_async(self, client: Any, arguments: Mapping[str, Any] | None = None, *, models: bool = False) -> Any:
        """Call the method of an async client; see `run`."""
        result = getattr(client, self.method)(**(self.arguments if arguments is None else arguments))
        if not self.is_lazy:
            return await result
        return [item async for item in (result.responses() if models else result)]


def method_name(operation_id: str) -> str:
    """Return the name of an operation's method, which is its id in snake case."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", operation_id).lower()
