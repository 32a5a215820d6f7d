"""Log records of a part of a test."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class _RecordingHandler(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


@contextmanager
def recorded_log(name: str | None, level: int) -> Iterator[list[str]]:
    """Collect the texts of the records of a logger and those below it, exceptions included.

    Args:
        name: The name of the logger; None for the root.
        level: The lowest level to collect.
    """
    logger, handler = logging.getLogger(name), _RecordingHandler(level)
    level_before, propagate_before = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(level)
    # pytest's own handler would keep the records of every case.
    logger.propagate = False
    try:
        yield handler.texts
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level_before)
        logger.propagate = propagate_before
