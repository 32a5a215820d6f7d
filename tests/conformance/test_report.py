"""The report of a run for people and machines, and the settings with which a run cannot begin."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest

from conformance import SETTINGS
from tests.support.specification import ROOT

from .reporting.plugin import UNFINISHED_PROPERTY, VARIABLE, ReportPlugin
from .reporting.redaction import SECRETS
from .reporting.report import Report, curl, write
from .reporting.tally import TALLY_PROPERTY

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "a+key/with &ü"
QUICK_START = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
FAILURE = {"case": "status=<b>", "request": "/systems?status%5B%5D=x", "error": "AssertionError: <i>no</i>"}
FAILING = """
import pytest

@pytest.mark.parametrize("text", {texts!r})
def test_it(text):
    assert not text
"""


def test_a_report_has_operations_checks_cases_and_each_failure_with_its_smallest_case(tmp_path: Path) -> None:
    records = [
        {"operation": "Stats", "check": "rows", "cases": 1200, "failure": None},
        {"operation": "Systems", "check": "requests", "cases": 3, "failure": FAILURE},
        {"operation": "Systems", "check": "requests", "cases": 4, "failure": None},
    ]
    write(Report(records, [], "7 cases an operation", "the simulated API"), tmp_path)
    document = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (document["cases"], document["failures"], document["effort"]) == (1207, 1, "7 cases an operation")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for text in ("1 disagreement<", "1,200", "7 ✗", "status=&lt;b&gt;", "&lt;i&gt;no&lt;/i&gt;", "ENLIGHTEN_API_KEY"):
        assert text in page


def test_an_unfinished_test_is_no_disagreement(tmp_path: Path) -> None:
    plugin = ReportPlugin(tmp_path)
    reason = [(UNFINISHED_PROPERTY, "the requests are <spent>")]
    plugin.pytest_runtest_logreport(
        pytest.TestReport("a.py::it", ("", 1, ""), {}, "failed", "it ends", "call", user_properties=reason)
    )
    plugin.pytest_sessionfinish()
    document = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (document["unfinished"], document["failures"], document["failed_tests"]) == ([reason[0][1]], 0, [])
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert '<p class="verdict">Not finished</p>' in page
    assert "Not finished: the requests are &lt;spent&gt;" in page


def test_the_curl_line_sends_the_request_with_encoded_credentials() -> None:
    words = shlex.split(curl("/systems?system_name=it's%20%24HOME"))
    assert words[3] == "$ENLIGHTEN_BASE_URL/systems?system_name=it's%20%24HOME"
    assert words[4:] == ["--data-urlencode", "key=$ENLIGHTEN_API_KEY", "--data-urlencode", "user_id=$ENLIGHTEN_USER_ID"]


def test_half_a_character_is_shown_in_the_report(tmp_path: Path) -> None:
    records = [{"operation": "Stats", "check": "rows", "cases": 1, "failure": {**FAILURE, "case": "name='\ud800'"}}]
    write(Report(records, [], "quick profile", "the simulated API"), tmp_path)
    [result] = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["results"]
    assert result["failures"][0]["case"] == "name='\ud800'"
    assert "name=&#x27;\\ud800&#x27;" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("secret", ["1", "test", "operation", '"', "\\", "a/b&c"])
def test_a_report_is_whole_whatever_the_credentials_are(
    secret: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECRETS[0], secret)
    failure = {**FAILURE, "error": f"it said {secret}"}
    records = [{"operation": "Stats", "check": "rows", "cases": 11, "failure": failure}]
    counted = [(TALLY_PROPERTY, json.dumps(records))]
    plugin = ReportPlugin(tmp_path)
    plugin.pytest_runtest_logreport(
        pytest.TestReport("a.py::it", ("", 1, ""), {}, "passed", None, "teardown", user_properties=counted)
    )
    plugin.pytest_sessionfinish()
    [result] = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["results"]
    assert (result["cases"], result["failures"][0]["error"]) == (11, "it said [redacted]")


def test_no_report_shows_a_credential(tmp_path: Path) -> None:
    texts = [SECRET, quote(SECRET, safe=""), quote_plus(SECRET)]
    suite = tmp_path / "suite"
    suite.mkdir()
    (suite / "test_it.py").write_text(FAILING.format(texts=texts), encoding="utf-8")
    variables = {**QUICK_START, **dict.fromkeys(SECRETS, SECRET), VARIABLE: str(tmp_path), "PYTHONPATH": str(ROOT)}
    options = ["-q", "-p", "tests.conformance.conftest", "-p", "no:cacheprovider", "-c", "/dev/null"]
    command = [sys.executable, "-m", "pytest", *options, str(suite)]
    run = subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, capture_output=True, check=False)  # noqa: S603 - pytest
    assert run.returncode == 1, run.stdout
    for report in ("report.json", "report.html"):
        written = (tmp_path / report).read_text(encoding="utf-8")
        assert "[redacted]" in written
        for text in (*texts, json.dumps(SECRET)[1:-1]):
            assert text not in written


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"EXAMPLES": "many"}, "EXAMPLES=many must be a whole number of 1 or more.\nusage: make conformance"),
        ({"EXAMPLES": "0"}, "EXAMPLES=0 must be a whole number of 1 or more."),
        ({"SEED": "-1"}, "SEED=-1 must be a whole number of 0 or more."),
        ({"BASE_URL": "https://api.invalid", "HITS": "abc"}, "HITS=abc must be a whole number of 1 or more."),
        ({"BASE_URL": "https://api.invalid", "ENLIGHTEN_API_KEY": ""}, "needs ENLIGHTEN_API_KEY"),
        ({"BASE_URL": "https://api.invalid", "HITS": "3"}, "HITS=3 is too few"),
        ({"BASE_URL": "https://api.invalid", "PLAN": "what"}, "plan='what' is unknown"),
        ({"BASE_URL": "http://api.invalid"}, "Use https"),
    ],
    ids=str,
)
def test_a_run_that_cannot_begin_says_why_before_anything_is_sent(variables: dict[str, str], reason: str) -> None:
    environment = {**os.environ, **dict.fromkeys(SETTINGS, ""), **dict.fromkeys(SECRETS, SECRET), **variables}
    command = [sys.executable, "scripts/conformance.py"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    said = run.stdout + run.stderr
    assert run.returncode == 2, said
    assert reason in said
    assert "Traceback" not in said
    assert SECRET not in said


def test_variables_for_another_program_change_nothing() -> None:
    """`make test` stays with the simulated API, whatever variables of general names there are."""
    general = {"BASE_URL": "https://api.invalid", "HITS": "abc", "SEED": "abc", "EXAMPLES": "many", "PLAN": "what"}
    code = (
        "from tests.conformance.recording.target import target; from tests.conformance.settings import LONG, SEED; "
        "print(LONG, SEED, target().name)"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CONFORMANCE_")}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=ROOT, env={**environment, **general}, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert run.stdout == "False None the simulated API\n", run.stderr


def test_a_report_is_named_only_where_this_run_has_written_it() -> None:
    environment = {**os.environ, **QUICK_START, **dict.fromkeys(SETTINGS, ""), "PYTEST_ADDOPTS": "--no-such-option"}
    command = [sys.executable, "scripts/conformance.py"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert run.returncode != 0
    assert "no-such-option" in run.stdout
    assert "The report" not in run.stdout
