"""The report of a run: operations by checks, the number of cases, and each failure with its smallest case."""

from __future__ import annotations

import json
import shlex
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

from ..v2.operations import KEY, USER
from .page import page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

CHECKS = {
    "requests": "the wrapper sends the request that a case describes",
    "rejections": "an invalid case is rejected, or becomes a typed error",
    "valid bodies": "a valid body is read and written back without loss",
    "rows": "the rows of a body are its intervals of the period, in order and once",
    "altered bodies": "a deviation from a valid body is an error when strict, and kept and logged when lenient",
    "error bodies": "an error body becomes the error of its status",
    "altered error bodies": "so does an error body that deviates from a valid one",
    "no content": "no content is an empty series",
    "credentials": "no log, text or exception shows a credential",
    "each system": "the responses for each system of the simulated fleet are valid by the specification",
    "network": "a call has the same outcome over loopback as without a network",
    "sequences": "wrapper and simulation, driven together, agree",
    "live": "the responses of a live target are valid by the specification",
}
"""The meaning of the checks of this suite; the others are schemathesis' own."""


class Report(NamedTuple):
    """The results of a run.

    Attributes:
        records: One for each operation and check of each test.
        failed_tests: The failed tests that have no record of a failure, by name.
        effort: How much was tried.
        target: The service that responded.
        unfinished: Why something was not tried to its end.
    """

    records: Sequence[dict[str, Any]]
    failed_tests: Sequence[dict[str, str]]
    effort: str
    target: str
    unfinished: Sequence[str] = ()


def curl(request: str) -> str:
    """Return the command that sends a request, with the credentials taken from the environment."""
    # curl encodes the credentials, which may have any characters.
    variables = ((KEY, "ENLIGHTEN_API_KEY"), (USER, "ENLIGHTEN_USER_ID"))
    credentials = " ".join(f'--data-urlencode "{name}=${variable}"' for name, variable in variables)
    return f'curl --globoff --get "$ENLIGHTEN_BASE_URL"{shlex.quote(request)} {credentials}'


def summed(records: Iterable[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the records of each operation and check as one."""
    cells: dict[tuple[str, str], dict[str, Any]] = {}
    for record in records:
        cell = cells.setdefault((record["operation"], record["check"]), {"cases": 0, "failures": []})
        cell["cases"] += record["cases"]
        if record["failure"]:
            request = record["failure"]["request"]
            cell["failures"].append({**record["failure"], "curl": curl(request) if request else ""})
    return cells


def write(report: Report, folder: Path) -> None:
    """Write `report.json` and `report.html` into a folder."""
    cells = summed(report.records)
    document = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "target": report.target,
        "effort": report.effort,
        "schemathesis": version("schemathesis"),
        "cases": sum(cell["cases"] for cell in cells.values()),
        "failures": sum(bool(cell["failures"]) for cell in cells.values()),
        "results": [
            {"operation": operation, "check": check, **cell} for (operation, check), cell in sorted(cells.items())
        ],
        "failed_tests": list(report.failed_tests),
        "unfinished": list(report.unfinished),
    }
    folder.mkdir(parents=True, exist_ok=True)
    # A failure may show half a character, which no file in UTF-8 can have; escaped, JSON reads it as it was.
    for name, text in (
        ("report.json", json.dumps(document, indent=2, ensure_ascii=False)),
        ("report.html", page_of(document, CHECKS)),
    ):
        (folder / name).write_text(f"{text}\n", encoding="utf-8", errors="backslashreplace")
