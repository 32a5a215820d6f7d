"""Whether the wrapper fits the specification that the client was generated from.

When the specification has changed and `make generate` has run, these tests say what is left to do: each finding names
the operation and the files to open, and each change is told once.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.fit.apis import APIS, GENERATED
from tests.fit.checks import CHECKS


@pytest.mark.parametrize("check", [GENERATED, *CHECKS])
@pytest.mark.parametrize("api", APIS)
def test_the_wrapper_fits_the_specification(api: str, check: str) -> None:
    found = _found(api).get(check)
    if found:
        # The message says it all: a traceback through the checks would hide it.
        pytest.fail("\n\n".join(found), pytrace=False)


@cache
def _found(api: str) -> dict[str, list[str]]:
    return APIS[api].found()
