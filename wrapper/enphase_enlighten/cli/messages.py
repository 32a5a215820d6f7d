"""What is said on standard error: one line each, safe for a terminal, without a credential."""

from __future__ import annotations

import logging
import os
import sys
import traceback
import warnings
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from .strangers import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SECRETS: set[str] = set()
_ASIDE: list[Callable[[], AbstractContextManager[None]]] = [nullcontext]


def keep_secret(*secrets: str) -> None:
    """Mask these in whatever is said from now on."""
    _SECRETS.update(secret for secret in secrets if secret)


@contextmanager
def aside(context: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    """Say what is said while the block lasts inside of such a context."""
    _ASIDE.append(context)
    try:
        yield
    finally:
        _ASIDE.pop()


def masked(text: str) -> str:
    """Return `text` without the credentials that are in use or in the environment."""
    from enphase_enlighten.credentials.masking import Masking
    from enphase_enlighten.v2.authentication import KEY_VARIABLE, USER_VARIABLE

    secrets = _SECRETS | {os.environ.get(name, "") for name in (KEY_VARIABLE, USER_VARIABLE)}
    known = tuple(sorted(secret for secret in secrets if secret))
    return Masking(known).text(text) if known else text


def say(message: str, kind: str = "") -> None:
    """Say something in one line."""
    prefix = f"enlighten: {kind}: " if kind else "enlighten: "
    with _ASIDE[-1]():
        sys.stderr.write(f"{prefix}{masked(one_line(message))}\n")
        sys.stderr.flush()


def debug_traceback(error: BaseException) -> None:
    """Show where an error comes from, for ``--debug``."""
    lines = "".join(traceback.format_exception(error)).splitlines()
    sys.stderr.write("".join(f"{masked(one_line(line))}\n" for line in lines))


class _Handler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        try:
            say(record.getMessage(), record.levelname.lower())
        except (ValueError, OSError):
            # Standard error is gone.
            self.handleError(record)


def listen(*, debug: bool) -> None:
    """Say the wrapper's warnings and log in our way; all of its log if `debug`."""
    from enphase_enlighten.credentials.log_filter import LOG_VARIABLE, LOGGER

    if debug:
        os.environ.setdefault(LOG_VARIABLE, "debug")
    if not any(handler.get_name() == LOG_VARIABLE for handler in LOGGER.handlers):
        handler = _Handler()
        # Under this name the wrapper takes it for its own, and adds none that would write what strangers sent.
        handler.set_name(LOG_VARIABLE)
        LOGGER.addHandler(handler)
        LOGGER.propagate = False
        if debug:
            for name in ("httpx", "httpcore"):
                logging.getLogger(name).addHandler(handler)
                logging.getLogger(name).setLevel(logging.DEBUG)
    warnings.showwarning = _show_warning


def _show_warning(message: Any, *_: Any, **__: Any) -> None:
    say(str(message), "warning")
