from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from typing import Any

import enlighten_v2.api.default
from enlighten_v2.models import Status
from enlighten_v2.types import UNSET


def operations(specification: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        re.sub(r"(?<=[a-z])(?=[A-Z])", "_", operation["operationId"]).lower(): {"path": path, **operation}
        for path, item in specification["paths"].items()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
    }


def request(operation: str, /, *arguments: object, **parameters: object) -> dict[str, Any]:
    module = importlib.import_module(f"enlighten_v2.api.default.{operation}")
    result: dict[str, Any] = module._get_kwargs(*arguments, **parameters)
    return result


def test_every_operation_of_the_specification_is_generated(specification: dict[str, Any]) -> None:
    generated = {module.name for module in pkgutil.iter_modules(enlighten_v2.api.default.__path__)}
    assert generated == operations(specification).keys()
    assert len(generated) == 13


def test_every_query_parameter_reaches_the_request(specification: dict[str, Any]) -> None:
    for name, operation in operations(specification).items():
        module = importlib.import_module(f"enlighten_v2.api.default.{name}")
        accepted = inspect.signature(module._get_kwargs).parameters
        source = inspect.getsource(module._get_kwargs)
        for parameter in operation.get("parameters", []):
            if "$ref" in parameter:
                parameter = specification["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]  # noqa: PLW2901
            assert {parameter["name"].removesuffix("[]"), parameter["name"] + "_"} & accepted.keys()
            if parameter["in"] == "query":
                assert f'params["{parameter["name"]}"]' in source


def test_no_operation_takes_the_credentials(specification: dict[str, Any]) -> None:
    for name in operations(specification):
        module = importlib.import_module(f"enlighten_v2.api.default.{name}")
        assert not {"key", "user_id"} & inspect.signature(module._get_kwargs).parameters.keys()


def test_the_systems_filters_are_sent_in_brackets() -> None:
    params = request("systems", system_id=[67, 72], status=[Status.COMM])["params"]
    assert params["system_id[]"] == [67, 72]
    assert params["status[]"] == ["comm"]
    assert "system_id" not in params


def test_a_filter_takes_a_status_that_the_specification_does_not_list() -> None:
    assert request("systems", status=[Status("encharge")])["params"]["status[]"] == ["encharge"]


def test_what_is_not_asked_for_is_not_sent() -> None:
    assert request("energy_lifetime", 66, start_date=UNSET)["params"] == {}
