"""Signals, terminals that are closed, and closed standard streams, with real processes."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import shlex
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it ships no types
import pytest

from enphase_enlighten.cli.exits import Stopped
from enphase_enlighten.cli.signals import held_back

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED = ("stats", "-s", "66", "-s", "67", "--from", "2024-06-12", "--to", "2024-06-14", "-q")
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def until(ready: Callable[[], bool]) -> None:
    """Wait for what must happen."""
    end = time.monotonic() + 60
    while not ready():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def read(file: Path) -> list[Any]:
    if file.suffix == ".parquet":
        return list(pq.read_table(file).to_pylist())
    if file.suffix == ".json":
        return list(json.loads(file.read_text()))
    assert file.read_text().endswith("\n")
    return file.read_text().splitlines()[file.suffix == ".csv" :]


class Waiting:
    """A run that waits in the middle of its second system, for a response that does not come."""

    def __init__(self, cli: Any, simulated: Any, *more: str, prefix: tuple[str, ...] = (), **options: Any) -> None:
        simulated.fail(kind="latency", operation="Stats", after=4, seconds=120)
        before = simulated.spent()["month"]
        self._simulated = simulated
        self.process = subprocess.Popen(  # noqa: S603 - our own command line
            [*prefix, *cli.command, *ASKED, *more],
            env=cli.environment,
            cwd=cli.folder,
            **{"stdin": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True, **options},
        )
        until(lambda: simulated.spent()["month"] >= before + 1 + 5 or self.process.poll() is not None)

    def __enter__(self) -> subprocess.Popen[str]:
        return self.process

    def __exit__(self, *_: object) -> None:
        self._simulated.control("DELETE", "/faults")
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        if self.process.stderr is not None:
            self.process.stderr.close()


def fetch_the_rest(cli: Any, told: str) -> None:
    commands = re.findall(r"go on with: enlighten (.*)", told)
    assert commands, told
    for command in commands:
        assert cli.run(*shlex.split(command)).code == 0


@pytest.mark.parametrize(
    ("form", "number"),
    [("csv", signal.SIGHUP), ("jsonl", signal.SIGTERM), ("json", signal.SIGTERM), ("parquet", signal.SIGHUP)],
)
def test_signals_leave_files_that_can_be_read_and_say_how_to_go_on(
    cli: Any, simulated: Any, form: str, number: signal.Signals
) -> None:
    assert cli.run(*ASKED, "-O", f"whole.{form}").code == 0
    with Waiting(cli, simulated, "-O", f"a.{form}") as process:
        process.send_signal(number)
        # Shells send it once more.
        process.send_signal(number)
        _, told = process.communicate(timeout=60)
    assert process.returncode == CODES[number]
    assert "1 of 2 systems done" in told
    assert 0 < len(read(cli.folder / f"a.{form}")) < len(read(cli.folder / f"whole.{form}"))
    fetch_the_rest(cli, told)
    parts = sorted(cli.folder.glob(f"a*.{form}"), key=lambda part: len(part.name))
    assert [row for part in parts for row in read(part)] == read(cli.folder / f"whole.{form}")


@pytest.mark.parametrize("number", CODES)
def test_a_signal_before_any_row_leaves_nothing(cli: Any, simulated: Any, number: signal.Signals) -> None:
    simulated.fail(kind="latency", operation="Systems", seconds=120)
    with cli.start("systems", "-O", "a.csv", "-q") as process:
        until(lambda: simulated.spent()["month"] >= 1)
        process.send_signal(number)
        _, told = process.communicate(timeout=60)
    simulated.control("DELETE", "/faults")
    assert process.returncode == CODES[number]
    assert b"0 systems are written" in told
    assert list(cli.folder.iterdir()) == []


def test_a_signal_keeps_the_file_that_was_to_be_overwritten(cli: Any, simulated: Any) -> None:
    (cli.folder / "a.json").write_text("old")
    with Waiting(cli, simulated, "-O", "a.json", "--overwrite") as process:
        process.send_signal(signal.SIGHUP)
        _, told = process.communicate(timeout=60)
    assert (cli.folder / "a.json").read_text() == "old"
    assert "a.json is as it was; the new rows so far are in a.json.partial." in told
    assert json.loads((cli.folder / "a.json.partial").read_text())


def test_what_nohup_has_ignored_stays_ignored(cli: Any, simulated: Any) -> None:
    with Waiting(cli, simulated, "-O", "a.csv", prefix=("nohup",), stdout=subprocess.DEVNULL) as process:
        process.send_signal(signal.SIGHUP)
        time.sleep(1)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 143


def test_a_closed_terminal_leaves_a_note_of_how_to_go_on(cli: Any, simulated: Any) -> None:
    terminal, inside = pty.openpty()
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), inside)
    # A session of its own, whose terminal it is: its end is a hangup.
    prefix = ("setsid", "--ctty", "--wait") if os.getpgrp() == os.getpid() else ("setsid", "--ctty")
    with Waiting(cli, simulated, "-O", "a.csv", prefix=prefix, **streams) as process:
        os.close(inside)
        os.close(terminal)
        until(lambda: (cli.folder / "a.csv.go-on").exists() and process.poll() is not None)
    assert len(read(cli.folder / "a.csv")) > 0
    fetch_the_rest(cli, (cli.folder / "a.csv.go-on").read_text())


def test_a_run_goes_on_when_nobody_reads_what_it_says(cli: Any, simulated: Any) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    simulated.fail(kind="not_found", operation="Summary", system_id=66)
    arguments = [*cli.command, "summary", "--all", "-O", "a.csv"]
    done = subprocess.run(arguments, env=cli.environment, cwd=cli.folder, stderr=writing, timeout=60, check=False)  # noqa: S603 - our own command line
    os.close(writing)
    assert (done.returncode, len(read(cli.folder / "a.csv"))) == (8, 11)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_run_can_be_suspended(cli: Any, simulated: Any, form: str) -> None:
    with Waiting(cli, simulated, "-O", f"a.{form}", process_group=0) as process:
        process.send_signal(signal.SIGTSTP)
        state = Path(f"/proc/{process.pid}/stat")
        until(lambda: state.read_text().rpartition(")")[2].split()[0] == "T")
        # Whatever has its name can be read.
        file = cli.folder / f"a.{form}"
        assert (len(read(file)) > 200) if form == "csv" else not file.exists()
        process.send_signal(signal.SIGCONT)
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 143
    assert "suspended: fg goes on with it" in told
    assert len(read(file)) > 200


def test_signals_wait_until_a_row_is_whole() -> None:
    done = []

    def write() -> None:
        with held_back.handling(), held_back:
            with held_back:
                os.kill(os.getpid(), signal.SIGINT)
            done.append("the end is written")

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(Stopped) as stopped:
        write()
    assert (done, stopped.value.code, str(stopped.value)) == (["the end is written"], 130, "interrupted")
    assert signal.getsignal(signal.SIGINT) is before


COMMANDS = {"summary -s 67 -q": 0, "login": 3, "stats --all --last 300d -q": 2}


def test_a_closed_stream_is_as_the_null_device(cli: Any) -> None:
    def ended(redirections: str) -> list[list[str]]:
        """The exit codes, and what is on standard output and error."""
        run = shlex.join(cli.command)
        script = "".join(f'{run} {command} {redirections} & pids="$pids $!"\n' for command in COMMANDS)
        done = subprocess.run(  # noqa: S603 - our own command line
            ["/bin/sh", "-c", f"{script}for pid in $pids; do wait $pid; echo $? >> codes; done"],
            env=cli.environment,
            cwd=cli.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        codes = (cli.folder / "codes").read_text().split()
        (cli.folder / "codes").unlink()
        # What is left of the quota differs, and whether a run has to wait for the others to count their requests.
        shown = (re.sub(r"\d", "", said).splitlines() for said in (done.stdout, done.stderr))
        return [codes, *(sorted(line for line in lines if "has locked" not in line) for lines in shown)]

    codes, out, err = ended("")
    assert codes == [str(code) for code in COMMANDS.values()]
    assert ended("<&-") == [codes, out, err]
    assert ended(">&-") == [codes, [], err]
    assert ended("2>&-") == [codes, out, []]
    assert ended("<&- >&- 2>&-") == [codes, [], []]
