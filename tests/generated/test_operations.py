from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import Any

import enlighten_v2.api.default
from enlighten_v2.models import Status
from enlighten_v2.types import UNSET
from tests.support.calls import method_name
from tests.support.specification import operations, resolve

BUILDERS = {method_name(operation_id): operation for operation_id, operation in operations("effective").items()}


def request(operation: str, /, *arguments: object, **parameters: object) -> dict[str, Any]:
    module = importlib.import_module(f"enlighten_v2.api.default.{operation}")
    result: dict[str, Any] = module._get_kwargs(*arguments, **parameters)
    return result


def test_every_operation_of_the_specification_is_generated() -> None:
    generated = {module.name for module in pkgutil.iter_modules(enlighten_v2.api.default.__path__)}
    assert generated == BUILDERS.keys()
    assert len(generated) == 13


def test_every_query_parameter_reaches_the_request(specification: dict[str, Any]) -> None:
    for name, operation in BUILDERS.items():
        module = importlib.import_module(f"enlighten_v2.api.default.{name}")
        accepted = inspect.signature(module._get_kwargs).parameters
        source = inspect.getsource(module._get_kwargs)
        for parameter in (resolve(specification, each) for each in operation.definition.get("parameters", [])):
            assert {parameter["name"].removesuffix("[]"), parameter["name"] + "_"} & accepted.keys()
            if parameter["in"] == "query":
                assert f'params["{parameter["name"]}"]' in source


def test_no_operation_takes_the_credentials() -> None:
    for name in BUILDERS:
        module = importlib.import_module(f"enlighten_v2.api.default.{name}")
        assert not {"key", "user_id"} & inspect.signature(module._get_kwargs).parameters.keys()


def test_the_systems_filters_are_sent_in_brackets() -> None:
    params = request("systems", system_id=[67, 72], status=[Status.COMM])["params"]
    assert params["system_id[]"] == [67, 72]
    assert params["status[]"] == ["comm"]
    assert "system_id" not in params


def test_a_filter_takes_a_status_that_the_specification_does_not_list() -> None:
    assert request("systems", status=[Status("encharge")])["params"]["status[]"] == ["encharge"]


def test_a_parameter_that_is_not_given_is_not_sent() -> None:
    assert request("energy_lifetime", 66, start_date=UNSET)["params"] == {}
