"""Rule `return-sheet-renamed`: the form's sheet has its name."""

import pytest
from openpyxl.workbook import Workbook

from rules.returns.returned import edited, figures, healthy, in_part, only, shape

RULE = "return-sheet-renamed"


@pytest.mark.parametrize("name", ["Return", "return"])
def test_its_own_name_passes_whatever_its_case(name: str) -> None:
    assert only(RULE, healthy()) == ()
    data = in_part("xl/workbook.xml", b'name="Return"', f'name="{name}"'.encode())
    assert only(RULE, data) == ()


def test_another_name_is_found_and_the_sheet_is_read() -> None:
    def change(book: Workbook) -> None:
        book["Return"].title = "Blaby's plan"
        for name in book.defined_names.values():
            name.attr_text = name.attr_text.replace("'Return'", "'Blaby''s plan'")

    (finding,) = only(RULE, edited(change))
    assert shape(finding) == ("warning", None)
    assert finding.place.sheet == "Blaby's plan"
    assert figures(finding) == ("Return", "Blaby's plan", None)


def test_the_other_sheets_may_be_called_anything() -> None:
    def change(book: Workbook) -> None:
        book["Guidance"].title = "Notes"

    assert only(RULE, edited(change)) == ()


def test_a_program_that_leaves_the_names_behind_makes_no_second_finding() -> None:
    def change(book: Workbook) -> None:
        book["Return"].title = "Sheet1"

    (finding,) = only(RULE, edited(change))
    assert finding.place.sheet == "Sheet1"
