"""Logging: under `enphase_enlighten`, switched on by ``ENLIGHTEN_LOG``, and free of credentials everywhere.

The loggers of httpx and httpcore may show what a response echoes, so their records are masked as well.
"""

from __future__ import annotations

import logging
import os
import sys
import weakref
from typing import TextIO

from ..errors import ConfigurationError
from .masking import Masking, masked

LOG_VARIABLE = "ENLIGHTEN_LOG"
LOGGER = logging.getLogger("enphase_enlighten")
MASKED_LOGGERS = (
    "enphase_enlighten",
    "asyncio",
    "httpx",
    "httpcore",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
    "hpack",
    "hpack.hpack",
    "hpack.table",
    "aiohttp.client",
    "aiohttp.internal",
)
"""A filter of a logger sees the records of that very logger alone, not those of its children."""

_MASKINGS: weakref.WeakSet[Masking] = weakref.WeakSet()
"""The maskings of all clients that are alive."""

_FORMATTER = logging.Formatter()


def mask_record(record: logging.LogRecord) -> bool:
    """Mask the text of a record and of its exception; it is never dropped, also where its arguments do not fit it."""
    try:
        message = record.getMessage()
    except Exception:  # noqa: BLE001 - whatever the arguments of another library raise
        message, record.args = f"{record.msg} {record.args}", ()
        record.msg = message
    shown = masked(message, list(_MASKINGS))
    if shown != message:
        record.msg, record.args = shown, ()
    if record.exc_info and not record.exc_text:
        # A formatter uses the text that a record already has.
        record.exc_text = masked(_FORMATTER.formatException(record.exc_info), list(_MASKINGS))
    return True


class StandardErrorHandler(logging.StreamHandler[TextIO]):
    """Shows records on what standard error is at the time: programs and test runners put another in its place."""

    def emit(self, record: logging.LogRecord) -> None:
        """Show the record."""
        self.stream = sys.stderr
        super().emit(record)


def configure_logging(masking: Masking) -> None:
    """Mask the secrets of a client in every record, and show records on standard error if ``ENLIGHTEN_LOG`` says so.

    Raises:
        ConfigurationError: ``ENLIGHTEN_LOG`` is not a level.
    """
    _MASKINGS.add(masking)
    mask_libraries()
    level = os.environ.get(LOG_VARIABLE, "").upper()
    if not level:
        return
    if level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ConfigurationError(f"{LOG_VARIABLE}={level.lower()!r} is not a level. Set debug, info, warning or error.")
    LOGGER.setLevel(level)
    if not any(handler.get_name() == LOG_VARIABLE for handler in LOGGER.handlers):
        handler = StandardErrorHandler()
        handler.set_name(LOG_VARIABLE)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        LOGGER.addHandler(handler)


def mask_libraries() -> None:
    """Mask the credentials in the records of the libraries below, as far as those are imported or known by name."""
    present = [name for name in list(logging.root.manager.loggerDict) if name.startswith(("httpx.", "httpcore."))]
    for name in (*MASKED_LOGGERS, *present):
        logging.getLogger(name).addFilter(mask_record)
