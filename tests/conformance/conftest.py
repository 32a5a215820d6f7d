"""The fixtures of the suite, and its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .collecting import register
from .tally import tally

if TYPE_CHECKING:
    import pytest

__all__ = ["pytest_configure", "tally"]


def pytest_configure(config: pytest.Config) -> None:
    """Collect what is tried, where a report is asked for."""
    register(config)
