"""Running a block as a reader would: in a folder of its own, with the environment that the page asks for."""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from enlighten_mock import SimulatedAPI

    from .pages import Block

TRAVEL = Path(__file__).with_name("travel")
SHIMS = Path(__file__).with_name("shims")
_CHECKER = doctest.OutputChecker()
_END = "@@ends with status "
_SERVERS = ("python -m enlighten_mock", "enlighten mock")


def environment(api: SimulatedAPI, home: Path, now: float) -> dict[str, str]:
    """What a process needs to find the simulated API, to find no profile, and to have the test's time."""
    kept = {name: os.environ[name] for name in ("LANG", "PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "ENLIGHTEN_BASE_URL": api.base_url,
        "ENLIGHTEN_API_KEY": api.api_key,
        "ENLIGHTEN_USER_ID": api.user_id,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        # Matplotlib's cache of fonts takes seconds to make.
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")),
        # `date.today()` in a page is the same day wherever the tests run.
        "TZ": "UTC",
        "NO_COLOR": "1",
        "COLUMNS": "100",
        "PYTHONPATH": str(TRAVEL),
        "PYTHONWARNINGS": "error",
        "TEST_NOW": str(now),
        "PATH": os.pathsep.join([str(SHIMS), str(Path(sys.executable).parent), os.environ["PATH"]]),
    }


def run_python(block: Block, names: dict[str, Any]) -> str:
    """Run a block in the page's namespace; give what it prints."""
    # The page's own line numbers are in the traceback.
    code = compile("\n" * (block.line - 1) + block.body, str(block.path), "exec")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, names)  # noqa: S102 - our own documentation
    return printed.getvalue()


def run_tests(block: Block, folder: Path, variables: dict[str, str]) -> None:
    """Run a block of tests in a pytest of its own."""
    (folder / "test_page.py").write_text(block.body, encoding="utf-8")
    # A reader's pytest has neither of these plugins, and schemathesis takes a second to import.
    without = ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:schemathesis"]
    command = [sys.executable, "-m", "pytest", *without, "test_page.py"]
    run = subprocess.run(  # noqa: S603 - our own documentation
        command, cwd=folder, env=variables, capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, f"{block.place}\n{run.stdout}"


def run_console(block: Block, folder: Path, variables: dict[str, str]) -> None:
    """Run the commands of a block, in one shell, and compare what they print with what the page shows.

    A command may fail only where the next one shows its status.
    """
    commands = list(_commands(block.body))
    script = "".join(f"{command}\n(status=$?; echo; echo '{_END}'$status; exit $status)\n" for command, _ in commands)
    run = subprocess.run(
        ["/bin/bash"], input=script, cwd=folder, env=variables, capture_output=True, text=True, check=False, timeout=120
    )
    pieces = run.stdout.split(f"\n{_END}")
    for number, (command, expected) in enumerate(commands):
        printed = pieces[number].partition("\n")[2] if number else pieces[number]
        status = pieces[number + 1].partition("\n")[0]
        shown = number + 1 < len(commands) and commands[number + 1][0] == "echo $?"
        assert status == "0" or shown, f"{block.place}: {command}: status {status}\n{printed}{run.stderr}"
        if expected:
            compare(block, expected, printed or run.stderr)


def _commands(body: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in body.splitlines(keepends=True):
        if line.startswith("$ "):
            command = line[2:].partition("  #")[0].strip()
            found.append((f"serve {command}" if command.startswith(_SERVERS) else command, ""))
        elif found and found[-1][0].endswith("\\"):
            found[-1] = (f"{found[-1][0]}\n{line.rstrip()}", "")
        else:
            assert found, f"a console block begins with a command, not with {line!r}"
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def compare(block: Block, expected: str, printed: str) -> None:
    """Compare what is printed with the page, where `...` stands for anything."""
    want, got = (_trimmed(text) for text in (expected, printed))
    options = doctest.ELLIPSIS
    if _CHECKER.check_output(want, got, options):
        return
    if os.environ.get("UPDATE_DOCS"):
        text = block.path.read_text(encoding="utf-8")
        assert expected in text, f"{block.place}: indented output is not rewritten"
        block.path.write_text(text.replace(expected, got, 1), encoding="utf-8")
        return
    pytest.fail(f"{block.place} shows\n{want}\nbut it prints\n{got}\nUPDATE_DOCS=1 rewrites the page.", pytrace=False)


def _trimmed(text: str) -> str:
    lines = [line.rstrip() for line in text.strip("\n").splitlines()]
    return "\n".join(lines) + "\n"
