"""What a person does to a workbook in Excel, done with openpyxl (which drops charts)."""

from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet


def edit(workbook: Path, change: Callable[[Workbook], object]) -> None:
    """Open a workbook, change something, and save it."""
    book = openpyxl.load_workbook(workbook)
    change(book)
    book.save(workbook)


def table_of(book: Workbook, name: str) -> tuple[Worksheet, Table]:
    for sheet in book.worksheets:
        if name in sheet.tables:
            return sheet, sheet.tables[name]
    raise AssertionError(f"no table {name}")


def headers(book: Workbook, name: str) -> Mapping[str, int]:
    """Give the column on the sheet of each header."""
    sheet, table = table_of(book, name)
    left, top, right, _ = range_boundaries(table.ref)
    return {str(sheet.cell(top, column).value): column for column in range(left, right + 1)}


def rows(book: Workbook, name: str) -> list[dict[str, object]]:
    """Read a table's rows as mappings of header to value."""
    sheet, table = table_of(book, name)
    _, top, _, bottom = range_boundaries(table.ref)
    columns = headers(book, name)
    return [
        {header: sheet.cell(row, column).value for header, column in columns.items()}
        for row in range(top + 1, bottom + 1)
    ]


def row_of(book: Workbook, name: str, header: str, value: object) -> int:
    sheet, table = table_of(book, name)
    _, top, _, bottom = range_boundaries(table.ref)
    column = headers(book, name)[header]
    for row in range(top + 1, bottom + 1):
        if sheet.cell(row, column).value == value:
            return row
    raise AssertionError(f"no row with {header} {value!r}")


def set_cell(book: Workbook, line_id: str, header: str, value: object) -> str:
    """Type into a line's cell, and give its address."""
    sheet, _ = table_of(book, "Lines")
    cell = sheet.cell(row_of(book, "Lines", "Line ID", line_id), headers(book, "Lines")[header])
    cell.value = value
    return cell.coordinate


def add_line(book: Workbook, **values: object) -> None:
    """Add a row at the end of Lines; underscores in a keyword stand for spaces."""
    sheet, table = table_of(book, "Lines")
    left, top, right, bottom = range_boundaries(table.ref)
    columns = headers(book, "Lines")
    for keyword, value in values.items():
        sheet.cell(bottom + 1, columns[keyword.replace("_", " ")]).value = value
    resize(table, left, top, right, bottom + 1)


def add_amount(book: Workbook, header: str, value: object) -> None:
    """Type an amount into the last line under a header that is no Python keyword."""
    sheet, table = table_of(book, "Lines")
    bottom = range_boundaries(table.ref)[3]
    sheet.cell(bottom, headers(book, "Lines")[header]).value = value


def delete_line(book: Workbook, line_id: str) -> None:
    """Delete a line's row as Excel does inside a table: the rows below move up."""
    sheet, table = table_of(book, "Lines")
    left, top, right, bottom = range_boundaries(table.ref)
    gone = row_of(book, "Lines", "Line ID", line_id)
    for row in range(gone, bottom + 1):
        for column in range(left, right + 1):
            below = sheet.cell(row + 1, column).value if row < bottom else None
            sheet.cell(row, column).value = below
    resize(table, left, top, right, bottom - 1)


def add_column(book: Workbook, header: str, amounts: Mapping[str, object]) -> None:
    """Add an amount column at the right of Lines, filled by Line ID."""
    sheet, table = table_of(book, "Lines")
    left, top, right, bottom = range_boundaries(table.ref)
    sheet.cell(top, right + 1).value = header
    for line_id, amount in amounts.items():
        sheet.cell(row_of(book, "Lines", "Line ID", line_id), right + 1).value = amount
    table.tableColumns.append(TableColumn(id=len(table.tableColumns) + 1, name=header))
    resize(table, left, top, right + 1, bottom)


def resize(table: Table, left: int, top: int, right: int, bottom: int) -> None:
    table.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
    if table.autoFilter is not None:
        table.autoFilter.ref = table.ref
