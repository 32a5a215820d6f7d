"""Extensions of Griffe, which reads the sources for the reference of the wrapper.

Griffe knows the section 'Examples' of Google's style as code, and takes 'Example' for a note in Markdown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import griffe

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADING = re.compile(r"^(\s*)Example:$", re.MULTILINE)


class Examples(griffe.Extension):
    """Reads a section 'Example' as 'Examples'."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite the heading in an object's docstring."""
        if obj.docstring is not None:
            obj.docstring.value = _HEADING.sub(r"\1Examples:", obj.docstring.value)


class Defaults(griffe.Extension):
    """Shows the numbers behind the names of defaults, such as `DEFAULT_TIMEOUT`, in signatures."""

    def on_package(self, *, pkg: griffe.Module, **_: Any) -> None:
        """Replace the names in all signatures of the package."""
        if "config" not in pkg.members:
            return
        values = {
            name: str(attribute.value)
            for name, attribute in pkg["config.settings"].attributes.items()
            if name.startswith("DEFAULT_")
        }
        for module in _modules(pkg):
            for cls in module.classes.values():
                for function in cls.functions.values():
                    for parameter in function.parameters:
                        parameter.default = values.get(str(parameter.default), parameter.default)


def _modules(module: griffe.Module) -> Iterator[griffe.Module]:
    yield module
    for inner in module.modules.values():
        if not inner.is_alias:
            yield from _modules(inner)
