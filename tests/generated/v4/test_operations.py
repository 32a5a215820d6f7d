"""Every operation is generated, and takes responses of any status."""

from __future__ import annotations

import importlib
import pkgutil
from http import HTTPStatus
from typing import Any

import httpx
import pytest

import enlighten_v4.api.default
from enlighten_v4 import Client
from enlighten_v4.types import status_of
from tests.support.calls import method_name
from tests.support.v4_bodies import operations

MODULES = sorted(module.name for module in pkgutil.iter_modules(enlighten_v4.api.default.__path__))
STATUSES = (200, 204, 302, 404, 418, *(461, 462, 463, 466, 468, 472, 473), *(499, 520, 550, 551, 552, 599))


def built(module: str, status: int) -> Any:
    """What an operation makes of a response without anything in its body."""
    operation = importlib.import_module(f"enlighten_v4.api.default.{module}")
    content = b"[]" if module == "inverters_summary_by_envoy_or_site" and status == 200 else b"{}"
    return operation._build_response(
        client=Client(base_url="http://s"), response=httpx.Response(status, content=content)
    )


def test_every_operation_of_the_specification_is_generated() -> None:
    assert sorted(map(method_name, operations())) == MODULES
    assert len(MODULES) == 52


@pytest.mark.parametrize("module", MODULES)
def test_no_status_is_an_error_of_the_generated_code(module: str) -> None:
    for status in STATUSES:
        assert built(module, status).status_code == status


def test_a_status_of_the_standard_is_its_member() -> None:
    for status in HTTPStatus:
        assert status_of(int(status)) is status


def test_a_status_that_no_standard_has_is_of_the_same_kind() -> None:
    status = status_of(472)
    assert isinstance(status, HTTPStatus)
    assert (status, int(status), status.name, status.value) == (472, 472, "STATUS_472", 472)
    assert (status.phrase, status.description) == ("", "")
    assert status not in list(HTTPStatus)
    assert repr(status) == "<HTTPStatus.STATUS_472: 472>"
