"""What a maintainer of a changed specification meets, step by step: `make generate`, then `make fit`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from generate import generate
from generate_methods import module_texts, rendered
from generate_sync import translated
from generation import PACKAGES, Methods, Package, Sources
from operation_sources import Document, modules_of
from overlay import apply_overlay
from tests.fit import v2
from tests.fit.checks import findings
from tests.fit.shapes import shapes
from tests.support.specification import OVERLAY_FILE, ROOT, SPECIFICATION_FILES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.fit.changes import Documents

LIBRARY = ROOT / "wrapper" / "enphase_enlighten"

_FIT = """
import json, sys
from tests.fit import v2
from tests.fit.checks import findings
from tests.support.specification import document
published, overlay, *recorded = json.load(sys.stdin)
held = [v2.subject(published, overlay, document('effective'), each) for each in recorded]
print(json.dumps([[str(finding) for found in findings(each).values() for finding in found] for each in held]))
"""


class Applied(NamedTuple):
    """What is written of an API, and the effective specification that comes of it."""

    documents: Documents
    effective: dict[str, Any]


def applied(documents: Documents) -> Applied:
    """Apply the overlay, with which `make generate` begins.

    Raises:
        SpecificationError: An action of it is out of date.
    """
    effective = apply_overlay(documents.specification, documents.overlay, source=OVERLAY_FILE.name)
    return Applied(documents, effective)


def methods(of: Applied) -> dict[str, str]:
    """Render the methods and the table of operations, without writing them.

    Raises:
        MethodsError: They cannot be rendered.
    """
    document = Document(of.effective, of.documents.methods, _classes(), PACKAGES[0].output.name)
    return module_texts(document, modules_of(document))


def fit(of: Applied, recorded: Mapping[str, str]) -> list[str]:
    """Return what `make fit` says, where `make generate` has left the wrapper as it is."""
    held = v2.subject(of.documents.specification, of.documents.overlay, of.effective, recorded)
    return [str(finding) for found in findings(held).values() for finding in found]


def fit_of_generated(of: Applied, recorded: Mapping[str, str], folder: Path) -> tuple[list[str], list[str]]:
    """Return what `make fit` says once `make generate` has written package and wrapper; and with renewed shapes."""
    documents = of.documents
    files = {SPECIFICATION_FILES["published"].name: documents.specification, OVERLAY_FILE.name: documents.overlay}
    files[Methods().said.name] = documents.methods
    paths = [folder / name for name in files]
    for path, document in zip(paths, files.values(), strict=True):
        path.write_text(json.dumps(document), encoding="utf-8")
    library = folder / "packages" / LIBRARY.name
    shutil.copytree(LIBRARY, library, ignore=shutil.ignore_patterns("__pycache__"))
    package = Package(
        folder / "packages" / PACKAGES[0].output.name,
        Sources(specification=paths[0], overlay=paths[1]),
        folder / "effective.json",
        Methods(said=paths[2], sentences=paths[2], output=library / "v2"),
    )
    generate(package.sources, package.output)
    for path, text in rendered(package).items():
        path.write_text(text, encoding="utf-8")
        if path.name.startswith("async_"):
            half = path.with_name(path.name.removeprefix("async_"))
            half.write_text(translated(text, path.name), encoding="utf-8")
    # A path in PYTHONPATH comes before the folders of what is committed.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (folder / "packages", ROOT, ROOT / "scripts")))}
    run = subprocess.run(  # noqa: S603 - Python
        [sys.executable, "-c", _FIT],
        cwd=ROOT,
        env=environment,
        input=json.dumps([documents.specification, documents.overlay, recorded, shapes(of.effective)]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    told, renewed = json.loads(run.stdout)
    return told, renewed


@cache
def _classes() -> dict[str, str]:
    config = yaml.safe_load(Sources().config.read_text(encoding="utf-8"))
    return {name: override["class_name"] for name, override in config["class_overrides"].items()}
