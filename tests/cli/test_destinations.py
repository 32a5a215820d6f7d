"""Which form rows have and where they may go, checked before anything is sent."""

from __future__ import annotations

import json
import os
import stat
import sys
from typing import TYPE_CHECKING

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it ships no types
import pytest

from tests.support.service import reply, system

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.service import StubService

    from .running import Cli

pytestmark = pytest.mark.usefixtures("stub")

ASKED = ("summary", "-s", "66")


def ids(file: Path) -> list[int]:
    text = file.read_bytes()
    if text.startswith(b"PAR1"):
        rows = pq.read_table(file).to_pylist()
    elif text.startswith(b"system_id"):
        rows = [{"system_id": line.split(",")[0]} for line in text.decode().splitlines()[1:]]
    elif text.startswith(b"["):
        rows = json.loads(text)
    else:
        rows = [json.loads(line) for line in text.splitlines()]
    return [int(row["system_id"]) for row in rows]


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("a.csv", b"system_id,"),
        ("a.CSV", b"system_id,"),
        ("a.json", b"["),
        ("a.jsonl", b'{"system_id"'),
        ("a.ndjson", b'{"system_id"'),
        ("a.parquet", b"PAR1"),
        ("a.pq", b"PAR1"),
        ("a.b.csv", b"system_id,"),
    ],
)
def test_the_name_of_a_file_says_its_form(bare: Cli, name: str, begin: bytes) -> None:
    assert bare.run(*ASKED, "-O", name).code == 0
    assert (bare.folder / name).read_bytes().startswith(begin)
    assert ids(bare.folder / name) == [66]


def test_the_form_that_is_given_goes_before_the_name(bare: Cli) -> None:
    assert bare.run(*ASKED, "-O", "a.json", "-o", "csv").code == 0
    assert (bare.folder / "a.json").read_text().startswith("system_id,")


@pytest.mark.parametrize("form", ["csv", "json", "jsonl"])
def test_a_dash_is_standard_output(bare: Cli, form: str) -> None:
    result = bare.run(*ASKED, "-O", "-", "-o", form)

    assert (result.code, result.out) == (0, bare.run(*ASKED, "-o", form).out)
    assert list(bare.folder.iterdir()) == []


def test_without_a_terminal_rows_are_csv_and_at_one_they_are_a_table(bare: Cli) -> None:
    assert bare.run(*ASKED).out.startswith("system_id,")
    shown = bare.shown(*ASKED, "-q").out
    assert "System 66" in shown
    assert "system_id," not in shown


def test_parquet_goes_into_a_pipe_whole(bare: Cli) -> None:
    done = bare.in_process(*ASKED, "-o", "parquet")

    assert (done.code, done.out.startswith("PAR1"), done.out.endswith("PAR1")) == (0, True, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-o", "table"), "--output table is for a terminal"),
        (("-o", "table", "-O", "a.txt"), "--output table is for a terminal"),
        (("-O", "a.xls"), "--file a.xls: give --output, or a name that ends in .csv, .json, .jsonl, "),
        (("-O", "a"), "--file a: give --output, or a name that ends in .csv, .json, .jsonl, "),
        (("--append",), "--append and --overwrite go with --file."),
        (("--overwrite",), "--append and --overwrite go with --file."),
        (("-O", "-", "-o", "csv", "--append"), "--append and --overwrite go with --file."),
        (("-O", "a.csv", "--append", "--overwrite"), "--append and --overwrite were both given: give one of them."),
        (("-O", "a.json", "--append"), "--append: nothing can be added to json; give another --file."),
        (("-O", "a.pq", "--append"), "--append: nothing can be added to parquet; give another --file."),
        (("-O", "no/a.csv"), "--file no/a.csv: there is no folder "),
    ],
)
def test_a_destination_that_cannot_be_is_an_error_before_anything_is_sent(
    bare: Cli, stub: StubService, arguments: tuple[str, ...], told: str
) -> None:
    result = bare.run(*ASKED, *arguments)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"enlighten: {told}")
    assert stub.requests == []
    assert list(bare.folder.iterdir()) == []


