"""Rule `return-nought-blank`: where there is nothing, 0 is typed."""

from returns_forms import BLABY, PLAN, blank
from rules.returns.returned import (
    MONITORING,
    at_rule,
    cell,
    healthy,
    only,
    shape,
    with_cells,
)

RULE = "return-nought-blank"


def test_noughts_pass() -> None:
    assert at_rule(RULE, healthy()) == at_rule(RULE, healthy(MONITORING)) == ()


def test_a_blank_quarter_is_found_and_counted_as_nought() -> None:
    (finding,) = only(RULE, with_cells({("Q1", 3): None}))
    assert shape(finding) == ("warning", cell(("Q1", 3)))
    assert "is blank, which may mean 0 or something forgotten" in finding.message


def test_a_lone_dash_is_a_blank() -> None:
    (finding,) = only(RULE, with_cells({("Q1", 3): "-"}))
    assert finding.place.cell == cell(("Q1", 3))


def test_many_blanks_are_one_finding() -> None:
    (finding,) = only(RULE, with_cells({("Q1", 3): None, ("Q3", 3): None, ("Q4", 3): None}))
    assert finding.place.cell == "E15,G15:H15"
    assert finding.message == "3 amounts are blank, which may mean 0 or something forgotten"


def test_a_forecast_that_is_blank_is_found_and_nothing_is_made_of_it() -> None:
    (finding,) = only(RULE, with_cells({("Forecast to year end", 1): None}, MONITORING))
    assert shape(finding) == ("warning", cell(("Forecast to year end", 1), MONITORING))


def test_a_quarter_to_come_may_stay_blank() -> None:
    assert only(RULE, with_cells({("Spent Q4", 1): None}, MONITORING)) == ()


def test_empty_rows_and_forms_and_other_columns_are_no_fault() -> None:
    assert at_rule(RULE, blank(PLAN, BLABY)) == ()
    assert at_rule(RULE, with_cells({("Match funding", 1): None})) == ()


def test_when_the_year_is_over_a_blank_forecast_is_none() -> None:
    year = {("Spent Q3", row): 0 for row in (1, 2, 3)} | {("Spent Q4", row): 0 for row in (1, 2, 3)}
    blanks = {("Forecast to year end", row): None for row in (1, 2, 3)}
    data = with_cells({"Period": "Year-end", **year, **blanks}, MONITORING)
    assert at_rule(RULE, data) == ()
