"""Rule `return-row-total`: no row of a plan is a sum of the others."""

import pytest

from returns_forms import BLABYS_PLAN, Typed, plan
from rules.returns.returned import at_rule, figures, healthy, only, shape

RULE = "return-row-total"

SUM: dict[str, Typed] = {
    "Activity": "Total",
    "Q1": 11250.25,
    "Q2": 19250.25,
    "Q3": 11250.25,
    "Q4": 10915.25,
}


def test_activities_pass() -> None:
    assert only(RULE, healthy()) == ()


@pytest.mark.parametrize("name", ["Total", "TOTAL:", "Grand total", "Sub-total", "Sum"])
def test_a_row_that_adds_up_the_others_is_found_and_nothing_else_is_made_of_it(name: str) -> None:
    (finding,) = only(RULE, plan([*BLABYS_PLAN, {**SUM, "Activity": name}]))
    assert shape(finding) == ("error", "A16")
    assert figures(finding) == (None, name, None)
    assert "counted twice" in finding.message


@pytest.mark.parametrize(
    "name", ["Total Place pilot", "Summer camp", "All stars", "A sum of parts"]
)
def test_an_activity_that_begins_like_one_is_an_activity(name: str) -> None:
    assert at_rule(RULE, plan([*BLABYS_PLAN, {**SUM, "Activity": name}])) == ()


def test_a_blank_name_is_no_sum() -> None:
    assert at_rule(RULE, plan([*BLABYS_PLAN, {**SUM, "Activity": None}])) == ()
