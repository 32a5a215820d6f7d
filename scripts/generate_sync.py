"""Generates the sync half of the wrapper from the async one: each `async_NAME.py` gives a `NAME.py` beside it.

Everything that differs between the two is a matter of words, so this is a translation word by word.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "wrapper" / "enphase_enlighten"

WORDS = (
    (r"\basync (def|for|with)\b", r"\1"),
    (r"\b__a(enter|exit|iter|next)__\b", r"__\1__"),
    (r"\bawait\s+", ""),
    (r"\bAsync([A-Z]\w*)", r"\1"),
    (r"\basync_(?=\w)", ""),
    (r"_async_", "_"),
    (r"\.asyncio\(", ".sync("),
    (r"\ba(close|read|sleep)\b", r"\1"),
    (r"\bAwaitable\[(\w+)\]", r"\1"),
    (r"\bStopAsyncIteration\b", "StopIteration"),
    (r"\b([Aa]n) async client", r"a sync client"),
    (r"\basync client", "sync client"),
    (r"``async with``", "``with``"),
    (r"\btwo tasks\b", "two threads"),
    (r"\btasks, also of several event loops\b", "threads"),
)
"""What a word of the async half is in the sync one, in the order in which they are replaced."""


def translated(source: str, name: str) -> str:
    """Return the sync module for the text of an async one.

    Args:
        source: The text.
        name: The name of its file.
    """
    text = _without_parentheses_of_await(re.sub(r"\A# Generated .*\n", "", source))
    for word, other in WORDS:
        text = re.sub(word, other, text)
    return f"# Generated from {name} by scripts/generate_sync.py: edit that file, then run `make generate`.\n{text}"


def _without_parentheses_of_await(text: str) -> str:
    """Drop the parentheses that only `await` needs, as in ``(await x()).y``."""
    while (begin := text.find("(await ")) >= 0:
        depth, end = 1, begin + 1
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        inner = text[begin + len("(await ") : end - 1]
        # Those of a call, as in `f(await x())`, stay.
        called = begin > 0 and (text[begin - 1].isalnum() or text[begin - 1] in "_)]")
        text = f"{text[:begin]}({inner}){text[end:]}" if called else f"{text[:begin]}{inner}{text[end:]}"
    return text


def sync_modules() -> dict[Path, str]:
    """Return the path and the text of each sync module, formatted."""
    modules = {}
    for path in sorted(PACKAGE.rglob("async_*.py")):
        target = path.with_name(path.name.removeprefix("async_"))
        modules[target] = formatted(translated(path.read_text(encoding="utf-8"), path.name), target)
    return modules


def formatted(text: str, path: Path) -> str:
    """Return the text of a module as ruff formats it, with its imports in order."""
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check", "--fix-only", "--select=I,F401", "--quiet"], ["format", "--quiet"]):
        arguments = [*ruff, *command, f"--stdin-filename={path}", "-"]
        run = subprocess.run(arguments, input=text, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 - ours
        text = run.stdout
    return text


def main() -> int:
    """Write the sync modules, or with ``--check`` say which of them are not what they should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a module differs")
    return written(sync_modules(), check=parser.parse_args().check)


def written(modules: Mapping[Path, str], *, check: bool) -> int:
    """Write modules, or check that they are written; return the exit status.

    Args:
        modules: The path and the text of each.
        check: Whether to write nothing, but fail where one differs.
    """
    differing = [
        path for path, text in modules.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in differing:
        if check:
            print(f"{path.relative_to(ROOT)} is not what it is generated from gives.", file=sys.stderr)
        else:
            path.write_text(modules[path], encoding="utf-8")
    if check and differing:
        print("Edit what its first line names, run `make generate`, and commit what it changes.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
