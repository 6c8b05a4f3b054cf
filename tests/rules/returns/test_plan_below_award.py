"""Rule `return-plan-below-award`: a plan spends its whole award."""

from returns_forms import BLABY, PLAN, blank
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

RULE = "return-plan-below-award"


def test_a_plan_of_just_the_award_passes() -> None:
    assert only(RULE, healthy()) == at_rule(RULE, healthy(MONITORING)) == ()


def test_a_plan_below_it_is_a_warning_at_the_planned_total() -> None:
    (finding,) = only(RULE, with_cells({("Q1", 1): 4000}))
    assert shape(finding) == ("warning", cell("Planned"))
    assert figures(finding) == ("52666.00", "51666.00", "-1000.00")
    assert finding.message == "the plan comes to £51,666, £1,000 below the award"


def test_without_the_workbook_the_award_that_the_form_states_holds() -> None:
    (finding,) = at_rule(RULE, with_cells({"Award": 53000}), compared=False)
    assert figures(finding) == ("53000.00", "52666.00", "-334.00")


def test_an_amount_that_cannot_be_read_silences_it() -> None:
    assert at_rule(RULE, with_cells({("Q1", 1): "TBC"})) == ()


def test_an_empty_form_is_not_below_its_award_and_a_blank_counts_as_nought() -> None:
    assert at_rule(RULE, blank(PLAN, BLABY)) == ()
    assert len(at_rule(RULE, with_cells({("Q1", 1): None}))) == 1
