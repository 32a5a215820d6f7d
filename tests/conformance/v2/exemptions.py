"""The cases to which a check of schemathesis does not apply, each with its reason.

A test sends each example, and fails where the check passes without the exemption.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema_rs
from dateutil.relativedelta import relativedelta

from tests.support.described import described
from tests.support.v2_calls import NOW

from .operations import DAY, INTERVALS, UNPROCESSABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from schemathesis import Case, Response

    from tests.support.specification import SpecificationName

POSITIVE, NEGATIVE = "positive_data_acceptance", "negative_data_rejection"

DATED = ("EnergyLifetime", "ConsumptionLifetime", "Summary", "MonthlyProduction")

_NOW = int(NOW.timestamp())


class Exemption(NamedTuple):
    """A case to which a check does not apply.

    Attributes:
        check: The name of the check.
        operations: The ids of the operations.
        applies: Whether a case with its response is such a case.
        reason: Why the service is right nevertheless.
        example: One such case: the operation's id, its path parameters and its query.
        specification: The specification that the example is a case of.
    """

    check: str
    operations: tuple[str, ...]
    applies: Callable[[Case[Any], Response], bool]
    reason: str
    example: tuple[str, Mapping[str, Any], Mapping[str, Any]]
    specification: SpecificationName = "effective"


def _message(response: Response) -> str:
    body = json.loads(response.content)
    return f"{body.get('reason', '')} {body.get('message', '')}"


def _rejected(*sentences: str) -> Callable[[Case[Any], Response], bool]:
    def applies(_case: Case[Any], response: Response) -> bool:
        if response.status_code != UNPROCESSABLE:
            return False
        return any(sentence in _message(response) for sentence in sentences)

    return applies


def _names_the_range(_case: Case[Any], response: Response) -> bool:
    return response.status_code == UNPROCESSABLE and "first_interval" in json.loads(response.content)


def _is_valid_when_sent(case: Case[Any], _response: Response) -> bool:
    """Whether what is invalid are filters whose form is lost on the way: an empty list, or a text without a list."""
    root = case.operation.schema.raw_schema
    parameters = described(root)[case.operation.definition.raw["operationId"]].parameters
    lost = []
    for name, value in case.query.items():
        schema = parameters[name].schema if name in parameters else {"not": {}}
        if not jsonschema_rs.is_valid({"components": root["components"], **schema}, value):
            takes_text = schema.get("items") == {"type": "string"} and isinstance(value, str | bool | int | float)
            lost.append(name.endswith("[]") and (value == [] or takes_text))
    return bool(lost) and all(lost)


EXEMPTIONS = (
    Exemption(
        POSITIVE,
        ("Systems",),
        _rejected("next is not a cursor"),
        "A cursor is opaque: any string is valid by its schema, and only one that the service gave out is a cursor.",
        ("Systems", {}, {"next": "4d5467784d5445770a"}),
    ),
    Exemption(
        POSITIVE,
        ("Systems",),
        _rejected("are the same parameter; send one of them"),
        "The two forms of one filter must not be combined, say their descriptions; the schemas of each cannot.",
        ("Systems", {}, {"system_id": 67, "system_id[]": [67]}),
        "published",
    ),
    Exemption(
        POSITIVE,
        ("RgmStats",),
        _rejected("cannot be more than 7 days"),
        "More than 7 days in one request are an error, say the release notes; no schema can say so of two parameters.",
        ("RgmStats", {"system_id": 66}, {"start_at": _NOW - 8 * DAY}),
    ),
    Exemption(
        POSITIVE,
        (*INTERVALS, *DATED),
        _rejected("Requested date range is invalid", "Requested date is in the future"),
        "A period that ends before it begins, or lies in the future, is valid by the schemas of its two ends.",
        ("Summary", {"system_id": 66}, {"summary_date": "2031-01-01"}),
    ),
    Exemption(
        POSITIVE,
        ("Stats",),
        _names_the_range,
        "Before its first and after its last interval a system has nothing: 422, with the range that there is.",
        ("Stats", {"system_id": 66}, {"start_at": _NOW + DAY}),
    ),
    Exemption(
        POSITIVE,
        ("MonthlyProduction",),
        _rejected("start_date must be at least one month ago"),
        "The month must have passed; which day that leaves, no schema can say.",
        ("MonthlyProduction", {"system_id": 66}, {"start_date": str(NOW.date() - relativedelta(days=3))}),
    ),
    Exemption(
        POSITIVE,
        ("InvertersSummaryByEnvoyOrSite",),
        _rejected("Couldn't find Site"),
        "An unknown site is a 422 here, as recorded, where other operations say 404.",
        ("InvertersSummaryByEnvoyOrSite", {}, {"site_id": 0}),
    ),
    Exemption(
        POSITIVE,
        ("Systems",),
        _rejected("limit must be from 1 to 1000"),
        "A page has one system at least; the published schema knows the most alone.",
        ("Systems", {}, {"limit": 0}),
        "published",
    ),
    Exemption(
        NEGATIVE,
        ("EnergyLifetime",),
        lambda case, _response: case.query.get("production", "all") != "all",
        "Any value of `production` but `all` is ignored, says its description; its enumeration has `all` alone.",
        ("EnergyLifetime", {"system_id": 67}, {"production": "some"}),
    ),
    Exemption(
        NEGATIVE,
        ("Systems",),
        _is_valid_when_sent,
        "On the wire an empty list is nothing, and one value of a filter is a list of it: both are valid there.",
        ("Systems", {}, {"reference[]": "R-67", "status[]": []}),
        "published",
    ),
)


def exempt(check: str, case: Case[Any], response: Response) -> bool:
    """Whether a check does not apply to this response."""
    operation_id = case.operation.definition.raw["operationId"]
    return any(
        exemption.check == check and operation_id in exemption.operations and exemption.applies(case, response)
        for exemption in EXEMPTIONS
    )
