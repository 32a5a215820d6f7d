"""What benchmarks use of the wrapper beside its public names, also on the revision before it was put into folders.

`bench/compare.py` runs the present benchmarks on the code of another revision.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

from attrs import evolve
from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from collections.abc import Callable

    from enphase_enlighten import Enlighten


def _is_flat() -> bool:
    try:
        import_module("enphase_enlighten.v2.definition")
    except ImportError:
        return True
    return False


DECODER = "enphase_enlighten.decoding" if _is_flat() else "enphase_enlighten.reading.json"
"""The module that decodes bodies."""


def rgm_stats_reader(client: Enlighten, body: bytes) -> Callable[[], object]:
    """Return what reads a body of `rgm_stats` as models."""
    if _is_flat():
        model = import_module("enlighten_v2.models").RgmStatsResponse
        answer, context = _response(client, "RgmStats", body)
        read = import_module("enphase_enlighten.reading").read
        return lambda: read(answer, model, context, needs=["intervals"])
    response, context = _response(client, "RgmStats", body)
    read, operation = import_module("enphase_enlighten.reading.models").read, _operation("RgmStats")
    return lambda: read(response, operation, context)


def systems_reader(client: Enlighten, body: bytes) -> Callable[[], object]:
    """Return what reads a page of systems as models."""
    response, context = _response(client, "Systems", body)
    if _is_flat():
        read_page = import_module("enphase_enlighten.operations.listing").read_page
        return lambda: read_page(response, context)
    read_page, operation = import_module("enphase_enlighten.reading.models").read_page, _operation("Systems")
    return lambda: read_page(response, operation, context)


def keep_stats_for(days: int) -> None:
    """Let the client take it that the service keeps `stats` for so long; nothing else limits the length of a range."""
    history = relativedelta(days=days + 2)
    if _is_flat():
        windows = import_module("enphase_enlighten.windows").WINDOWS
        windows["Stats"] = evolve(windows["Stats"], history=history)
        return
    stats = _operation("Stats")
    kept = evolve(stats, window=evolve(stats.window, history=history))
    # A revision has it in the first of these, or in the other two.
    for name in ("calls", "series_methods", "async_series_methods"):
        with suppress(ModuleNotFoundError):
            vars(import_module(f"enphase_enlighten.v2.{name}"))["STATS"] = kept


def _operation(name: str) -> Any:
    return import_module("enphase_enlighten.v2.definition").V2.operations[name]


def _response(client: Any, operation: str, body: bytes) -> tuple[Any, Any]:
    protocol = import_module("enphase_enlighten.protocol" if _is_flat() else "enphase_enlighten.api")
    request = protocol.Request(operation, "GET", "/", {})
    response = getattr(protocol, "Answer" if _is_flat() else "Response")
    # What the operations work with is not public.
    return response(request, 200, {}, body, attempts=1, sent_at=0.0), client._driver.context  # noqa: SLF001
