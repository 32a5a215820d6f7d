"""Importing the package costs next to nothing; its public names come on first use."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import enphase_enlighten

INIT = Path(enphase_enlighten.__file__)
HEAVY = {
    "anyio",
    "attrs",
    "dateutil",
    "httpx",
    "jsonschema",
    "msgspec",
    "narwhals",
    "pandas",
    "polars",
    "pyarrow",
    "redis",
    "zoneinfo",
    "enlighten_v2",
    "enlighten_mock",
}


def run(script: str) -> str:
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def imported_by(script: str) -> set[str]:
    shown = run(f"{script}; import sys; print(' '.join(sys.modules))")
    return {name.partition(".")[0] for name in shown.split()}


def test_importing_the_package_imports_nothing_heavy() -> None:
    loaded = imported_by("import enphase_enlighten; enphase_enlighten.__version__; dir(enphase_enlighten)")
    assert loaded & HEAVY == set()


def test_the_client_imports_nothing_that_an_extra_brings() -> None:
    loaded = imported_by("from enphase_enlighten import AsyncEnlighten, Enlighten, IntervalSeries, Quota")
    assert {"httpx", "attrs"} <= loaded
    extras = {"jsonschema", "msgspec", "narwhals", "pandas", "polars", "pyarrow", "redis", "enlighten_mock"}
    assert loaded & extras == set()


def test_the_public_names_are_there_and_listed() -> None:
    script = """
import enphase_enlighten
from enphase_enlighten import *
listed = dir(enphase_enlighten)
assert listed == sorted(listed), listed
assert set(enphase_enlighten.__all__) <= set(listed), listed
for name in enphase_enlighten.__all__:
    assert getattr(enphase_enlighten, name) is globals()[name], name
from enphase_enlighten import Enlighten
assert Enlighten is enphase_enlighten.Enlighten is enphase_enlighten.v2.client.Enlighten
"""
    run(script)


def test_a_name_is_the_same_object_each_time() -> None:
    assert enphase_enlighten.Enlighten is enphase_enlighten.Enlighten
    assert "Enlighten" in vars(enphase_enlighten)


def test_a_wrong_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'enphase_enlighten' has no attribute 'Enlightened'"):
        getattr(enphase_enlighten, "Enlightened")  # noqa: B009 - a type checker would find the name wrong
    with pytest.raises(ImportError, match="Enlightened"):
        run_import("Enlightened")


def run_import(name: str) -> None:
    exec(f"from enphase_enlighten import {name}", {})  # noqa: S102 - as above


def test_the_lists_of_public_names_agree() -> None:
    tree = ast.parse(INIT.read_text(encoding="utf-8"))
    assigned = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id != "_MODULE_OF"
    }
    [for_types] = [node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    imported = {
        (node.module, alias.name) for node in for_types.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    on_first_use = {(module, name) for module, names in assigned["_NAMES"].items() for name in names.split()}
    assert on_first_use == imported
    assert {name for _, name in imported} | {"__version__"} == set(assigned["__all__"])
    assert len(assigned["__all__"]) == len(set(assigned["__all__"]))
