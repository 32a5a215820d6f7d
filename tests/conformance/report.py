"""The report: operations by checks, cases run, and each failure with its smallest case; for machines and for people."""

from __future__ import annotations

import json
import shlex
from datetime import UTC, datetime
from html import escape
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

from .page import STYLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

CHECKS = {
    "requests": "what a case describes is what goes over the wire",
    "rejections": "an invalid case is refused, or becomes a typed error",
    "valid bodies": "a valid body is read and written back without loss",
    "rows": "the rows of a body are its intervals of the period, in order and once",
    "near bodies": "a body near a valid one is named when strict, kept when lenient",
    "error bodies": "an error body becomes the error of its status",
    "near error bodies": "and so does a body near one",
    "no content": "no content is an empty series",
    "credentials": "no log, text or exception shows a credential",
    "each system": "each system of the simulated fleet answers as the specification says",
    "network": "what comes over loopback is what comes without",
    "sequences": "wrapper and simulation, driven together, agree",
    "live": "a live target answers as the specification says",
}
"""What the checks of this suite mean; the others are schemathesis' own."""


class Report(NamedTuple):
    """What a run has found.

    Attributes:
        records: One for each operation and check of each test.
        others: The tests that failed, by their names.
        effort: How much was tried.
        target: What answered.
        unfinished: Why something was not tried to its end.
    """

    records: Sequence[dict[str, Any]]
    others: Sequence[dict[str, str]]
    effort: str
    target: str
    unfinished: Sequence[str] = ()


def curl(request: str) -> str:
    """Return the command that sends a request, with the credentials taken from the environment."""
    # curl encodes the credentials, which may have any characters.
    credentials = " ".join(
        f'--data-urlencode "{name}"' for name in ("key=$ENLIGHTEN_API_KEY", "user_id=$ENLIGHTEN_USER_ID")
    )
    return f'curl --globoff --get "$ENLIGHTEN_BASE_URL"{shlex.quote(request)} {credentials}'


def summed(records: Iterable[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the records with those of the same operation and check made one."""
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
        "failed_tests": list(report.others),
        "unfinished": list(report.unfinished),
    }
    folder.mkdir(parents=True, exist_ok=True)
    # A failure may tell of half a character, which no file in UTF-8 can have; escaped, JSON reads it as it was.
    for name, text in (
        ("report.json", json.dumps(document, indent=2, ensure_ascii=False)),
        ("report.html", _page(document)),
    ):
        (folder / name).write_text(f"{text}\n", encoding="utf-8", errors="backslashreplace")


def _page(document: dict[str, Any]) -> str:
    wrong = document["failures"] or len(document["failed_tests"])
    good = not wrong and not document["unfinished"]
    verdict = "Everything agrees" if good else "Not finished"
    if wrong:
        verdict = f"{wrong} disagreement{'' if wrong == 1 else 's'}"
    reasons = "".join(f"<p>Not finished: {escape(reason)}</p>\n" for reason in document["unfinished"])
    facts = [f"{document['cases']:,} cases", document["effort"], f"against {document['target']}", document["when"]]
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Conformance: {verdict}</title>
<style>{STYLE}</style>
</head>
<body>
<header class="{"good" if good else "bad"}">
<h1>Conformance</h1>
<p class="verdict">{verdict}</p>
<p>{escape(" · ".join(facts))}</p>
{reasons}</header>
<main>
{_table(document["results"])}
{_failures(document)}
{_legend()}
</main>
</body>
</html>
"""


def _table(results: Sequence[dict[str, Any]]) -> str:
    cells = {(result["operation"], result["check"]): result for result in results}
    operations = sorted({operation for operation, _ in cells})
    known = list(CHECKS)
    checks = sorted({check for _, check in cells}, key=lambda check: (check not in known, check))
    checks = [check for check in known if check in checks] + [check for check in checks if check not in known]
    head = "".join(f'<th scope="col"><span>{escape(check.replace("_", " "))}</span></th>' for check in checks)
    rows = []
    for operation in operations:
        columns = "".join(_cell(operation, check, cells.get((operation, check))) for check in checks)
        rows.append(f'<tr><th scope="row">{escape(operation)}</th>{columns}</tr>')
    return (
        '<section><h2>Operations by checks</h2><p>Each number is how many cases were tried.</p><div class="wide">'
        f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></section>"
    )


def _cell(operation: str, check: str, result: dict[str, Any] | None) -> str:
    if result is None:
        return '<td class="none">·</td>'
    if result["failures"]:
        return f'<td class="fail"><a href="#{_anchor(operation, check)}">{result["cases"]:,} ✗</a></td>'
    return f'<td class="pass">{result["cases"]:,}</td>'


def _anchor(operation: str, check: str) -> str:
    return escape(f"{operation}-{check}".replace(" ", "-"), quote=True)


def _failures(document: dict[str, Any]) -> str:
    parts = []
    for result in document["results"]:
        for number, failure in enumerate(result["failures"]):
            mark = f' id="{_anchor(result["operation"], result["check"])}"' if number == 0 else ""
            command = f"<h4>To see it</h4><pre>{escape(failure['curl'])}</pre>" if failure["curl"] else ""
            parts.append(
                f"<article{mark}><h3>{escape(result['operation'])}: {escape(result['check'])}</h3>"
                f"<pre class='error'>{escape(failure['error'])}</pre>"
                f"<h4>Smallest case</h4><pre>{escape(failure['case'])}</pre>{command}</article>"
            )
    parts += [
        f"<details><summary>{escape(other['test'])}</summary><pre>{escape(other['error'])}</pre></details>"
        for other in document["failed_tests"]
    ]
    return f"<section><h2>Disagreements</h2>{''.join(parts)}</section>" if parts else ""


def _legend() -> str:
    entries = "".join(f"<dt>{escape(name)}</dt><dd>{escape(meaning)}</dd>" for name, meaning in CHECKS.items())
    return (
        f"<section><h2>What is checked</h2><dl>{entries}</dl><p>The others are schemathesis' own checks.</p></section>"
    )
