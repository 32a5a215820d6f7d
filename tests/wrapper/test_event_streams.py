"""The decoder of event streams: the same events whatever the chunks, the line endings and what stands between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enphase_enlighten.reading.event_stream import EventDecoder, EventTooLargeError

ENDINGS = (b"\n", b"\r", b"\r\n")
LINE = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=12).map(str.encode)
"""A line of data."""
EVENT = st.lists(LINE, min_size=1, max_size=4)
"""The lines of data of an event."""
BETWEEN = st.sampled_from(
    (b": a comment", b":", b"event: live", b"id: 7", b"retry: 1000", b"unknown: x", b"data2: x", b"no colon at all")
)
"""Lines that are no data."""


@st.composite
def streams(draw: st.DrawFn) -> tuple[bytes, list[bytes]]:
    """Bytes of a stream, and the data of its events."""
    events = draw(st.lists(EVENT, max_size=4))
    lines: list[bytes] = []
    for event in events:
        for line in event:
            lines += draw(st.lists(BETWEEN, max_size=2))
            space = b" " if line.startswith(b" ") or draw(st.booleans()) else b""
            lines.append(b"data" if not line and draw(st.booleans()) else b"data:" + space + line)
        lines += [*draw(st.lists(BETWEEN, max_size=1)), b"", *[b""] * draw(st.integers(0, 2))]
    written = draw(st.sampled_from((b"", b"\xef\xbb\xbf")))
    for line in lines:
        # An empty line that ends in LF would be the second half of the ending before, where that is a CR.
        possible = [end for end in ENDINGS if not (written.endswith(b"\r") and not line and end == b"\n")]
        written += line + draw(st.sampled_from(possible))
    return written, [b"\n".join(event) for event in events]


@st.composite
def chunked(draw: st.DrawFn, content: bytes) -> list[bytes]:
    """The same bytes in chunks, some of them empty."""
    cuts = sorted(draw(st.lists(st.integers(0, len(content)), max_size=12)))
    return [content[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(content)], strict=True)]


@given(st.data())
def test_the_events_are_the_same_whatever_the_chunks(data: st.DataObject) -> None:
    content, events = data.draw(streams())
    decoder = EventDecoder(10_000)
    found = [event for chunk in data.draw(chunked(content)) for event in decoder.feed(chunk)]
    assert found == events
    assert not decoder.incomplete


@given(st.binary(max_size=200) | st.text("data: \r\n\ufeff", max_size=60).map(str.encode), st.data())
def test_any_bytes_are_read_the_same_at_once_and_byte_by_byte(content: bytes, data: st.DataObject) -> None:
    whole, single, several = (EventDecoder(1000) for _ in range(3))
    events = list(whole.feed(content))
    assert [event for byte in content for event in single.feed(bytes([byte]))] == events
    assert [event for chunk in data.draw(chunked(content)) for event in several.feed(chunk)] == events
    assert single.incomplete == several.incomplete == whole.incomplete


@pytest.mark.parametrize("ending", ENDINGS, ids=repr)
def test_an_event_comes_with_the_end_of_its_empty_line(ending: bytes) -> None:
    decoder = EventDecoder(100)
    assert list(decoder.feed(b"data: 1" + ending)) == []
    assert list(decoder.feed(ending)) == [b"1"]
    assert list(decoder.feed(b"data: 2" + ending + ending)) == [b"2"]


def test_an_ending_of_two_bytes_may_come_in_two_chunks() -> None:
    decoder = EventDecoder(100)
    found = [event for chunk in (b"data: 1\r", b"", b"\n\r", b"\ndata: 2\r\n\r\n") for event in decoder.feed(chunk)]
    assert found == [b"1", b"2"]


@pytest.mark.parametrize("rest", [b"d", b"data: 1", b"data: 1\n", b"data: 1\ndata: 2", b": comment", b"id: 1"])
def test_an_event_without_its_end_is_told(rest: bytes) -> None:
    decoder = EventDecoder(100)
    assert list(decoder.feed(b"data: 0\n\n" + rest)) == [b"0"]
    assert decoder.incomplete


@pytest.mark.parametrize("rest", [b"", b"\n", b": comment\n", b"id: 1\n", b"\r", b"retry: 10\n\n"])
def test_a_line_that_is_no_data_leaves_no_event_open(rest: bytes) -> None:
    decoder = EventDecoder(100)
    list(decoder.feed(b"data: 0\n\n" + rest))
    assert not decoder.incomplete


def test_a_byte_order_mark_is_no_part_of_the_first_line_alone() -> None:
    mark = b"\xef\xbb\xbf"
    assert list(EventDecoder(100).feed(mark + b"data: 1\n\ndata: 2\n\n")) == [b"1", b"2"]
    assert list(EventDecoder(100).feed(b"data: 1\n\n" + mark + b"data: 2\n\n")) == [b"1"]
    alone = EventDecoder(100)
    list(alone.feed(mark))
    assert not alone.incomplete


@pytest.mark.parametrize(
    "chunks",
    [
        [b"data: " + b"x" * 200],
        [b"x"] * 200,
        [b"data: x\n"] * 200,
        [b": " + b"x" * 200 + b"\n"],
        [b"data: 1\n\n", b"data:" + b"y" * 200 + b"\n\n"],
    ],
    ids=["in one line", "byte by byte", "in many lines", "a comment", "the second one"],
)
def test_an_event_is_not_kept_beyond_the_limit(chunks: list[bytes]) -> None:
    decoder = EventDecoder(100)

    def fed() -> None:
        for chunk in chunks:
            list(decoder.feed(chunk))

    with pytest.raises(EventTooLargeError, match="larger than 100 bytes"):
        fed()


def test_the_limit_is_that_of_each_event_and_comments_do_not_add_up() -> None:
    decoder = EventDecoder(20)
    found = [event for _ in range(100) for event in decoder.feed(b": keep alive\ndata: 123456\n\n: keep alive\n")]
    assert found == [b"123456"] * 100
