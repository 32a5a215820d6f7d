"""What the pages' code does where their own examples do not lead: at night, after a stop, with other systems."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from enlighten_mock import Fault
from enphase_enlighten import Enlighten, NotFoundError

from . import pages, running

if TYPE_CHECKING:
    from collections.abc import Callable

    from enlighten_mock import SimulatedAPI

    Backfill = Callable[[], int]

DASHBOARD, BACKFILL, MONTHLY_REPORT = (
    pages.DOCS / "guide" / name for name in ("dashboard.md", "backfill.md", "monthly-report.md")
)
NIGHT_OF_67 = datetime(2024, 6, 12, 5, 30, tzinfo=UTC).timestamp()
COPY = Path("copy.csv")  # in the test's own folder

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


@pytest.fixture
def backfill() -> Backfill:
    """Runs the recipe of the page once, into the copy."""
    _, names = run(BACKFILL)
    start_at = datetime.now(UTC) - timedelta(days=3)

    def backfill() -> int:
        with Enlighten(max_retries=0) as client:
            rows: int = names["backfill"](client, 67, COPY, start_at)
            return rows

    return backfill


def test_a_backfill_that_stopped_before_its_first_row_goes_on(backfill: Backfill, enlighten_api: SimulatedAPI) -> None:
    enlighten_api.faults.add(Fault(kind="not_found", operation="Stats", count=1))
    with pytest.raises(NotFoundError):
        backfill()
    assert COPY.read_bytes() == b""
    assert backfill() == len(COPY.read_bytes().splitlines()) > 500


def test_a_backfill_that_stopped_between_two_windows_goes_on(backfill: Backfill, enlighten_api: SimulatedAPI) -> None:
    enlighten_api.faults.add(Fault(kind="not_found", operation="Stats", after=2, count=1))
    with pytest.raises(NotFoundError):
        backfill()
    first = len(COPY.read_bytes().splitlines())
    second = backfill()
    assert first > 100
    assert second > 100
    times = [line.partition(b",")[0] for line in COPY.read_bytes().splitlines()]
    assert len(times) == first + second == len(set(times))
    assert times == sorted(times)


@pytest.mark.parametrize("missing", [1, 2, 5, 20])
def test_a_backfill_that_stopped_in_the_middle_of_a_row_writes_the_row_again(missing: int, backfill: Backfill) -> None:
    backfill()
    whole = COPY.read_bytes()
    COPY.write_bytes(whole[:-missing])
    assert backfill() == 1
    assert COPY.read_bytes() == whole


def test_a_backfill_that_stopped_in_its_first_row_begins_again(backfill: Backfill) -> None:
    rows = backfill()
    whole = COPY.read_bytes()
    COPY.write_bytes(whole[:10])
    assert backfill() == rows
    assert COPY.read_bytes() == whole


def test_the_monthly_report_keeps_systems_of_one_name_apart(enlighten_api: SimulatedAPI) -> None:
    _, apart = run(MONTHLY_REPORT)
    enlighten_api.faults.add(Fault(kind="unknown_enum", operation="Systems", fields=("system_name",), value="Home"))
    _, alike = run(MONTHLY_REPORT)
    assert set(alike["table"]["system_name"]) == {"Home"}
    assert alike["table"].drop(columns="system_name").equals(apart["table"].drop(columns="system_name"))
    assert Path("report.csv").read_text().splitlines()[1].startswith("66,Home,")
