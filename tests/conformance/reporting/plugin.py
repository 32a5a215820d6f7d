"""A plugin of pytest that collects the tallies of all tests, also from worker processes, and writes the report."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..settings import BASE_URL, EXAMPLES, SEED
from .redaction import redacted, secrets_in_environment
from .report import Report, write
from .tally import TALLY_PROPERTY

if TYPE_CHECKING:
    import pytest

VARIABLE = "CONFORMANCE_REPORT"
"""The folder to write the report into; without it there is none."""

UNFINISHED_PROPERTY = "conformance-unfinished"
"""The property of a test's report that says why the test did not get to its end."""


class ReportPlugin:
    """A plugin of pytest, in the process that sees the reports of all tests.

    Args:
        folder: Where to write.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._records: list[dict[str, Any]] = []
        self._failed_tests: list[dict[str, str]] = []
        self._unfinished: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect the tally of a test, and a failure that no tally has."""
        if report.when == "teardown":
            for name, value in report.user_properties:
                self._records += json.loads(str(value)) if name == TALLY_PROPERTY else []
        unfinished = [str(value) for name, value in report.user_properties if name == UNFINISHED_PROPERTY]
        if report.failed and unfinished:
            self._unfinished += unfinished
        elif report.failed:
            self._add_failure(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Collect a module that cannot be loaded."""
        if report.failed:
            self._add_failure(report)

    def pytest_sessionfinish(self) -> None:
        """Write the report."""
        collected = [self._records, self._failed_tests, self._unfinished]
        records, failed_tests, unfinished = redacted(collected, secrets_in_environment())
        write(Report(records, failed_tests, _effort(), BASE_URL or "the simulated API", unfinished), self._folder)

    def _add_failure(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        self._failed_tests.append({"test": report.nodeid, "error": report.longreprtext[-4000:]})


def _effort() -> str:
    if BASE_URL:
        return "a live target, only read"
    seed = "" if SEED is None else f", SEED={SEED}"
    return f"{EXAMPLES} cases an operation{seed}" if EXAMPLES else "quick profile"


def register(config: pytest.Config) -> None:
    """Add the plugin to a run that is to have a report, in the process that sees all tests."""
    folder = os.environ.get(VARIABLE)
    if folder and not hasattr(config, "workerinput"):
        config.pluginmanager.register(ReportPlugin(Path(folder)), "conformance-report")
