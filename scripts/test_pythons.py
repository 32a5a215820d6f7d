"""Runs the tests on each of the supported Pythons that the machine has, and says which it lacks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSIONS = ("3.11", "3.12", "3.13")


def interpreter(version: str) -> str | None:
    """Return an interpreter of that version that runs; None where there is none."""
    name = f"python{version}"
    candidates = [name, *(str(path) for path in sorted(pyenv_versions().glob(f"{version}.*/bin/{name}")))]
    for candidate in candidates:
        try:
            # A shim of a version manager may be there and not run.
            check = f"import sys; sys.exit('{version}' != '%d.%d' % sys.version_info[:2])"
            if subprocess.run([candidate, "-c", check], capture_output=True, check=False).returncode == 0:  # noqa: S603 - an interpreter
                return candidate
        except OSError:
            continue
    return None


def pyenv_versions() -> Path:
    """Return where pyenv keeps its interpreters, whether or not there are any."""
    return Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv", "versions")


def run(version: str, python: str) -> int:
    """Run the tests in an environment of their own, which later runs find ready."""
    print(f"== Python {version}: {python}", flush=True)
    command = ["make", "--no-print-directory", "test", f"PYTHON={python}", f"VENV=.venv-{version}"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 - our own Makefile


def main() -> int:
    """Run all; give the exit status."""
    results = {}
    for version in VERSIONS:
        python = interpreter(version)
        results[version] = (
            "not on this machine" if python is None else "passed" if run(version, python) == 0 else "FAILED"
        )
    print("\n".join(f"Python {version}: {result}" for version, result in results.items()))
    return 1 if "FAILED" in results.values() or "passed" not in results.values() else 0


if __name__ == "__main__":
    sys.exit(main())
