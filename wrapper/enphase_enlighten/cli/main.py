"""The entry point: what is not installed, signals, errors, and the exit code."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from .exits import Code, CommandError, Stopped, code_of, cut_short, told
from .messages import debug_traceback, say
from .signals import held_back
from .streams import standard_streams

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = "enlighten"
NEEDED = ("typer", "rich")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, by default those of the process, and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    missing = [name for name in NEEDED if find_spec(name) is None]
    with standard_streams(), held_back.handling():
        if missing:
            say(f"{missing[0]} is not installed: pip install 'enphase-enlighten[cli]'")
            return Code.USAGE
        try:
            return _run(given)
        except (BrokenPipeError, Stopped) as error:
            return cut_short(error)


def _run(arguments: list[str]) -> int:
    from .app import command

    try:
        result: Any = command()(args=arguments, prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
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
