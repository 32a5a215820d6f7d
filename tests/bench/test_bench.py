"""The benchmarks run from end to end; what they measure is another matter, and no test's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
BENCHMARKS = {
    "sync": ["sync-stats", "sync-stats-cpu"],
    "async": ["async-summary", "async-summary-aiohttp", "async-stats", "async-stats-aiohttp"],
    "read-rgm-stats": ["read-rgm-stats", "read-rgm-stats-plain"],
    "read-systems": ["read-systems", "read-systems-plain"],
    "frames": ["frame-pandas", "frame-polars", "frame-arrow"],
    "startup": ["import", "construct", "help"],
    "memory": ["memory", "memory-long"],
    "requests": ["requests-stats", "requests-rgm-stats", "requests-consumption-stats"],
    "quota": ["quota-share", "quota-refusals"],
    "fleet": ["fleet"],
}
# These count, so that they are the same in a quick run, and on any machine.
COUNTED = {*BENCHMARKS["requests"], *BENCHMARKS["quota"]}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Run all benchmarks, once: a process for each would take twice as long. Return what they write."""
    output = tmp_path_factory.mktemp("bench") / "bench.json"
    command = [sys.executable, str(ROOT / "bench" / "run.py"), "--quick", "--rounds", "1", "--output", str(output)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert run.returncode == 0, run.stderr
    written: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    for result in written["results"]:
        assert result["name"] in run.stdout
    return written


def test_each_benchmark_runs_and_writes_its_rows(written: dict[str, Any]) -> None:
    expected = [row for rows in BENCHMARKS.values() for row in rows]
    if "httpx-aiohttp" not in written["versions"]:
        expected = [row for row in expected if not row.endswith("-aiohttp")]
    assert [result["name"] for result in written["results"]] == expected
    for result in written["results"]:
        assert result["value"] >= 0
        assert result["ratio"]["low"] <= result["ratio"]["median"] <= result["ratio"]["high"]
        assert (result["met"] is None) == (result["aim"] is None)


def test_a_long_range_takes_the_fewest_requests_and_all_of_the_quota(written: dict[str, Any]) -> None:
    counted = [result for result in written["results"] if result["name"] in COUNTED]
    assert {result["name"] for result in counted} == COUNTED
    assert [result["name"] for result in counted if not result["met"]] == []


def test_the_file_says_what_was_measured(written: dict[str, Any]) -> None:
    assert written["failures"] == {}
    assert written["revision"]
    assert {"httpx", "attrs"} <= written["versions"].keys()
    assert written["effort"]["rounds"] == 1


def test_a_benchmark_may_be_run_alone(tmp_path: Path) -> None:
    output = tmp_path / "bench.json"
    command = [sys.executable, str(ROOT / "bench" / "run.py"), "--quick", "--only", "requests", "--output", str(output)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert run.returncode == 0, run.stderr
    results = json.loads(output.read_text(encoding="utf-8"))["results"]
    assert [result["name"] for result in results] == BENCHMARKS["requests"]


def test_an_unknown_revision_is_named() -> None:
    command = [sys.executable, str(ROOT / "bench" / "compare.py"), "no-such-revision"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert run.returncode == 1
    assert "no-such-revision" in run.stderr


@pytest.mark.long
def test_the_present_revision_can_be_compared_with(tmp_path: Path) -> None:
    output = tmp_path / "compare.json"
    command = [sys.executable, str(ROOT / "bench" / "compare.py"), "HEAD", "--only", "requests", "--runs", "1"]
    run = subprocess.run([*command, "--output", str(output)], capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert run.returncode == 0, run.stderr
    written = json.loads(output.read_text(encoding="utf-8"))
    assert written["base_ratios"] == written["present_ratios"]
    assert written["base_ratios"].keys() == set(BENCHMARKS["requests"])
