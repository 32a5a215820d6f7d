"""The baseline that everybody has: what openapi-python-client makes of the specification without our templates."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

from results import ROOT

if TYPE_CHECKING:
    from types import ModuleType

PACKAGE = "enlighten_plain"
_SOURCES = (
    *("enlighten.yaml", "enlighten.overlay.yaml", "generator-config.yaml"),
    *("scripts/generate.py", "scripts/generator.py"),
)


def plain(module: str) -> ModuleType:
    """Import a module of the plain client, which is generated first if its sources have changed.

    Args:
        module: Its name below the package, such as ``models``.

    Raises:
        RuntimeError: It cannot be generated.
    """
    digest = hashlib.sha256(version("openapi-python-client").encode())
    for source in _SOURCES:
        digest.update((ROOT / source).read_bytes())
    folder = ROOT / "build" / "bench" / digest.hexdigest()[:16]
    if not (folder / PACKAGE).is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as no_templates:
            command = [sys.executable, str(ROOT / "scripts" / "generate.py"), "--templates", no_templates]
            command += ["--output", str(folder / PACKAGE)]
            run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
        if run.returncode:
            raise RuntimeError(f"the plain client cannot be generated: {run.stderr.strip()}")
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    return import_module(f"{PACKAGE}.{module}")
