"""Gives an older anyio the setting `anyio_mode = "auto"`, so that the tests need no newer one than the wrapper does."""

from __future__ import annotations

import inspect

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the setting that anyio has since 4.11."""
    parser.addini("anyio_mode", default="strict", help="what anyio's own plugin has since 4.11")


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Class | pytest.Module, name: str, obj: object) -> None:
    """Run coroutines by anyio's plugin."""
    if collector.istestfunction(obj, name):
        test = getattr(getattr(obj, "hypothesis", None), "inner_test", obj)
        if inspect.iscoroutinefunction(test):
            pytest.mark.usefixtures("anyio_backend")(obj)
