"""Rule `return-formula-replaced`: a formula of the form is still a formula."""

from returns_forms import typed
from rules.returns.returned import (
    MONITORING,
    at_rule,
    cell,
    figures,
    healthy,
    only,
    returned,
    shape,
    with_cells,
)

RULE = "return-formula-replaced"


def test_formulas_pass() -> None:
    assert only(RULE, healthy()) == only(RULE, healthy(MONITORING)) == ()


def test_a_number_that_still_agrees_is_found() -> None:
    (finding,) = only(RULE, with_cells({("Total", 1): 19666}))
    assert shape(finding) == ("warning", cell(("Total", 1)))
    assert figures(finding) == ("19666.00", "19666.00", None)
    assert "was typed over" in finding.message


def test_words_in_its_place_are_found() -> None:
    (finding,) = only(RULE, with_cells({("Total", 1): "see above"}))
    assert figures(finding) == ("19666.00", "see above", None)


def test_a_cleared_formula_of_a_filled_row_is_found() -> None:
    (finding,) = only(RULE, with_cells({("Total", 2): None}))
    assert shape(finding) == ("warning", cell(("Total", 2)))
    assert finding.message.startswith("the formula of Total of")
    assert finding.message.endswith("is gone")


def test_a_cleared_formula_of_an_empty_row_is_no_fault() -> None:
    assert only(RULE, with_cells({("Total", 30): None})) == ()


def test_a_sheet_that_was_pasted_as_values_is_one_finding_and_its_empty_rows_stay_empty() -> None:
    values = {3: 8000, 2: 25000, 1: 19666} | dict.fromkeys(range(4, 41), 0)
    data = with_cells({**{("Total", row): value for row, value in values.items()}})
    (finding,) = only(RULE, data)
    assert finding.place.cell == "I13:I15"
    assert len(returned(data).filled) == 3


def test_a_figure_that_disagrees_is_said_by_another_rule_alone() -> None:
    assert at_rule(RULE, with_cells({("Total", 1): 1})) == ()


def test_other_cells_do_not_disturb_it() -> None:
    assert at_rule(RULE, typed(healthy(), {"N13": 5, cell(("Q1", 1)): None})) == ()
