"""`enlighten mock`: the simulated API, a program of its own."""

from __future__ import annotations

import runpy
import sys
from importlib.util import find_spec

from ..exits import CommandError, Stopped

_PROGRAM = "enlighten_mock"


def run(arguments: list[str]) -> int:
    """Serve the simulated API with its own arguments until it is stopped, and return its exit code."""
    if find_spec(_PROGRAM) is None or find_spec("uvicorn") is None:
        raise CommandError("enlighten mock needs the simulated API: pip install 'enphase-enlighten[mock]'")
    # As a program, by name: this package imports nothing of what it is tested against.
    sys.argv = ["enlighten mock", *arguments]
    try:
        runpy.run_module(_PROGRAM, run_name="__main__", alter_sys=False)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except Stopped as stopped:
        return stopped.code
    return 0