def test_parquet_is_not_for_a_terminal(bare: Cli, stub: StubService) -> None:
    result = bare.shown(*ASKED, "-o", "parquet")

    assert result.code == 2
    assert "--output parquet is not for a terminal: give --file NAME, or a pipe." in " ".join(result.out.split())
    assert stub.requests == []


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl", "a.parquet"])
def test_a_file_that_exists_stays_as_it_is_unless_it_is_to_be_replaced(bare: Cli, stub: StubService, name: str) -> None:
    file = bare.folder / name
    file.write_text("precious")
    result = bare.run(*ASKED, "-O", name)
    assert (result.code, file.read_text(), stub.requests) == (2, "precious", [])
    assert result.err.startswith(f"enlighten: {name} already exists: give --overwrite")

    assert bare.run(*ASKED, "-O", name, "--overwrite").code == 0
    assert ids(file) == [66]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_rows_are_added_to_a_file_which_has_one_header(bare: Cli, name: str) -> None:
    for number in ("66", "67", "68"):
        assert bare.run("summary", "-s", number, "-O", name, "--append").code == 0

    assert ids(bare.folder / name) == [66, 67, 68]
    assert (bare.folder / name).read_text().count("system_name,") == (name == "a.csv")


def test_a_file_that_is_empty_gets_its_header_when_rows_are_added(bare: Cli) -> None:
    (bare.folder / "a.csv").touch()
    assert bare.run(*ASKED, "-O", "a.csv", "--append").code == 0
    assert ids(bare.folder / "a.csv") == [66]


def test_rows_of_other_columns_are_not_added(bare: Cli, stub: StubService) -> None:
    file = bare.folder / "a.csv"
    file.write_text("system_id,something_else\n1,2\n")
    result = bare.run(*ASKED, "-O", "a.csv", "--append")

    assert result.code == 2
    assert result.err == "enlighten: a.csv has other columns: system_id,something_else. Give another --file.\n"
    assert file.read_text() == "system_id,something_else\n1,2\n"
    assert stub.asked("summary") == []


def test_lines_of_json_are_added_whatever_is_there(bare: Cli) -> None:
    (bare.folder / "a.jsonl").write_text('{"system_id": 5}\n')
    assert bare.run(*ASKED, "-O", "a.jsonl", "--append").code == 0
    assert ids(bare.folder / "a.jsonl") == [5, 66]


def test_what_is_no_file_is_written_to_as_it_is(bare: Cli) -> None:
    assert bare.run(*ASKED, "-O", "/dev/null", "-o", "csv").code == 0
    result = bare.run(*ASKED, "-O", "/dev/full", "-o", "csv")
    assert result.code == 1
    assert "No space left" in result.err


def test_a_named_pipe_is_written_to(bare: Cli) -> None:
    pipe = bare.folder / "pipe.csv"
    os.mkfifo(pipe)
    # Opened for both, so that nobody waits for the other end.
    descriptor = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        assert bare.run(*ASKED, "-O", "pipe.csv").code == 0
        assert os.read(descriptor, 65536).startswith(b"system_id,")
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl"])
def test_files_are_in_utf_8_with_plain_ends_of_lines_wherever_they_are_written(
    bare: Cli, stub: StubService, name: str
) -> None:
    stub.list_systems = lambda _params: reply({"systems": [{**system(66), "system_name": "Dach über ☃"}]})
    result = bare.in_process(*ASKED, "-O", name, environment={"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"})

    assert result.code == 0
    content = (bare.folder / name).read_bytes()
    assert "Dach über ☃" in content.decode()
    assert b"\r\r" not in content


def test_what_is_no_text_has_other_columns(bare: Cli, stub: StubService) -> None:
    (bare.folder / "a.csv").write_bytes(b"\xff\xfe\x00a\n")
    result = bare.run(*ASKED, "-O", "a.csv", "--append")

    assert (result.code, "has other columns" in result.err) == (2, True)
    assert stub.asked("summary") == []


def test_without_what_writes_parquet_the_extra_is_named_and_other_forms_are_written(
    bare: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = bare.run(*ASKED, "-O", "a.parquet")

    assert result.code == 2
    assert "--output parquet needs" in result.err
    assert "enphase-enlighten[arrow]" in result.err
    assert bare.run(*ASKED, "-O", "a.csv").code == 0


def test_a_file_is_readable_as_the_users_other_files_are(bare: Cli) -> None:
    before = os.umask(0o022)
    try:
        assert bare.run(*ASKED, "-O", "a.csv").code == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((bare.folder / "a.csv").stat().st_mode) == 0o644


def test_a_file_is_written_from_a_terminal_too(bare: Cli) -> None:
    assert bare.shown(*ASKED, "-O", "a.csv").code == 0
    assert ids(bare.folder / "a.csv") == [66]
