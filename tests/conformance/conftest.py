"""The fixtures of the suite, its report, and the table of seeded faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .mutation.detection import FAULT_PROPERTY, table
from .reporting.plugin import register
from .reporting.tally import tally

if TYPE_CHECKING:
    import pytest

__all__ = ["pytest_configure", "pytest_terminal_summary", "tally"]


def pytest_configure(config: pytest.Config) -> None:
    """Write a report, where one is asked for."""
    register(config)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print which check found which seeded fault, where faults were seeded."""
    rows = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name == FAULT_PROPERTY:
                    rows[value[0]] = (value[1], value[2])
    if rows:
        terminalreporter.section("seeded faults")
        for line in table(dict(sorted(rows.items(), key=lambda row: row[1][0]))):
            terminalreporter.write_line(line)
