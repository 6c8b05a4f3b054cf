"""Rule `return-word-error`: no word of a return is an error."""

import pytest
from openpyxl.workbook import Workbook

from rules.returns.returned import at_rule, cell, edited, figures, healthy, only, shape, with_cells

RULE = "return-word-error"


def failing(*cells: str, code: str = "#N/A") -> bytes:
    def change(book: Workbook) -> None:
        for each in cells:
            book["Return"][each] = code
            book["Return"][each].data_type = "e"

    return edited(change)


def test_words_pass() -> None:
    assert at_rule(RULE, healthy()) == ()


@pytest.mark.parametrize("header", ["Activity", "Priority", "Provider", "Outcome measure"])
def test_an_error_in_place_of_words_is_found_and_said_once(header: str) -> None:
    (finding,) = only(RULE, failing(cell((header, 2)), code="#REF!"))
    assert shape(finding) == ("error", cell((header, 2)))
    assert figures(finding) == (None, "#REF!", None)


def test_several_are_one_finding() -> None:
    (finding,) = only(RULE, failing(cell(("Provider", 1)), cell(("Provider", 2))))
    assert finding.place.cell == "C13:C14"


def test_an_amount_is_another_rules_business() -> None:
    assert at_rule(RULE, failing(cell(("Q1", 1)))) == ()


def test_a_hash_and_a_blank_are_no_errors() -> None:
    data = with_cells({("Outcome measure", 1): "#1 of 3", ("Outcome measure", 2): None})
    assert at_rule(RULE, data) == ()
