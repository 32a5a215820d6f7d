"""What the wrapper says of the facts of the specification; whether it has those facts, `tests/fit` tells."""

from __future__ import annotations

import inspect

import pytest

from enphase_enlighten import APIStatusError, AsyncEnlighten, Enlighten, ServerError
from enphase_enlighten.v2.error_bodies import V2ErrorBodies
from enphase_enlighten.v2.operation_table import SYSTEMS

CLASSES = V2ErrorBodies.classes


@pytest.mark.parametrize("client", [Enlighten, AsyncEnlighten])
def test_a_page_has_as_many_systems_as_one_can_have(client: type[Enlighten | AsyncEnlighten]) -> None:
    assert SYSTEMS.pages is not None
    assert inspect.signature(client.systems).parameters["page_size"].default == SYSTEMS.pages.largest


def test_the_class_of_each_status_says_which_it_is_for() -> None:
    assert all(issubclass(cls, APIStatusError) for cls in CLASSES.values())
    for status, cls in CLASSES.items():
        stated = (inspect.getdoc(cls) or "").partition(":")[0]
        assert str(status) in stated, f"{cls.__name__}: its docstring does not begin with {status}"
        assert (status >= 500) == issubclass(cls, ServerError)
