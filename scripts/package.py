"""Builds the sdist, and from it the wheel, into `dist/`, and tries the wheel in an empty environment.

It is tried in a folder outside of the checkout, so that nothing but what is in the wheel can be imported: first without
an extra, then with `cli` and `mock`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
SMOKE = ROOT / "scripts" / "smoke.py"


def run(*command: str | Path, folder: Path, environment: Mapping[str, str] | None = None) -> None:
    """Run a command, or end with its exit status."""
    status = subprocess.run(command, cwd=folder, env=environment, check=False).returncode  # noqa: S603 - our own tools
    if status:
        sys.exit(status)


def build() -> Path:
    """Build both; return the wheel."""
    shutil.rmtree(DIST, ignore_errors=True)
    # The build backend is that of this environment, which is pinned.
    run(sys.executable, "-P", "-m", "build", "--no-isolation", "--outdir", DIST, ROOT, folder=ROOT)
    [wheel] = DIST.glob("*.whl")
    return wheel


def smoke(wheel: Path, folder: Path) -> None:
    """Install the wheel into an environment in this folder, and use it there."""
    run(sys.executable, "-m", "venv", "environment", folder=folder)
    python = folder / "environment" / "bin" / "python"
    pip = (
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--constraint",
        ROOT / "constraints.txt",
    )
    bare = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    for extras, arguments in (("", ()), ("[cli,mock]", ("full",))):
        print(f"{wheel.name}{extras}:", flush=True)
        run(*pip, f"{wheel}{extras}", folder=folder)
        run(python, "-I", SMOKE, *arguments, folder=folder, environment=bare)


def main() -> None:
    """Build and try."""
    wheel = build()
    with tempfile.TemporaryDirectory() as folder:
        smoke(wheel, Path(folder))


if __name__ == "__main__":
    main()
