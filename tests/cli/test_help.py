"""Help, version and completion."""

from __future__ import annotations

import signal
import sys
from typing import Any

import pytest

from .subcommands import SUBCOMMANDS


def test_the_help_lists_every_subcommand(bare: Any) -> None:
    result = bare.run("--help")
    assert result.code == 0
    listed = result.out.partition("Commands:")[2].partition("Examples:")[0]
    assert [line.split()[0] for line in listed.splitlines() if line.strip()] == list(SUBCOMMANDS)
    assert "..." not in listed


@pytest.mark.parametrize("command", [command for command in SUBCOMMANDS if command != "mock"])
def test_each_subcommand_has_help_with_an_example(bare: Any, command: str) -> None:
    result = bare.run(command, "--help")
    assert result.code == 0
    assert f"enlighten {command}" in result.out.partition("Example:")[2]


def test_the_version(bare: Any) -> None:
    from enphase_enlighten import __version__

    assert bare.run("--version").out == f"enlighten {__version__}\n"


def test_the_shell_completes_subcommands_and_options(bare: Any) -> None:
    for words, expected in (("enlighten sta", "stats"), ("enlighten stats --outp", "--output")):
        environment = {
            "_ENLIGHTEN_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        }
        assert expected in bare.run(environment=environment).out.split()


def test_completion_can_be_shown_for_a_shell(bare: Any) -> None:
    # Else it looks which shell its parent is.
    named = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    result = bare.run("--show-completion", "bash", environment=named)
    assert (result.code, result.err) == (0, "")
    assert "_ENLIGHTEN_COMPLETE=complete_bash" in result.out


def test_help_imports_nothing_that_only_requests_and_tables_need(bare: Any) -> None:
    # How long it takes beside `import httpx` is measured by the benchmarks.
    program = (
        "import atexit, sys; from enphase_enlighten.cli import main; "
        "atexit.register(lambda: print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)); main()"
    )
    bare.command = [sys.executable, "-c", program]
    result = bare.in_process("--help")
    assert (result.code, "Commands:" in result.out) == (0, True)
    modules = set(result.err.split())
    assert "typer" in modules
    assert not modules & {
        "httpx",
        "attr",
        "attrs",
        "dateutil",
        "asyncio",
        "rich",
        "zoneinfo",
        "enlighten_v2",
        "plotext",
    }


@pytest.mark.parametrize("missing", ["typer", "rich"])
def test_without_the_extra_one_line_names_it(bare: Any, missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    result = bare.run("--help")
    assert result.code == 2
    assert result.err == f"enlighten: {missing} is not installed: pip install 'enphase-enlighten[cli]'\n"


@pytest.mark.parametrize(
    ("module", "arguments", "extra"),
    [
        ("pyarrow", ("summary", "--all", "-O", "a.parquet"), "arrow"),
        ("plotext", ("stats", "--all", "--plot"), "cli"),
        ("matplotlib", ("stats", "--all", "--plot", "a.png"), "plot"),
        ("uvicorn", ("mock",), "mock"),
    ],
)
def test_what_else_is_missing_is_named_before_anything_is_spent(
    bare: Any, module: str, arguments: tuple[str, ...], extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    result = bare.run(*arguments)
    assert result.code == 2
    assert f"pip install 'enphase-enlighten[{extra}]'" in result.err


def test_mock_serves_the_simulated_api_with_its_own_options(bare: Any) -> None:
    process = bare.start("mock", "--port", "0", "--systems", "3", "--now", "2024-06-15T12:00:00Z")
    assert process.stdout is not None
    lines = [process.stdout.readline().decode().strip() for _ in range(3)]
    environment = dict(line.split("=", 1) for line in lines[1:])
    result = bare.run("systems", "-o", "jsonl", "--base-url", lines[0], environment=environment)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert [row["system_id"] for row in result.rows()] == [66, 67, 68]
    assert (process.returncode, err) == (130, b"")


def test_mock_rejects_an_argument_in_one_line(bare: Any) -> None:
    result = bare.in_process("mock", "--port", "x")
    assert result.code == 2
    assert len(result.err.splitlines()) == 1
    assert "--fleet" in bare.in_process("mock", "--help").out
