"""The generator is pinned, and each place that depends on its version names the same one."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from generation import PACKAGES, ROOT, GenerationError, Sources, check_pins, check_versions

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATES = sorted(Sources().templates.rglob("*.jinja"))


def project(folder: Path, pin: str, constraint: str, template: str) -> Path:
    """Make a folder with the pins of the generator, and return that of its templates."""
    (folder / "pyproject.toml").write_text(f"[dependency-groups]\ngenerate = ['other', '{pin}']\n", encoding="utf-8")
    (folder / "constraints.txt").write_text(f"attrs==1.0\n{constraint}\n", encoding="utf-8")
    templates = folder / "templates"
    templates.mkdir()
    (templates / "model.py.jinja").write_text(f"{template}\n", encoding="utf-8")
    return templates


MOVED = {
    "the pin alone": (
        ("openapi-python-client==9.1.0", "openapi-python-client==9.0.0", "9.0.0", "9.0.0"),
        ("pyproject.toml pins openapi-python-client 9.1.0, and constraints.txt 9.0.0", "same version into both"),
    ),
    "the constraint alone": (
        ("openapi-python-client==9.0.0", "openapi-python-client==9.1.0", "9.0.0", "9.0.0"),
        ("pyproject.toml pins openapi-python-client 9.0.0, and constraints.txt 9.1.0",),
    ),
    "no constraint": (
        ("openapi-python-client==9.0.0", "", "9.0.0", "9.0.0"),
        ("constraints.txt no version",),
    ),
    "no pin": (
        ("openapi-python-client>=9.0.0", "openapi-python-client==9.0.0", "9.0.0", "9.0.0"),
        ("pyproject.toml does not pin one version", "dependency group `generate`"),
    ),
    "both pins, and nothing installed": (
        ("openapi-python-client==9.1.0", "openapi-python-client==9.1.0", "9.0.0", "9.0.0"),
        ("openapi-python-client 9.1.0 is pinned, and 9.0.0 is installed", "make setup"),
    ),
    "all but the templates": (
        ("openapi-python-client==9.1.0", "openapi-python-client==9.1.0", "9.1.0", "9.0.0"),
        ("9.1.0 is pinned", "model.py.jinja for 9.0.0", "first line of each"),
    ),
}


@pytest.mark.parametrize("moved", MOVED)
def test_versions_of_the_generator_that_differ_stop_it_before_it_is_imported(moved: str, tmp_path: Path) -> None:
    (pin, constraint, installed, taken_for), words = MOVED[moved]
    templates = project(tmp_path, pin, constraint, f"{{#- Taken for openapi-python-client {taken_for}. Says why. #}}")
    with pytest.raises(GenerationError) as caught:
        check_versions(templates, tmp_path, installed=installed)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    for word in (*words, "A new version of the generator"):
        assert word in message


def test_the_versions_of_the_generator_fit_each_other() -> None:
    check_pins()
    for package in PACKAGES:
        check_versions(package.sources.templates)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_each_template_was_taken_for_the_generator_that_is_pinned(template: Path) -> None:
    first = template.read_text(encoding="utf-8").splitlines()[0]
    taken_for = re.fullmatch(r"\{#- Taken for openapi-python-client (\S+)\.", first)
    assert taken_for, f"{template.name} must begin with the generator's version that it was taken for"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins = [
        requirement.partition("==")[2]
        for requirement in project["dependency-groups"]["generate"]
        if isinstance(requirement, str) and requirement.startswith("openapi-python-client")
    ]
    installed = importlib.metadata.version("openapi-python-client")
    assert pins == [taken_for[1]] == [installed], (
        f"templates/{template.name} was taken for openapi-python-client {taken_for[1]}, but {pins} is pinned "
        f"and {installed} installed. Compare the generator's own {template.name} of the two versions, carry "
        "over what changed, run `make generate`, and write the new version into the template's first line."
    )


def test_the_pins_are_checked_with_nothing_installed() -> None:
    command = [sys.executable, "-S", "-I", str(ROOT / "scripts" / "generation.py")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - Python
    assert (run.returncode, run.stderr) == (0, "")
