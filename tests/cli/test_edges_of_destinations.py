"""Destinations by themselves: what is there while rows come, and what is left at the end, however that comes."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it ships no types
import pytest

from enphase_enlighten import ConfigurationError
from enphase_enlighten.cli.exits import Code, CommandError
from enphase_enlighten.cli.options import Form, OutputOptions
from enphase_enlighten.cli.output.destination import Destination
from enphase_enlighten.cli.report import Column
from enphase_enlighten.cli.streams import LastingStream
from enphase_enlighten.data.tables import Kind
from tests.support.users import anybody

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enphase_enlighten.cli.output.sink import Sink
    from tests.support.service import StubService

    from .running import Cli

COLUMNS = (Column("system_id", Kind.WHOLE), Column("name"))
ROW = (66, "a roof")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The present folder, so that files are named as somebody types them."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def plain_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def to(name: str, **options: Any) -> Destination:
    return Destination(OutputOptions(file=Path(name), **options))


def opened(destination: Destination, rows: int = 1) -> Sink:
    sink = destination.open(COLUMNS, UTC)
    for _ in range(rows):
        sink.write(ROW)
    return sink


def written(destination: Destination, rows: int = 1, *, whole: bool = True) -> None:
    sink = opened(destination, rows)
    sink.finish()
    destination.close(whole=whole, rows=rows > 0)


def names() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


# While rows come


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_what_can_be_added_to_is_there_from_the_beginning(name: str) -> None:
    destination = to(name)
    sink = opened(destination)
    assert names() == [name]
    sink.flush()
    assert Path(name).read_text().endswith("\n")
    destination.close(whole=True, rows=True)


@pytest.mark.parametrize("name", ["a.json", "a.parquet"])
def test_what_is_of_use_when_it_is_whole_is_beside_its_place_until_then(name: str) -> None:
    destination = to(name)
    sink = opened(destination)
    assert names() == [f"{name}.partial"]
    sink.finish()
    destination.close(whole=True, rows=True)
    assert names() == [name]


def test_standard_output_that_is_a_file_has_whole_rows_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("out").open("w") as out, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", out)
        sink = Destination(OutputOptions(output=Form.JSONL)).open(COLUMNS, UTC)
        for number in range(3000):
            sink.write((number, "a roof"))
            if number % 100 == 0:
                assert Path("out").read_text()[-1:] in ("", "\n")
        sink.finish()
    assert [json.loads(line)["system_id"] for line in Path("out").read_text().splitlines()] == list(range(3000))


def test_a_line_without_an_end_that_somebody_leaves_meanwhile_is_not_added_to() -> None:
    destination = to("a.csv", append=True)
    sink = opened(destination)
    sink.flush()
    with Path("a.csv").open("a") as other:
        other.write("67,cut o")
    sink.write(ROW)
    with pytest.raises(ConfigurationError, match=r"a\.csv, line 3 has no end"):
        sink.flush()
    assert Path("a.csv").read_text() == "system_id,name\n66,a roof\n67,cut o"


@pytest.mark.usefixtures("plain_umask")
@pytest.mark.parametrize("more", [{}, {"append": True}])
def test_a_new_file_may_be_read_and_written_and_not_run(more: dict[str, bool]) -> None:
    written(to("a.csv", **more))
    assert Path("a.csv").stat().st_mode & 0o777 == 0o666


# At the end


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
@pytest.mark.parametrize(("whole", "rows"), [(True, 0), (False, 1), (True, 1)])
def test_a_file_is_left_by_a_whole_run_and_by_one_with_rows(name: str, whole: bool, rows: int) -> None:
    written(to(name), rows, whole=whole)
    assert names() == [name]


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.parquet"])
@pytest.mark.parametrize("more", [{}, {"overwrite": True}])
def test_a_run_that_ended_before_its_first_row_leaves_none(name: str, more: dict[str, bool]) -> None:
    written(to(name, **more), 0, whole=False)
    assert names() == []


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_a_destination_that_was_never_opened_has_nothing_to_close(name: str) -> None:
    to(name).close(whole=True, rows=False)
    Destination(OutputOptions(output=Form.CSV)).close(whole=True, rows=False)
    assert names() == []


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.parquet"])
def test_a_part_does_not_replace_what_is_there(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).write_text("old")
    destination = to(name, overwrite=True)
    written(destination, whole=False)
    assert Path(name).read_text() == "old"
    assert destination.partial == Path(f"{name}.partial")
    assert capsys.readouterr().err == f"enlighten: {name} is as it was; the new rows so far are in {name}.partial.\n"


def test_a_part_is_named_where_it_is_if_a_link_leads_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    Path("far").mkdir()
    Path("far/a.csv").write_text("old")
    Path("a.csv").symlink_to("far/a.csv")
    destination = to("a.csv", overwrite=True)
    written(destination, whole=False)
    part = Path("far/a.csv.partial").absolute()
    assert destination.partial == part
    assert capsys.readouterr().err == f"enlighten: a.csv is as it was; the new rows so far are in {part}.\n"
    assert part.read_text() == "system_id,name\n66,a roof\n"


def test_a_whole_run_does_not_replace_what_came_into_being_meanwhile(capsys: pytest.CaptureFixture[str]) -> None:
    destination = to("a.json")
    sink = opened(destination)
    sink.finish()
    Path("a.json").write_text("of another run")
    with pytest.raises(FileExistsError) as caught:
        destination.close(whole=True, rows=True)
    assert (caught.value.errno, caught.value.strerror) == (errno.EEXIST, "it came into being meanwhile")
    assert Path("a.json").read_text() == "of another run"
    assert "the new rows so far are in a.json.partial." in capsys.readouterr().err


def test_rows_that_cannot_be_put_in_their_place_are_kept_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    destination = to("a.json", overwrite=True)
    sink = opened(destination)
    sink.finish()
    Path("a.json/in the way").mkdir(parents=True)
    with pytest.raises(OSError, match="irectory"):
        destination.close(whole=True, rows=True)
    part = Path("a.json.partial").absolute()
    assert capsys.readouterr().err == f"enlighten: the rows are in {part}.\n"
    assert json.loads(part.read_text()) == [{"system_id": 66, "name": "a roof"}]


def test_closing_what_could_not_be_written_says_nothing_more() -> None:
    destination = Destination(OutputOptions(file=Path("/dev/full"), output=Form.PARQUET))
    destination.open(COLUMNS, UTC)
    destination.close(whole=False, rows=False)


def test_parquet_goes_to_standard_output_as_bytes(bare: Cli, stub: StubService) -> None:
    out = bare.run("summary", "-s", "66", "-o", "parquet").out
    assert (stub.asked("summary") != [], out[:4], out[-4:]) == (True, "PAR1", "PAR1")


# What cannot be written to


@pytest.fixture
def others() -> Iterator[Path]:
    """A folder that any user reaches."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def test_a_file_of_somebody_else_is_an_error_before_anything_is_sent(others: Path) -> None:
    file = others / "a.csv"
    file.write_text("old")
    file.chmod(0o444)
    with anybody(), pytest.raises(CommandError) as caught:
        to(str(file), overwrite=True)
    assert (str(caught.value), caught.value.code) == (f"{file} cannot be written: permission denied.", Code.INTERNAL)


