"""Shows the examples of docstrings as code: an extension of Griffe, which reads the sources for the reference.

Griffe knows the section 'Examples' of Google's style as code, and takes 'Example' for a note in Markdown.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

_HEADING = re.compile(r"^(\s*)Example:$", re.MULTILINE)


class Examples(griffe.Extension):
    """Reads a section 'Example' as 'Examples'."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite the heading in an object's docstring."""
        if obj.docstring is not None:
            obj.docstring.value = _HEADING.sub(r"\1Examples:", obj.docstring.value)
