"""The code blocks of the documentation, as they stand in the Markdown sources."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

_BLOCK = re.compile(
    r"(?P<mark><!--[^>]*-->\n+)?"
    r"^(?P<indent>[ ]*)```(?P<language>\w+)[^\n]*\n(?P<body>.*?)^(?P=indent)```[ ]*$"
    r"(?:\n\n(?P=indent)```text\n(?P<output>.*?)^(?P=indent)```[ ]*$)?",
    re.MULTILINE | re.DOTALL,
)
_NOT_RUN = re.compile(r"<!-- not run, needs another machine: (?P<reason>.*\S) -->")


@dataclass(frozen=True)
class Block:
    """A fenced block of code.

    Attributes:
        path: The page.
        line: The line of the page on which the code begins.
        language: `python`, `console` and so on.
        body: The code.
        output: What a block of text right below says that it prints, if there is one.
        not_run: Why it cannot be run, if the page says so.
    """

    path: Path
    line: int
    language: str
    body: str
    output: str | None = None
    not_run: str | None = None

    @property
    def place(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def pages() -> list[Path]:
    """The pages whose blocks are run; decisions quote code that was not chosen."""
    return [ROOT / "README.md", *sorted(path for path in DOCS.rglob("*.md") if "decisions" not in path.parts)]


def blocks(path: Path) -> Iterator[Block]:
    text = path.read_text(encoding="utf-8")
    for match in _BLOCK.finditer(text):
        mark = _NOT_RUN.fullmatch((match["mark"] or "").strip())
        yield Block(
            path,
            text.count("\n", 0, match.start("body")) + 1,
            match["language"],
            textwrap.dedent(match["body"]),
            textwrap.dedent(match["output"]) if match["output"] is not None else None,
            mark["reason"] if mark else None,
        )
