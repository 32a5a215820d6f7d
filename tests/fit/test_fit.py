"""Whether the wrapper fits the specification that the client was generated from.

When the specification has changed and `make generate` has run, these tests say what is left to do: each finding names
the operation and the files to open, and each change is told once.
"""

from __future__ import annotations

from functools import cache

import pytest

from overlay import SpecificationError, effective_specification
from tests.fit import v2
from tests.fit.checks import CHECKS, findings
from tests.support.specification import OVERLAY_FILE, SPECIFICATION_FILES, document, load_document

GENERATED = "generated"


@pytest.mark.parametrize("check", [GENERATED, *CHECKS])
def test_the_wrapper_fits_the_specification(check: str) -> None:
    found = _found().get(check)
    if found:
        # The message says it all: a traceback through the checks would hide it.
        pytest.fail("\n\n".join(found), pytrace=False)


@cache
def _found() -> dict[str, list[str]]:
    try:
        effective = effective_specification(SPECIFICATION_FILES["published"], OVERLAY_FILE)
    except SpecificationError as error:
        return {GENERATED: [str(error)]}
    if effective != document("effective"):
        file = SPECIFICATION_FILES["published"].name
        return {
            GENERATED: [f"The client was generated from another {file} or {OVERLAY_FILE.name}: run `make generate`."]
        }
    held = v2.subject(document("published"), load_document(OVERLAY_FILE), document("effective"), v2.recorded())
    return {name: [str(finding) for finding in found] for name, found in findings(held).items()}
