"""Plans: their names, their limits, and the forms in which they are given."""

from __future__ import annotations

from typing import Any

import pytest

from enphase_enlighten import (
    ConfigurationError,
    Quota,
    UsagePlan,
)

pytestmark = pytest.mark.lowest


@pytest.mark.parametrize(
    "plan", ["kw", 5, {"per_minute": 3}, "", "10", "10/", "/10", "0/10", "10/-1", "1.5/10", "10/5/1"]
)
def test_an_unknown_plan_is_an_error_that_names_the_accepted_forms(plan: Any) -> None:
    with pytest.raises(
        ConfigurationError, match=r"'watt', 'kilowatt', .* such as '10/5000' \(in Python also a UsagePlan"
    ):
        Quota(plan)


def test_a_plan_may_be_the_text_of_its_limits() -> None:
    assert Quota("10/5000").plan == UsagePlan(10, 5000)


@pytest.mark.parametrize("limit", [0, -1, 1.5, True, "10"])
def test_a_limit_of_a_plan_is_a_whole_number_of_at_least_1(limit: Any) -> None:
    with pytest.raises(ConfigurationError, match="whole number"):
        UsagePlan(per_minute=limit)
    with pytest.raises(ConfigurationError, match="whole number"):
        UsagePlan(per_month=limit)


def test_the_named_plans_have_their_limits() -> None:
    plans = {name: Quota(name).plan for name in ("watt", "Kilowatt", "MEGAWATT", "gigawatt")}
    assert plans == {
        "watt": UsagePlan(10, 10_000),
        "Kilowatt": UsagePlan(50, 25_000),
        "MEGAWATT": UsagePlan(100, 300_000),
        "gigawatt": UsagePlan(300, 1_500_000),
    }


def test_a_quota_shows_its_limits_and_nothing_of_a_user() -> None:
    assert repr(Quota("watt")) == "<Quota per_minute=10, per_month=10000>"
