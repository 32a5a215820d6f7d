"""Runs the suite against a copy of the tree with one fault in it, and tells which check found the fault."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from .seeded import OVERLAY, SPECIFICATION, Seeded
from .specifications import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PROPERTY = "seeded-fault"
"""The name under which fault, file and what found it travel with a test's report."""

COPIED = (
    SPECIFICATION,
    OVERLAY,
    "generator-config.yaml",
    "pyproject.toml",
    "schemathesis.toml",
    "templates",
    "scripts",
    "generated",
    "wrapper",
    "mock",
    "tests/conformance",
)
_QUIET = shutil.ignore_patterns("__pycache__", ".*_cache")


class Bite(NamedTuple):
    """What the suite found.

    Attributes:
        fault: What was wrong.
        found_by: The checks that failed, with an operation each.
        output: The end of what pytest printed.
    """

    fault: str
    found_by: tuple[str, ...]
    output: str


class FaultDoesNotApply(Exception):  # noqa: N818 - a state of the table, not of a program
    """The text that a seeded fault replaces is not there any more: correct the table."""


def copy(folder: Path) -> None:
    """Copy all that the suite needs into a folder."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=_QUIET)
        else:
            shutil.copy(source, target)


def seed(fault: Seeded, folder: Path) -> str:
    """Put a fault into a copy of the tree, and generate anew where it is in the specification.

    Returns:
        What the generation has to say against it; empty where it has nothing.

    Raises:
        FaultDoesNotApply: There is nothing to replace.
    """
    place = folder / fault.file
    text = place.read_text(encoding="utf-8")
    if fault.old not in text:
        raise FaultDoesNotApply(f"{fault.name}: {fault.file} has no {fault.old!r}")
    place.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    if fault.file in (SPECIFICATION, OVERLAY):
        run = _run(folder, sys.executable, "scripts/generate.py")
        return run.stderr if run.returncode else ""
    return ""


def bite(fault: Seeded | None, folder: Path, *tests: str) -> Bite:
    """Run a part of the suite against a copy of the tree.

    Args:
        fault: What is wrong with it; None for nothing.
        folder: The copy.
        tests: The modules to run, without `test_`; by default those that the fault names.
    """
    names = tests or (fault.tests if fault else ())
    modules = [f"tests/conformance/test_{name}.py" for name in names]
    options = ["-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-p", "no:randomly"]
    run = _run(folder, sys.executable, "-m", "pytest", *options, *modules, CONFORMANCE_REPORT=str(folder / "report"))
    report = folder / "report" / "report.json"
    found: list[str] = []
    if report.exists():
        document = json.loads(report.read_text(encoding="utf-8"))
        found = [f"{each['check']} ({each['operation']})" for each in document["results"] if each["failures"]]
        found = found or [other["test"].rpartition("::")[2] for other in document["failed_tests"]]
    if run.returncode and not found:
        found = ["loading the suite"]
    return Bite(fault.name if fault else "nothing", tuple(found), (run.stdout + run.stderr)[-4000:])


def table(rows: Mapping[str, tuple[str, Sequence[str]]]) -> list[str]:
    """Return the lines of the table of faults: what is wrong, where, and what found it."""
    width = max(len(name) for name in rows)
    wide = max(len(file) for file, _ in rows.values())
    lines = [f"{'fault':<{width}}  {'in':<{wide}}  found by"]
    lines += [f"{name:<{width}}  {file:<{wide}}  {', '.join(found)}" for name, (file, found) in rows.items()]
    return lines


def _run(folder: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    # A path in PYTHONPATH comes before the folders of the installed packages.
    path = os.pathsep.join(str(folder / name) for name in ("wrapper", "generated", "mock"))
    others = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "CONFORMANCE_"))}
    environment = {**others, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **variables}
    return subprocess.run(  # noqa: S603 - our own programs
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
