"""The world in which the pages' code is run: the simulated API, the test's time, a folder of its own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import time_machine

from . import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from enlighten_mock import SimulatedAPI

NOW = 1718222550.0  # 2024-06-12T20:02:30Z: a working day for systems from Hawaii to Europe


@pytest.fixture
def now(request: pytest.FixtureRequest) -> Iterator[float]:
    """The time; a test that is parametrized with another one has that."""
    moment: float = getattr(request, "param", NOW)
    with time_machine.travel(moment):
        yield moment


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
