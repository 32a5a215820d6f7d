"""Collects the tallies of all tests, from worker processes too, and writes the report at the end of the run."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

from .profile import BASE_URL, EXAMPLES, SEED
from .report import Report, write
from .tally import PROPERTY

if TYPE_CHECKING:
    import pytest

VARIABLE = "CONFORMANCE_REPORT"
"""The folder to write the report into; without it there is none."""


SECRETS = ("ENLIGHTEN_API_KEY", "ENLIGHTEN_USER_ID")
"""The variables whose values no report shows."""


class Collector:
    """A plugin of pytest, in the process that sees the reports of all tests.

    Args:
        folder: Where to write.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._records: list[dict[str, Any]] = []
        self._others: list[dict[str, str]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in what a test counted, and a failure that no tally has."""
        found: list[dict[str, Any]] = []
        if report.when == "teardown":
            for name, value in report.user_properties:
                found += json.loads(str(value)) if name == PROPERTY else []
        self._records += found
        if report.failed:
            self._others.append({"test": report.nodeid, "error": report.longreprtext[-4000:]})

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Take in a module that cannot be loaded."""
        if report.failed:
            self._others.append({"test": report.nodeid, "error": report.longreprtext[-4000:]})

    def pytest_sessionfinish(self) -> None:
        """Write the report."""
        found = json.dumps([self._records, self._others])
        for secret in (os.environ[name] for name in SECRETS if os.environ.get(name)):
            for form in (secret, quote(secret, safe=""), quote_plus(secret)):
                found = found.replace(json.dumps(form)[1:-1], "[redacted]")
        records, others = json.loads(found)
        write(Report(records, others, _effort(), BASE_URL or "the simulated API"), self._folder)


def _effort() -> str:
    if BASE_URL:
        return "a live target, only read"
    seed = "" if SEED is None else f", SEED={SEED}"
    return f"{EXAMPLES} cases an operation{seed}" if EXAMPLES else "quick profile"


def register(config: pytest.Config) -> None:
    """Collect in this run, if it is to have a report, and this process is the one that sees all."""
    folder = os.environ.get(VARIABLE)
    if folder and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Collector(Path(folder)), "conformance-report")
