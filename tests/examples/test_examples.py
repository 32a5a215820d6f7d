"""Each example runs as its docstring says, against the simulated API over HTTP."""

from __future__ import annotations

import ast
import json
import os
import re
import runpy
import subprocess
import sys
import threading
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import httpx
import pytest
import uvicorn

from enlighten_mock import Fault
from tests.support.loopback import TRUSTING_NOBODY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from enlighten_mock import SimulatedAPI

    Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
UNKNOWN = pytest.mark.parametrize("kind", ["nulls", "missing"])


@pytest.fixture
def variables(now: float, enlighten_api: SimulatedAPI, tmp_path: Path) -> dict[str, str]:
    """What a program needs to find the simulated API, to find no profile, and to have the test's time."""
    kept = {name: os.environ[name] for name in ("LANG", "PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "ENLIGHTEN_BASE_URL": enlighten_api.base_url,
        "ENLIGHTEN_API_KEY": enlighten_api.api_key,
        "ENLIGHTEN_USER_ID": enlighten_api.user_id,
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT / "tests" / "docs" / "travel"),
        "PYTHONWARNINGS": "error",
        "TEST_NOW": str(now),
    }


@pytest.fixture
def run(variables: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs an example in this process, which has imported most of what it needs."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(example: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", [example, *arguments])
        with redirect_stdout(StringIO()) as output, redirect_stderr(StringIO()) as errors:
            try:
                runpy.run_path(str(EXAMPLES / example), run_name="__main__")
            except SystemExit as ended:
                status = ended.code
            else:
                status = None
        if isinstance(status, str):
            errors.write(f"{status}\n")
            status = 1
        return subprocess.CompletedProcess(sys.argv, status or 0, output.getvalue(), errors.getvalue())

    return run


@pytest.fixture
def run_apart(variables: dict[str, str], tmp_path: Path) -> Run:
    """Runs an example as its user does."""

    def run(example: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(EXAMPLES / example), *arguments]
        return subprocess.run(  # noqa: S603 - our own examples
            command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False, timeout=240
        )

    return run


@pytest.fixture
def service(run: Run) -> Iterator[httpx.Client]:
    """The web service, in a thread of this process."""
    del run  # which has set the environment
    app = runpy.run_path(str(EXAMPLES / "web_service.py"))["app"]
    server = uvicorn.Server(uvicorn.Config(app, port=0, ws="none", log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", verify=TRUSTING_NOBODY) as client:
        yield client
    server.should_exit = True
    thread.join()


@pytest.fixture
def service_apart(variables: dict[str, str]) -> Iterator[httpx.Client]:
    """The web service, started as its docstring says, on any free port."""
    command = [sys.executable, "-m", "uvicorn", "web_service:app", "--port", "0"]
    with subprocess.Popen(command, cwd=EXAMPLES, env=variables, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603
        assert server.stderr is not None
        printed = ""
        for line in server.stderr:
            printed += line
            if running := re.search(r"running on (http://\S+)", line):
                with httpx.Client(base_url=running[1], verify=TRUSTING_NOBODY) as client:
                    yield client
                break
        else:
            pytest.fail(printed)
        server.terminate()
        server.stderr.read()


def test_the_report_has_a_row_for_each_system_and_a_column_for_each_month(run_apart: Run, tmp_path: Path) -> None:
    done = run_apart("monthly_report.py", "2024-03", "2024-05", "report.csv")
    assert done.returncode == 0, done.stderr
    head, *rows = (tmp_path / "report.csv").read_text().splitlines()
    assert head == "system,2024-03_kWh,2024-04_kWh,2024-05_kWh"
    assert len(rows) == 20
    assert rows[1].startswith("67 St. John's Residence 67,")
    assert float(rows[1].rpartition(",")[2]) > 100
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == head.split(",")[1:]


def test_the_report_goes_on_after_a_system_that_fails(run: Run, tmp_path: Path, enlighten_api: SimulatedAPI) -> None:
    enlighten_api.faults.add(Fault(kind="not_found", system_id=72, operation="EnergyLifetime"))
    done = run("monthly_report.py", "2024-05", "2024-05", "report.csv")
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("72 is left out: ")
    assert len((tmp_path / "report.csv").read_text().splitlines()) == 1 + 19


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(1718222550.0, id="day"),
        pytest.param(datetime(2024, 6, 12, 2, tzinfo=UTC).timestamp(), id="still the day before in America"),
        pytest.param(datetime(2024, 6, 11, 23, tzinfo=UTC).timestamp(), id="already the day after in Australia"),
    ],
    indirect=True,
)
def test_the_report_has_the_month_that_is_not_over_as_far_as_it_has_come(run: Run, tmp_path: Path) -> None:
    done = run("monthly_report.py", "2024-05", "2024-07", "report.csv")
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split(",") for line in (tmp_path / "report.csv").read_text().splitlines()[1:]]
    [of_67] = [row for row in rows if row[0].startswith("67 ")]
    assert 0 < float(of_67[2]) < float(of_67[1])
    assert {row[3] for row in rows} == {""}
    may, june, july = done.stdout.splitlines()
    assert float(may.partition(": ")[2].replace(",", "")) > float(june.partition(": ")[2].replace(",", "")) > 0
    assert july == "2024-07_kWh: no value"


