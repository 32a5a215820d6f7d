"""What a type checker tells an application developer."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import enphase_enlighten
import enphase_enlighten.v4

APPLICATION = Path(__file__).with_name("application.py")
APPLICATION_V4 = Path(__file__).with_name("application_v4.py")
PROJECT = APPLICATION.parents[2]


@pytest.mark.parametrize("application", [APPLICATION, APPLICATION_V4], ids=lambda path: path.stem)
def test_an_application_that_uses_all_of_the_public_api_passes_mypy_strict(application: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", str(application)]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert ran.returncode == 0, ran.stdout + ran.stderr


def used(application: Path) -> set[str]:
    """The names and attributes that an application has."""
    nodes = list(ast.walk(ast.parse(application.read_text(encoding="utf-8"))))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def test_the_applications_use_all_of_the_public_api() -> None:
    assert set(enphase_enlighten.__all__) - used(APPLICATION) - used(APPLICATION_V4) == set()
    assert set(enphase_enlighten.v4.__all__) - used(APPLICATION_V4) == set()


@pytest.mark.parametrize(
    ("client", "application"),
    [(enphase_enlighten.Enlighten, APPLICATION), (enphase_enlighten.v4.Enlighten, APPLICATION_V4)],
    ids=["v2", "v4"],
)
def test_an_application_uses_all_methods_of_its_client(client: type, application: Path) -> None:
    assert {name for name in dir(client) if not name.startswith("_")} - used(application) == set()


def test_the_package_says_that_it_is_typed() -> None:
    assert Path(enphase_enlighten.__file__).with_name("py.typed").is_file()
