"""What to do about an error, for somebody at a terminal: the wrapper's own advice is for whoever writes a program."""

from __future__ import annotations

from .. import errors

_ADVICE: dict[type[errors.APIStatusError | errors.TimezoneUnknownError], str] = {
    errors.NotFoundError: "Check the id or serial number; `enlighten systems` lists what these credentials can see.",
    errors.UsageLimitExceededError: "Wait until the period ends, ask for less, or take a larger plan.",
    errors.ServiceUnavailableError: "Try again later.",
    errors.TimezoneUnknownError: "Give it: --timezone Area/City.",
}


def told(error: BaseException) -> str:
    """Return what an error says, with advice that can be followed at a terminal."""
    text = str(error)
    for kind, advice in _ADVICE.items():
        if isinstance(error, kind) and text.endswith(kind.advice):
            return text.removesuffix(kind.advice) + advice
    return text
