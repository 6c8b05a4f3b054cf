"""Rule `return-activity-repeated`: an activity of several rows is meant so."""

from returns_forms import BLABYS_PLAN, plan
from rules.returns.returned import at_rule, findings, healthy, only, shape

RULE = "return-activity-repeated"

HALF = {**BLABYS_PLAN[2], "Q2": 4000}


def test_different_activities_pass() -> None:
    assert only(RULE, healthy()) == ()


def test_another_provider_is_pointed_out() -> None:
    (finding,) = only(RULE, plan([*BLABYS_PLAN[:2], HALF, {**HALF, "Provider": "A youth club"}]))
    assert shape(finding) == ("warning", "A16")
    assert finding.message.endswith("also stands in row 15, with another provider")


def test_the_row_of_the_same_provider_is_named_first() -> None:
    third = {**HALF, "Q2": 0}
    other = {**third, "Provider": "A youth club"}
    found = findings(plan([*BLABYS_PLAN[:2], other, BLABYS_PLAN[2], third]))
    assert [(each.rule, each.place.cell) for each in found] == [
        ("return-activity-duplicate", "A17"),
        (RULE, "A16"),
    ]
    assert "row 16" in found[0].message


def test_a_true_duplicate_is_said_once() -> None:
    assert at_rule(RULE, plan([*BLABYS_PLAN[:2], HALF, HALF])) == ()


def test_blank_names_are_not_repeated() -> None:
    nameless = {**HALF, "Activity": None}
    assert at_rule(RULE, plan([*BLABYS_PLAN[:2], nameless, {**nameless, "Provider": "X"}])) == ()
