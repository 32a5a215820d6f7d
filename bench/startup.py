"""Starting up, each time in a fresh process: imports, and the first client."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial

from measuring import Effort, interleaved
from results import Aim, Result, timed

# httpx imports its command line whenever click and rich are installed, which a development environment has and an
# application seldom does: with them `import httpx` takes twice as long. The ratios are those of the application.
_PREPARED = "import sys; sys.modules['click'] = None; from time import perf_counter; begun = perf_counter()"
_REPORTED = "print(perf_counter() - begun)"

_IMPORT_HTTPX = "import httpx"
_HTTPX_CLIENT = "import httpx; httpx.Client()"
_HELP = """
import contextlib, io, sys
from enphase_enlighten.cli import main
sys.argv = ["enlighten", "--help"]
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
"""


def startup(effort: Effort) -> list[Result]:
    """`import enphase_enlighten`, and from nothing to a client."""
    scripts = {
        "import enphase_enlighten": "import enphase_enlighten",
        _IMPORT_HTTPX: _IMPORT_HTTPX,
        "Enlighten(...)": "import enphase_enlighten; enphase_enlighten.Enlighten('key', 'user')",
        "AsyncEnlighten(...)": "import enphase_enlighten; enphase_enlighten.AsyncEnlighten('key', 'user')",
        _HTTPX_CLIENT: _HTTPX_CLIENT,
        "enlighten --help": _HELP,
    }
    # Compiled modules are kept elsewhere than beside the sources, and kept whatever the environment says about it.
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        turns = {name: partial(_fresh, script, environment) for name, script in scripts.items()}
        timings = interleaved(turns, effort.rounds)
    return [
        timed(
            "import",
            "import enphase_enlighten, in a fresh process",
            timings,
            "import enphase_enlighten",
            _IMPORT_HTTPX,
            aim=Aim(0.5),
        ),
        timed(
            "construct",
            "import and construct Enlighten(...), in a fresh process",
            timings,
            "Enlighten(...)",
            _HTTPX_CLIENT,
            aim=Aim(1.2),
            also=["AsyncEnlighten(...)"],
        ),
        timed("help", "enlighten --help, in a fresh process", timings, "enlighten --help", _IMPORT_HTTPX, aim=Aim(1.3)),
    ]


def _fresh(script: str, environment: dict[str, str]) -> float:
    command = [sys.executable, "-c", f"{_PREPARED}\n{script}\n{_REPORTED}"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if run.returncode:
        raise RuntimeError(f"{script!r} failed: {run.stderr.strip()}")
    return float(run.stdout)
