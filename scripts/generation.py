"""What is generated from what: the sources of each API, and the versions that have to fit each other."""

from __future__ import annotations

import argparse
import importlib.metadata
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]
GENERATOR = "openapi-python-client"
CHAPTER = "docs/maintain/changing.md, 'A new version of the generator'"


class GenerationError(Exception):
    """The client cannot be generated; the message names file and place, and what to do."""


@dataclass(frozen=True)
class Sources:
    """All that decides what is generated."""

    specification: Path = ROOT / "enlighten.yaml"
    overlay: Path = ROOT / "enlighten.overlay.yaml"
    config: Path = ROOT / "generator-config.yaml"
    templates: Path = ROOT / "templates"


@dataclass(frozen=True)
class Methods:
    """What the wrapper's methods of an API are rendered from, beside its specification, and where to.

    Attributes:
        said: What the methods of this API say.
        sentences: The file whose sentences all APIs share: what `said` does not have itself is taken from there.
        output: The folder of the modules.
    """

    said: Path = ROOT / "enlighten.methods.yaml"
    sentences: Path = ROOT / "enlighten.methods.yaml"
    output: Path = ROOT / "wrapper" / "enphase_enlighten" / "v2"


class Package(NamedTuple):
    """A package of the project that is generated.

    Attributes:
        output: Its folder.
        sources: What it is generated from.
        effective: Where its effective specification goes, to be read and to be handed to other tools.
        methods: What the wrapper's methods that use it are rendered from; None where there are none.
    """

    output: Path
    sources: Sources
    effective: Path
    methods: Methods | None = None


V4 = Sources(
    specification=ROOT / "enlighten-v4.yaml",
    overlay=ROOT / "enlighten-v4.overlay.yaml",
    config=ROOT / "generator-config-v4.yaml",
)
"""What the Monitoring API v4 is generated from."""

V4_METHODS = Methods(
    said=ROOT / "enlighten-v4.methods.yaml",
    output=ROOT / "wrapper" / "enphase_enlighten" / "v4",
)
"""What the methods of the client of the Monitoring API v4 are rendered from."""

PACKAGES = (
    Package(ROOT / "generated" / "enlighten_v2", Sources(), ROOT / "build" / "openapi.json", Methods()),
    Package(ROOT / "generated" / "enlighten_v4", V4, ROOT / "build" / "openapi-v4.json", V4_METHODS),
)
"""What `make generate` makes, the one table of the APIs."""


def check_versions(templates: Path, root: Path = ROOT, *, installed: str | None = None) -> None:
    """Stops where the generator is not the one that is pinned, or the templates were taken for another.

    Args:
        templates: The folder of the template overrides.
        root: The folder with pyproject.toml and constraints.txt.
        installed: The version that is installed; looked up when not given.

    Raises:
        GenerationError: The versions differ.
    """
    check_pins(root)
    pin = _pin(root)
    installed = importlib.metadata.version(GENERATOR) if installed is None else installed
    if installed != pin:
        raise GenerationError(
            f"{GENERATOR} {pin} is pinned, and {installed} is installed. Run `make setup`; see {CHAPTER}."
        )
    others = {
        path.name: found[1]
        for path in sorted(templates.rglob("*.jinja"))
        if (found := re.match(rf"{{#- Taken for {GENERATOR} (\S+)\.\s", path.read_text(encoding="utf-8")))
        and found[1] != pin
    }
    if others:
        taken = ", ".join(f"{name} for {version}" for name, version in others.items())
        raise GenerationError(
            f"{GENERATOR} {pin} is pinned, but {templates} has templates that were taken for another version: {taken}. "
            "Compare the generator's own templates of the two versions, carry over what changed, and write the new "
            f"version into the first line of each; see {CHAPTER}."
        )


def check_pins(root: Path = ROOT) -> None:
    """Stops where pyproject.toml and constraints.txt pin different versions of the generator.

    Raises:
        GenerationError: They do.
    """
    pin = _pin(root)
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    constraints = [line.partition("==")[2].strip() for line in lines if line.startswith(f"{GENERATOR}==")]
    if constraints != [pin]:
        raise GenerationError(
            f"pyproject.toml pins {GENERATOR} {pin}, and constraints.txt {' and '.join(constraints) or 'no version'}. "
            f"Write the same version into both; see {CHAPTER}."
        )


def _pin(root: Path) -> str:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    pins = [
        requirement.partition("==")[2].strip()
        for requirement in project["dependency-groups"]["generate"]
        if isinstance(requirement, str) and requirement.startswith(f"{GENERATOR}==")
    ]
    if len(pins) != 1:
        raise GenerationError(
            f"pyproject.toml does not pin one version of {GENERATOR} in the dependency group `generate`: write "
            f"`{GENERATOR}==` and the version, since the templates are overrides of that very one; see {CHAPTER}."
        )
    return pins[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line, which needs nothing but Python: checks the pins before anything is installed."""
    argparse.ArgumentParser(description="Checks that the generator is pinned to one version.").parse_args(arguments)
    try:
        check_pins()
    except GenerationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
