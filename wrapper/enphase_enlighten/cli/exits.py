"""Exit codes, and how an error ends a run: with which code, and with which advice."""

from __future__ import annotations

import os
import sys
from enum import IntEnum


class Code(IntEnum):
    """How a run ended."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    CREDENTIALS = 3
    QUOTA = 4
    SERVICE = 5
    NETWORK = 6
    NO_DATA = 7
    PARTIAL = 8
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143


MEANINGS = {
    Code.OK: "done",
    Code.INTERNAL: "internal error, or a file that cannot be written",
    Code.USAGE: "usage: an invalid argument, or a large run that was not confirmed",
    Code.CREDENTIALS: "credentials: none found, or the service rejects them",
    Code.QUOTA: "quota: the plan's requests are spent",
    Code.SERVICE: "service: it failed, or its response cannot be used",
    Code.NETWORK: "network: no response came",
    Code.NO_DATA: "no data: nothing was found for what was asked",
    Code.PARTIAL: "some of the systems failed, the rest is written",
    Code.INTERRUPTED: "interrupted with Ctrl-C; what was written is kept",
    Code.PIPE_CLOSED: "the reader of the output stopped reading",
    Code.TERMINATED: "terminated; what was written is kept",
}


class CommandError(Exception):
    """Something that the user can do something about, said in one line."""

    def __init__(self, message: str, code: Code = Code.USAGE) -> None:
        super().__init__(message)
        self.code = code


def code_of(error: BaseException) -> Code:
    """Return the exit code for an error of the library or of the command line."""
    from .. import errors

    if isinstance(error, CommandError):
        return error.code
    for kinds, code in (
        ((errors.InvalidArgumentError, errors.ConfigurationError), Code.USAGE),
        ((errors.AuthenticationError,), Code.CREDENTIALS),
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
        errors.NotFoundError: "Check the id or serial number; "
        "`enlighten systems` lists what these credentials can see.",
        errors.UsageLimitExceededError: "Wait until the period ends, ask for less, or take a larger plan.",
        errors.ServiceUnavailableError: "Try again later.",
        errors.TimezoneUnknownError: "Give it: --timezone Area/City.",
    }
    text = str(error)
    for kind, instead in advice.items():
        if isinstance(error, kind) and text.endswith(kind.advice):
            return text.removesuffix(kind.advice) + instead
    return text


def pipe_closed() -> int:
    """Let nothing be written any more to a pipe that nobody reads, and return the exit code for that."""
    # Python flushes standard output when it ends, and would complain.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return Code.PIPE_CLOSED
