"""Every block of code in the documentation runs, and prints what the page says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from . import pages, running

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = "{ .python }"
LANGUAGES = {EXAMPLE, "python", "console", "text", "toml", "yaml", "json", "http"}
PAGES = [page for page in pages.pages() if any(block.language in ("python", "console") for block in pages.blocks(page))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(pages.ROOT)))
def test_the_blocks_of_a_page_run_in_order(page: Path, variables: dict[str, str], tmp_path: Path) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in pages.blocks(page):
        if block.not_run or block.language not in ("python", "console"):
            continue
        if block.language == "console":
            running.run_console(block, tmp_path, variables)
        elif "def test_" in block.body:
            running.run_tests(block, tmp_path, variables)
        else:
            printed = running.run_python(block, names)
            if block.output is not None:
                running.compare(block, block.output, printed)


def test_every_block_says_what_language_it_is() -> None:
    for page in pages.pages():
        fences = re.findall(r"^ *```(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        for opening in fences[::2]:
            assert opening in LANGUAGES, f"{page}: ```{opening}"


def test_blocks_that_are_not_run_need_another_machine() -> None:
    not_run = [block.place for page in pages.pages() for block in pages.blocks(page) if block.not_run]
    assert len(not_run) <= 2, not_run


def test_files_that_are_shown_are_examples_which_have_tests_of_their_own() -> None:
    for page in pages.pages():
        shown = re.findall(
            rf"^```{re.escape(EXAMPLE)}\n(.*?)```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        )
        for body in shown:
            assert re.fullmatch(r'--8<-- "examples/\w+\.py"\n', body), f"{page}: {body}"
