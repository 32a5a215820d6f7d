"""The world in which the pages' code is run: the simulated API, the test's time, a folder of its own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from . import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from enlighten_mock import SimulatedAPI


@pytest.fixture
def variables(
    now: float, enlighten_api: SimulatedAPI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """The environment of the page's programs, which is that of its Python blocks too."""
    given = running.environment(enlighten_api, tmp_path, now)
    with monkeypatch.context() as patch:
        for name, value in given.items():
            if name.startswith("ENLIGHTEN") or name in ("HOME", "XDG_CONFIG_HOME", "TZ"):
                patch.setenv(name, value)
        patch.chdir(tmp_path)
        time.tzset()
        yield given
    time.tzset()
