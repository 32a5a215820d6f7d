"""Messages on standard error: one line each, safe for a terminal, without a credential."""

from __future__ import annotations

import logging
import os
import sys
import traceback
import warnings
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SECRETS: set[str] = set()
_ASIDE: list[Callable[[], AbstractContextManager[None]]] = [nullcontext]


def keep_secret(*secrets: str) -> None:
    """Mask these in all messages from now on."""
    _SECRETS.update(secret for secret in secrets if secret)


@contextmanager
def aside(context: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    """Write the messages of the block inside of such a context."""
    _ASIDE.append(context)
    try:
        yield
    finally:
        _ASIDE.pop()


def alone() -> AbstractContextManager[None]:
    """Give a context in which nothing is in the way on the terminal."""
    return _ASIDE[-1]()


def masked(text: str) -> str:
    """Return `text` without the credentials that are in use or in the environment."""
    from ..credentials.masking import Masking
    from ..v2.authentication import SETTINGS

    environment = {os.environ.get(setting.variable or "") for setting in SETTINGS if setting.secret}
    known = tuple(sorted(filter(None, _SECRETS | environment)))
    return Masking(known).text(text) if known else text


def say(message: str, kind: str = "") -> None:
    """Write a message in one line."""
    prefix = f"enlighten: {kind}: " if kind else "enlighten: "
    with alone():
        sys.stderr.write(f"{prefix}{_safe(message)}\n")
        sys.stderr.flush()


def debug_traceback(error: BaseException) -> None:
    """Show where an error comes from, for ``--debug``."""
    lines = "".join(traceback.format_exception(error)).splitlines()
    sys.stderr.write("".join(f"{_safe(line)}\n" for line in lines))


def _safe(text: str) -> str:
    from ..credentials.untrusted import one_line

    return masked(one_line(text))


class _MessageHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        try:
            say(record.getMessage(), record.levelname.lower())
        except (ValueError, OSError):
            # Standard error is gone.
            self.handleError(record)


@contextmanager
def listening(*, debug: bool) -> Iterator[None]:
    """Turn the library's warnings and log into messages during the block; all of the log if `debug`."""
    from ..credentials.log_filter import LOG_VARIABLE, LOGGER

    handler = _MessageHandler()
    # Under this name the library takes it for its own, and adds none that would write untrusted text as it is.
    handler.set_name(LOG_VARIABLE)
    loggers = [LOGGER, *(logging.getLogger(name) for name in ("httpx", "httpcore") if debug)]
    with ExitStack() as stack, warnings.catch_warnings():
        warnings.showwarning = _show_warning
        for logger in loggers:
            stack.callback(logger.setLevel, logger.level)
            stack.callback(setattr, logger, "propagate", logger.propagate)
            stack.callback(logger.removeHandler, handler)
            logger.addHandler(handler)
            logger.propagate = False
            if debug:
                logger.setLevel(logging.DEBUG)
        yield


def _show_warning(message: Any, *_: Any, **__: Any) -> None:
    say(str(message), "warning")
