"""Runs the suite against a copy of the tree with one fault in it, and tells which check found the fault."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from tests.support.specification import ROOT

from .seeded_faults import OVERLAY, SPECIFICATION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FAULT_PROPERTY = "seeded-fault"
"""The property of a test's report that has fault, file and the checks that found it."""

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
    "tests/support",
)
_CACHES = shutil.ignore_patterns("__pycache__", ".*_cache")


class Detection(NamedTuple):
    """The result of a run against a copy of the tree.

    Attributes:
        found_by: The checks that failed, with an operation each.
        output: The end of pytest's output.
    """

    found_by: tuple[str, ...]
    output: str


def copy(folder: Path) -> None:
    """Copy all that the suite needs into a folder."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=_CACHES)
        else:
            shutil.copy(source, target)


def generate(folder: Path) -> bool:
    """Generate the client of a copy of the tree again; return whether its specification can be generated from."""
    return _run(folder, sys.executable, "scripts/generate.py").returncode == 0


def detect(folder: Path, parts: Sequence[str]) -> Detection:
    """Run parts of the suite against a copy of the tree, up to the first failure.

    Args:
        folder: The copy.
        parts: The modules to run, without `test_`.
    """
    modules = [f"tests/conformance/test_{name}.py" for name in parts]
    options = ["-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-p", "no:randomly"]
    variables = {"CONFORMANCE_REPORT": str(folder / "report"), "CONFORMANCE_SHRINK": "no"}
    run = _run(folder, sys.executable, "-m", "pytest", *options, *modules, **variables)
    report = folder / "report" / "report.json"
    found: list[str] = []
    if report.exists():
        document = json.loads(report.read_text(encoding="utf-8"))
        found = [f"{each['check']} ({each['operation']})" for each in document["results"] if each["failures"]]
        found = found or [failed["test"].rpartition("::")[2] for failed in document["failed_tests"]]
    if run.returncode and not found:
        found = ["loading the suite"]
    return Detection(tuple(found), (run.stdout + run.stderr)[-4000:])


def table(rows: Mapping[str, tuple[str, Sequence[str]]]) -> list[str]:
    """Return the lines of the table of faults: name, file and the checks that found it."""
    width = max(len(name) for name in rows)
    wide = max(len(file) for file, _ in rows.values())
    lines = [f"{'fault':<{width}}  {'in':<{wide}}  found by"]
    lines += [f"{name:<{width}}  {file:<{wide}}  {', '.join(found)}" for name, (file, found) in rows.items()]
    return lines


def _run(folder: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    # A path in PYTHONPATH comes before the folders of the installed packages.
    path = os.pathsep.join(str(folder / name) for name in ("wrapper", "generated", "mock"))
    others = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "CONFORMANCE_"))}
    environment = {**others, "PYTHONPATH": path, **variables}
    return subprocess.run(  # noqa: S603 - our own programs
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
