"""From an operation and its parameters to a request: by the operation's own path, or by a generated builder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from enphase_enlighten import InvalidArgumentError
from enphase_enlighten.api import API, Operation, Request
from enphase_enlighten.clients.assembly import Assembly
from enphase_enlighten.engine.requests import build
from enphase_enlighten.reading.statuses import ErrorBodies
from tests.support.service import StubService, reply
from tests.toy.definition import TOY, AsyncToy, Token, Toy

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.clients import Kind

ITEM = Operation("Item", path="/shelves/{shelf}/items/{item}")


@pytest.mark.parametrize(
    ("item", "quoted"),
    [(67, "67"), ("a b", "a%20b"), ("a/b", "a%2Fb"), ("..a", "..a"), ("50%", "50%25"), ("é?#", "%C3%A9%3F%23")],
)
def test_parameters_in_the_path_are_quoted(item: object, quoted: str) -> None:
    assert build(TOY, ITEM, shelf=1, item=item) == Request("Item", "GET", f"/shelves/1/items/{quoted}")


@pytest.mark.parametrize("item", ["", ".", ".."])
def test_a_parameter_that_would_lead_to_another_path_is_an_error(item: str) -> None:
    with pytest.raises(InvalidArgumentError, match=f"^item='{item}' is not accepted"):
        build(TOY, ITEM, shelf=1, item=item)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text not in {".", ".."}))
def test_a_parameter_in_the_path_stays_one_segment_of_it(item: str) -> None:
    path = build(TOY, ITEM, shelf="one", item=item).path
    assert path.count("/") == 4
    assert not {"?", "#", " "} & set(path)


def test_the_other_parameters_are_the_query_and_none_leaves_one_out() -> None:
    request = build(TOY, ITEM, shelf=1, item=2, limit=10, after=None, status=["a", "b"])
    assert request.params == {"limit": 10, "status": ["a", "b"]}


def test_some_parameters_travel_as_headers() -> None:
    operation = evolve(ITEM, headers=frozenset({"Accept-Language", "If-Match"}))
    request = build(TOY, operation, shelf=1, item=2, limit=10, **{"If-Match": 7})
    assert (request.headers, request.params) == ({"If-Match": "7"}, {"limit": 10})


def test_a_body_is_sent_as_json() -> None:
    operation = evolve(ITEM, method="PUT", resend=False)
    request = build(TOY, operation, shelf=1, item=2, body={"name": "é", "tags": []})
    assert (request.method, request.resend) == ("PUT", False)
    assert request.headers == {"Content-Type": "application/json"}
    assert json.loads(request.content) == {"name": "é", "tags": []}
    assert build(TOY, ITEM, shelf=1, item=2).content == b""


def test_a_parameter_that_the_path_needs_is_missing() -> None:
    with pytest.raises(KeyError, match="item"):
        build(TOY, ITEM, shelf=1)


def test_such_a_request_goes_onto_the_wire(kind: Kind, service: StubService) -> None:
    service.always = reply({"system_id": 67})
    assembly = Assembly.checked(TOY, Token("access", "refresh"), base_url="https://toy.example/v1")
    operation = evolve(ITEM, method="PATCH", headers=frozenset({"If-Match"}))
    with kind.make(assembly, service.transport(), of=(Toy, AsyncToy)) as client:
        parameters: dict[str, Any] = {"shelf": "a/b", "item": 2, "limit": 10, "If-Match": "7", "body": {"name": "x"}}
        assert client._call(operation, **parameters) == {"system_id": 67}
    [request] = service.sent
    assert (request.method, str(request.url)) == ("PATCH", "https://toy.example/v1/shelves/a%2Fb/items/2?limit=10")
    assert (request.headers["If-Match"], request.headers["Content-Type"]) == ("7", "application/json")
    assert request.headers["Authorization"] == "Bearer access"
    assert (request.headers["Content-Length"], json.loads(request.read())) == ("13", {"name": "x"})


BUILDER = """
def _get_kwargs({parameters}):
    return {{"method": "{method}", "url": "/{name}", "params": {{"tag": "{tag}"}}, {more}}}
"""


@pytest.fixture
def generated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> API:
    """An API with a generated package, whose operations have tags."""
    name = f"generated_{request.node.name.split('[')[0]}"
    modules = {
        ("live_data", "get_stream"): {"parameters": "", "method": "get", "more": ""},
        ("default", "summary"): {"parameters": "system_id", "method": "get", "more": ""},
        ("settings", "put_mode"): {
            "parameters": "system_id, *, body",
            "method": "put",
            "more": '"json": body, "headers": {"X-Mode": "1"}',
        },
    }
    for (tag, module), parts in modules.items():
        folder = tmp_path / name / "api" / tag
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
        (folder / f"{module}.py").write_text(BUILDER.format(name=module, tag=tag, **parts))
    for folder in (tmp_path / name, tmp_path / name / "api"):
        (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    return API("tagged", ErrorBodies(), "https://tagged.example", package=name)


def test_a_generated_builder_is_found_by_the_id_whatever_the_tag(generated: API) -> None:
    assert build(generated, Operation("GetStream")) == Request("GetStream", "GET", "/get_stream", {"tag": "live_data"})
    assert build(generated, Operation("Summary"), system_id=67).params == {"tag": "default"}


def test_a_generated_builder_may_make_a_body_and_headers(generated: API) -> None:
    request = build(generated, Operation("PutMode", resend=False), system_id=67, body={"mode": "eco"})
    assert (request.method, request.path, request.resend) == ("PUT", "/put_mode", False)
    assert request.headers == {"Content-Type": "application/json", "X-Mode": "1"}
    assert json.loads(request.content) == {"mode": "eco"}


def test_an_operation_that_the_generated_package_does_not_have_is_an_error_that_names_both(generated: API) -> None:
    with pytest.raises(TypeError, match=f"{generated.package} has no operation Forgotten"):
        build(generated, Operation("Forgotten"))
    with pytest.raises(TypeError, match="unexpected keyword argument"):
        build(generated, Operation("Summary"), system_id=67, period="day")
