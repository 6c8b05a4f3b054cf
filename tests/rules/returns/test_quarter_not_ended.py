"""Rule `return-quarter-not-ended`: nothing is spent in a quarter that is still to come."""

import pytest

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

RULE = "return-quarter-not-ended"


def test_quarters_that_have_ended_pass() -> None:
    assert at_rule(RULE, healthy(MONITORING)) == at_rule(RULE, healthy()) == ()


@pytest.mark.parametrize("period", ["Q2", "Mid-year"])
def test_an_amount_in_a_quarter_to_come_is_found(period: str) -> None:
    data = with_cells({"Period": period, ("Spent Q3", 2): 1000}, MONITORING)
    (finding,) = only(RULE, data)
    assert shape(finding) == ("error", cell(("Spent Q3", 2), MONITORING))
    assert figures(finding) == ("0.00", "1000.00", None)
    assert f"the quarter has not ended by {period}" in finding.message


def test_nought_and_blank_are_no_fault_there() -> None:
    assert at_rule(RULE, with_cells({("Spent Q3", 1): 0, ("Spent Q4", 1): None}, MONITORING)) == ()


def test_several_are_one_finding() -> None:
    data = with_cells({("Spent Q3", 1): 1, ("Spent Q4", 1): 2, ("Spent Q3", 2): 3}, MONITORING)
    (finding,) = at_rule(RULE, data)
    assert finding.place.cell == "F13:F14,G13"


def test_at_the_end_of_the_year_every_quarter_has_ended() -> None:
    data = with_cells({"Period": "Year-end", ("Spent Q4", 1): 1}, MONITORING)
    assert at_rule(RULE, data) == ()


def test_without_a_period_nobody_knows_and_other_cells_do_not_matter() -> None:
    assert at_rule(RULE, with_cells({"Period": None, ("Spent Q4", 1): 1}, MONITORING)) == ()
    assert at_rule(RULE, with_cells({("Underspend to return", 1): 5}, MONITORING)) == ()
