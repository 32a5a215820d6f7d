"""Parameters of API v2 with which a request finds data of the suite's fleet."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.support.v2_calls import NOW

from . import fleet
from .operations import DAY, FEW_WINDOWS, FILTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .fleet import System

_MOMENTS = ("start_at", "end_at")
_DATES = ("start_date", "end_date")


def rarely(draw: st.DrawFn) -> bool:
    """Draw True about once in four times."""
    # hypothesis prefers the simplest choice and repeats itself, so the simplest must not be the rare one.
    return draw(st.integers(0, 3)) == 3


def drop_second_forms(draw: st.DrawFn, query: dict[str, Any]) -> None:
    """Leave one of the two forms of each filter: both in one request are an error, say their descriptions."""
    for name in FILTERS:
        if name in query and f"{name}[]" in query:
            del query[f"{name}[]" if draw(st.booleans()) else name]


@cache
def likely(operation_id: str, system: System) -> Mapping[str, st.SearchStrategy[Any]]:
    """Return strategies of parameters, by their names without brackets, with which a request finds data.

    Args:
        operation_id: The operation.
        system: The system that all filters of one request match.
    """
    days = fleet.past_months() if operation_id == "MonthlyProduction" else fleet.days()
    return {
        "system_id": st.one_of(st.just(system.system_id), fleet.system_ids()),
        "site_id": st.just(system.system_id),
        "serial_num": fleet.serials(),
        "next": fleet.cursors(),
        "limit": st.integers(5, 30),
        **dict.fromkeys(_MOMENTS, fleet.instants()),
        **dict.fromkeys((*_DATES, "summary_date"), days.map(str)),
        **{name: fleet.texts(name, system) for name in ("installer", "system_name", "reference", "connection_type")},
    }


def make_consistent(draw: st.DrawFn, operation_id: str, query: dict[str, Any]) -> None:
    """Let the parameters of most queries go together, and none ask for very much."""
    # A cursor has the filters of the list that it continues.
    if "next" in query and not rarely(draw):
        for name in FILTERS:
            query.pop(name, None)
            query.pop(f"{name}[]", None)
    # A period must not end before it begins; one without a start begins today.
    if not rarely(draw):
        _put_in_order(query, _DATES)
        _put_in_order(query, _MOMENTS)
        if "end_at" in query and "start_at" not in query:
            query["end_at"] = draw(fleet.instants_of_today())
    start, most = query.get("start_at"), FEW_WINDOWS.get(operation_id)
    if most and isinstance(start, int) and query.get("end_at", NOW.timestamp()) - start > most * DAY:
        query["end_at"] = start + draw(st.integers(0, most * DAY))


def _put_in_order(query: dict[str, Any], pair: tuple[str, str]) -> None:
    first, last = (query.get(name) for name in pair)
    if first is not None and last is not None and type(first) is type(last) and first > last:
        query.update(zip(pair, (last, first), strict=True))
