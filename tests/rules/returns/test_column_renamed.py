"""Rule `return-column-renamed`: every header is as the form has it."""

import pytest
from openpyxl.workbook import Workbook

from rules.returns.returned import at_rule, edited, figures, healthy, only, returned, shape

RULE = "return-column-renamed"


def renamed(cells: dict[str, str | None], *, table: bool = True) -> bytes:
    def change(book: Workbook) -> None:
        sheet = book["Return"]
        for cell, text in cells.items():
            sheet[cell] = text
        if not table:
            sheet.tables.clear()
        for column in sheet.tables["Activities"].tableColumns if table else ():
            column.name = str(sheet.cell(12, column.id).value)

    return edited(change)


@pytest.mark.parametrize("text", ["q1", " Q1", "Q1 "])
def test_case_and_spaces_make_no_other_name(text: str) -> None:
    assert only(RULE, healthy()) == ()
    assert only(RULE, renamed({"E12": text})) == ()


@pytest.mark.parametrize("text", ["Quarter 1", "April to June", "x"])
def test_a_renamed_column_is_known_by_its_place(text: str) -> None:
    data = renamed({"E12": text})
    (finding,) = only(RULE, data)
    assert shape(finding) == ("warning", "E12")
    assert figures(finding) == ("Q1", text, None)
    assert returned(data).rows[0].entries["Q1"].amount == 500_000


def test_several_renamed_columns_are_known_by_their_places() -> None:
    found = only(RULE, renamed({"E12": "Apr-Jun", "F12": "Jul-Sep", "K12": "Measure"}))
    assert [each.place.cell for each in found] == ["E12", "F12", "K12"]
    assert [figures(each)[0] for each in found] == ["Q1", "Q2", "Outcome measure"]


def test_a_blank_header_is_said_to_be_blank() -> None:
    (finding,) = at_rule(RULE, renamed({"F12": None}, table=False))
    assert finding.message.startswith("the header 'Q2' is blank")
