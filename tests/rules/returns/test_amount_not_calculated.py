"""Rule `return-amount-not-calculated`: a formula of the partner's own has a value."""

from openpyxl.workbook import Workbook

from returns_forms import by_library
from rules.returns.returned import at_rule, cell, edited, figures, healthy, only, shape

RULE = "return-amount-not-calculated"


def typed_in(where: str, formula: str) -> bytes:
    def change(book: Workbook) -> None:
        book["Return"][where] = formula

    return edited(change)


def test_the_forms_own_formulas_need_no_value() -> None:
    assert only(RULE, by_library(healthy())) == ()


def test_a_formula_that_was_typed_needs_one() -> None:
    (finding,) = only(RULE, typed_in(cell(("Q1", 1)), "=2500*2"))
    assert shape(finding) == ("error", cell(("Q1", 1)))
    assert figures(finding) == (None, "=2500*2", None)
    assert "a formula without a value (=2500*2), so no sum" in finding.message


def test_other_columns_do_not_disturb_it() -> None:
    assert at_rule(RULE, typed_in(cell(("Outcome measure", 1)), "=1+1")) == ()


def test_a_blank_is_no_formula() -> None:
    def change(book: Workbook) -> None:
        book["Return"][cell(("Match funding", 1))] = None

    assert at_rule(RULE, edited(change)) == ()
