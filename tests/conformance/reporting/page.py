"""The report as a page of HTML, for people."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STYLE = Path(__file__).with_suffix(".css")


def page_of(document: dict[str, Any], checks: Mapping[str, str]) -> str:
    """Return the report as a page of HTML.

    Args:
        document: The report as JSON has it.
        checks: The meaning of the checks of this suite, in the order of the columns.
    """
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
<style>
{STYLE.read_text(encoding="utf-8")}</style>
</head>
<body>
<header class="{"good" if good else "bad"}">
<h1>Conformance</h1>
<p class="verdict">{verdict}</p>
<p>{escape(" · ".join(facts))}</p>
{reasons}</header>
<main>
{_table(document["results"], list(checks))}
{_failures(document)}
{_legend(checks)}
</main>
</body>
</html>
"""


def _table(results: Sequence[dict[str, Any]], known: Sequence[str]) -> str:
    cells = {(result["operation"], result["check"]): result for result in results}
    operations = sorted({operation for operation, _ in cells})
    tried = {check for _, check in cells}
    checks = [check for check in known if check in tried] + sorted(tried.difference(known))
    head = "".join(f'<th scope="col"><span>{escape(check.replace("_", " "))}</span></th>' for check in checks)
    rows = []
    for operation in operations:
        columns = "".join(_cell(operation, check, cells.get((operation, check))) for check in checks)
        rows.append(f'<tr><th scope="row">{escape(operation)}</th>{columns}</tr>')
    return (
        '<section><h2>Operations by checks</h2><p>Each number is the number of cases tried.</p><div class="wide">'
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
            command = f"<h4>To reproduce it</h4><pre>{escape(failure['curl'])}</pre>" if failure["curl"] else ""
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


def _legend(checks: Mapping[str, str]) -> str:
    entries = "".join(f"<dt>{escape(name)}</dt><dd>{escape(meaning)}</dd>" for name, meaning in checks.items())
    return (
        f"<section><h2>What is checked</h2><dl>{entries}</dl><p>The others are schemathesis' own checks.</p></section>"
    )
