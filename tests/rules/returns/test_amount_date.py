"""Rule `return-amount-date`: an amount is not a date."""

from datetime import date

from openpyxl.workbook import Workbook

from rules.returns.returned import at_rule, cell, edited, figures, healthy, only, shape

RULE = "return-amount-date"


def dated(*cells: str) -> bytes:
    def change(book: Workbook) -> None:
        for each in cells:
            book["Return"][each] = date(2024, 6, 1)
            book["Return"][each].number_format = "dd/mm/yyyy"

    return edited(change)


def test_numbers_pass() -> None:
    assert at_rule(RULE, healthy()) == ()


def test_a_date_is_found_at_its_cell() -> None:
    (finding,) = only(RULE, dated(cell(("Q1", 2))))
    assert shape(finding) == ("error", cell(("Q1", 2)))
    assert figures(finding) == (None, "01/06/2024", None)
    assert "shows a date instead of an amount" in finding.message


def test_dates_below_each_other_are_one_finding() -> None:
    (finding,) = only(RULE, dated(cell(("Q1", 1)), cell(("Q1", 2)), cell(("Q1", 3))))
    assert finding.place.cell == "E13:E15"


def test_dates_in_columns_of_words_are_none_of_its_business() -> None:
    assert at_rule(RULE, dated(cell(("Outcome measure", 1)), cell("Declared_on"))) == ()


def test_a_blank_with_a_date_format_is_blank() -> None:
    def change(book: Workbook) -> None:
        book["Return"][cell(("Match funding", 1))] = None
        book["Return"][cell(("Match funding", 1))].number_format = "dd/mm/yyyy"

    assert at_rule(RULE, edited(change)) == ()
