"""What the pages' code does where their own examples do not lead: at night, after a stop, with other systems."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from enlighten_mock import Fault
from enphase_enlighten import Enlighten

from . import pages, running

if TYPE_CHECKING:
    from pathlib import Path

    from enlighten_mock import SimulatedAPI

DASHBOARD = pages.DOCS / "guide" / "dashboard.md"
NIGHT_OF_67 = datetime(2024, 6, 12, 5, 30, tzinfo=UTC).timestamp()

pytestmark = pytest.mark.usefixtures("variables")


def run(page: Path) -> tuple[str, dict[str, Any]]:
    """Run the Python blocks of a page; give what they print, and the names that they leave."""
    names: dict[str, Any] = {"__name__": "__main__"}
    blocks = [block for block in pages.blocks(page) if block.language == "python" and not block.not_run]
    return "".join(running.run_python(block, names) for block in blocks), names


@pytest.mark.parametrize("now", [NIGHT_OF_67], indirect=True)
def test_the_dashboard_has_a_night() -> None:
    printed, _ = run(DASHBOARD)
    assert "67: nothing since 2024-06-11 23:15 UTC; 0 Wh today\n" in printed
    assert printed.endswith("no power yet today\n")


@pytest.mark.parametrize(("system_id", "says"), [(70, "nothing since 2024-03-09 06:50 UTC"), (75, "no interval known")])
def test_the_dashboard_shows_no_power_of_a_system_that_is_silent_or_never_reported(system_id: int, says: str) -> None:
    _, names = run(DASHBOARD)
    with Enlighten() as client:
        assert names["power_now"](client.summary(system_id)) == says


def test_the_dashboard_does_without_values_that_are_null(enlighten_api: SimulatedAPI) -> None:
    enlighten_api.faults.add(Fault(kind="nulls", fields=("powr", "enwh")))
    printed, _ = run(DASHBOARD)
    assert "0 Wh produced, 0 Wh consumed\nno power yet today\n" in printed
