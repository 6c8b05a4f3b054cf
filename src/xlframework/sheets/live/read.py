"""Reads the workbook that is open in Excel into the records that commands work with.

A sheet is read in three requests, whatever its size: its values, its formulas and its looks.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from xlframework.ground.place import Area
from xlframework.sheets.cells import shown
from xlframework.sheets.live.drawn import chart_names, shape_areas
from xlframework.sheets.live.excel import HAS_COM, ExcelBook, ExcelSheet
from xlframework.sheets.live.formulas import stored
from xlframework.sheets.live.looks import Numbering, SheetLooks, read_looks
from xlframework.sheets.live.values import value_of
from xlframework.sheets.package.ranges import area_of
from xlframework.sheets.package.read_sheet import ROWS_BELOW_A_TABLE
from xlframework.sheets.package.records import (
    UNREAD_STYLE,
    Book,
    Cell,
    DefinedName,
    Sheet,
    Table,
    Visibility,
)
from xlframework.sheets.palette import CORNER_NAME
from xlframework.sheets.snapshot import find_names

# A sheet of more cells is first asked where its last one stands, because somebody may have
# formatted it down to its last row; and it is read in several requests.
_LARGE = 100_000

_XML_SPREADSHEET = 11
_PROPERTY_GET = 2
_IN_FORMULAS, _ANY_PART, _BY_ROWS, _BY_COLUMNS, _BACKWARDS = -4123, 2, 1, 2, 2

_VISIBILITIES: Mapping[int, Visibility] = {-1: "visible", 0: "hidden", 2: "veryHidden"}


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A workbook that is open in Excel, and what it held when it was read.

    Attributes:
        excel: the workbook in Excel.
        sheets: its sheets there, by their names.
        book: its contents.
        numbering: the looks that were met, by their numbers.
        charts: the sheet that each chart stands on, by the chart's name.
    """

    excel: ExcelBook
    sheets: Mapping[str, ExcelSheet]
    book: Book
    numbering: Numbering
    charts: Mapping[str, str]


class _Grid(NamedTuple):
    """What Excel gives for a sheet's cells from A1 on: rows of values and of formulas."""

    values: Sequence[Sequence[object]]
    formulas: Sequence[Sequence[object]]


class _Read(NamedTuple):
    """A sheet on its way to becoming a record."""

    excel: ExcelSheet
    name: str
    tables: tuple[Table, ...]
    grid: _Grid
    looks: SheetLooks | None


def read_open(excel: ExcelBook, numbering: Numbering | None = None) -> OpenBook:
    """Read an open workbook whole.

    What Excel does not tell cheaply is left out, because no command asks for it: column
    widths, data validations, and which columns are hidden. Where Excel does not
    tell the looks of cells (on a Mac), those on the palette's sheet have numbers of their
    own, and all others are `UNREAD_STYLE`.

    Args:
        excel: the workbook, through xlwings.
        numbering: of an earlier reading, so that looks keep their numbers.
    """
    known = numbering or Numbering()
    read = [_read(sheet, known) for sheet in excel.sheets]
    if any(each.looks is None for each in read):
        read = [each._replace(looks=None) for each in read]
    tables = tuple(table for each in read for table in each.tables)
    names = frozenset(table.name.casefold() for table in tables)
    charts: dict[str, str] = {}
    for each in read:
        for name in chart_names(each.excel):
            charts.setdefault(name, each.name)
    book = Book(
        file=excel.name,
        sheets=tuple(_sheet(each, names) for each in read),
        tables=tables,
        names=tuple(_names(excel)),
        date_1904=bool(excel.api.Date1904) if HAS_COM else False,
        date_styles=known.dates(),
        charts=frozenset(charts),
    )
    has_looks = all(each.looks is not None for each in read)
    whole = book if has_looks else _numbered(book)
    return OpenBook(excel, {each.name: each.excel for each in read}, whole, known, charts)


def _read(sheet: ExcelSheet, numbering: Numbering) -> _Read:
    name = sheet.name
    extents = [
        (each, area_of(each.range.address), each.show_headers, each.show_totals)
        for each in sheet.tables
    ]
    area = _used(sheet, [extent for _, extent, _, _ in extents])
    looks = _looks(sheet, area, numbering)
    grid = _grid(sheet, area, as_shown=looks is None)
    tables = tuple(
        Table(
            name=table.name,
            sheet=name,
            part="",
            area=extent,
            columns=_headers(table, extent, grid, has_headers=has_headers),
            header_rows=int(has_headers),
            totals_rows=int(has_totals),
        )
        for table, extent, has_headers, has_totals in extents
    )
    return _Read(sheet, name, tables, grid, looks)


def _headers(table: object, extent: Area, grid: _Grid, *, has_headers: bool) -> tuple[str, ...]:
    """Name a table's columns by their header cells; without any, Excel is asked for each."""
    if not has_headers:
        columns = getattr(table, "columns", ())
        return tuple(str(column.name) for column in columns)
    row = grid.values[extent.first_row - 1]
    cells = row[extent.first_column - 1 : extent.last_column]
    return tuple(shown(value_of(raw)) for raw in cells)


def _used(sheet: ExcelSheet, tables: Sequence[Area]) -> Area:
    """Give the area from A1 to the last cell that is used or belongs to a table."""
    used = area_of(sheet.used_range.address)
    last_row, last_column = used.last_row, used.last_column
    if last_row * last_column > _LARGE and HAS_COM:
        last_row, last_column = _last_filled(sheet)
    return Area(
        1,
        1,
        max(last_row, *(table.last_row for table in tables), 1),
        max(last_column, *(table.last_column for table in tables), 1),
    )


