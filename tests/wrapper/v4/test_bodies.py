"""Every recorded body is read by the wrapper; where one is not as specified, the strict client says so."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from enlighten_v4 import models
from enphase_enlighten import APIStatusError, InvalidResponseError
from enphase_enlighten.api import Operation
from tests.support.service import reply
from tests.support.specification import resolve
from tests.support.v4_bodies import BODIES, body, operations, schema_of, specification

if TYPE_CHECKING:
    from tests.support.v4_service import V4Service

READ = [name for name, of in BODIES.items() if of.status is not None and of.status < 300]
ERRORS = [name for name, of in BODIES.items() if of.status is not None and of.status >= 400]
DEVIATIONS: dict[str, str] = {}
"""The pointer of the first place where a body is not as specified, by the name of its file: there is none."""

CLASSES = {"InvertersSummaryResponse": "InvertersSummary"}


def fetched(service: V4Service, name: str, **options: Any) -> Any:
    """Read a body as the response to its operation."""
    of = BODIES[name]
    root, (_, _, definition) = specification(), operations()[of.operation]
    schema = resolve(root, schema_of(of)) if of.status == 200 else {}
    many = schema.get("type") == "array"
    model = schema_of(of).get("$ref", "").rpartition("/")[2] if of.status is not None and of.status < 300 else None
    operation = Operation(of.operation, model=CLASSES.get(model or "", model), many=many)
    required = {
        each["name"]: {"integer": 1}.get(resolve(root, each["schema"])["type"], "1")
        for each in (resolve(root, each) for each in definition.get("parameters", ()))
        if each.get("required")
    }
    if "requestBody" in definition:
        sent = definition["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        required["body"] = getattr(models, sent).from_dict({})
    service.always = lambda _asked: reply(body(name), of.status or 200)
    with service.client(max_retries=0, max_wait=0, **options) as client:
        return client._call(operation, **required)


@pytest.mark.parametrize("name", READ)
def test_a_body_is_read_without_a_word(v4_service: V4Service, caplog: pytest.LogCaptureFixture, name: str) -> None:
    with caplog.at_level(logging.WARNING):
        result = fetched(v4_service, name)
    written = [each.to_dict() for each in result] if isinstance(result, list) else result.to_dict()
    assert written == body(name)
    assert caplog.messages == []


@pytest.mark.parametrize("name", READ)
def test_the_strict_client_says_where_a_body_deviates(v4_service: V4Service, name: str) -> None:
    if name not in DEVIATIONS:
        assert fetched(v4_service, name, strict=True) is not None
        return
    with pytest.raises(InvalidResponseError) as caught:
        fetched(v4_service, name, strict=True)
    assert caught.value.pointer == DEVIATIONS[name]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("name", ERRORS)
def test_the_body_of_an_error_is_that_of_a_typed_one(v4_service: V4Service, name: str, *, strict: bool) -> None:
    with pytest.raises(APIStatusError) as caught:
        fetched(v4_service, name, strict=strict)
    assert caught.value.status == BODIES[name].status
    assert caught.value.operation == BODIES[name].operation
    assert caught.value.reason or caught.value.messages


def test_what_is_not_as_specified_is_kept_or_an_error_of_the_strict_client(v4_service: V4Service) -> None:
    odd = {**body("summary"), "size_w": "4380", "source": None}
    v4_service.always = lambda _asked: reply(odd)
    with v4_service.client() as client:
        assert client.summary(67).to_dict() == odd
        with pytest.raises(InvalidResponseError) as caught:
            client.with_options(strict=True).summary(67)
    assert caught.value.pointer in ("/size_w", "/source")
