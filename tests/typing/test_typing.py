"""What a type checker tells an application developer."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import enphase_enlighten

APPLICATION = Path(__file__).with_name("application.py")
PROJECT = APPLICATION.parents[2]


def test_an_application_that_uses_all_of_the_public_api_passes_mypy_strict() -> None:
    command = [sys.executable, "-m", "mypy", "--strict", str(APPLICATION)]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_application_uses_all_of_the_public_api() -> None:
    tree = ast.parse(APPLICATION.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    public = set(enphase_enlighten.__all__)
    assert public - names - attributes == set()
    client = {name for name in dir(enphase_enlighten.Enlighten) if not name.startswith("_")}
    assert client - attributes == set()


def test_the_package_says_that_it_is_typed() -> None:
    assert Path(enphase_enlighten.__file__).with_name("py.typed").is_file()
