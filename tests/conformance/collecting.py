"""Collects the tallies of all tests, from worker processes too, and writes the report at the end of the run."""

from __future__ import annotations

import json
import os
import re
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


UNFINISHED = "conformance-unfinished"
"""The name under which the reason why a test did not get to its end travels with its report."""

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
        self._unfinished: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in what a test counted, and a failure that no tally has."""
        found: list[dict[str, Any]] = []
        if report.when == "teardown":
            for name, value in report.user_properties:
                found += json.loads(str(value)) if name == PROPERTY else []
        self._records += found
        unfinished = [str(value) for name, value in report.user_properties if name == UNFINISHED]
        if report.failed and unfinished:
            self._unfinished += unfinished
        elif report.failed:
            self._others.append({"test": report.nodeid, "error": report.longreprtext[-4000:]})

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Take in a module that cannot be loaded."""
        if report.failed:
            self._others.append({"test": report.nodeid, "error": report.longreprtext[-4000:]})

    def pytest_sessionfinish(self) -> None:
        """Write the report."""
        records, others, unfinished = redacted([self._records, self._others, self._unfinished], _secrets())
        write(Report(records, others, _effort(), BASE_URL or "the simulated API", unfinished), self._folder)


def redacted(value: Any, hidden: re.Pattern[str] | None) -> Any:
    """Return what JSON can say with "[redacted]" for what is hidden in its strings, not in names of properties."""
    if hidden is None:
        return value
    if isinstance(value, str):
        return hidden.sub("[redacted]", value)
    if isinstance(value, list):
        return [redacted(item, hidden) for item in value]
    if isinstance(value, dict):
        return {name: redacted(item, hidden) for name, item in value.items()}
    return value


def _secrets() -> re.Pattern[str] | None:
    """Return what finds the secrets, as they are and as URLs, JSON and Python write them; None where there are none."""
    forms = {
        form
        for secret in filter(None, map(os.environ.get, SECRETS))
        for form in (secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], repr(secret)[1:-1])
    }
    # The longest first: one may begin with another.
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if forms else None


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
