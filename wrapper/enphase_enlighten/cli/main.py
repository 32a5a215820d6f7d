"""The entry point: what is not installed, signals, errors, and the exit code."""

from __future__ import annotations

import io
import signal
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from .exits import Code, CommandError, code_of, pipe_closed, told
from .messages import debug_traceback, say

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = "enlighten"
NEEDED = ("typer", "rich")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, by default those of the process, and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        sys.stderr.write(f"{PROGRAM}: {missing[0]} is not installed: pip install 'enphase-enlighten[cli]'\n")
        return Code.USAGE
    # What cannot be written in the terminal's encoding must not end the run.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        return _run(given)
    except KeyboardInterrupt:
        sys.stderr.write(f"{PROGRAM}: interrupted\n")
        return Code.INTERRUPTED
    except BrokenPipeError:
        return pipe_closed()
    finally:
        signal.signal(signal.SIGTERM, before)


def _terminate(*_: object) -> None:
    raise SystemExit(Code.TERMINATED)


def _run(arguments: list[str]) -> int:
    from .app import command

    try:
        result: Any = command()(args=arguments, prog_name=PROGRAM, standalone_mode=False)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the last place where an error can be told in one line
        return _report(error, debug="--debug" in arguments)
    return result if isinstance(result, int) else 0


def _report(error: Exception, *, debug: bool) -> int:
    if debug:
        debug_traceback(error)
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(f"{error}\n")
        return Code.USAGE
    # Typer's errors of usage have no public class that all its versions share.
    usage = getattr(error, "format_message", None)
    if usage is not None:
        path = getattr(getattr(error, "ctx", None), "command_path", PROGRAM)
        say(f"{usage().rstrip('.')}. See {path} --help.")
        return Code.USAGE
    code = code_of(error)
    if code is not Code.INTERNAL or isinstance(error, CommandError):
        say(told(error))
    elif isinstance(error, OSError):
        say(f"{error.strerror or error}: {error.filename}" if error.filename else str(error))
    else:
        say(f"internal error, {type(error).__name__}: run it again with --debug, and report what it shows.")
    return code
