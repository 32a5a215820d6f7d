from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import enlighten_v2
from generate import Sources, render


@pytest.fixture(scope="session")
def specification() -> dict[str, Any]:
    package = Path(enlighten_v2.__file__).parent
    document: dict[str, Any] = json.loads((package / "openapi.json").read_text(encoding="utf-8"))
    return document


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the project's own sources give; only to be read."""
    target = tmp_path_factory.mktemp("rendered") / "enlighten_v2"
    render(Sources(), target)
    return target
