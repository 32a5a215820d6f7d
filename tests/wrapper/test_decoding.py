"""Decoding JSON: msgspec, where the extra `speed` is installed, gives what the standard library's `json` gives."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enphase_enlighten.reading import json as decoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.lowest

SPACE = st.sampled_from(["", "", " ", "\n", "\t\r "])
NUMBERS = st.from_regex(r"-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?", fullmatch=True)
INTEGERS = st.builds(
    lambda power, near, sign: f"{sign}{abs(power + near)}",
    st.sampled_from([0, 2**31, 2**53, 2**63, 2**64, 10**18, 10**19, 2**64 + 10**18, 2 * 10**19, 10**308, 10**400]),
    st.integers(-3, 3),
    st.sampled_from(["", "-"]),
)
ESCAPES = st.sampled_from(
    [r"\ud83d\ude00", r"\ud800", r"\udc00", r"\u0000", r"\u00e9", r"\/", r"\b", r"\x", "\\", "\x7f"]
)
STRINGS = st.lists(
    st.text(max_size=3).map(lambda text: json.dumps(text, ensure_ascii=False)[1:-1]) | ESCAPES, max_size=3
)
TEXTS = STRINGS.map(lambda parts: '"' + "".join(parts) + '"')
LEAVES = st.sampled_from(["null", "true", "false", "NaN", "-Infinity"]) | NUMBERS | INTEGERS | TEXTS


def containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Lists, and objects whose names come twice now and then, with spaces where they may be."""
    spaced = st.tuples(SPACE, inner, SPACE).map("".join)
    names = st.sampled_from(['"a"', '"end_at"']) | TEXTS
    pair = st.tuples(SPACE, names, SPACE, spaced).map(lambda pair: f"{pair[0]}{pair[1]}{pair[2]}:{pair[3]}")
    return st.lists(spaced, max_size=4).map(lambda items: f"[{','.join(items)}]") | st.lists(pair, max_size=4).map(
        lambda pairs: f"{{{','.join(pairs)}}}"
    )


DOCUMENTS = st.recursive(LEAVES, containers, max_leaves=8)
ENCODINGS = st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32-le"])
PIECES = st.binary(max_size=3) | st.sampled_from(
    [
        b'"',
        b",",
        b"[",
        b"}",
        b":",
        b"-",
        b".",
        b"e9",
        b"0",
        b"\\",
        b"\\u",
        b"\x00",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"//",
    ]
)


@st.composite
def near_json(draw: st.DrawFn) -> bytes:
    """JSON, or what would be but for an edit or two."""
    content = draw(DOCUMENTS).encode(draw(ENCODINGS), "surrogatepass")
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(PIECES) + content[at + draw(st.integers(0, 2)) :]
    return content


def outcome(decode: Callable[[bytes], Any], content: bytes) -> object:
    """The value, as text that tells 1 from 1.0 and true, or the error."""
    try:
        return repr(decode(content))
    except (ValueError, RecursionError) as error:
        return type(error), str(error)


@given(near_json() | st.binary(max_size=12))
@example(b"[" * 2000)
@example(b"[" * 2000 + b"]" * 2000)
@example(b"[" + b"9" * 4300 + b"]")
@example(b"[" + b"9" * 4301 + b"]")
@example(b'"\x00')
@settings(max_examples=200)
def test_whatever_the_bytes_what_decodes_gives_what_json_gives(content: bytes) -> None:
    assert outcome(decoding._decoder(), content) == outcome(decoding._by_json, content)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"18446744073709551616", 18446744073709551616),
        (b"19933688932870350000", 19933688932870350000),
        (b"-9223372036854775809", -9223372036854775809),
        (b"1" + 400 * b"0", 10**400),
        (b"18446744073709551616.0", 18446744073709551616.0),
        (b"-0", 0),
        (b"-0.0", -0.0),
        (b"1.0", 1.0),
        (b"1E2", 100.0),
        (b"1e-400", 0.0),
        (b"0e400", 0.0),
        (b"1.7976931348623158e308", 1.7976931348623157e308),
        (rb'"\ud800"', "\ud800"),
        (b'"\xed\xa0\x80"', "\ud800"),
        (rb'{"\udc00\ud800": 1}', {"\udc00\ud800": 1}),
        (b"\xef\xbb\xbf67", 67),
        ("67".encode("utf-16"), 67),
        (b"1\x00", 1),
        (b'{"b": 1, "a": 2, "b": 3}', {"b": 3, "a": 2}),
    ],
)
def test_what_decoders_differ_in_is_as_json_has_it(content: bytes, value: object) -> None:
    assert repr(decoding.loads(content)) == repr(value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[NaN]", "NaN is not a JSON number"),
        (b"[-Infinity]", "-Infinity is not a JSON number"),
        (b"[1e400]", "a number is too large"),
        (b"[1,]", "Illegal trailing comma before end of array|Expecting value"),
        (b'"\xff"', "can't decode byte"),
        (b"9" * 4301, "Exceeds the limit"),
    ],
)
def test_what_nothing_decodes_is_an_error_in_the_words_of_json(content: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        decoding.loads(content)


@pytest.fixture
def no_json(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is left to `json`."""
    decoding._decoder.cache_clear()
    monkeypatch.setattr(decoding, "_by_json", lambda content: pytest.fail(f"json was asked for {content!r}"))
    yield
    decoding._decoder.cache_clear()


@pytest.mark.usefixtures("no_json")
def test_msgspec_decodes_where_it_is_installed() -> None:
    pytest.importorskip("msgspec")
    content = '{"a": [1, -2, 3.5, true, false, null, "é", 18446744073709551616]}'.encode()
    assert decoding.loads(content) == {"a": [1, -2, 3.5, True, False, None, "é", 2**64]}


def test_without_msgspec_json_decodes() -> None:
    program = """
import sys
sys.modules["msgspec"] = None  # as if it were not installed
from enphase_enlighten.reading import json as decoding
print(decoding.loads(b'{"a": [1, 1.0, 18446744073709551616]}'), decoding._decoder() is decoding._by_json)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 - this interpreter
    assert done.stdout.split("\n")[0] == "{'a': [1, 1.0, 18446744073709551616]} True"


def test_an_installation_of_msgspec_that_cannot_be_imported_counts_as_missing_in_any_thread(tmp_path: Path) -> None:
    (tmp_path / "msgspec.py").write_text("import time\ntime.sleep(0.3)\nraise ImportError('broken')\n")
    program = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
from concurrent.futures import ThreadPoolExecutor
from enphase_enlighten.reading.json import loads
with ThreadPoolExecutor(4) as threads:
    print(*threads.map(loads, [b"67"] * 4))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603 - this interpreter
    assert (done.stdout.split(), done.stderr) == (["67"] * 4, "")


def test_msgspec_is_imported_when_the_first_body_is_decoded() -> None:
    pytest.importorskip("msgspec")
    program = """
import sys
from enphase_enlighten.reading import json as decoding
print("msgspec" in sys.modules)
decoding.loads(b"1")
print("msgspec" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 - this interpreter
    assert done.stdout.split() == ["False", "True"]
