"""What is held together: a specification, and the wrapper that was written for it."""

from __future__ import annotations

import inspect
import re
import warnings
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx
from attrs import field, frozen

from enphase_enlighten import ServerError
from tests.fit.shapes import reach
from tests.support.described import Described, described
from tests.support.specification import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from enphase_enlighten.api import API
    from tests.support.calls import Call

LIBRARY = ROOT / "wrapper" / "enphase_enlighten"


class Sent(NamedTuple):
    """What a method does with its arguments.

    Attributes:
        request: Its first request; None where it raises instead.
        error: What it raises instead of sending one.
        warned: Whether it warns that it is deprecated.
    """

    request: httpx.Request | None
    error: Exception | None
    warned: bool


@frozen
class Subject:
    """A specification, and the wrapper that has to fit it.

    Attributes:
        published: The specification as it is published.
        overlay: Its corrections.
        effective: What both make.
        recorded: The shapes that the wrapper was last held against.
        specification_file: Where the first is, for messages.
        overlay_file: Where the second is.
        methods_file: What its methods are rendered from beside the two.
        api: The wrapper's definition of the API.
        folder: The folder of what the library has of this API alone.
        clients: The sync and the async client.
        connect: Returns a sync client that sends through a transport.
        calls: A call of each operation.
        calls_file: Where that table is.
        kind_files: The files that say what kinds of arguments there are.
        simulation: The folder of the simulated API.
        arguments: The arguments that are not named after their parameter, by parameter.
        own_arguments: Arguments that no parameter belongs to.
        kinds: What an annotation of a method takes.
        rows: More rows of an operation's series than that of the definition.
        tables: The columns of a data frame of models, by the place of the model.
        columns_file: Where those are.
        reads: The places that the wrapper reads itself beside rows and tables, each with a pattern of who does.
        units: The units of columns.
        operations: The operations of the effective specification, by id.
        belonging: The operations that each schema of its components belongs to.
    """

    published: Mapping[str, Any]
    overlay: Mapping[str, Any]
    effective: Mapping[str, Any]
    recorded: Mapping[str, str]
    specification_file: str
    overlay_file: str
    methods_file: str
    api: API
    folder: str
    clients: tuple[type, type]
    connect: Callable[[httpx.BaseTransport], Any] = field(repr=False)
    calls: Mapping[str, Call]
    calls_file: str
    kind_files: str
    simulation: str
    arguments: Mapping[str, str] = MappingProxyType({})
    own_arguments: frozenset[str] = frozenset()
    kinds: Mapping[str, frozenset[str]] = MappingProxyType({})
    rows: Mapping[str, tuple[Any, ...]] = MappingProxyType({})
    tables: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    columns_file: str = ""
    reads: Mapping[str, str] = MappingProxyType({})
    units: Mapping[str, str] = MappingProxyType({})
    operations: Mapping[str, Described] = field(init=False, repr=False)

    belonging: Mapping[str, tuple[str, ...]] = field(init=False, repr=False)

    @operations.default
    def _operations(self) -> Mapping[str, Described]:
        return described(self.effective)

    @belonging.default
    def _belonging(self) -> Mapping[str, tuple[str, ...]]:
        return reach(self.effective)

    def method(self, operation: str) -> str:
        """Return the name of an operation's method."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()

    def argument(self, parameter: str) -> str:
        """Return the name of a parameter's argument."""
        return self.arguments.get(parameter, parameter.removesuffix("[]"))

    def signature(self, operation: str) -> Mapping[str, inspect.Parameter]:
        """Return the arguments of an operation's method, by name."""
        arguments = dict(inspect.signature(getattr(self.clients[1], self.method(operation))).parameters)
        del arguments["self"]
        return arguments

    def send(self, operation: str, arguments: Mapping[str, Any]) -> Sent:
        """Return what the method of an operation does with certain arguments."""
        key = f"{self.api.name} {operation}", repr(sorted(arguments.items()))
        if key not in _SENT:
            _SENT[key] = _send(self.connect, self.calls[operation], arguments)
        return _SENT[key]

    def files_of(self, operation: str, *words: str) -> str:
        """Return the files to open for an operation: what its method is rendered from, if none by hand names it.

        If some of the library's files that name it have certain words as well, those alone.
        """
        named = f'"{operation}"|def {self.method(operation)}'
        found = (_listed(named, *words) or files_with(named)).split(", ")
        # Elsewhere it is an example, or a public name.
        return ", ".join(file for file in found if file.startswith(f"{self.folder}/")) or self.methods_file

    def simulated(self, *words: str) -> str:
        """Return the simulated API's files that have a word as a string; its folder where none has it."""
        found = [
            str(file.relative_to(ROOT))
            for file in sorted((ROOT / self.simulation).rglob("*.py"))
            if any(f'"{word}"' in file.read_text(encoding="utf-8") for word in words)
        ]
        return ", ".join(found) or self.simulation


# The wrapper does not change while tests run, whatever specification it is held against.
_SENT: dict[tuple[str, str], Sent] = {}


def _send(connect: Callable[[httpx.BaseTransport], Any], call: Call, arguments: Mapping[str, Any]) -> Sent:
    sent: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(500)

    error: Exception | None = None
    with warnings.catch_warnings(record=True) as caught, connect(httpx.MockTransport(respond)) as client:
        warnings.simplefilter("always")
        try:
            call.run(client, arguments)
        except ServerError:
            pass
        except Exception as raised:  # noqa: BLE001 - any error of a missing parameter, enumeration or value of one
            error = raised
    warned = any(issubclass(each.category, DeprecationWarning) for each in caught)
    return Sent(sent[0] if sent else None, None if sent else error, warned)


def files_with(pattern: str) -> str:
    """Return the library's files that have a word; the library itself where none has it."""
    return _listed(pattern) or str(LIBRARY.relative_to(ROOT))


@cache
def _texts() -> dict[str, str]:
    files = [file for file in sorted(LIBRARY.rglob("*.py")) if "cli" not in file.relative_to(LIBRARY).parts]
    texts = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}
    # What is generated from another file is not opened, but that one.
    return {file: text for file, text in texts.items() if not text.startswith("# Generated")}


@cache
def _listed(*patterns: str) -> str:
    found = [
        file
        for file, text in _texts().items()
        if all(re.search(rf"(?<!\w)({pattern})(?!\w)", text) for pattern in patterns)
    ]
    return ", ".join(found)
