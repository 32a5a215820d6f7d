from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generate import render
from generation import Sources
from tests.support.specification import document

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def specification() -> dict[str, Any]:
    """The effective specification; only to be read."""
    return document("effective")


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package that the project's own sources give; only to be read."""
    target = tmp_path_factory.mktemp("rendered") / "enlighten_v2"
    render(Sources(), target)
    return target
