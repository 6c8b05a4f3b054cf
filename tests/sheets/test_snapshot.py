"""How tables, headers and named cells are found in a workbook."""

from dataclasses import replace
from decimal import Decimal

import pytest

from builders import (
    YEAR,
    book_of,
    cells_of,
    committed_book,
    patched_book,
    sheet_of,
    snapshot,
    table_cell,
    table_of,
    view,
    workbook_spec,
)
from xlframework.sheets.package.records import DefinedName
from xlframework.sheets.read_budget import read_budget
from xlframework.sheets.snapshot import amount_column, find_names, view_of


@pytest.mark.parametrize("header", [YEAR, "2024/25 BUDGET", "2024/25 revised budget"])
def test_an_amount_column_is_read_whatever_its_case(header: str) -> None:
    column = amount_column(header)
    assert column is not None
    assert str(column).casefold() == header.casefold()


@pytest.mark.parametrize(
    "header", ["2024-25 Budget", "2024/25  Budget", "2024/25", "Budget", "", "2024/26 Budget"]
)
def test_a_header_that_formulas_could_not_refer_to_is_no_amount_column(header: str) -> None:
    assert amount_column(header) is None


def test_an_amount_column_stands_under_the_header_that_we_write() -> None:
    found = view(["Order", "2024/25 BUDGET"], [Decimal(10), Decimal(5)])
    assert found.columns == {"Order": 1, YEAR: 2}
    assert found.cell(2, YEAR).value == Decimal(5)


def test_only_rows_that_hold_something_are_rows() -> None:
    found = view(["Order", "Section"], [None, None], [None, "Victims"], [None, None])
    assert found.rows == (3,)


def test_a_table_whose_header_is_switched_off_goes_by_its_stored_headers() -> None:
    table = replace(table_of("A1:B2", "Order", "Section"), header_rows=0)
    found = view_of(book_of(sheet_of(cells_of([None, "Victims"])), tables=[table]), table)
    assert found is not None
    assert found.columns == {"Order": 1, "Section": 2}
    assert found.rows == (1,)


def test_a_table_on_a_sheet_that_is_not_there_is_not_seen() -> None:
    table = table_of("A1:B2", "A", "B", sheet="Gone")
    assert view_of(book_of(tables=[table]), table) is None


@pytest.mark.parametrize(
    ("refers_to", "place"),
    [
        ("Sheet!$B$3", (3, 2)),
        ("'Sheet'!$B$3", (3, 2)),
        ("'Sheet'!B3:C9", (3, 2)),
        ("Sheet!$B$3:INDEX(Sheet!$B$3:$B$9,2)", (3, 2)),
        ("SHEET!$B$3", (3, 2)),
        ("Gone!$B$3", None),
        ("#REF!", None),
        ("Lines[Block]", None),
        ("1+2", None),
    ],
)
def test_a_name_is_found_by_the_first_cell_that_it_refers_to(
    refers_to: str, place: tuple[int, int] | None
) -> None:
    book = replace(book_of(sheet_of({})), names=(DefinedName("Status", refers_to),))
    found = find_names(book).get("Status")
    assert (None if found is None else (found.row, found.column)) == place


def test_a_sheet_name_with_an_apostrophe_is_read() -> None:
    book = book_of(sheet_of(cells_of(["draft"]), "Anna's"))
    names = find_names(replace(book, names=(DefinedName("Status", "'Anna''s'!$A$1"),)))
    assert names["Status"].cell.value == "draft"


def test_a_setting_is_trimmed_and_a_missing_one_is_blank() -> None:
    named = snapshot().names["Status"]
    assert (named.sheet.name, snapshot().setting("Status")) == ("Cover", "approved")
    assert snapshot().setting("No_such_cell") == ""


def test_the_budget_of_the_committed_workbook_is_read() -> None:
    budget = read_budget(snapshot(), workbook_spec())
    assert len(budget.lines) == 64
    assert budget.lines[0].amounts == {YEAR: 50000000}
    assert budget.lines[0].line_id == "C24-01"
    assert budget.lists["Term"][0] == "Long"
    assert len(budget.area_codes) == 9


def test_codes_and_ids_are_read_without_outer_spaces() -> None:
    code, line_id = table_cell("Areas", "Area code"), table_cell("Lines", "Line ID")
    book = patched_book({"Areas": {code: " E06000016 "}, "Lines": {line_id: " C24-01 "}})
    budget = read_budget(snapshot(book), workbook_spec())
    assert "E06000016" in budget.area_codes
    assert budget.lines[0].line_id == "C24-01"


def test_a_line_names_the_cell_that_it_came_from() -> None:
    budget = read_budget(snapshot(), workbook_spec())
    place = budget.lines[2].origin.place(YEAR)
    assert (place.sheet, place.cell) == ("Lines", table_cell("Lines", YEAR, 2))


def test_an_unused_row_in_the_middle_is_no_line() -> None:
    row = table_cell("Lines", "Line ID", 1)[1:]
    sheet = committed_book().sheet("Lines")
    assert sheet is not None
    cells = {at: cell for at, cell in sheet.cells.items() if at[0] != int(row)}
    sheets = tuple(
        replace(each, cells=cells) if each is sheet else each for each in committed_book().sheets
    )
    budget = read_budget(snapshot(replace(committed_book(), sheets=sheets)), workbook_spec())
    assert [line.line_id for line in budget.lines[:2]] == ["C24-01", "C24-03"]
