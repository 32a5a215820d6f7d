from __future__ import annotations

import re
import subprocess

import pytest

from tests.support.specification import ROOT


@pytest.mark.parametrize("target", ["test", "check"])
def test_that_wrapper_and_specification_fit_comes_before_all_other_tests(target: str) -> None:
    command = ["make", "--dry-run", "--always-make", "--no-print-directory", target]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - make
    tools = [
        line
        for line in run.stdout.splitlines()
        if re.search(r"(pytest|mypy|ruff|scripts/(overlay|generate)\.py)", line)
    ]
    assert "tests/fit/test_fit.py" in tools[0]
    assert "pytest" in tools[-1]
