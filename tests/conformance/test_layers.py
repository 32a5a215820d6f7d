"""The folders of this suite import one way: a folder only from those below it."""

from __future__ import annotations

import ast
from itertools import product
from pathlib import Path

SUITE = Path(__file__).parent
FLOORS = (
    {"reporting", "oracle"},
    {"recording", "generation"},
    {"v2", "specification", "mutation"},
    {"settings"},
)
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names}


def imported_folders(module: Path) -> set[str]:
    """Return the folders of the suite that a module of another folder imports from, types included."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    relative = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 2]
    absolute = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0]
    prefix = "tests.conformance."
    names = [*relative, *(name.removeprefix(prefix) for name in absolute if name.startswith(prefix))]
    return {name.partition(".")[0] for name in names}


def test_every_folder_has_a_floor() -> None:
    folders = {path.parent.name for path in SUITE.glob("*/*.py")}
    assert folders == FLOOR.keys() - {"settings"}


def test_a_folder_imports_only_from_floors_below_it() -> None:
    upward = [
        f"{module.relative_to(SUITE)} imports {other}"
        for folder in FLOOR
        for module, other in product((SUITE / folder).glob("*.py"), FLOOR)
        if other in imported_folders(module) and FLOOR[other] <= FLOOR[folder]
    ]
    assert upward == []
