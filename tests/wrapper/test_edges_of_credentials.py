"""Masking secrets in each form that a character may take, and texts that a terminal or a spreadsheet would obey."""

from __future__ import annotations

import logging
import sys
from secrets import token_hex
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

import pytest

from enphase_enlighten import ConfigurationError
from enphase_enlighten.credentials.log_filter import LOG_VARIABLE, LOGGER, configure_logging, mask_record
from enphase_enlighten.credentials.masking import Masking, masked
from enphase_enlighten.credentials.untrusted import (
    EXCERPT_LENGTH,
    csv_cell,
    html_text,
    json_text,
    one_line,
    printable,
    shortened,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG, SHORT = "abcdefgh", "abcdefg"


@pytest.mark.parametrize("around", ["{}", "x{}x", "0{}0", " {} ", "-{}-"])
def test_a_secret_of_eight_characters_is_masked_wherever_it_stands(around: str) -> None:
    assert Masking((LONG,)).text(around.format(LONG)) == around.format("***")


@pytest.mark.parametrize(
    ("around", "is_masked"), [("{}", 1), (" {}.", 1), ("-{}_", 1), ("x{}", 0), ("{}Z", 0), ("{}0", 0)]
)
def test_a_shorter_one_is_masked_where_it_is_a_word(around: str, *, is_masked: bool) -> None:
    shown = Masking((SHORT,)).text(around.format(SHORT))

    assert shown == around.format("***" if is_masked else SHORT)


@pytest.mark.parametrize(
    "character", ["é", "☃", "😀", "&", "<", '"', "'", "/", "\\", " ", "+", "%", "\x7f", "A", "ÿ", "Ā"]
)
def test_a_character_is_found_in_each_of_its_forms(character: str) -> None:
    units = character.encode("utf-16-be")
    escaped = "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
    forms = {
        character,
        character.encode().decode("latin-1"),
        quote(character, safe=""),
        quote(quote(character, safe=""), safe=""),
        quote(quote(quote(character, safe=""), safe=""), safe=""),
        *([quote(character, safe="").lower()] if quote(character, safe="") != character else []),
        quote_plus(character),
        escaped,
        escaped.upper().replace("\\U", "\\u"),
        "\\" + escaped,
        "".join(f"\\x{byte:02x}" for byte in character.encode()),
        f"&#{ord(character)};",
        f"&#00{ord(character)}",
        f"&#x{ord(character):x};",
        f"&#X00{ord(character):X};",
    }
    if ord(character) < 256:
        forms.add(f"\\x{ord(character):02x}")
    if character in "\"'/":
        forms.add(f"\\{character}")
    if character == "\\":
        forms |= {"\\\\", "\\" * 4}
    named = {"é": "&eacute;", "&": "&amp;", "<": "&lt;", '"': "&quot;", "ÿ": "&yuml;"}
    forms |= {named[character]} if character in named else set()

    for secret in (f"secret{character}secret", f"{character}begins-with-it"):
        begin, end = secret.split(character)
        masking = Masking((secret,))
        # Of several backslashes in front of a secret, the last one belongs to it.
        shown = {form: masking.text(f"<{begin}{form}{end}>").lstrip("<\\") for form in forms}
        assert {form for form in forms if shown[form] != "***>"} == set()


def test_of_secrets_that_begin_alike_the_longest_is_masked_whole() -> None:
    for secrets in ((LONG, f"{LONG}ijk"), (f"{LONG}ijk", LONG)):
        assert Masking(secrets).text(f"{LONG}ijk {LONG}") == "*** ***"
    # A plus stands for a blank as well.
    for secrets in (("a+cdefgh", "a cdefghij"), ("a cdefghij", "a+cdefgh")):
        assert Masking(secrets).text("a+cdefghij") == "***"


def test_a_secret_that_is_added_is_masked_beside_the_others() -> None:
    masking = Masking((LONG,))
    masking.add("another-secret")
    assert masking.text("another-secret a-third-secret") == "*** a-third-secret"
    masking.add("a-third-secret")

    assert (masking.secrets, masking.added) == ((LONG,), ("another-secret", "a-third-secret"))
    assert masking.text(f"{LONG} another-secret a-third-secret") == "*** *** ***"


def test_a_masking_has_no_other_attributes() -> None:
    with pytest.raises(AttributeError, match="others"):
        _ = Masking((LONG,)).others


def test_everything_in_json_is_masked_keys_and_numbers_too() -> None:
    masking = Masking((LONG, "12345678", "1.5"))

    assert masking.json({LONG: [LONG, 12345678, 1.5, 1234567, True, None], "a": {"b": f"x{LONG}"}}) == {
        "***": ["***", "***", "***", 1234567, True, None],
        "a": {"b": "x***"},
    }
    assert Masking(("True", "1")).json([True, 1, 11]) == [True, "***", 11]


@pytest.mark.parametrize("begin", range(0, 4 * EXCERPT_LENGTH + 400, 97))
def test_the_beginning_of_a_body_shows_no_part_of_a_secret_wherever_that_stands(begin: int) -> None:
    secret = "0123456789-the-secret"
    shown = Masking((secret,)).excerpt(b"." * begin + secret.encode() + b"." * 5000)

    assert len(shown) <= EXCERPT_LENGTH
    assert not any(part in shown for part in ("0123", "the-", "secret"))


def test_a_short_body_is_shown_whole_and_a_long_one_cut() -> None:
    masking = Masking((LONG,))

    assert masking.excerpt(b"a body") == "a body"
    assert masking.excerpt(b"") == ""
    assert masking.excerpt(f"{LONG}\xff".encode("latin-1")) == "***\ufffd"
    assert masking.excerpt(b"." * EXCERPT_LENGTH) == "." * EXCERPT_LENGTH
    assert masking.excerpt(b"." * (EXCERPT_LENGTH + 1)) == "." * (EXCERPT_LENGTH - 3) + "..."
    # Of a body that is masked throughout, what remains is shown as well.
    assert masking.excerpt(LONG.encode() * 1000).startswith("***")
    secret = "s" * 40
    assert Masking((secret,)).excerpt(b"." * 5000) == "." * (EXCERPT_LENGTH - 3) + "..."
    assert Masking((secret,)).excerpt(secret.encode() * 80) == "***" * 80
    assert Masking((secret,)).excerpt(secret.encode() * 81) == "", "what a cut may have split is left out"


@pytest.mark.parametrize(
    ("secrets", "text", "shown"),
    [
        ([LONG, "ijklmnop"], f"a{LONG}ijklmnopb", "a******b"),
        ([LONG, f"{LONG}ijkl"], f"a{LONG}ijklb", "a***b"),
        ([f"{LONG}ijkl", "ghijklmnop"], f"a{LONG}ijklmnopb", "a***b"),
        ([LONG], "nothing", "nothing"),
        ([], LONG, LONG),
        ([LONG, LONG], f"{LONG} {LONG}", "*** ***"),
    ],
)
def test_the_secrets_of_several_clients_are_masked_in_the_text_as_it_was(
    secrets: list[str], text: str, shown: str
) -> None:
    for order in (secrets, secrets[::-1]):
        assert masked(text, [Masking((secret,)) for secret in order]) == shown


@pytest.fixture
def level(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    before = LOGGER.level, list(LOGGER.handlers)
    yield monkeypatch
    LOGGER.setLevel(before[0])
    LOGGER.handlers[:] = before[1]


def record(message: str, *args: Any, error: BaseException | None = None) -> logging.LogRecord:
    raised = None if error is None else (type(error), error, None)
    return logging.LogRecord("x", logging.INFO, "", 0, message, args, raised)


def test_a_record_is_kept_whatever_its_arguments_are(level: pytest.MonkeyPatch) -> None:
    level.delenv(LOG_VARIABLE, raising=False)
    masking = Masking((LONG,))
    configure_logging(masking)

    plain = record("plain %s", "text")
    assert mask_record(plain)
    assert (plain.msg, plain.args) == ("plain %s", ("text",)), "what has no secret stays as it is"
    secret = record("of %s", LONG)
    assert mask_record(secret)
    assert (secret.getMessage(), secret.args) == ("of ***", ())
    broken = record(f"%d {LONG}", "no number")
    assert mask_record(broken)
    assert broken.getMessage() == "%d *** ('no number',)"
    broken = record("%d", "no number")
    assert mask_record(broken)
    assert broken.getMessage() == "%d ('no number',)"
    failed = record("it failed", error=ValueError(LONG))
    assert mask_record(failed)
    assert failed.exc_text == "ValueError: ***"
    failed.exc_text = "as it is"
    assert mask_record(failed)
    assert failed.exc_text == "as it is"


@pytest.mark.parametrize(
    ("value", "expected"), [("debug", logging.DEBUG), ("INFO", logging.INFO), ("Error", logging.ERROR)]
)
def test_the_log_is_shown_once_at_the_level_that_is_set(
    level: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], value: str, expected: int
) -> None:
    level.setenv(LOG_VARIABLE, value)
    masking = Masking((LONG,))
    for _ in range(3):
        configure_logging(masking)

    assert LOGGER.level == expected
    assert [handler.get_name() for handler in LOGGER.handlers].count(LOG_VARIABLE) == 1
    LOGGER.error("of %s", LONG)
    assert capsys.readouterr().err.endswith(" ERROR enphase_enlighten: of ***\n")
    assert sys.stderr is not sys.__stderr__


@pytest.mark.parametrize("library", ["httpx", "httpcore"])
def test_loggers_of_the_libraries_below_are_masked_also_where_only_they_know_their_name(
    level: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, library: str
) -> None:
    level.delenv(LOG_VARIABLE, raising=False)
    # Loggers are for ever: one that an earlier run has seen would be masked already.
    logger = logging.getLogger(f"{library}.{token_hex(4)}")
    masking = Masking((LONG,))
    configure_logging(masking)
    logger.warning("of %s", LONG)

    assert caplog.messages == ["of ***"]


def test_a_level_that_is_none_is_an_error(level: pytest.MonkeyPatch) -> None:
    level.setenv(LOG_VARIABLE, "Loud")
    with pytest.raises(ConfigurationError) as caught:
        configure_logging(Masking((LONG,)))

    assert str(caught.value) == "ENLIGHTEN_LOG='loud' is not a level. Set debug, info, warning or error."


@pytest.mark.parametrize(
    ("text", "length", "shown"),
    [("abcdef", 6, "abcdef"), ("abcdefg", 6, "abc..."), ("abcdefgh", 7, "abcd..."), ("", 5, "")],
)
def test_a_text_is_cut_with_an_ellipsis(text: str, length: int, shown: str) -> None:
    assert shortened(text, length) == shown
    assert len(shortened("x" * 1000)) == EXCERPT_LENGTH


def test_a_text_for_a_message_loses_nothing_and_is_one_line() -> None:
    assert printable(" a\n\tb\x1b[31m é \u202e\U000e0041") == "a b\\x1b[31m é \\u202e\\U000e0041"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb\x1b[0m", "ab"),
        ("a\x9b31mb", "ab"),
        ("a\x1b]8;;http://x\x07b\x1b]8;;\x1b\\c", "abc"),
        ("a\x1b]0;title\x9cb", "ab"),
        ("a\x1bPq#0\x1b\\b", "ab"),
        ("a\x1b(Bb\x1bcd", "abd"),
        ("a\r\n\tb", "a b"),
        ("a\u2028\u2029b\x85c", "a b c"),
        ("a\u202eb\u200bc\ufeff\x7f\x00", "abc"),
        ("日本é", "日本é"),
        ("a\ud800b", "ab"),
    ],
)
def test_what_a_terminal_would_obey_is_left_out(text: str, shown: str) -> None:
    assert one_line(text) == shown


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        (" =1", "' =1"),
        ("a;=1", "a;'=1"),
        ("a; -1;b", "a;' -1;b"),
        ("\uff1d1", "'\uff1d1"),
        ("a=1", "a=1"),
        ("a", "a"),
    ],
)
def test_a_cell_is_no_formula(text: str, cell: str) -> None:
    assert csv_cell(text) == cell


def test_a_text_for_a_page_is_no_html() -> None:
    assert html_text('<a href="x">\'\x1b[31m&\n') == "&lt;a href=&quot;x&quot;&gt;&#x27;&amp; "


def test_json_escapes_what_a_terminal_would_obey_and_nothing_else() -> None:
    assert json_text({"a": ["\x1b[31m\x9b é 😀", "\u202e", "\U000e0041", None, 1.5]}) == (
        '{"a":["\\u001b[31m\\u009b é 😀","\\u202e","\\udb40\\udc41",null,1.5]}'
    )
    assert json_text("a\ud800") == '"a\\ud800"'
    with pytest.raises(ValueError, match="JSON"):
        json_text(float("nan"))
