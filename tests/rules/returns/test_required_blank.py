"""Rule `return-required-blank`: what must be filled in is filled in."""

import pytest

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

RULE = "return-required-blank"


def test_a_complete_return_passes() -> None:
    assert at_rule(RULE, healthy()) == at_rule(RULE, healthy(MONITORING)) == ()


@pytest.mark.parametrize("header", ["Activity", "Priority", "Provider", "Cost type"])
def test_a_blank_in_a_filled_row_is_found(header: str) -> None:
    (finding,) = only(RULE, with_cells({(header, 2): None}))
    assert shape(finding) == ("error", cell((header, 2)))
    assert f"has no {header}" in finding.message


def test_what_to_do_is_what_the_form_says_of_the_cell() -> None:
    (finding,) = only(RULE, with_cells({("Provider", 2): None}))
    assert finding.fix.startswith("Fill in the cell. Who does the work: your own organisation")
    (finding,) = only(RULE, with_cells({("Cost type", 2): None}))
    assert finding.fix.startswith("Choose one from the list: Staffing, Services")


def test_spaces_are_blank() -> None:
    (finding,) = only(RULE, with_cells({("Provider", 2): "   "}))
    assert finding.place.cell == cell(("Provider", 2))


def test_the_same_column_blank_in_many_rows_is_one_finding() -> None:
    (finding,) = only(RULE, with_cells({("Outcome measure", row): None for row in (1, 2, 3)}))
    assert finding.place.cell == "K13:K15"
    assert finding.message == "3 rows have no Outcome measure"


def test_a_named_cell_is_found_at_its_cell() -> None:
    (finding,) = only(RULE, with_cells({"Declared_by": None}))
    assert shape(finding) == ("error", cell("Declared_by"))
    assert finding.message == "'Declared by' is blank"


def test_a_quarter_that_has_ended_must_say_nought_where_it_is_nought() -> None:
    (finding,) = only(RULE, with_cells({("Spent Q2", 1): None}, MONITORING))
    assert shape(finding) == ("error", cell(("Spent Q2", 1), MONITORING))
    assert at_rule(RULE, with_cells({("Spent Q2", 1): 0}, MONITORING)) == ()


def test_a_quarter_to_come_may_be_blank() -> None:
    assert at_rule(RULE, with_cells({("Spent Q3", 1): None}, MONITORING)) == ()


def test_without_the_workbook_a_blank_award_or_organisation_is_missed() -> None:
    data = with_cells({"Organisation": None, "Award": None})
    assert [each.place.cell for each in at_rule(RULE, data, compared=False)] == ["B5", "I5"]
    assert at_rule(RULE, data) == ()


def test_an_empty_form_is_said_once_and_empty_rows_need_nothing() -> None:
    assert at_rule(RULE, blank(PLAN, BLABY)) == ()


def test_other_columns_may_be_blank() -> None:
    assert at_rule(RULE, with_cells({("Match funding", 1): None})) == ()
