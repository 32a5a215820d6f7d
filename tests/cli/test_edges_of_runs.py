"""Runs whose rows cannot be written: what is saved, what counts as done, and how to go on from there."""

from __future__ import annotations

import json
import re
import resource
import shlex
import sys
from contextlib import contextmanager, nullcontext
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from enphase_enlighten.cli.exits import WritingError
from enphase_enlighten.cli.options import Form, OutputOptions
from enphase_enlighten.cli.output.destination import Destination
from enphase_enlighten.cli.progress import RunProgress
from enphase_enlighten.cli.report import Column
from enphase_enlighten.cli.run.writing import RowWriter
from enphase_enlighten.cli.signals import held_back
from enphase_enlighten.data.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.support.service import StubService

    from .running import Cli

COLUMNS = (Column("system_id", Kind.WHOLE),)
DAYS = ("--from", "2026-06-12", "--to", "2026-06-14")


@contextmanager
def full_at(size: int) -> Iterator[None]:
    """Have no file that is larger, which is as if the disk were full."""
    before, compiled = resource.getrlimit(resource.RLIMIT_FSIZE), sys.dont_write_bytecode
    # Python keeps what it could write of a compiled module, and cannot read it again.
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = compiled


def writer(name: str, at_once: int | None = None, **options: bool) -> RowWriter:
    destination = Destination(OutputOptions(file=Path(name), output=None if "." in name else Form.CSV, **options))
    more = {} if at_once is None else {"at_once": at_once}
    return RowWriter(destination, COLUMNS, UTC, **more)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The present folder, so that files are named as somebody types them."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("at_once", "lump"), [(3, 3), (None, 500), (1, 1)])
def test_rows_are_written_in_lumps(at_once: int | None, lump: int) -> None:
    rows = writer("a.csv", at_once)
    assert (rows.rows, rows.saved) == (0, 0)
    for number in range(1, 2 * lump + 2):
        rows.write((number,))
        there = number // lump * lump
        assert (rows.rows, rows.saved) == (number, there)
        if number % lump < 2:
            assert len(Path("a.csv").read_text().splitlines()) == (there + 1 if there else 0)
    rows.finish(whole=True)
    assert rows.saved == rows.rows == 2 * lump + 1


def test_rows_may_wait_until_they_are_asked_for() -> None:
    rows = writer("a.csv", 0)
    for number in range(1200):
        rows.write((number,))
    assert (rows.saved, Path("a.csv").read_text()) == (0, "")
    rows.flush()
    assert rows.saved == 1200


def test_before_the_first_row_there_is_nothing_to_write() -> None:
    rows = writer("a.csv")
    rows.flush()
    rows.finish(whole=False)
    assert not Path("a.csv").exists()


def test_signals_wait_where_a_file_could_be_left_with_half_of_a_row() -> None:
    assert writer("a.csv").held_back is held_back
    assert isinstance(writer("/dev/null").held_back, nullcontext)


def test_a_block_that_raises_leaves_a_part() -> None:
    Path("a.json").write_text("old")

    def broken_off() -> None:
        with writer("a.json", overwrite=True) as rows:
            rows.write((1,))
            raise LookupError

    with pytest.raises(LookupError):
        broken_off()
    assert Path("a.json").read_text() == "old"
    assert json.loads(Path("a.json.partial").read_text()) == [{"system_id": 1}]
    with writer("a.json", overwrite=True) as rows:
        rows.write((2,))
    assert json.loads(Path("a.json").read_text()) == [{"system_id": 2}]


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_what_there_is_no_room_for_is_not_counted_and_the_rest_can_be_read(name: str) -> None:
    rows = writer(name, 10)
    with full_at(300), pytest.raises(WritingError, match=r"too large\. Make room|too large. Make room"):  # noqa: PT012
        for number in range(1000):
            rows.write((number,))
    with full_at(300):
        rows.finish(whole=False)
    assert 0 < rows.rows == rows.saved <= 100
    text = Path(name).read_text()
    assert rows.saved == (len(json.loads(text)) if name == "a.json" else len(text.splitlines()) - 1)


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_the_first_row_for_which_there_is_no_room_leaves_no_file(name: str) -> None:
    rows = writer(name, 0)
    rows.write((1,))
    with full_at(1), pytest.raises(WritingError, match="Make room on the disk"):
        rows.finish(whole=True)
    assert (rows.rows, rows.saved, list(Path().iterdir())) == (0, 0, [])


