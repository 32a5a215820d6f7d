"""A file that is written beside another one and takes its place at the end, so that a reader never sees half of it."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path

from attrs import define

FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
"""The errors of a disk that has no room."""


@define
class Replacement:
    """A new file that is to take the place of another one, with its mode, owner and extended attributes.

    Attributes:
        path: The file whose place it takes, if there is one: where a link leads to, if it is one.
        beside: The new file until then.
        descriptor: Of the new file, open for writing.
        alike: Whether it has the mode of the other one.
    """

    path: Path
    beside: Path
    descriptor: int
    alike: bool

    @classmethod
    def of(cls, path: Path, suffix: str, mode: int | None = None) -> Replacement:
        """Make the new file, in the folder for temporary files if there can be none beside.

        Args:
            path: The file whose place it is to take.
            suffix: Its name is that of the other one and this, and a number if there is such a file.
            mode: Its mode, in place of that of the other one.
        """
        path = path.resolve()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        for folder in (path.parent, Path(tempfile.gettempdir())) if mode is None else (path.parent,):
            for number in count(1):
                beside = folder / f"{path.name}{suffix}{f'-{number}' if number > 1 else ''}"
                try:
                    descriptor = os.open(beside, flags, 0o666 if mode is None else mode)
                except FileExistsError:
                    continue
                except PermissionError:
                    if folder != path.parent or mode is not None:
                        raise
                    break
                made = cls(path, beside, descriptor, mode is None)
                if made.alike:
                    made._take_over_mode()
                return made
        raise AssertionError  # pragma: no cover - the last folder gives a file, or raises

    def _take_over_mode(self) -> None:
        with suppress(FileNotFoundError):
            present = self.path.stat()
            # Whoever may read and write the file through its group may go on with that.
            for owner, group in ((-1, present.st_gid), (present.st_uid, -1)):
                with suppress(OSError, AttributeError):
                    os.chown(self.beside, owner, group)
            shutil.copystat(self.path, self.beside)

    def commit(self) -> None:
        """Put it in place; the descriptor is closed."""
        os.fsync(self.descriptor)
        os.close(self.descriptor)
        if not self._must_be_copied():
            try:
                self.beside.replace(self.path)
            except OSError:
                if not self.alike:
                    raise
            else:
                return
        # Another owner's file, one with other names, or a mount point: its content can be replaced, but not the file.
        shutil.copyfile(self.beside, self.path)
        self.beside.unlink()

    def _must_be_copied(self) -> bool:
        with suppress(FileNotFoundError):
            present, new = self.path.stat(), self.beside.stat()
            return self.alike and (present.st_nlink > 1 or present.st_uid != new.st_uid)
        return False

    def discard(self) -> None:
        """Remove the new file; the descriptor is closed."""
        with suppress(OSError):
            os.close(self.descriptor)
        with suppress(OSError):
            self.beside.unlink()


def flush_folder(folder: Path) -> None:
    """Have the names of a folder's files on the disk, where the system can: Windows opens no folders."""
    with suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_whole(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write a file that is there with this content, or as before; `mode` stands in place of its mode."""
    if path.exists() and not path.is_file():
        # A pipe or device.
        path.write_bytes(content)
        return
    new = Replacement.of(path, ".new", mode)
    try:
        with os.fdopen(new.descriptor, "wb", closefd=False) as file:
            file.write(content)
        new.commit()
    except BaseException:
        new.discard()
        raise
