"""Untrusted text, whatever it is: no terminal obeys it, no browser, no spreadsheet."""

from __future__ import annotations

import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enphase_enlighten.credentials.untrusted import csv_cell, html_text, json_text, one_line, printable, shortened

OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
pieces = st.sampled_from(
    [
        "\x1b[31m",
        "\x1b]0;t\x07",
        "\x9b2J",
        "\x1b]8;;x\x1b\\",
        "\x9d",
        "\u202e",
        "=",
        "+",
        ";",
        "<b>",
        '"',
        "\r\n",
        "a",
        "é",
    ]
)
anything = st.one_of(st.text(st.characters(), max_size=30), st.lists(pieces, max_size=8).map("".join))


@given(anything)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    assert not OBEYED.search(one_line(text))
    assert one_line(one_line(text)) == one_line(text)


@given(st.text(st.characters(whitelist_categories=["L", "N", "P", "S", "Zs"]), max_size=40))
def test_what_people_write_in_any_script_stays(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\x1b[31mb\x1b[0m", "ab"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x9b31mb", "ab"),
        ("a\x9d0;t\x9cb", "ab"),
        ("a\x1bPdevice\x1b\\b", "ab"),
        ("a\x1bcb", "ab"),
        ("a\x1b]unfinished", "a"),
        ("one\r\ntwo\tthree", "one two three"),
        ("a\u202eb\u2066c", "abc"),
        ("zero\x00", "zero"),
        ("👩\u200d🔧 Żółć 太陽", "👩\u200d🔧 Żółć 太陽"),
    ],
)
def test_control_sequences_go_whole(text: str, left: str) -> None:
    assert one_line(text) == left


@given(anything)
def test_html_is_text(text: str) -> None:
    escaped = html_text(text)
    assert not re.search("[<>\"']", escaped)
    assert html.unescape(escaped) == one_line(text)


@given(anything)
def test_no_cell_is_a_formula(text: str) -> None:
    for cell in (csv_cell(text), *csv_cell(text).split(";")):
        assert not re.match(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]", cell)


@given(anything)
def test_json_keeps_everything_and_shows_nothing_that_is_obeyed(text: str) -> None:
    encoded = json_text({text: [text]})
    assert json.loads(encoded) == {text: [text]}
    assert not OBEYED.search(encoded)


@given(anything)
def test_a_message_is_one_line_that_prints(text: str) -> None:
    assert printable(text).isprintable()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\n two", "one two"),
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("\u202e", r"\u202e"),
        ("\ud800", r"\ud800"),
        ("Żółć", "Żółć"),
    ],
)
def test_a_message_shows_as_an_escape_what_does_not_print(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_an_excerpt_ends_in_an_ellipsis_where_it_was_cut() -> None:
    assert shortened("12345", 5) == "12345"
    assert shortened("123456", 5) == "12..."
