"""Recognising secrets in whatever a service, a library or a user-supplied transport says about a request.

A secret is seldom echoed as it was sent: a URL percent-encodes it, JSON and `repr` escape it, a page of HTML writes it
in entities, and a header in UTF-8 is decoded as Latin-1. So each character is looked for in all of its forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from attrs import define, field

from ..forks import Lock
from .untrusted import EXCERPT_LENGTH, shortened

MASK = "***"

_WORD_LENGTH = 8
"""Below this length a secret is masked only where it stands as a word, so that `1` does not blot out every digit."""

_LONGEST_FORM = 40
"""Bytes that one character takes at most in any form worth considering: percent-encoded twice, four bytes of UTF-8."""

_LONG, _BEGINNING = 64, 24
"""Above the first length a secret is known by so many characters at its beginning, with all that may follow in it: an
access token has hundreds, whose forms would take longer to compile than a request takes."""

_REST = r"[\w.~%\\&#;+/=-]*+"
"""What the rest of a long secret consists of, in any of its forms."""

_ADDED = 8
"""How many of the secrets that were added are masked, the last ones: those of a few renewals, not of a year."""

_COMPILING = Lock()


@define(eq=False, repr=False, slots=False)
class Masking:
    """Masks secrets in texts and in decoded JSON.

    Attributes:
        secrets: The secrets that it was made with.
        added: Those that were added since.
        patterns: Find each secret in any of its forms; compiled on first use.
    """

    secrets: tuple[str, ...]
    added: tuple[str, ...] = field(init=False, default=())
    patterns: tuple[re.Pattern[str], ...] = field(init=False)

    def add(self, *secrets: str) -> None:
        """Mask further secrets, such as a renewed token; the ones before it stay masked for some renewals."""
        with _COMPILING:
            known = {*self.secrets, *self.added}
            new = (secret for secret in dict.fromkeys(secrets) if secret and secret not in known)
            self.added = (*self.added, *new)[-_ADDED:]
            self.__dict__.pop("patterns", None)

    def __getattr__(self, name: str) -> tuple[re.Pattern[str], ...]:
        if name != "patterns":
            raise AttributeError(name)
        # In turn with `add`, or another thread could keep patterns without the secrets that were added meanwhile.
        with _COMPILING:
            first = (_compiled(self.secrets),) if self.secrets else ()
            self.patterns = patterns = (*first, *(_compiled((secret,)) for secret in self.added))
        return patterns

    def text(self, text: str) -> str:
        """Return the text with each secret masked, in any of its forms."""
        return self.patterns[0].sub(MASK, text) if len(self.patterns) == 1 else masked(text, (self,))

    def json(self, value: Any) -> Any:
        """Return what was decoded from JSON with each secret masked; a number can be one as well."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.json(item) for item in value]
        if isinstance(value, dict):
            return {self.text(key): self.json(item) for key, item in value.items()}
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and str(value) in (*self.secrets, *self.added)
        ):
            return MASK
        return value

    def excerpt(self, content: bytes) -> str:
        """Return the beginning of a body for people to read."""
        # Masked before it is cut, and what a first cut may have split is left out: no part of a secret remains.
        longest = _LONGEST_FORM * max(map(len, (*self.secrets, *self.added)), default=0)
        read = 4 * EXCERPT_LENGTH + longest
        text = self.text(content[:read].decode("utf-8", "replace"))
        return shortened(text if len(content) <= read else text[: max(0, len(text) - longest)])


def masked(text: str, maskings: Iterable[Masking]) -> str:
    """Return the text with the secrets of several maskings masked.

    All are looked for in the text as it was: where the secret of one begins with that of another, masking one after
    another could leave the rest of it.
    """
    shown, end = [], 0
    patterns = (pattern for masking in maskings for pattern in masking.patterns)
    for begin, after in sorted(found.span() for pattern in patterns for found in pattern.finditer(text)):
        if begin >= end:
            shown += [text[end:begin], MASK]
        end = max(end, after)
    return "".join([*shown, text[end:]])


@lru_cache(maxsize=4 * _ADDED)
def _compiled(secrets: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of secrets, which many clients of this process may have: they share what renews them."""
    lead, run = _backslashes(secrets)
    return re.compile("|".join(_forms(secret, lead, run) for secret in sorted(secrets, key=len, reverse=True)))


def _backslashes(secrets: tuple[str, ...]) -> tuple[str, str]:
    """Return patterns for the backslashes in front of an escaped character: of a secret's first one, and of others."""
    if "\\" in "".join(secrets):
        # A run can be divided in many ways between a secret's own backslashes and those of escapes: not all are tried.
        return (rf"\\{{1,{_LONGEST_FORM}}}+",) * 2
    # A run is gone through once, or a text full of them would take hours: the first character is found by the last
    # backslash before it, the others take all of a run and give nothing back.
    return r"\\", r"\\++"


def _forms(secret: str, lead: str, run: str) -> str:
    if len(secret) > _LONG:
        return _forms(secret[:_BEGINNING], lead, run) + _REST
    forms = [_forms_of_character(char, run if place else lead, run) for place, char in enumerate(secret)]
    whole = "".join(f"(?:{'|'.join(dict.fromkeys(each))})" for each in forms)
    return whole if len(secret) >= _WORD_LENGTH else f"(?<![A-Za-z0-9]){whole}(?![A-Za-z0-9])"


def _forms_of_character(char: str, lead: str, run: str) -> list[str]:
    """Return patterns for a character in all forms, which begin with the backslashes `lead` and have `run` within."""
    from html.entities import codepoint2name

    encoded, wide, point = char.encode(), char.encode("utf-16-be"), ord(char)
    units = [wide[at : at + 2].hex() for at in range(0, len(wide), 2)]
    forms = [
        re.escape(char),
        re.escape(encoded.decode("latin-1")),
        "".join(f"(?i:%(?:25)*{byte:02x})" for byte in encoded),
        lead + run.join(f"(?i:u{unit})" for unit in units),
        lead + run.join(f"(?i:x{byte:02x})" for byte in encoded),
        rf"(?i:&#(?:x0*{point:x}|0*{point});?)",
    ]
    if point < 256:
        forms.append(rf"{lead}(?i:x{point:02x})")
    if point in codepoint2name:
        forms.append(f"&{codepoint2name[point]};")
    if char in "\"'/":
        forms.append(lead + re.escape(char))
    if char == "\\":
        forms.append(rf"\\{{2,{_LONGEST_FORM}}}")
    if char == " ":
        forms.append(r"\+")
    return forms
