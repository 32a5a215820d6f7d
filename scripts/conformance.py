"""Runs the conformance suite at length and writes its report: against the simulated API, or a live target to read from.

Settings come from the environment: `EXAMPLES` cases an operation (500) that are drawn from `SEED` (random), or with
`BASE_URL` a live target, on which at most `HITS` requests (40) are spent at the pace of `PLAN` (watt). Its credentials
are `ENLIGHTEN_API_KEY` and `ENLIGHTEN_USER_ID`; they are redacted in the output of the tests.

Variables of such general names may be meant for another program, so only this script reads them: it passes them on to
the suite as `CONFORMANCE_EXAMPLES` and so on.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, quote_plus

ROOT = Path(__file__).resolve().parents[1]
SUITE = Path("tests", "conformance")
REPORT = ROOT / "build" / "conformance"
EXAMPLES = "500"
LEAST = {"EXAMPLES": 1, "SEED": 0, "HITS": 1}
"""The least value of each setting that is a number."""
SETTINGS = (*LEAST, "BASE_URL", "PLAN")
PREFIX = "CONFORMANCE_"
"""The names of the suite's own variables begin with it."""
SECRETS = ("ENLIGHTEN_API_KEY", "ENLIGHTEN_USER_ID")
REDACTED = "[redacted]"
USAGE = (
    "usage: make conformance [EXAMPLES=500] [SEED=...], or make conformance BASE_URL=https://... [HITS=40] [PLAN=watt]"
)


def main() -> int:
    """Run the suite; return the exit status."""
    settings = {name: os.environ[name] for name in SETTINGS if os.environ.get(name)}
    for name, least in LEAST.items():
        # A number of more digits is a mistake.
        given = settings.get(name, str(least))
        if not re.fullmatch("[0-9]{1,12}", given) or int(given) < least:
            return cannot_begin(f"{name}={given} must be a whole number of {least} or more.\n{USAGE}")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment |= {f"{PREFIX}REPORT": str(REPORT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider"]
    if "BASE_URL" in settings:
        missing = [name for name in SECRETS if not environment.get(name)]
        if missing:
            return cannot_begin(f"a live target needs {' and '.join(missing)} in the environment.")
        environment |= {f"{PREFIX}{name}": settings[name] for name in ("BASE_URL", "HITS", "PLAN") if name in settings}
        # Prints what the run will spend, before anything is sent.
        status = run([sys.executable, "-m", "tests.conformance.recording.target"], environment)
        if status:
            return status
        command += [str(SUITE / "test_live.py")]
    else:
        examples, seed = settings.get("EXAMPLES", EXAMPLES), settings.get("SEED", str(secrets.randbelow(2**32)))
        environment |= {f"{PREFIX}EXAMPLES": examples, f"{PREFIX}SEED": seed}
        announcement = f"Trying {examples} cases an operation against the simulated API"
        print(f"{announcement}; SEED={seed} tries the same ones again.", flush=True)
        command += ["--hypothesis-seed", seed]
        workers = environment.get("WORKERS") or "auto"
        command += ["-n", workers, "-m", "not long", f"--ignore={SUITE / 'test_seeded_faults.py'}", str(SUITE)]
    earlier = written()
    status = run(command, environment)
    if written() != earlier:
        print(f"The report: {REPORT.relative_to(ROOT) / 'report.html'}, and report.json beside it.")
    return status


def written() -> int | None:
    """Return when the report was written; None where there is none."""
    page = REPORT / "report.html"
    return page.stat().st_mtime_ns if page.exists() else None


def cannot_begin(reason: str) -> int:
    """Print why a run cannot begin; return the exit status."""
    print(f"error: {reason}", file=sys.stderr)
    return 2


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a program and print its output with the secrets redacted; return the exit status."""
    given = [environment[name] for name in SECRETS if environment.get(name)]
    hidden = [form for secret in given for form in (secret, quote(secret, safe=""), quote_plus(secret))]
    with subprocess.Popen(  # noqa: S603 - pytest
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            shown = line
            for secret in hidden:
                shown = shown.replace(secret, REDACTED)
            print(shown, end="", flush=True)
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
