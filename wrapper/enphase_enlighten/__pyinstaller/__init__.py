"""What PyInstaller asks for, so that a frozen program has the modules that are imported by a computed name."""

from __future__ import annotations

from pathlib import Path


def get_hook_dirs() -> list[str]:
    """Return the folder of the hooks, for the entry point ``pyinstaller40``."""
    return [str(Path(__file__).parent)]
