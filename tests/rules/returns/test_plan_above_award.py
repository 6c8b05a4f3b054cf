"""Rule `return-plan-above-award`: a plan spends no more than its award."""

from decimal import Decimal

from rules.returns.returned import (
    MONITORING,
    at_rule,
    cell,
    figures,
    healthy,
    only,
    shape,
    with_cells,
)

RULE = "return-plan-above-award"


def test_a_plan_of_just_the_award_passes() -> None:
    assert only(RULE, healthy()) == at_rule(RULE, healthy(MONITORING)) == ()


def test_a_penny_above_it_is_found_at_the_planned_total() -> None:
    (finding,) = only(RULE, with_cells({("Q1", 1): Decimal("5000.01")}))
    assert shape(finding) == ("error", cell("Planned"))
    assert figures(finding) == ("52666.00", "52666.01", "0.01")
    assert finding.message == "the plan comes to £52,666.01, £0.01 above the award"


def test_without_the_workbook_the_award_that_the_form_states_holds() -> None:
    (finding,) = at_rule(RULE, with_cells({"Award": 52000}), compared=False)
    assert figures(finding) == ("52000.00", "52666.00", "666.00")


def test_a_higher_award_typed_into_the_form_does_not_help() -> None:
    (finding,) = at_rule(RULE, with_cells({"Award": 60000, ("Q1", 1): 10000}))
    assert figures(finding) == ("52666.00", "57666.00", "5000.00")


def test_an_amount_that_cannot_be_read_silences_it() -> None:
    assert at_rule(RULE, with_cells({("Q1", 1): "TBC", ("Q2", 1): 90000})) == ()


def test_match_funding_does_not_count_and_a_blank_is_nought() -> None:
    assert at_rule(RULE, with_cells({("Match funding", 1): 90000, ("Q1", 3): None})) == ()
    assert at_rule(RULE, with_cells({"Award": None}), compared=False) == ()
