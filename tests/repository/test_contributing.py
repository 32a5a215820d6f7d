"""`CONTRIBUTING.md` names targets, folders and files that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
HOMES = [ROOT, ROOT / "wrapper" / "enphase_enlighten", ROOT / "mock" / "enlighten_mock"]
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
# A line may name what is about to be made, and says so.
LINES = [line for line in TEXT.splitlines() if "<!-- check:" not in line]
PATHS = sorted({path for line in LINES for path in re.findall(r"`([\w./-]+(?:/|\.(?:py|txt|yaml|toml|md)))`", line)})
ROOMS = re.findall(r"^[├└]── ([\w.]+/?)", TEXT, re.MULTILINE)


@pytest.mark.parametrize("path", PATHS)
def test_each_path_is_there(path: str) -> None:
    assert any((home / path).exists() for home in HOMES)


def test_the_map_has_every_room_of_the_wrapper() -> None:
    wrapper = HOMES[1]
    folders = {f"{path.name}/" for path in wrapper.iterdir() if (path / "__init__.py").exists()}
    files = {path.name for path in wrapper.glob("*.py") if not path.name.startswith("_")}
    assert folders | files <= set(ROOMS)


def test_each_target_is_in_the_makefile() -> None:
    commands = [command for line in LINES for command in re.findall(r"(?:`|\$ )make ((?:[a-z-]+ ?)+)", line)]
    named = {target for command in commands for target in command.split()}
    assert {"check-fast", "lowest"} <= named <= TARGETS
