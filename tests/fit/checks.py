"""All checks of `tests/fit`, in the order in which the first tells a thing that several would find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fit import request_checks, response_checks, window_checks
from tests.fit.findings import collected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tests.fit.findings import Finding
    from tests.fit.subject import Subject

CHECKS: Mapping[str, Callable[[Subject, Sequence[Finding]], Iterable[Finding]]] = {
    "service": request_checks.service,
    "operations": request_checks.existence,
    "exceptions": request_checks.exceptions,
    "parameters": request_checks.parameters,
    "calls": request_checks.calls,
    "values": request_checks.values,
    "requests": request_checks.sending,
    "deprecation": request_checks.deprecations,
    "texts": window_checks.prose,
    "statuses": response_checks.statuses,
    "bodies": response_checks.bodies,
    "rows": response_checks.rows,
    "tables": response_checks.tables,
    "fields": response_checks.read_elsewhere,
    "shapes": response_checks.shape,
}


def findings(subject: Subject) -> dict[str, list[Finding]]:
    """Return what of the wrapper does not fit a specification, by check."""
    return collected(subject, CHECKS)