def _last_filled(sheet: ExcelSheet) -> tuple[int, int]:
    """Give the last row and column that hold anything."""
    first = sheet.api.Cells(1, 1)
    last = []
    for order in (_BY_ROWS, _BY_COLUMNS):
        found = sheet.api.Cells.Find("*", first, _IN_FORMULAS, _ANY_PART, order, _BACKWARDS)
        last.append(1 if found is None else found.Row if order == _BY_ROWS else found.Column)
    return int(last[0]), int(last[1])


def _looks(sheet: ExcelSheet, area: Area, numbering: Numbering) -> SheetLooks | None:
    if not HAS_COM:
        return None
    # Whatever keeps Excel from writing it out, a workbook can do without.
    with suppress(Exception):
        # A property with an argument: pywin32 reads it without one, whatever is asked.
        native = sheet.range(str(area)).api._oleobj_
        number = native.GetIDsOfNames(0, "Value")
        text = native.Invoke(number, 0, _PROPERTY_GET, 1, _XML_SPREADSHEET)
        return read_looks(text, numbering) if isinstance(text, str) else None
    return None


def _grid(sheet: ExcelSheet, area: Area, *, as_shown: bool) -> _Grid:
    """Read values and formulas, of a large sheet in several requests.

    Args:
        sheet: the sheet.
        area: from A1 on.
        as_shown: whether dates are to come as dates, because no look tells them.
    """
    rows_a_request = max(1, _LARGE // area.last_column)
    values: list[Sequence[object]] = []
    formulas: list[Sequence[object]] = []
    for first in range(1, area.last_row + 1, rows_a_request):
        last = min(area.last_row, first + rows_a_request - 1)
        part = sheet.range(str(area._replace(first_row=first, last_row=last)))
        size = (last - first + 1, area.last_column)
        values += _rows(part.raw_value if as_shown or not HAS_COM else part.api.Value2, size)
        formulas += _rows(part.impl.formula, size)
    return _Grid(values, formulas)


def _rows(raw: object, size: tuple[int, int]) -> Sequence[Sequence[object]]:
    """Give the rows of what Excel gives: no table for a single cell, and no more than is used."""
    height, width = size
    rows = [raw] if isinstance(raw, tuple | list) else [[raw]]
    if isinstance(raw, tuple | list) and raw and isinstance(raw[0], tuple | list):
        rows = list(raw)
    padded = [row if len(row) == width else [*row, *[None] * (width - len(row))] for row in rows]
    return padded + [[None] * width] * (height - len(padded))


def _sheet(read: _Read, tables: frozenset[str]) -> Sheet:
    looks = read.looks
    sheet = read.excel
    return Sheet(
        name=read.name,
        part="",
        visibility=_visibility(sheet),
        cells=dict(_cells(read, tables)),
        merged=looks.merged if looks else (),
        hidden_rows=looks.hidden_rows if looks else frozenset(),
        fixed_heights=looks.fixed_heights if looks else frozenset(),
        occupied=(*(looks.comments if looks else ()), *shape_areas(sheet)) if read.tables else (),
    )


def _visibility(sheet: ExcelSheet) -> Visibility:
    if not HAS_COM:
        return "visible" if sheet.visible else "hidden"
    return _VISIBILITIES.get(int(sheet.api.Visible), "visible")


def _cells(read: _Read, tables: frozenset[str]) -> Iterator[tuple[tuple[int, int], Cell]]:
    near = [(each.area.first_row, each.area.last_row + ROWS_BELOW_A_TABLE) for each in read.tables]
    rows = zip(read.grid.values, read.grid.formulas, strict=True)
    for row, (values, formulas) in enumerate(rows, start=1):
        is_near = any(first <= row <= last for first, last in near)
        for column, (raw, text) in enumerate(zip(values, formulas, strict=True), start=1):
            formula = None
            if isinstance(text, str) and text.startswith("=") and text != raw:
                formula = stored(text[1:], _table_at(read.tables, row, column), tables)
            style = _style(read.looks, row, column)
            is_empty = raw is None and formula is None
            if not is_empty or (is_near and style):
                is_date = isinstance(raw, datetime)
                yield (row, column), Cell(value_of(raw), formula, style, is_iso_date=is_date)


def _table_at(tables: Sequence[Table], row: int, column: int) -> str | None:
    return next((each.name for each in tables if each.area.holds(row, column)), None)


def _style(looks: SheetLooks | None, row: int, column: int) -> int:
    return UNREAD_STYLE if looks is None else looks.style(row, column)


def _names(excel: ExcelBook) -> Iterator[DefinedName]:
    for each in excel.names:
        sheet, _, name = each.name.rpartition("!")
        own = sheet.strip("'").replace("''", "'") if sheet else None
        yield DefinedName(name, str(each.refers_to).removeprefix("="), own)


def _numbered(book: Book) -> Book:
    """Give every cell of the palette's sheet a look of its own, which the commands ask for."""
    corner = find_names(book).get(CORNER_NAME)
    if corner is None:
        return book
    palette = corner.sheet
    cells = {
        position: cell._replace(style=number)
        for number, (position, cell) in enumerate(sorted(palette.cells.items()), start=1)
    }
    numbered = replace(palette, cells=cells)
    return replace(
        book, sheets=tuple(numbered if each is palette else each for each in book.sheets)
    )
