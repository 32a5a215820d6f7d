"""Runs the tests that are marked `lowest` with the lowest versions that `pyproject.toml` allows.

uv resolves each direct requirement to its lowest version. What those need in turn, and what the tests need, is as
`constraints.txt` pins it, or else the newest that fits. Then the command and the simulated API are tried the same way.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from itertools import chain
from typing import TYPE_CHECKING

from test_pythons import ROOT, interpreter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ENVIRONMENT = ROOT / ".venv-lowest"
PYTHON = ENVIRONMENT / "bin" / "python"
RESOLVED = ROOT / "build" / "lowest.txt"
# For later Pythons, the lowest versions of compiled packages have no wheels.
VERSION = "3.11"
MARK = "pytest.mark.lowest"
# The certificates that the machine trusts, as pip does, not those that uv brings.
UV = (sys.executable, "-m", "uv", "--system-certs")


def normalised_names(requirements: Iterable[str]) -> set[str]:
    """Return the names of the projects that are required."""
    names = (re.split(r"[^\w.-]", requirement, maxsplit=1)[0] for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def direct_requirements() -> set[str]:
    """Return what the distribution requires, with every extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return normalised_names(chain(project["dependencies"], *project["optional-dependencies"].values()))


def run(*command: str | Path) -> None:
    """Run a command, or end with its exit status."""
    status = subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 - our own tools
    if status:
        sys.exit(status)


def resolve() -> None:
    """Find the versions."""
    direct = direct_requirements()
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    RESOLVED.parent.mkdir(exist_ok=True)
    # uv prefers what the file that it writes has already, where it fits; a constraint would raise direct requirements.
    RESOLVED.write_text("".join(f"{pin}\n" for pin in pins if not normalised_names([pin]) & direct), encoding="utf-8")
    options = (
        "--quiet",
        "--resolution",
        "lowest-direct",
        "--python-version",
        VERSION,
        "--all-extras",
        "--group",
        "lowest",
    )
    run(*UV, "pip", "compile", *options, "--output-file", RESOLVED, "pyproject.toml")


def install(python: str) -> None:
    """Make the environment hold these versions and nothing else."""
    run(*UV, "venv", "--quiet", "--allow-existing", "--python", python, ENVIRONMENT)
    options = ("--quiet", "--exact", "--build-constraints", "constraints.txt", "--python", PYTHON)
    run(*UV, "pip", "install", *options, "--requirements", RESOLVED, "--editable", ".")


def test() -> None:
    """Run the tests, and use the rest once."""
    # Only the modules of these tests: others import what the tests of the lowest versions do without.
    modules = sorted(path for path in (ROOT / "tests").rglob("test_*.py") if MARK in path.read_text(encoding="utf-8"))
    options = ("-p", "tests.lowest.anyio_mode", "-n", "auto", "-m", "lowest and not long and not redis", "--quiet")
    run(PYTHON, "-m", "pytest", *options, *modules)
    run(PYTHON, "-I", ROOT / "scripts" / "smoke.py", "full")


def main() -> None:
    """Resolve, install and test."""
    python = interpreter(VERSION)
    if python is None:
        sys.exit(f"error: the lowest versions are tested on Python {VERSION}, which this machine does not have.")
    resolve()
    install(python)
    test()


if __name__ == "__main__":
    main()