@pytest.mark.parametrize(("first", "last"), [("2024-05", "2024-05"), ("2024-08", "2024-09")])
def test_a_report_without_any_value_is_no_success(
    first: str, last: str, run: Run, tmp_path: Path, enlighten_api: SimulatedAPI
) -> None:
    if first == "2024-05":
        enlighten_api.faults.add(Fault(kind="not_found", operation="EnergyLifetime"))
    done = run("monthly_report.py", first, last, "report.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == f"Nothing is written: no system has a value from {first} to {last}."
    assert not (tmp_path / "report.csv").exists()


def test_the_snapshot_adds_up_what_is_fresh(run: Run, enlighten_api: SimulatedAPI) -> None:
    enlighten_api.faults.add(Fault(kind="unauthorized", system_id=72, operation="Summary"))
    done = run("fleet_snapshot.py")
    assert done.returncode == 0, done.stderr
    assert "of 19 systems reported in the last half hour" in done.stdout
    assert " kWh today" in done.stdout
    assert done.stderr.startswith("72 is left out: ")


def test_a_snapshot_of_nothing_is_no_success(run: Run, enlighten_api: SimulatedAPI) -> None:
    enlighten_api.faults.add(Fault(kind="not_found", operation="Summary"))
    done = run("fleet_snapshot.py")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("no system's summary could be had\n")


@UNKNOWN
def test_the_snapshot_leaves_out_what_is_unknown(
    kind: Literal["nulls", "missing"], run: Run, run_apart: Run, enlighten_api: SimulatedAPI
) -> None:
    whole = run("fleet_snapshot.py").stdout
    enlighten_api.faults.add(
        Fault(kind=kind, operation="Summary", system_id=67, fields=("energy_today", "current_power", "size_w")),
        Fault(kind=kind, operation="Summary", system_id=68, fields=("last_interval_end_at",)),
    )
    # On its own, where the client's log is shown on standard error.
    done = run_apart("fleet_snapshot.py")
    assert done.returncode == 0, done.stderr
    numbers, fewer = (
        [float(n.replace(",", "")) for n in re.findall(r"[\d,.]*\d", out)] for out in (whole, done.stdout)
    )
    assert fewer[:2] == [numbers[0] - 1, numbers[1]]
    assert all(0 < now < before for now, before in zip(fewer[2:], numbers[2:], strict=True))
    assert "energy_today" in done.stderr


@UNKNOWN
def test_the_alert_names_a_system_whose_last_report_is_unknown(
    kind: Literal["nulls", "missing"], run: Run, enlighten_api: SimulatedAPI
) -> None:
    enlighten_api.faults.add(Fault(kind=kind, operation="Systems", fields=("last_report_at",)))
    done = run("alert_when_stopped.py", "--hours", "1000000")
    assert done.returncode == 1, done.stderr
    assert len(re.findall(r"is silent and no report is known", done.stdout)) == 20


def test_the_alert_names_the_systems_that_stopped(run_apart: Run) -> None:
    done = run_apart("alert_when_stopped.py", "--hours", "48")
    assert done.returncode == 1, done.stderr
    assert "69 'Nelson Residence 69' is silent and no report is known (status comm)" in done.stdout
    assert "67" not in done.stdout


def test_the_alert_takes_the_hours_that_it_is_given(run: Run) -> None:
    done = run("alert_when_stopped.py", "--hours", "1000000")
    assert (done.returncode, done.stderr) == (1, "")
    assert len(done.stdout.splitlines()) == 1, "only the one that never reported"


def test_the_alert_tells_trouble_from_silence(run: Run, enlighten_api: SimulatedAPI) -> None:
    enlighten_api.faults.add(Fault(kind="unauthorized"))
    done = run("alert_when_stopped.py")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("cannot tell: ")


def test_the_web_service_responds_and_keeps_the_response(
    service_apart: httpx.Client, enlighten_api: SimulatedAPI
) -> None:
    first = service_apart.get("/systems/67/today")
    assert first.status_code == 200
    assert first.json()["energy_today_wh"] > 1_000
    enlighten_api.faults.add(Fault(kind="unauthorized"))
    assert service_apart.get("/systems/67/today").json() == first.json()


@UNKNOWN
def test_the_web_service_gives_null_where_a_value_is_unknown(
    kind: Literal["nulls", "missing"], service: httpx.Client, enlighten_api: SimulatedAPI
) -> None:
    fields = ("energy_today", "current_power", "last_interval_end_at")
    enlighten_api.faults.add(Fault(kind=kind, operation="Summary", fields=fields))
    response = service.get("/systems/67/today")
    assert response.status_code == 200
    assert response.json() == dict.fromkeys(("energy_today_wh", "power_w", "measured_at"))


@pytest.mark.parametrize(
    ("kind", "status", "says"),
    [
        ("not_found", 404, "no such system"),
        ("conflict", 503, "Come back at"),
        ("unauthorized", 502, "does not answer"),
    ],
)
def test_the_web_service_turns_errors_into_responses(
    kind: str, status: int, says: str, service: httpx.Client, enlighten_api: SimulatedAPI
) -> None:
    enlighten_api.faults.add(Fault(kind=kind))  # type: ignore[arg-type]  # one of its literals
    response = service.get("/systems/67/today")
    assert response.status_code == status
    assert says in response.json()["detail"]


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """The notebook's code, as a program."""
    notebook = json.loads((EXAMPLES / "a_day_and_a_life.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    script = tmp_path / "notebook.py"
    script.write_text("\n\n".join(shown(cell) for cell in cells), encoding="utf-8")
    return script


def test_the_notebook_runs_from_top_to_bottom(run_apart: Run, notebook: Path) -> None:
    done = run_apart(str(notebook))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("St. John's Residence 67 America/St_Johns")
    assert "kWh a day" in done.stdout


@UNKNOWN
def test_the_notebook_does_without_values_that_are_unknown(
    kind: Literal["nulls", "missing"], run: Run, notebook: Path, enlighten_api: SimulatedAPI
) -> None:
    enlighten_api.faults.add(Fault(kind=kind, operation="Stats", fields=("enwh", "powr", "devices_reporting", "meta")))
    enlighten_api.faults.add(Fault(kind=kind, operation="EnergyLifetime", fields=("meta", "meter_start_date")))
    done = run(str(notebook))
    assert done.returncode == 0, done.stderr
    assert "kWh a day" in done.stdout


def test_the_notebook_is_committed_without_outputs() -> None:
    notebook = json.loads((EXAMPLES / "a_day_and_a_life.ipynb").read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    for cell in notebook["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_each_example_says_what_it_does_and_how_to_run_it_and_is_short(example: Path) -> None:
    text = example.read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text)) or ""
    assert "pip install" in docstring
    assert "Spends" in docstring
    assert len(text.splitlines()) <= 65


def shown(cell: str) -> str:
    """Print the value of a cell's last expression, as a notebook does."""
    *before, last = ast.parse(cell).body
    if not isinstance(last, ast.Expr):
        return cell
    call = ast.Expr(ast.Call(ast.Name("print"), [last.value], []))
    return ast.unparse(ast.fix_missing_locations(ast.Module([*before, call], [])))
