"""Rule `return-sheet-copied`: the form's sheet is there once."""

from openpyxl.workbook import Workbook

from rules.returns.returned import cell, edited, healthy, only, returned, shape

RULE = "return-sheet-copied"


def test_a_form_passes() -> None:
    assert only(RULE, healthy()) == ()


def test_a_copy_is_found_and_the_form_itself_is_read() -> None:
    def change(book: Workbook) -> None:
        copy = book.copy_worksheet(book["Return"])
        copy.title = "Return (2)"
        copy[cell(("Q1", 1))] = 1

    data = edited(change)
    (finding,) = only(RULE, data)
    assert shape(finding) == ("warning", None)
    assert finding.place.sheet == "Return (2)"
    assert returned(data).rows[0].entries["Q1"].amount == 500_000


def test_other_sheets_are_no_copies() -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("Notes")["A1"] = "Activity"

    assert only(RULE, edited(change)) == ()
