"""Writing never damages what is there: files that are added to, replaced, shared, or on a full disk."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it ships no types
import pytest

if TYPE_CHECKING:
    from pathlib import Path

DAYS = ("--from", "2024-06-10", "--to", "2024-06-11")
HEADER = "system_id,date,production_Wh\n"
ROWS = "67,2024-06-10,4024\n67,2024-06-11,9202\n"
ENERGY = ("energy", "-s", "67", *DAYS, "-q")
STATS = ("stats", "-s", "67", "--from", "2024-06-12", "--to", "2024-06-14", "-q")
FORMS = ["csv", "jsonl", "json", "parquet"]


def read(file: Path) -> list[Any]:
    form = file.name.removesuffix(".partial").rpartition(".")[2]
    if form == "parquet":
        return list(pq.read_table(file).to_pylist())
    if form == "json":
        return list(json.loads(file.read_text()))
    assert file.read_text().endswith("\n")
    return file.read_text().splitlines()[form == "csv" :]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def go_on(cli: Any, told: str) -> None:
    """Type what the run says: how to go on, and what to do at the end."""
    commands = re.findall(r"go on with: enlighten (.*)", told)
    assert commands, told
    for command in commands:
        result = cli.run(*shlex.split(command))
        assert result.code == 0, (command, result.err)
    for line in re.findall(r"and at the end: (mv .*)", told):
        subprocess.run(shlex.split(line), cwd=cli.folder, check=True)  # noqa: S603 - of the command itself


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", HEADER + "67,2024-06-09,5", "line 2 has no end"),
        ("a.csv", HEADER + "67,2024-06-09,5155", "line 2 has no end"),
        ("a.csv", "system_id,da", "line 1 has no end"),
        ("a.csv", HEADER + "67,2024-06-09,5155\n" + "\0" * 9, "line 3 has no end"),
        ("a.csv", HEADER + "67,2024-06-09,5155\r", "line 2 has no end"),
        ("a.jsonl", '{"system_id":67,"date":"2024-06-09"}\n{"system_', "line 2 has no end"),
        ("a.ndjson", '{"system_id":67}', "line 1 has no end"),
    ],
)
def test_nothing_is_added_behind_a_line_without_an_end(
    cli: Any, simulated: Any, name: str, content: str, told: str
) -> None:
    (cli.folder / name).write_bytes(content.encode())
    result = cli.run(*ENERGY, "-O", name, "--append")
    assert (result.code, simulated.spent()["month"]) == (2, 0)
    assert f"{name}, {told}" in result.err
    assert (cli.folder / name).read_bytes() == content.encode()


@pytest.mark.parametrize("content", ["", HEADER, HEADER + "66,2024-06-09,1\n", "\ufeff" + HEADER.replace("\n", "\r\n")])
def test_whole_lines_are_added_to(cli: Any, content: str) -> None:
    (cli.folder / "a.csv").write_bytes(content.encode())
    assert cli.run(*ENERGY, "-O", "a.csv", "--append").code == 0
    text = (cli.folder / "a.csv").read_bytes().decode()
    assert text == (content or HEADER) + ROWS


@pytest.mark.parametrize("form", FORMS)
def test_an_overwritten_file_is_as_it_was_until_all_rows_came(cli: Any, simulated: Any, form: str) -> None:
    file = cli.folder / f"week.{form}"
    assert cli.run(*STATS, "-O", file.name).code == 0
    whole, before = read(file), file.read_bytes()
    simulated.fail(kind="unauthorized", operation="Stats", after=2)
    result = cli.run(*STATS, "-O", file.name, "--overwrite")
    simulated.control("DELETE", "/faults")
    assert (result.code, file.read_bytes() == before) == (3, True)
    assert f"{file.name} is as it was; the new rows so far are in week.{form}.partial" in result.err
    part = cli.folder / f"week.{form}.partial"
    assert 0 < len(read(part)) < len(whole)
    go_on(cli, result.err)
    if form in ("csv", "jsonl"):
        assert read(file) == whole
        assert not part.exists()
    else:
        assert read(part) + read(cli.folder / f"week-2.{form}") == whole


def test_what_another_try_would_not_bring_does_not_keep_the_old_file(cli: Any, simulated: Any) -> None:
    (cli.folder / "a.csv").write_text("old")
    simulated.fail(kind="not_found", operation="Summary", system_id=67)
    result = cli.run("summary", "-s", "66", "-s", "67", "-O", "a.csv", "--overwrite", "-q")
    assert result.code == 8
    assert len(read(cli.folder / "a.csv")) == 1
    assert names(cli.folder) == ["a.csv"]


def test_a_run_without_rows_leaves_nothing_behind(cli: Any, simulated: Any) -> None:
    (cli.folder / "a.csv").write_text("old")
    simulated.fail(kind="unauthorized", operation="Stats")
    assert cli.run(*STATS, "-O", "a.csv", "--overwrite").code == 3
    assert cli.run(*STATS, "-O", "b.json").code == 3
    assert (names(cli.folder), (cli.folder / "a.csv").read_text()) == (["a.csv"], "old")


def test_parts_of_earlier_runs_are_kept(cli: Any, simulated: Any) -> None:
    (cli.folder / "a.csv").write_text("old")
    (cli.folder / "a.csv.partial").write_text("rows that cost quota")
    simulated.fail(kind="unauthorized", operation="Stats", after=1)
    result = cli.run(*STATS, "-O", "a.csv", "--overwrite")
    assert "the new rows so far are in a.csv.partial-2" in result.err
    assert (cli.folder / "a.csv.partial").read_text() == "rows that cost quota"


def test_mode_link_and_other_names_of_a_file_stay(cli: Any) -> None:
    (cli.folder / "real").mkdir()
    real, link, other = cli.folder / "real/a.csv", cli.folder / "a.csv", cli.folder / "other.csv"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    assert cli.run(*ENERGY, "-O", "a.csv", "--overwrite").code == 0
    assert (link.is_symlink(), real.stat().st_mode & 0o777, len(read(real))) == (True, 0o640, 2)
    other.hardlink_to(real)
    assert cli.run("energy", "-s", "66", *DAYS, "-O", "a.csv", "--overwrite").code == 0
    assert other.read_text() == real.read_text()
    assert names(cli.folder / "real") == ["a.csv"]


def test_a_link_to_nowhere_and_a_new_file_are_made(cli: Any) -> None:
    (cli.folder / "a.csv").symlink_to(cli.folder / "real.csv")
    assert cli.run(*ENERGY, "-O", "a.csv").code == 0
    assert len(read(cli.folder / "real.csv")) == 2


@pytest.mark.parametrize(
    ("name", "more"), [("/dev/stdout", ()), ("/dev/fd/1", ("--overwrite",)), ("/proc/self/fd/1", ("--append",))]
)
def test_standard_output_by_name_is_no_file_to_replace(cli: Any, name: str, more: tuple[str, ...]) -> None:
    run = shlex.join([*cli.command, *ENERGY, "-o", "csv", "-O", name, *more])
    script = f"{{ echo before; {run}; }} > out.csv; echo $?; {run} | cat"
    done = subprocess.run(  # noqa: S603 - our own command line
        ["/bin/sh", "-c", script], cwd=cli.folder, env=cli.environment, capture_output=True, text=True, check=False
    )
    rows = f"{HEADER}{ROWS}"
    assert (done.stdout, done.stderr) == (f"0\n{rows}", "")
    assert (cli.folder / "out.csv").read_text() == f"before\n{rows}"


def test_a_named_pipe_stays_one(cli: Any) -> None:
    os.mkfifo(cli.folder / "pipe")
    with cli.start(*ENERGY, "-o", "csv", "-O", "pipe", "--overwrite") as process:
        assert (cli.folder / "pipe").read_text() == f"{HEADER}{ROWS}"
        assert (process.wait(60), (cli.folder / "pipe").is_fifo()) == (0, True)


def test_runs_at_once_add_whole_rows_below_one_header(cli: Any) -> None:
    asked = ("--from", "2024-06-05", "--to", "2024-06-14", "-q", "-O", "all.csv", "--append")
    runs = [cli.start("stats", "-s", system, *asked) for system in ("66", "67", "72")]
    for run in runs:
        with run:
            assert run.wait(60) == 0, run.communicate()
    alone = [cli.run("stats", "-s", system, *asked[:-3], "-o", "csv").lines for system in ("66", "67", "72")]
    lines = (cli.folder / "all.csv").read_text().splitlines()
    assert lines[0] == alone[0][0]
    assert sorted(lines[1:]) == sorted(line for one in alone for line in one[1:])


def test_a_chart_that_cannot_be_written_leaves_the_old_one(cli: Any) -> None:
    (cli.folder / "a.svg").write_text("old")
    # Matplotlib keeps a list of the fonts, which has no room in what follows.
    assert cli.run(*ENERGY, "--plot", "a.png").code == 0
    (cli.folder / "a.png").unlink()
    result = limited(cli, 4096, *ENERGY, "--plot", "a.svg")
    assert (result.returncode, (cli.folder / "a.svg").read_text()) == (1, "old")
    assert "a.svg cannot be written: File too large. For the whole chart: enlighten energy" in result.stderr
    assert names(cli.folder) == ["a.svg"]


def limited(cli: Any, size: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run where no file can be larger, which is as if the disk were full; but for what it counts requests in."""
    code = (
        "import resource, sys; from enphase_enlighten.cli import main; from enphase_enlighten.cli import session;"
        'from enphase_enlighten import Quota; session.shared_quota = lambda access: (Quota(access.plan.value), "");'
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); sys.exit(main())"
    )
    return subprocess.run(  # noqa: S603 - our own command line
        # Without -B, Python would keep what it could write of a compiled module, and could not read it again.
        [cli.command[0], "-B", "-c", code, *arguments],
        env=cli.environment,
        cwd=cli.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(("form", "size"), [("csv", 25_000), ("jsonl", 70_000), ("json", 70_000)])
@pytest.mark.parametrize("mode", ["new", "append", "overwrite"])
def test_a_full_disk_keeps_whole_rows_and_says_how_to_go_on(cli: Any, form: str, size: int, mode: str) -> None:
    if (form, mode) == ("json", "append"):
        return
    assert cli.run(*STATS, "-s", "66", "-O", f"whole.{form}").code == 0
    file = cli.folder / f"a.{form}"
    first = read(cli.folder / f"whole.{form}")
    if mode == "append":
        assert (
            cli.run("stats", "-s", "66", "--from", "2024-06-11", "--to", "2024-06-11 08:00", "-O", file.name, "-q").code
            == 0
        )
        first = read(file) + first
    elif mode == "overwrite":
        file.write_text("old")
    more = () if mode == "new" else (f"--{mode}",)
    result = limited(cli, size, *STATS, "-s", "66", "-O", file.name, *more)
    assert result.returncode == 1
    assert f"a.{form} cannot be written: File too large. Make room" in result.stderr
    part = file if mode != "overwrite" else cli.folder / f"a.{form}.partial"
    assert 0 < len(read(part)) < len(first)
    if mode == "overwrite":
        assert file.read_text() == "old"
    go_on(cli, result.stderr)
    if form == "json":
        assert read(part) + read(cli.folder / f"a-2.{form}") == first
    else:
        assert read(file) == first


def test_parquet_on_a_full_disk_can_be_read(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from enphase_enlighten.data import parquet

    assert cli.run(*STATS, "-s", "66", "-O", "whole.parquet").code == 0
    monkeypatch.setattr(parquet, "GROUP", 300)
    grown: list[int] = []
    real = os.posix_fallocate

    def full(descriptor: int, begin: int, size: int) -> None:
        grown.append(size)
        if len(grown) > 2:
            raise OSError(28, "No space left on device")
        real(descriptor, begin, size)

    monkeypatch.setattr(os, "posix_fallocate", full)
    result = cli.run(*STATS, "-s", "66", "-O", "a.parquet")
    monkeypatch.undo()
    assert result.code == 1
    assert "a.parquet cannot be written: No space left on device. Make room" in result.err
    assert len(read(cli.folder / "a.parquet")) == 600
    go_on(cli, result.err)
    parts = [row for name in ("a", "a-2", "a-3") for row in read_if_there(cli.folder / f"{name}.parquet")]
    assert parts == read(cli.folder / "whole.parquet")


def read_if_there(file: Path) -> list[Any]:
    return read(file) if file.exists() else []


def test_a_list_of_systems_that_is_cut_leaves_the_old_one(cli: Any, simulated: Any) -> None:
    (cli.folder / "a.csv").write_text("old")
    simulated.fail(kind="unauthorized", operation="Systems")
    assert cli.run("systems", "-O", "a.csv", "--overwrite").code == 3
    assert (cli.folder / "a.csv").read_text() == "old"
