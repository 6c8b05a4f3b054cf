"""Rule `return-activity-duplicate`: no activity of a plan stands twice."""

import pytest

from returns_forms import BLABYS_PLAN, plan
from rules.returns.returned import MONITORING, at_rule, figures, healthy, only, shape

RULE = "return-activity-duplicate"

HALF = {**BLABYS_PLAN[2], "Q2": 4000}


def test_different_activities_pass() -> None:
    assert only(RULE, healthy()) == at_rule(RULE, healthy(MONITORING)) == ()


@pytest.mark.parametrize(
    "name", ["Summer youth diversion", "summer  YOUTH diversion ", "Summer youth-diversion."]
)
def test_the_same_activity_again_is_found_at_the_later_row(name: str) -> None:
    (finding,) = only(RULE, plan([*BLABYS_PLAN[:2], HALF, {**HALF, "Activity": name}]))
    assert shape(finding) == ("error", "A16")
    assert "already stands in row 15" in finding.message
    assert figures(finding)[1] == " ".join(name.split())


def test_the_third_time_is_found_as_well() -> None:
    quarter = {**BLABYS_PLAN[2], "Q2": 2000}
    (finding,) = only(RULE, plan([*BLABYS_PLAN[:2], HALF, quarter, quarter]))
    assert finding.place.cell == "A16:A17"
    assert finding.message.startswith("2 rows are for")
    assert "already stands in row 15" in finding.message


def test_another_cost_type_or_priority_makes_no_other_activity() -> None:
    other = {**HALF, "Cost type": "Staffing", "Priority": "Vulnerability", "Outcome measure": "x"}
    assert len(only(RULE, plan([*BLABYS_PLAN[:2], HALF, other]))) == 1


def test_another_provider_does() -> None:
    other = {**HALF, "Provider": "A youth club"}
    assert at_rule(RULE, plan([*BLABYS_PLAN[:2], HALF, other])) == ()


def test_blank_names_are_no_duplicates() -> None:
    nameless = {**HALF, "Activity": None}
    assert at_rule(RULE, plan([*BLABYS_PLAN[:2], nameless, nameless])) == ()
