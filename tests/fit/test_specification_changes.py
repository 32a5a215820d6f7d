"""The messages for a maintainer who changes the specification, generates and runs the tests.

Each test applies changes to a copy of the specification, generates a client from that, and runs `test_fit.py` against
it in a process of its own. Each change has to fail its own test, and nothing else may fail.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from generate import Sources, generate
from tests.support.specification import OVERLAY_FILE, ROOT, SPECIFICATION_FILES, load_document

if TYPE_CHECKING:
    from collections.abc import Callable

FIT = Path(__file__).with_name("test_fit.py")


@dataclass
class Documents:
    """A copy of the specification and of its overlay, to be changed."""

    specification: dict[str, Any]
    overlay: dict[str, Any]

    def operation(self, operation_id: str) -> dict[str, Any]:
        for path in self.specification["paths"].values():
            if path["get"]["operationId"] == operation_id:
                found: dict[str, Any] = path["get"]
                return found
        raise KeyError(operation_id)

    def parameter(self, operation_id: str, name: str) -> dict[str, Any]:
        parameters = self.operation(operation_id)["parameters"]
        return next(parameter for parameter in parameters if parameter.get("name") == name)

    def action_with(self, text: str) -> dict[str, Any]:
        return next(action for action in self.overlay["actions"] if text in yaml.safe_dump(action))


def add_an_operation(documents: Documents) -> None:
    documents.specification["paths"]["/systems/{system_id}/alarms"] = {
        "get": {**documents.operation("Envoys"), "operationId": "Alarms"}
    }


def remove_a_parameter(documents: Documents) -> None:
    operation = documents.operation("EnergyLifetime")
    operation["parameters"].remove(documents.parameter("EnergyLifetime", "production"))


def rename_a_parameter(documents: Documents) -> None:
    documents.parameter("Stats", "start_at")["name"] = "from_at"


def add_a_parameter(documents: Documents) -> None:
    documents.operation("Summary")["parameters"].append(
        {"name": "currency", "in": "query", "schema": {"type": "string"}, "description": "A new parameter."}
    )


def remove_a_field(documents: Documents) -> None:
    schema = documents.specification["components"]["schemas"]["StatsResponse"]
    interval = schema["properties"]["intervals"]["items"]
    del interval["properties"]["enwh"]
    interval["required"].remove("enwh")
    for example in schema["example"]["intervals"]:
        del example["enwh"]


def require_a_parameter(documents: Documents) -> None:
    documents.parameter("Summary", "summary_date")["required"] = True


def rename_a_value(documents: Documents) -> None:
    schema = documents.parameter("EnergyLifetime", "production")["schema"]
    schema["enum"], schema["example"] = ["both"], "both"


def remove_a_field_of_a_table(documents: Documents) -> None:
    schema = documents.specification["components"]["schemas"]["SystemsResponse"]
    system = schema["properties"]["systems"]["items"]
    del system["properties"]["country"]
    system["required"].remove("country")
    for example in schema["example"]["systems"]:
        del example["country"]


def rename_a_field_of_an_error(documents: Documents) -> None:
    schema = documents.specification["components"]["schemas"]["UnprocessableEntityError"]
    schema["properties"]["earliest_interval"] = schema["properties"].pop("first_interval")


def rename_a_field_of_the_usage_limit(documents: Documents) -> None:
    schema = documents.specification["components"]["schemas"]["ConflictError"]
    schema["properties"]["resets_at"] = schema["properties"].pop("period_end")
    schema["example"]["resets_at"] = schema["example"].pop("period_end")
    schema["required"][schema["required"].index("period_end")] = "resets_at"


def change_a_window(documents: Documents) -> None:
    documents.action_with("@.operationId == 'RgmStats'")["update"]["x-window"]["longest"] = {"days": 31}


# The change, the one test that fails, and what its message has to name beside a file of the wrapper.
CHANGES: dict[str, tuple[Callable[[Documents], None], str, tuple[str, ...]]] = {
    "a new operation": (
        add_an_operation,
        "test_each_operation_has_a_method_in_both_clients[Alarms]",
        ("Alarms", "no alarms()", "beside envoys()", "tests/support/v2_calls.py"),
    ),
    "a parameter that is gone": (
        remove_a_parameter,
        "test_each_method_sends_the_parameters_that_the_specification_has[EnergyLifetime]",
        ("EnergyLifetime", "Production"),
    ),
    "a parameter with another name": (
        rename_a_parameter,
        "test_each_method_sends_the_parameters_that_the_specification_has[Stats]",
        ("Stats", "'start_at'"),
    ),
    "a new parameter": (
        add_a_parameter,
        "test_each_method_sends_the_parameters_that_the_specification_has[Summary]",
        ("Summary", "'currency'"),
    ),
    "a field that is gone": (
        remove_a_field,
        "test_each_field_that_the_wrapper_reads_is_in_the_specification[Stats, each interval]",
        ("Stats", "enwh"),
    ),
    "a parameter that is required now": (
        require_a_parameter,
        "test_each_method_sends_the_parameters_that_the_specification_has[Summary]",
        ("Summary", "summary_date"),
    ),
    "a value with another name": (
        rename_a_value,
        "test_each_method_sends_the_parameters_that_the_specification_has[EnergyLifetime]",
        ("EnergyLifetime", "ALL"),
    ),
    "a field of a table that is gone": (
        remove_a_field_of_a_table,
        "test_each_column_of_the_table_of_systems_is_in_the_specification[System]",
        ("Systems", "country"),
    ),
    "a field of an error with another name": (
        rename_a_field_of_an_error,
        "test_each_field_that_the_wrapper_reads_is_in_the_specification[Any operation, error 422]",
        ("first_interval",),
    ),
    "a field of the usage limit with another name": (
        rename_a_field_of_the_usage_limit,
        "test_each_field_that_the_wrapper_reads_is_in_the_specification[Any operation, error 409]",
        ("period_end",),
    ),
    "another window": (
        change_a_window,
        "test_each_window_is_that_of_the_specification[RgmStats]",
        ("RgmStats", "31"),
    ),
}


def generated_from(documents: Documents, folder: Path) -> Path:
    """Generate from changed documents; return the folder to import the client from."""
    specification, overlay = folder / "enlighten.yaml", folder / "enlighten.overlay.yaml"
    specification.write_text(yaml.safe_dump(documents.specification, sort_keys=False))
    overlay.write_text(yaml.safe_dump(documents.overlay, sort_keys=False))
    generate(Sources(specification=specification, overlay=overlay), folder / "generated" / "enlighten_v2")
    return folder / "generated"


def run_fit(generated: Path) -> subprocess.CompletedProcess[str]:
    # A path in PYTHONPATH comes before the folder of the committed client.
    environment = {**os.environ, "PYTHONPATH": str(generated), "COLUMNS": "1000", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "anyio", str(FIT)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - pytest


@pytest.fixture
def documents() -> Documents:
    return Documents(load_document(SPECIFICATION_FILES["published"]), load_document(OVERLAY_FILE))


# Changes of one group are made at once, since each takes a generation and a run: no two concern the same test.
ALONE = {"a parameter that is required now", "a value with another name"}
GROUPS = [[change for change in CHANGES if change not in ALONE], sorted(ALONE)]


@pytest.mark.parametrize("changes", GROUPS, ids=["most of them", "those of parameters that others change"])
def test_a_change_fails_one_test_that_names_the_operation_and_the_files(
    changes: list[str], documents: Documents, tmp_path: Path
) -> None:
    for change in changes:
        CHANGES[change][0](documents)
    run = run_fit(generated_from(documents, tmp_path))
    failures = re.findall(r"^FAILED \S*test_fit\.py::(.*?)(?: - |$)", run.stdout, re.MULTILINE)
    assert sorted(failures) == sorted(CHANGES[change][1] for change in changes), run.stdout
    for change in changes:
        _, failing, named = CHANGES[change]
        message = message_of(failing, run.stdout)
        for name in named:
            assert name in message
        files = re.findall(r"wrapper/enphase_enlighten/[\w/]+\.py", message)
        assert files
        assert all((ROOT / file).is_file() for file in files)


def message_of(failing: str, output: str) -> str:
    """Return the part of pytest's output that is about one test that failed."""
    [message] = re.findall(rf"^_+ {re.escape(failing)} _+\n(.*?)(?=^[_=]{{3,}})", output, re.MULTILINE | re.DOTALL)
    return str(message)
