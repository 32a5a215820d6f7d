"""What a benchmark says: a figure, what it is compared with, and whether it is good enough."""

from __future__ import annotations

import platform
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import enphase_enlighten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from measuring import Effort, Spread, Timings

ROOT = Path(__file__).resolve().parents[1]
LIBRARIES = ("httpx", "httpcore", "httpx-aiohttp", "aiohttp", "attrs", "openapi-python-client", "orjson", "msgspec")

# Differences beyond this digit are no differences.
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Aim:
    """What a ratio is to be.

    Attributes:
        ratio: The limit.
        kind: Whether it is the most or the least that the ratio may be.
    """

    ratio: float
    kind: Literal["most", "least"] = "most"

    def is_met(self, ratio: float) -> bool:
        """Whether a ratio is within the limit."""
        if self.kind == "most":
            return ratio <= self.ratio + _TOLERANCE
        return ratio >= self.ratio - _TOLERANCE

    def __str__(self) -> str:
        return f"{'≤' if self.kind == 'most' else '≥'} {self.ratio:g}"


@dataclass(frozen=True)
class Result:
    """One row of the table.

    Attributes:
        name: A short name, the same in every revision.
        work: What is done.
        unit: The unit of `value` and `baseline`.
        value: Ours.
        against: What it is compared with.
        baseline: The figure of that.
        ratio: The one by the other (where the rounds are pairs, the median of theirs), and its quartiles.
        aim: What the ratio is to be; None for a row that is there for comparison.
        also: Other contenders, as ratios to the same baseline.
    """

    name: str
    work: str
    unit: str
    value: float
    against: str
    baseline: float
    ratio: Spread
    aim: Aim | None = None
    also: dict[str, float] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None without one."""
        return None if self.aim is None else self.aim.is_met(self.ratio.median)

    def to_json(self) -> dict[str, Any]:
        """Return the row for a file."""
        return {**asdict(self), "met": self.met}


def timed(
    name: str,
    work: str,
    timings: Timings,
    contender: str,
    baseline: str,
    *,
    aim: Aim | None = None,
    also: Sequence[str] = (),
) -> Result:
    """Make a row of times: how many times as long as the baseline a contender takes."""
    return Result(
        name=name,
        work=work,
        unit="s",
        value=timings.median(contender),
        against=baseline,
        baseline=timings.median(baseline),
        ratio=timings.ratio(contender, baseline),
        aim=aim,
        also={other: timings.ratio(other, baseline).median for other in also},
    )


def document(results: Sequence[Result], effort: Effort, failures: dict[str, str]) -> dict[str, Any]:
    """Return everything about a run, for a file.

    Args:
        results: The rows.
        effort: How much was taken on.
        failures: The benchmarks that could not be run, and why.
    """
    return {
        "revision": revision(Path(enphase_enlighten.__file__).parent),
        "python": platform.python_version(),
        "platform": f"{sys.platform} {platform.machine()}",
        "versions": {library: found for library in LIBRARIES if (found := _version(library))},
        "effort": asdict(effort),
        "results": [result.to_json() for result in results],
        "failures": failures,
    }


def revision(tree: Path) -> str:
    """Return what git calls the state of a working tree."""
    command = ["git", "describe", "--always", "--dirty", "--tags"]
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    return run.stdout.strip() or "unknown"


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
