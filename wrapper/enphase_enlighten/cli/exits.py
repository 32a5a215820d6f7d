"""Exit codes, and how an error ends a run: with which code, and with which advice."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from enum import IntEnum
from typing import Self, TextIO


class Code(IntEnum):
    """How a run ended, and what that means."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> Self:
        """Make a code of its number and its meaning."""
        code = int.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code

    OK = 0, "done"
    INTERNAL = 1, "internal error, or a file that cannot be written"
    USAGE = 2, "usage: an invalid argument, or a large run that was not confirmed"
    CREDENTIALS = 3, "credentials: none found, or the service rejects them"
    QUOTA = 4, "quota: the plan's requests are spent"
    SERVICE = 5, "service: it failed, or its response cannot be used"
    NETWORK = 6, "network: no response came"
    NO_DATA = 7, "no data: nothing was found for what was asked"
    PARTIAL = 8, "some of the systems failed, the rest is written"
    HUNG_UP = 129, "the terminal was closed; what was written is kept"
    INTERRUPTED = 130, "interrupted with Ctrl-C; what was written is kept"
    PIPE_CLOSED = 141, "the reader of the output stopped reading"
    TERMINATED = 143, "terminated; what was written is kept"


MEANINGS = {code: code.meaning for code in Code}


class CommandError(Exception):
    """Something that the user can do something about, said in one line."""

    def __init__(self, message: str, code: Code = Code.USAGE) -> None:
        super().__init__(message)
        self.code = code


class WritingError(CommandError):
    """Rows cannot be written to where they are to go; the message names the place."""

    def __init__(self, message: str) -> None:
        super().__init__(message, Code.INTERNAL)


def code_of(error: BaseException) -> Code:
    """Return the exit code for an error of the library or of the command line."""
    from .. import errors

    if isinstance(error, CommandError):
        return error.code
    for kinds, code in (
        ((errors.InvalidArgumentError, errors.ConfigurationError), Code.USAGE),
        ((errors.AuthenticationError, errors.ForbiddenError), Code.CREDENTIALS),
        ((errors.UsageLimitExceededError,), Code.QUOTA),
        ((errors.ConnectionFailedError, errors.RequestTimeoutError), Code.NETWORK),
        ((errors.NotFoundError,), Code.NO_DATA),
        ((errors.EnlightenError,), Code.SERVICE),
    ):
        if isinstance(error, kinds):
            return code
    return Code.INTERNAL


def told(error: BaseException) -> str:
    """Return what an error says, with advice for somebody at a terminal: the library's own is for programs."""
    from .. import errors

    advice: dict[type[errors.APIStatusError | errors.TimezoneUnknownError], str] = {
        errors.NotFoundError: "Check the id or serial number; `enlighten systems` lists what these credentials see.",
        errors.UsageLimitExceededError: "Wait until the period ends, ask for less, or take a larger plan.",
        errors.ServiceUnavailableError: "Try again later.",
        errors.TimezoneUnknownError: "Give it: --timezone Area/City.",
    }
    text = str(error)
    for kind, instead in advice.items():
        if isinstance(error, kind) and text.endswith(kind.advice):
            return text.removesuffix(kind.advice) + instead
    return text


class Stopped(BaseException):
    """A signal ends the run; its text says how."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


def cut_short(error: BrokenPipeError | Stopped) -> int:
    """Return the exit code for a run that a signal ended, or that wrote to a pipe that nobody reads any more."""
    if isinstance(error, Stopped):
        sys.stderr.write(f"enlighten: {error}\n")
        return error.code
    silence(sys.stdout)
    return Code.PIPE_CLOSED


def silence(stream: TextIO) -> None:
    """Let nothing be written any more to a stream that nobody reads: Python flushes it at its end, and complains."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
