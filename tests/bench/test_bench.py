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


def bench(tmp_path: Path, *arguments: str) -> dict[str, Any]:
    output = tmp_path / "bench.json"
    command = [sys.executable, str(ROOT / "bench" / "run.py"), "--quick", "--rounds", "1", "--output", str(output)]
    run = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert run.returncode == 0, run.stderr
    written: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    for result in written["results"]:
        assert result["name"] in run.stdout
    return written


@pytest.mark.parametrize("name", BENCHMARKS)
def test_each_benchmark_runs_and_writes_its_rows(name: str, tmp_path: Path) -> None:
    written = bench(tmp_path, "--only", name)
    found = [result["name"] for result in written["results"]]
    if name == "async" and "httpx-aiohttp" not in written["versions"]:
        assert found == [row for row in BENCHMARKS[name] if not row.endswith("-aiohttp")]
    else:
        assert found == BENCHMARKS[name]
    for result in written["results"]:
        assert result["value"] >= 0
        assert result["ratio"]["low"] <= result["ratio"]["median"] <= result["ratio"]["high"]
        assert (result["met"] is None) == (result["aim"] is None)


def test_a_long_range_takes_the_fewest_requests_and_all_of_the_quota(tmp_path: Path) -> None:
    written = bench(tmp_path, "--only", "requests", "--only", "quota")
    assert [result["name"] for result in written["results"] if not result["met"]] == []


def test_the_file_says_what_was_measured(tmp_path: Path) -> None:
    written = bench(tmp_path, "--only", "requests")
    assert written["failures"] == {}
    assert written["revision"]
    assert {"httpx", "attrs"} <= written["versions"].keys()
    assert written["effort"]["rounds"] == 1


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