def test_a_line_without_an_end_is_told_when_the_rows_end_too() -> None:
    rows = writer("a.csv", 0, append=True)
    rows.write((1,))
    rows.flush()
    rows.write((2,))
    with Path("a.csv").open("a") as other:
        other.write("torn")
    with pytest.raises(WritingError, match="line 3 has no end"):
        rows.finish(whole=True)
    assert (rows.rows, rows.saved) == (1, 1)
    assert Path("a.csv").read_text() == "system_id\n1\ntorn"


# In a whole run

STATS = ("stats", "-s", "66", "-s", "67", "-s", "68", *DAYS)


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize("size", [20_000, 37_000, 60_000, 90_000])
def test_a_run_on_a_full_disk_goes_on_from_its_last_row_that_is_written(bare: Cli, size: int) -> None:
    assert bare.run(*STATS, "-O", "whole.csv").code == 0
    whole = (bare.folder / "whole.csv").read_text()
    with full_at(size):
        result = bare.run(*STATS, "-O", "a.csv")
    there = (bare.folder / "a.csv").read_text()
    assert (result.code, whole.startswith(there), size - len(there) < 500 * 45) == (1, True, True)
    assert "a.csv cannot be written: File too large. Make room on the disk before you go on." in result.err
    for command in re.findall(r"go on with: enlighten (.*)", result.err):
        assert bare.run(*shlex.split(command)).code == 0
    assert (bare.folder / "a.csv").read_text() == whole


def test_rows_of_a_series_are_written_while_a_system_is_under_way(bare: Cli, stub: StubService) -> None:
    there: list[int] = []
    asked = stub.list_intervals

    def look(*args: object) -> httpx.Response:
        file = bare.folder / "a.csv"
        there.append(len(file.read_text().splitlines()) if file.exists() else 0)
        return asked(*args)  # type: ignore[arg-type]  # handed on

    stub.list_intervals = look
    assert bare.run("stats", "-s", "66", *DAYS, "-O", "a.csv").code == 0
    # After 288 and 576 rows, of which a lump of 500 is written; and the header.
    assert there == [0, 0, 501]


@pytest.mark.parametrize("plot", ["a.svg", "a.html"])
def test_a_chart_that_cannot_be_written_says_how_it_is_drawn_again(bare: Cli, stub: StubService, plot: str) -> None:
    asked = stub.list_intervals

    def in_the_way(*args: object) -> httpx.Response:
        (bare.folder / plot).mkdir(exist_ok=True)
        return asked(*args)  # type: ignore[arg-type]  # handed on

    stub.list_intervals = in_the_way
    result = bare.run("stats", "-s", "66", *DAYS, "--plot", plot)
    assert result.code == 1
    again = f"enlighten stats --system 66 --from 2026-06-12 --to 2026-06-14 --plot {plot}"
    assert result.err.endswith(f"{plot} cannot be written: Is a directory. For the whole chart: {again}\n")


@pytest.mark.usefixtures("stub")
def test_an_error_of_the_program_itself_keeps_the_file_that_was_to_be_replaced(
    bare: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[int] = []

    def fail(_self: object) -> None:
        ends.append(1)
        if len(ends) == 2:
            raise LookupError("a fault of the program")

    monkeypatch.setattr(RunProgress, "end", fail)
    (bare.folder / "a.csv").write_text("old")
    assert bare.run(*STATS, "-O", "a.csv", "--overwrite").code == 1
    assert (bare.folder / "a.csv").read_text() == "old"
    assert len((bare.folder / "a.csv.partial").read_text().splitlines()) > 500
