"""The cases that a test has tried, counted by operation and check, and the smallest case of each failure."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TALLY_PROPERTY = "conformance"
"""The property of a test's report that has its tally, also from a worker process."""


class NotFinishedError(Exception):
    """A test cannot try all that it has to, which says nothing about what it tries."""


class Tally:
    """Counts the cases of one test."""

    def __init__(self) -> None:
        self._cases: dict[tuple[str, str], int] = {}
        self._failures: dict[tuple[str, str], dict[str, str]] = {}

    @contextmanager
    def case(self, operation: str, check: str, shown: str, request: str = "") -> Iterator[None]:
        """Count one case, and keep it where it fails.

        hypothesis ends with the smallest case that fails, so the last one is kept.

        Args:
            operation: The operation id.
            check: The check.
            shown: The case, for people.
            request: The path below the base URL with its query, without credentials, where the case is one request.
        """
        place = operation, check
        self._cases[place] = self._cases.get(place, 0) + 1
        try:
            yield
        except NotFinishedError:
            self._cases[place] -= 1
            raise
        except Exception as error:
            message = f"{type(error).__name__}: {error}"
            self._failures[place] = {"case": shown[:4000], "request": request, "error": message[:2000]}
            raise

    def records(self) -> list[dict[str, Any]]:
        """Return the counts and failures, in JSON's types."""
        return [
            {"operation": operation, "check": check, "cases": cases, "failure": self._failures.get((operation, check))}
            for (operation, check), cases in self._cases.items()
            if cases
        ]


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """Counts the cases of the test that asks for it."""
    counted = Tally()
    yield counted
    request.node.user_properties.append((TALLY_PROPERTY, json.dumps(counted.records())))
