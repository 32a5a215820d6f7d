"""Untrusted text, sanitised: names, references and messages that anybody may have written.

A terminal obeys control characters, a browser obeys HTML, and a spreadsheet runs a cell that begins like a formula.
"""

from __future__ import annotations

import json
import re

EXCERPT_LENGTH = 400

# Whole control sequences, so that no `[31m` or hyperlink is left of them: strings that go on until a terminator (OSC,
# DCS, SOS, PM, APC), CSI, and the other escape sequences; with ESC, or with the single C1 character that stands for it.
_SEQUENCES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
)

# C0, DEL, C1, line and paragraph separators, directional marks and overrides, invisible format characters, the tag
# characters, and the surrogates, which no encoding can write.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_WHITE = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")

# A spreadsheet takes the full-width signs for the same. Where `;` separates cells, one may also begin after it.
_FORMULA = re.compile(r"(^|;)(\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")


def shortened(text: str, length: int = EXCERPT_LENGTH) -> str:
    """Return `text` cut to a length, with an ellipsis where it was cut."""
    return text if len(text) <= length else f"{text[: length - 3]}..."


def printable(text: str) -> str:
    """Return `text` in one line for a message or a log: what does not print is escaped, nothing is lost."""
    line = " ".join(text.split())
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in line)


def one_line(text: str) -> str:
    """Return `text` in one line for a terminal: what a terminal would obey is left out, all scripts are kept."""
    return _UNSEEN.sub("", _WHITE.sub(" ", _SEQUENCES.sub("", text)))


def html_text(text: str) -> str:
    """Return `text` for an HTML page, between tags or in a quoted attribute."""
    import html

    return html.escape(one_line(text))


def csv_cell(text: str) -> str:
    """Return `text` for a cell of a CSV file that no spreadsheet takes for a formula, and no terminal obeys."""
    return _FORMULA.sub(r"\1'\2", one_line(text))


def json_text(value: object) -> str:
    """Return `value` as JSON in which all that a terminal would obey is escaped; nothing is lost."""
    encoded = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _UNSEEN.sub(_escape, encoded)


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