def test_a_folder_of_somebody_else_is_an_error_before_anything_is_sent(others: Path) -> None:
    others.chmod(0o555)
    with anybody(), pytest.raises(CommandError, match="permission denied"):
        to(str(others / "a.csv"))


def test_a_file_that_may_be_written_to_is_one_whoever_the_folder_belongs_to(others: Path) -> None:
    (others / "a.csv").touch(0o666)
    (others / "a.csv").chmod(0o666)
    others.chmod(0o555)
    with anybody():
        written(to(str(others / "a.csv"), append=True))
    assert (others / "a.csv").read_text() == "system_id,name\n66,a roof\n"


# Names for what is open


@pytest.mark.parametrize("place", ["/proc/self/fd/{}", "/dev/fd/{}", "link"])
def test_a_name_for_an_open_file_is_no_file_to_replace(place: str) -> None:
    with Path("out").open("w+") as out:
        out.write("before\n")
        out.flush()
        Path("link").symlink_to(f"/proc/self/fd/{out.fileno()}")
        destination = to(place.format(out.fileno()), output=Form.CSV)
        assert not destination.in_file
        written(destination)
    assert Path("out").read_text() == "before\nsystem_id,name\n66,a roof\n"
    assert names() == ["link", "out"]


def test_a_link_to_a_file_is_that_file() -> None:
    Path("far").mkdir()
    Path("far/b.csv").touch()
    Path("a.csv").symlink_to("far/b.csv")
    destination = to("a.csv", append=True)
    assert destination.in_file
    written(destination)
    assert Path("far/b.csv").read_text() == "system_id,name\n66,a roof\n"


# How to go on, where nobody reads it


@contextmanager
def hung_up() -> Iterator[None]:
    """Have a standard error whose terminal was closed."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as stream, pytest.MonkeyPatch.context() as patched:
        lasting: Any = LastingStream(stream)
        patched.setattr(sys, "stderr", lasting)
        lasting.write("lost")
        lasting.flush()
        yield


def test_how_to_go_on_is_left_beside_the_rows_when_the_terminal_is_closed() -> None:
    destination = to("a.csv")
    with hung_up():
        destination.leave_note(["go on with: one", "go on with: two"])
    assert Path("a.csv.go-on").read_text() == "go on with: one\ngo on with: two\n"
    with hung_up():
        destination.leave_note(["go on with: three"])
    assert Path("a.csv.go-on").read_text().splitlines()[2:] == ["go on with: three"]


def test_there_is_no_note_of_nothing_nor_beside_standard_output() -> None:
    with hung_up():
        to("a.csv").leave_note([])
        Destination(OutputOptions(output=Form.CSV)).leave_note(["go on with: one"])
    assert names() == []


def test_there_is_no_note_for_who_can_read_it_at_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    to("a.csv").leave_note(["go on with: one"])
    monkeypatch.setattr(sys, "stderr", LastingStream(sys.stderr))
    to("a.csv").leave_note(["go on with: one"])
    assert names() == []


def test_a_note_that_cannot_be_left_is_no_error() -> None:
    Path("a.csv.go-on").mkdir()
    with hung_up():
        to("a.csv").leave_note(["go on with: one"])
    assert names() == ["a.csv.go-on"]


def test_a_part_in_parquet_can_be_read() -> None:
    destination = to("a.parquet")
    written(destination, 3, whole=False)
    assert pq.read_table("a.parquet").num_rows == 3
