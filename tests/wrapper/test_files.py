"""Files that are replaced whole, and files to which whole rows are added."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from enphase_enlighten.data.row_file import RowFile, check_end
from enphase_enlighten.errors import ConfigurationError
from enphase_enlighten.files import Replacement, write_whole
from tests.support.users import NOBODY, anybody

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user reaches, in which only its owner may make files."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def replaced(path: Path, content: bytes) -> Replacement:
    new = Replacement.of(path, ".partial")
    os.write(new.descriptor, content)
    assert new.beside.read_bytes() == content
    new.commit()
    assert not new.beside.exists()
    return new


def test_a_file_is_there_as_before_until_it_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    new = Replacement.of(path, ".partial")
    os.write(new.descriptor, b"half of it")
    assert path.read_text() == "old"
    new.discard()
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_mode_and_owner_stay(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    path.chmod(mode)
    owner = path.stat().st_uid if os.geteuid() else NOBODY
    os.chown(path, owner, -1)
    replaced(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777, path.stat().st_uid) == (b"new", mode, owner)


def test_other_names_of_a_file_get_the_new_content(tmp_path: Path) -> None:
    path, other = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_text("the old content")
    other.hardlink_to(path)
    replaced(path, b"new")
    assert other.read_text() == "new"


def test_a_file_in_a_folder_where_none_can_be_made_is_written_to(open_folder: Path) -> None:
    path = open_folder / "a.csv"
    path.write_text("the old content")
    path.chmod(0o666)
    open_folder.chmod(0o555)
    with anybody():
        new = replaced(path, b"new")
    assert new.beside.parent == Path(tempfile.gettempdir())
    assert path.read_bytes() == b"new"


def test_a_secret_is_not_written_elsewhere(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with anybody(), pytest.raises(PermissionError):
        write_whole(open_folder / "config.toml", b"secret", 0o600)


def test_what_cannot_be_put_in_place_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "a.toml"
    new = Replacement.of(folder, ".new", 0o600)
    (folder / "in the way").mkdir(parents=True)
    with pytest.raises(OSError, match="irectory"):
        new.commit()
    new.discard()
    assert [file.name for file in tmp_path.iterdir()] == ["a.toml"]


def test_a_file_is_written_whole_with_the_mode_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("old")
    path.chmod(0o644)
    write_whole(path, b"new", 0o600)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)


def test_a_named_pipe_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    read: list[bytes] = []
    reader = Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    write_whole(tmp_path / "pipe", b"content")
    reader.join(60)
    assert read == [b"content"]


def appending(path: Path) -> RowFile:
    return RowFile(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666), path, header=True)


def test_a_header_is_for_an_empty_file_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    files = [appending(path), appending(path)]
    for number, file in enumerate(files):
        file.write("header\n")
        file.write(f"{number}\n")
    assert (path.read_text(), files[0].pending) == ("", True)
    for file in files:
        file.flush()
        file.flush()
    assert (path.read_text(), files[0].pending) == ("header\n0\n1\n", False)


def test_much_is_written_before_it_is_asked_for(tmp_path: Path) -> None:
    file = appending(tmp_path / "a.csv")
    file.write("header\n")
    file.write("x" * 2_000_000 + "\n")
    assert not file.pending


def test_nothing_is_written_behind_a_line_without_an_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    file = appending(path)
    file.write("header\n")
    path.write_text("header\nhalf")
    with pytest.raises(ConfigurationError, match="line 2 has no end, and may be cut off: 'half'"):
        file.flush()
    assert path.read_text() == "header\nhalf"
    file.discard()
    file.flush()


@pytest.mark.parametrize("content", ["", "\n", "a\n", "a\r\n"])
def test_lines_with_an_end_can_be_added_to(tmp_path: Path, content: str) -> None:
    (tmp_path / "a").write_bytes(content.encode())
    check_end(tmp_path / "a")


def test_a_device_that_takes_nothing_is_an_error() -> None:
    file = RowFile(os.open("/dev/full", os.O_WRONLY))
    file.write("row\n")
    with pytest.raises(OSError, match="No space left"):
        file.flush()
    assert file.pending


def test_a_system_without_locks_of_this_kind_can_write_rows(tmp_path: Path) -> None:
    code = (
        "import contextlib, errno, io, os, pathlib, sys, time; sys.platform = 'win32'; sys.modules['fcntl'] = None;"
        "from enphase_enlighten.data.row_file import RowFile;"
        "file = RowFile(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT)); file.write('row\\n'); file.flush()"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "a.csv"], check=True, timeout=60)  # noqa: S603 - the code above
    assert (tmp_path / "a.csv").read_text() == "row\n"
