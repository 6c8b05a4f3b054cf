"""Formulas as Excel shows them to a program are spelt as a file stores them."""

import pytest
from pyopenvba.formula._structured import from_file, shown

from builders import committed_book
from xlframework.sheets.live.formulas import stored
from xlframework.sheets.package.records import Table

_TABLES = frozenset({"lines", "sections", "allocation"})


@pytest.mark.parametrize(
    ("text", "own", "spelt"),
    [
        ("SUM(A1:B2)", None, "SUM(A1:B2)"),
        ("[@Block]", "Sections", "Sections[[#This Row],[Block]]"),
        ("[@[2024/25 Budget]]*2", "Lines", "Lines[[#This Row],[2024/25 Budget]]*2"),
        ("SUM([Award])", "Allocation", "SUM(Allocation[Award])"),
        ("Lines[@Order]", None, "Lines[[#This Row],[Order]]"),
        ("SUM(Lines[@[A]:[B]])", None, "SUM(Lines[[#This Row],[A]:[B]])"),
        ("Lines[@]", None, "Lines[#This Row]"),
        ("ROWS(Lines)", None, "ROWS(Lines[])"),
        ("ROWS(lines)+Lines[[#All],[A]]", None, "ROWS(lines[])+Lines[[#All],[A]]"),
        ('"[@Block]"&[@Block]', "Sections", '"[@Block]"&Sections[[#This Row],[Block]]'),
        ("'[@odd] sheet'!A1+[@A]", "Lines", "'[@odd] sheet'!A1+Lines[[#This Row],[A]]"),
        ("[Other.xlsx]Sheet1!A1+[@A]", "Lines", "[Other.xlsx]Sheet1!A1+Lines[[#This Row],[A]]"),
        ("[@['#1]]", "Lines", "Lines[[#This Row],['#1]]"),
        ("[@['@home]]", "Lines", "Lines[[#This Row],[@home]]"),
        ("Theirs[@A]", None, "Theirs[@A]"),
        ("Outlines[A]&Lines2", None, "Outlines[A]&Lines2"),
        ("LINES(1)", None, "LINES(1)"),
        ("Sheet1!Lines", None, "Sheet1!Lines"),
    ],
)
def test_the_spelling_of_a_file(text: str, own: str | None, spelt: str) -> None:
    assert stored(text, own, _TABLES) == spelt


def _own(tables: list[Table], row: int, column: int) -> str | None:
    return next((table.name for table in tables if table.area.holds(row, column)), None)


def test_every_formula_of_the_workbook_comes_back_as_it_is_stored() -> None:
    # The other way round is pyOpenVBA's, as measured in Excel.
    book = committed_book()
    names = frozenset(table.name.casefold() for table in book.tables)
    seen = 0
    for sheet in book.sheets:
        tables = [table for table in book.tables if table.sheet == sheet.name]
        for (row, column), cell in sheet.cells.items():
            if cell.formula is not None:
                own = _own(tables, row, column)
                assert stored(shown(from_file(cell.formula), own), own, names) == cell.formula
                seen += 1
    assert seen > 300
