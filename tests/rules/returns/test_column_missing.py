"""Rule `return-column-missing`: every column of the form is there."""

import pytest
from openpyxl.workbook import Workbook

from rules.returns.returned import at_rule, edited, figures, findings, healthy, only, shape

RULE = "return-column-missing"


def without(header: str) -> bytes:
    def change(book: Workbook) -> None:
        sheet = book["Return"]
        sheet.tables.clear()
        column = next(cell.column for cell in sheet[12] if cell.value == header)
        sheet.delete_cols(column)

    return edited(change)


def test_a_form_passes() -> None:
    assert at_rule(RULE, healthy()) == ()


def test_a_column_that_was_deleted_is_found_in_the_header_row() -> None:
    (finding,) = at_rule(RULE, without("Outcome measure"))
    assert shape(finding) == ("error", "A12:J12")
    assert figures(finding) == ("Outcome measure", None, None)


def test_the_columns_behind_it_are_read_and_sums_that_need_it_are_silent() -> None:
    found = findings(without("Q3"))
    assert {each.rule for each in found if each.severity == "error"} == {RULE}
    (finding,) = (each for each in found if each.rule == RULE)
    assert "so no sum that needs it was checked" in finding.message


def test_a_column_that_is_blank_or_stands_elsewhere_is_there() -> None:
    def change(book: Workbook) -> None:
        sheet = book["Return"]
        sheet.tables.clear()
        for row in range(12, 53):
            one, other = sheet.cell(row, 10), sheet.cell(row, 11)
            one.value, other.value = other.value, None if row > 12 else one.value

    assert at_rule(RULE, edited(change)) == ()


@pytest.mark.parametrize("header", ["Provider", "Q2", "Match funding", "Outcome measure"])
def test_a_library_that_leaves_the_names_behind_makes_no_second_finding(header: str) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Return"]
        (column,) = (cell.column for cell in sheet[12] if cell.value == header)
        sheet.delete_cols(column)

    (finding,) = only(RULE, edited(change))
    assert (finding.severity, finding.expected) == ("error", header)
