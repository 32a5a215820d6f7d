"""The table on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measuring import Spread
    from results import Result

_SCALES = {"s": ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")), "B": ((2.0**20, "MiB"), (2.0**10, "KiB"))}
_VERDICTS = {True: "[green]met[/]", False: "[red]not met[/]", None: ""}


def table(results: Iterable[Result]) -> Table:
    """Return the rows as a table."""
    shown = Table(title="Ratios within one run: medians, with quartiles", title_justify="left")
    shown.add_column("work")
    for heading in ("ours", "baseline", "ratio", "quartiles", "aim"):
        shown.add_column(heading, justify="right", no_wrap=True)
    shown.add_column("")
    for result in results:
        also = "".join(f"\n  {name}: {ratio:.2f}" for name, ratio in result.also.items())
        shown.add_row(
            f"[bold]{result.name}[/]: {result.work}\n  against {result.against}{also}",
            amount(result.value, result.unit),
            amount(result.baseline, result.unit),
            f"{result.ratio.median:.3g}",
            quartiles(result.ratio),
            "" if result.aim is None else str(result.aim),
            _VERDICTS[result.met],
        )
    return shown


def amount(figure: float, unit: str) -> str:
    """Return a figure with a unit of a size that suits it."""
    scales = _SCALES.get(unit, ((1.0, unit),))
    scale, name = next((scale for scale in scales if abs(figure) >= scale[0]), scales[-1])
    return f"{figure / scale:.4g} {name}"


def quartiles(spread: Spread) -> str:
    """Return the quartiles, or nothing where there is no spread."""
    return "" if spread.low == spread.high else f"{spread.low:.3g} to {spread.high:.3g}"
