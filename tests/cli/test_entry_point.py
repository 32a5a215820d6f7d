"""The entry point: what it leaves as it was, and how whatever comes up from below is told."""

from __future__ import annotations

import io
import os
import signal
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten.cli import main
from enphase_enlighten.cli.commands import find
from enphase_enlighten.cli.exits import Code, CommandError

if TYPE_CHECKING:
    from .running import Cli

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@pytest.mark.parametrize("arguments", [("--version",), ("find",), ("find", "1")])
def test_signals_are_handled_afterwards_as_they_were_before(bare: Cli, arguments: tuple[str, ...]) -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    bare.run(*arguments)

    assert [signal.getsignal(number) for number in SIGNALS] == before


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (CommandError("so it is", Code.NO_DATA), 7, "so it is"),
        (CommandError("so it is", Code.INTERNAL), 1, "so it is"),
        (OSError(28, "No space left on device", "a.csv"), 1, "No space left on device: a.csv"),
        (OSError("gone"), 1, "gone"),
        (
            KeyError("a"),
            1,
            "internal error, KeyError: run it again with --debug, and report what it shows.",
        ),
    ],
)
def test_whatever_comes_up_is_told_in_one_line(
    bare: Cli, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, told: str
) -> None:
    def fail(*_: Any) -> int:
        raise error

    monkeypatch.setattr(find, "run", fail)
    result = bare.run("find", "1")

    assert (result.code, result.out, result.err) == (code, "", f"enlighten: {told}\n")


def test_with_debug_it_is_told_where_an_error_comes_from(bare: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "run", lambda *_: next(iter(())))

    assert "Traceback" not in bare.run("find", "1").err
    lines = bare.run("find", "1", "--debug").err.splitlines()
    assert lines[0].startswith("Traceback")
    assert any(line.startswith("StopIteration") for line in lines)
    assert lines[-1].startswith("enlighten: internal error, StopIteration")


def test_ctrl_c_has_the_code_of_the_shell(bare: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(find, "run", interrupt)
    assert bare.run("find", "1").code == 130


@pytest.mark.parametrize("code", [0, 5, 8])
def test_the_code_of_a_subcommand_is_that_of_the_command(bare: Cli, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setattr(find, "run", lambda *_: code)

    result = bare.run("find", "1")
    assert (result.code, result.err) == (code, "")


@pytest.mark.usefixtures("stub")
def test_a_reader_that_is_gone_ends_a_run_quietly(bare: Cli) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    errors = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with open(writing, "w") as pipe:  # noqa: PTH123 - a descriptor
        with bare._surroundings(None, io.StringIO(), pipe, errors):
            assert main(["summary", "-s", "66", "-o", "csv"]) == 141
        # Python flushes it when it ends.
        pipe.write("more")
        pipe.flush()
    errors.flush()
    assert errors.buffer.getvalue() == b""


def test_what_cannot_be_shown_in_the_encoding_of_the_terminal_is_escaped(bare: Cli) -> None:
    result = bare.in_process("find", "\u2603", "--plan", "\u2603", environment={"PYTHONIOENCODING": "ascii"})

    assert result.code == 2
    assert "\\u2603" in result.err
