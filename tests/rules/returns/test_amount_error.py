"""Rule `return-amount-error`: an amount is not an error."""

from openpyxl.workbook import Workbook

from rules.returns.returned import at_rule, cell, edited, figures, healthy, only, shape

RULE = "return-amount-error"


def failing(*cells: str, code: str = "#REF!") -> bytes:
    def change(book: Workbook) -> None:
        for each in cells:
            book["Return"][each] = code
            book["Return"][each].data_type = "e"

    return edited(change)


def test_numbers_pass() -> None:
    assert at_rule(RULE, healthy()) == ()


def test_an_error_is_found_at_its_cell_and_spoils_the_sums_silently() -> None:
    (finding,) = only(RULE, failing(cell(("Q3", 1))))
    assert shape(finding) == ("error", cell(("Q3", 1)))
    assert figures(finding) == (None, "#REF!", None)
    assert "so no sum that needs it was checked" in finding.message


def test_errors_beside_each_other_are_one_finding() -> None:
    (finding,) = only(RULE, failing(cell(("Q3", 1)), cell(("Q4", 1))))
    assert finding.place.cell == "G13:H13"


def test_errors_in_other_columns_are_none_of_its_business() -> None:
    assert at_rule(RULE, failing(cell(("Outcome measure", 1)))) == ()


def test_a_blank_and_a_nought_are_no_errors() -> None:
    def change(book: Workbook) -> None:
        book["Return"][cell(("Q3", 1))] = 0
        book["Return"][cell(("Match funding", 1))] = None

    assert at_rule(RULE, edited(change)) == ()
