"""Every case in which a check of schemathesis is not held against the service, each with its reason.

A test calls each example, and fails where the check has no objection any more.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from dateutil.relativedelta import relativedelta

from . import fleet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from schemathesis import Case, Response

    from .specifications import Name

POSITIVE, NEGATIVE = "positive_data_acceptance", "negative_data_rejection"
UNPROCESSABLE = 422

INTERVALS = ("Stats", "RgmStats", "ConsumptionStats")
DATED = ("EnergyLifetime", "ConsumptionLifetime", "Summary", "MonthlyProduction")

_WEEK_AND_A_DAY = {"start_at": int(fleet.NOW.timestamp()) - 8 * 86_400}


class Exemption(NamedTuple):
    """A case in which a check is not held.

    Attributes:
        check: The name of the check.
        operations: The ids of the operations.
        applies: Tells whether a case with its response is such a case.
        reason: Why the service is right all the same.
        example: One such case: the operation's id, its path parameters and its query.
        specification: Which specification the example is a case of.
    """

    check: str
    operations: tuple[str, ...]
    applies: Callable[[Case[Any], Response], bool]
    reason: str
    example: tuple[str, Mapping[str, Any], Mapping[str, Any]]
    specification: Name = "effective"


def _message(response: Response) -> str:
    body = json.loads(response.content)
    return f"{body.get('reason', '')} {body.get('message', '')}"


def _refused(*sentences: str) -> Callable[[Case[Any], Response], bool]:
    def applies(_case: Case[Any], response: Response) -> bool:
        if response.status_code != UNPROCESSABLE:
            return False
        return any(sentence in _message(response) for sentence in sentences)

    return applies


def _has_the_range(_case: Case[Any], response: Response) -> bool:
    return response.status_code == UNPROCESSABLE and "first_interval" in json.loads(response.content)


EXEMPTIONS = (
    Exemption(
        POSITIVE,
        ("Systems",),
        _refused("next is not a cursor"),
        "A cursor is opaque: any string is valid by its schema, and only one that the service gave out is a cursor.",
        ("Systems", {}, {"next": "4d5467784d5445770a"}),
    ),
    Exemption(
        POSITIVE,
        ("Systems",),
        _refused("are the same parameter; send one of them"),
        "The two forms of one filter must not be combined, say their descriptions; the schemas of each cannot.",
        ("Systems", {}, {"system_id": 67, "system_id[]": [67]}),
        "published",
    ),
    Exemption(
        POSITIVE,
        ("RgmStats",),
        _refused("cannot be more than 7 days"),
        "More than 7 days in one request are refused, say the release notes; a schema cannot say so of two parameters.",
        ("RgmStats", {"system_id": 66}, _WEEK_AND_A_DAY),
    ),
    Exemption(
        POSITIVE,
        (*INTERVALS, *DATED),
        _refused("Requested date range is invalid", "Requested date is in the future"),
        "A period that ends before it begins, or lies in the future, is valid by the schemas of its two ends.",
        ("Summary", {"system_id": 66}, {"summary_date": "2031-01-01"}),
    ),
    Exemption(
        POSITIVE,
        ("Stats",),
        _has_the_range,
        "Before its first and after its last interval a system has nothing: 422, with the range that there is.",
        ("Stats", {"system_id": 66}, {"start_at": int(fleet.NOW.timestamp()) + 86_400}),
    ),
    Exemption(
        POSITIVE,
        ("MonthlyProduction",),
        _refused("start_date must be at least one month ago"),
        "The month must have passed; which day that leaves, no schema can say.",
        ("MonthlyProduction", {"system_id": 66}, {"start_date": str(fleet.NOW.date() - relativedelta(days=3))}),
    ),
    Exemption(
        POSITIVE,
        ("InvertersSummaryByEnvoyOrSite",),
        _refused("Couldn't find Site"),
        "An unknown site is a 422 here, as recorded, where other operations say 404.",
        ("InvertersSummaryByEnvoyOrSite", {}, {"site_id": 0}),
    ),
    Exemption(
        POSITIVE,
        ("Systems",),
        _refused("limit must be from 1 to 1000"),
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
)


def exempt(check: str, case: Case[Any], response: Response) -> bool:
    """Tell whether a check is not held against this response."""
    operation_id = case.operation.definition.raw["operationId"]
    return any(
        exemption.check == check and operation_id in exemption.operations and exemption.applies(case, response)
        for exemption in EXEMPTIONS
    )
