"""Durations in the text of a specification, held against the windows that programs read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {word: number for number, word in enumerate(_NUMBERS)} | {"a": 1, "an": 1, "fifteen": 15, "thirty": 30}
_UNITS = ("second", "minute", "hour", "day", "week", "fortnight", "month", "year")
_DURATION = re.compile(rf"\b(\d+|{'|'.join(_WORDS)})[ -]({'|'.join(_UNITS)})s?\b", re.IGNORECASE)
_AGO = re.compile(r"\s+(ago|old|back|of history)\b")


class Duration(NamedTuple):
    """A duration in a text.

    Attributes:
        fact: What of a window it says: `interval`, `longest` or `history`.
        value: How long it is.
        sentence: The sentence that it is in.
    """

    fact: str
    value: relativedelta
    sentence: str


def durations(text: str) -> Iterator[Duration]:
    """Find the durations of a text: minutes are those of the grid, years and what is ago are history."""
    for sentence in re.split(r"(?<=[.:])\s+(?=[A-Z`])|\n\n", text):
        for found in _DURATION.finditer(sentence):
            number, unit = found[1].lower(), found[2].lower()
            amount = int(number) if number.isdigit() else _WORDS[number]
            keywords: dict[str, Any] = {"days": 14 * amount} if unit == "fortnight" else {f"{unit}s": amount}
            value = relativedelta(**keywords)
            fact = "longest"
            if unit == "year" or _AGO.match(sentence, found.end()):
                fact = "history"
            elif unit in ("second", "minute"):
                fact = "interval"
            yield Duration(fact, value.normalized(), " ".join(sentence.split()))


def of_window(window: Mapping[str, Any]) -> dict[str, relativedelta]:
    """Return the durations of an `x-window`."""
    return {
        "interval": relativedelta(seconds=window["interval"]).normalized(),
        "longest": relativedelta(**window["longest"]).normalized(),
        "history": relativedelta(**window["history"]).normalized(),
    }


def without(text: str, sentences: list[str]) -> str:
    """Return a text without certain sentences, wherever its lines end."""
    text = " ".join(text.split())
    for sentence in sentences:
        text = text.replace(" ".join(sentence.split()), "")
    return text


def shown(value: relativedelta) -> str:
    """Return a duration in words."""
    parts = [(getattr(value, f"{unit}s", 0), unit) for unit in reversed(_UNITS) if unit not in ("week", "fortnight")]
    return " ".join(f"{amount} {unit}{'s' if amount != 1 else ''}" for amount, unit in parts if amount) or "nothing"
