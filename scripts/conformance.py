"""Runs the conformance suite at length and writes its report: against the simulated API, or a live target to read from.

Settings come from the environment: `EXAMPLES` cases an operation (500) that are drawn from `SEED` (any), or with
`BASE_URL` a live target, on which at most `HITS` requests (40) are spent at the pace of `PLAN` (watt). Credentials for
it are `ENLIGHTEN_API_KEY` and `ENLIGHTEN_USER_ID`; they are not printed, whatever a test has to say.

Variables of such general names may be there for another program, so nothing but this one reads them: the suite has
them as `CONFORMANCE_EXAMPLES` and so on.
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
REPORT = ROOT / "build" / "conformance"
EXAMPLES = "500"
LEAST = {"EXAMPLES": 1, "SEED": 0, "HITS": 1}
"""The least that the settings which are numbers can be."""
SETTINGS = (*LEAST, "BASE_URL", "PLAN")
SUITE = "CONFORMANCE_"
"""What the names of the suite's own variables begin with."""
SECRETS = ("ENLIGHTEN_API_KEY", "ENLIGHTEN_USER_ID")
REDACTED = "[redacted]"
USAGE = (
    "usage: make conformance [EXAMPLES=500] [SEED=...], or make conformance BASE_URL=https://... [HITS=40] [PLAN=watt]"
)


def main() -> int:
    """The command line; gives the exit status."""
    settings = {name: os.environ[name] for name in SETTINGS if os.environ.get(name)}
    for name, least in LEAST.items():
        # More digits are no number of anything that could be tried.
        given = settings.get(name, str(least))
        if not re.fullmatch("[0-9]{1,12}", given) or int(given) < least:
            return refused(f"{name}={given} is no whole number of {least} or more.\n{USAGE}")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(SUITE)}
    environment |= {f"{SUITE}REPORT": str(REPORT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider"]
    if "BASE_URL" in settings:
        missing = [name for name in SECRETS if not environment.get(name)]
        if missing:
            return refused(f"a live target needs {' and '.join(missing)} in the environment.")
        environment |= {f"{SUITE}{name}": settings[name] for name in ("BASE_URL", "HITS", "PLAN") if name in settings}
        # What the run will spend, before anything is sent.
        said = run([sys.executable, "-m", "tests.conformance.live"], environment)
        if said:
            return said
        command += ["tests/conformance/test_live.py"]
    else:
        examples, seed = settings.get("EXAMPLES", EXAMPLES), settings.get("SEED", str(secrets.randbelow(2**32)))
        environment |= {f"{SUITE}EXAMPLES": examples, f"{SUITE}SEED": seed}
        tried = f"Trying {examples} cases an operation against the simulated API"
        print(f"{tried}; SEED={seed} tries the same ones again.", flush=True)
        command += ["--hypothesis-seed", seed]
        workers = environment.get("WORKERS") or "auto"
        command += ["-n", workers, "-m", "not long", "--ignore=tests/conformance/test_teeth.py", "tests/conformance"]
    earlier = written()
    status = run(command, environment)
    if written() != earlier:
        print(f"The report: {REPORT.relative_to(ROOT) / 'report.html'}, and report.json beside it.")
    return status


def written() -> int | None:
    """Tell when the report was written; None where there is none."""
    page = REPORT / "report.html"
    return page.stat().st_mtime_ns if page.exists() else None


def refused(reason: str) -> int:
    """Say why a run cannot begin; gives the exit status."""
    print(f"error: {reason}", file=sys.stderr)
    return 2


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a program and pass on what it prints, without the secrets."""
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
