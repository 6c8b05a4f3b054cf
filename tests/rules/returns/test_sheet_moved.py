"""Rule `return-sheet-moved`: the form's sheet comes first."""

from openpyxl.workbook import Workbook

from rules.returns.returned import edited, figures, healthy, only, shape

RULE = "return-sheet-moved"


def test_a_form_passes() -> None:
    assert only(RULE, healthy()) == ()


def test_a_sheet_in_front_of_it_is_found() -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("Cover letter", 0)

    (finding,) = only(RULE, edited(change))
    assert shape(finding) == ("warning", None)
    assert figures(finding) == ("1", "2", None)


def test_sheets_behind_it_are_welcome() -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("Our workings")

    assert only(RULE, edited(change)) == ()
