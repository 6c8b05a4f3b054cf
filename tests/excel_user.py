"""What a person does to a workbook in Excel, done with openpyxl (which drops charts)."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from xlframework.ground.place import Area

# What openpyxl takes as a cell's value is wider than any type that we could name.
Typed = Any


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


def put(sheet: Worksheet, row: int, column: int, value: Typed) -> None:
    sheet.cell(row, column).value = value


def headers(book: Workbook, name: str) -> Mapping[str, int]:
    """Give the column on the sheet of each header."""
    sheet, table = table_of(book, name)
    area = Area.parse(table.ref)
    columns = range(area.first_column, area.last_column + 1)
    return {str(sheet.cell(area.first_row, column).value): column for column in columns}


def rows(book: Workbook, name: str) -> list[dict[str, object]]:
    """Read a table's rows as mappings of header to value."""
    sheet, table = table_of(book, name)
    area = Area.parse(table.ref)
    columns = headers(book, name)
    return [
        {header: sheet.cell(row, column).value for header, column in columns.items()}
        for row in range(area.first_row + 1, area.last_row + 1)
    ]


def row_of(book: Workbook, name: str, header: str, value: object) -> int:
    for number, row in enumerate(rows(book, name), start=1):
        if row[header] == value:
            return Area.parse(table_of(book, name)[1].ref).first_row + number
    raise AssertionError(f"no row with {header} {value!r}")


def set_cell(book: Workbook, line_id: str, header: str, value: Typed) -> str:
    """Type into a line's cell, and give its address."""
    sheet, _ = table_of(book, "Lines")
    cell = sheet.cell(row_of(book, "Lines", "Line ID", line_id), headers(book, "Lines")[header])
    cell.value = value
    return str(cell.coordinate)


def set_name(book: Workbook, name: str, value: Typed) -> None:
    """Type into a named cell."""
    ((sheet, cell),) = book.defined_names[name].destinations
    book[sheet][cell].value = value


def add_row(book: Workbook, name: str, values: Mapping[str, Typed]) -> None:
    """Add a row at the end of a table; an empty last row is used first."""
    sheet, table = table_of(book, name)
    area, columns = Area.parse(table.ref), headers(book, name)
    is_empty = not any(rows(book, name)[-1].values())
    row = area.last_row + (not is_empty)
    for header, value in values.items():
        put(sheet, row, columns[header], value)
    resize(table, area._replace(last_row=row))


def delete_line(book: Workbook, line_id: str) -> None:
    """Delete a line's row as Excel does inside a table: the rows below move up."""
    sheet, table = table_of(book, "Lines")
    area = Area.parse(table.ref)
    for row in range(row_of(book, "Lines", "Line ID", line_id), area.last_row + 1):
        for column in range(area.first_column, area.last_column + 1):
            below = sheet.cell(row + 1, column).value if row < area.last_row else None
            put(sheet, row, column, below)
    resize(table, area._replace(last_row=area.last_row - 1))


def add_column(
    book: Workbook, header: str, values: Mapping[str, Typed], name: str = "Lines"
) -> None:
    """Add a column at the right of a table, filled by what its first column says."""
    sheet, table = table_of(book, name)
    area = Area.parse(table.ref)
    key = next(iter(headers(book, name)))
    put(sheet, area.first_row, area.last_column + 1, header)
    for wanted, value in values.items():
        put(sheet, row_of(book, name, key, wanted), area.last_column + 1, value)
    table.tableColumns.append(TableColumn(id=len(table.tableColumns) + 1, name=header))
    resize(table, area._replace(last_column=area.last_column + 1))


def resize(table: Table, area: Area) -> None:
    table.ref = str(area)
    if table.autoFilter is not None:
        table.autoFilter.ref = table.ref
