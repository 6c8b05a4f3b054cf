"""Compares two workbook files cell by cell: one changed through Excel, one as a file.

Values and formulas are read by our own reader, looks by openpyxl. What the two may differ in
is named here and nowhere else: how a style is stored, the hour in the log, binary noise, and
that a file keeps the figures of a chart, which its log mentions and an open workbook needs not.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from xlframework.ground.place import cell_name
from xlframework.sheets.cells import shown
from xlframework.sheets.live.blocks import rectangles
from xlframework.sheets.package.chart_frames import find_chart
from xlframework.sheets.package.charts import chart_series
from xlframework.sheets.package.container import open_package
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import Book, Cell, Package, Sheet
from xlframework.sheets.sameness import same_result

# The log's table and sheet; its first column holds the hour.
_LOG, _SHEET = "Change_log", "Change log"


def differences(one: Path, other: Path, *, uncalculated: bool = False) -> list[str]:
    """Say in what two workbooks differ; nothing where they are the same.

    Args:
        one: a workbook.
        other: a workbook.
        uncalculated: whether what formulas come to is passed over.
    """
    packages = open_package(one), open_package(other)
    books = read_book(packages[0]), read_book(packages[1])
    loaded = openpyxl.load_workbook(one), openpyxl.load_workbook(other)
    return [
        *_of_structure(*books),
        *_of_contents(*books, uncalculated=uncalculated),
        *_of_looks(*loaded),
        *_of_rules(*loaded),
        *_of_charts(books[0], *packages),
    ]


def _of_structure(one: Book, other: Book) -> Iterator[str]:
    tabs = [(sheet.name, sheet.visibility) for sheet in one.sheets]
    others = [(sheet.name, sheet.visibility) for sheet in other.sheets]
    if tabs != others:
        yield f"tabs: {tabs} and {others}"
    tables = set(_tables(one)) ^ set(_tables(other))
    if tables:
        yield f"tables: {tables}"
    logs = _logged(one), _logged(other)
    if logs[0] != logs[1]:
        yield f"log: {logs[0]} and {logs[1]}"
    names = _names(one) ^ _names(other)
    if names:
        yield f"names: {names}"


def _tables(book: Book) -> list[tuple[object, ...]]:
    return sorted(
        (each.name, each.sheet, each.area, each.columns, each.totals_rows)
        for each in book.tables
        if each.name != _LOG
    )


def _names(book: Book) -> set[tuple[str, str]]:
    own = (name for name in book.names if name.sheet is None)
    return {(name.name, name.refers_to.replace("'", "")) for name in own}


def _logged(book: Book) -> list[list[str]]:
    """Read the rows of the log, but for the hour and for charts."""
    table = next(each for each in book.tables if each.name == _LOG)
    sheet = book.sheet(table.sheet)
    assert sheet is not None
    rows = [
        [
            shown(sheet.cell(row, column).value)
            for column in range(table.area.first_column + 1, table.area.last_column + 1)
        ]
        for row in range(table.data.first_row, table.data.last_row + 1)
    ]
    return [row for row in rows if not row[-1].startswith("chart ")]


def _of_contents(one: Book, other: Book, *, uncalculated: bool) -> Iterator[str]:
    for sheet in one.sheets:
        twin = other.sheet(sheet.name)
        if twin is not None and sheet.name != _SHEET:
            yield from _of_cells(sheet, twin, uncalculated=uncalculated)


def _of_cells(one: Sheet, other: Sheet, *, uncalculated: bool) -> Iterator[str]:
    for place in sorted({*one.cells, *other.cells}):
        first, second = one.cell(*place), other.cell(*place)
        if uncalculated and first.formula is not None:
            second = second._replace(value=first.value)
        if not _is_same(first, second):
            yield f"{one.name} {cell_name(*place)}: {_shown(first)} and {_shown(second)}"


def _is_same(one: Cell, other: Cell) -> bool:
    return one.formula == other.formula and same_result(one.value, other.value)


def _shown(cell: Cell) -> str:
    return f"{cell.value!r} ={cell.formula}" if cell.formula else repr(cell.value)


def _of_looks(one: Workbook, other: Workbook) -> Iterator[str]:
    for sheet in one.worksheets:
        if sheet.title not in other.sheetnames or sheet.title == _SHEET:
            continue
        twin = other[sheet.title]
        rows = max(sheet.max_row, twin.max_row)
        for row in range(1, rows + 1):
            for column in range(1, max(sheet.max_column, twin.max_column) + 1):
                first, second = _look(sheet.cell(row, column)), _look(twin.cell(row, column))
                if first != second:
                    parts = [name for name in first if first[name] != second[name]]
                    yield f"{sheet.title} {cell_name(row, column)}: other {', '.join(parts)}"


def _look(cell: Any) -> dict[str, object]:
    """Give what a person sees of a cell's format."""
    font, fill, border = cell.font, cell.fill, cell.border
    align = cell.alignment
    return {
        "font": (font.name, font.size, bool(font.b), bool(font.i), font.u, _color(font.color)),
        "fill": (fill.fill_type, _color(fill.fgColor) if fill.fill_type else None),
        "border": tuple(
            (side.style, _color(side.color)) if side is not None and side.style else None
            for side in (border.left, border.right, border.top, border.bottom)
        ),
        "alignment": (
            align.horizontal or "general",
            align.vertical or "bottom",
            bool(align.wrap_text),
            int(align.indent),
        ),
        "number format": cell.number_format,
    }


def _color(color: Any) -> object:
    if color is None:
        return None
    return (color.type, color.value, color.tint)


def _of_rules(one: Workbook, other: Workbook) -> Iterator[str]:
    """Compare which cells every conditional format and data validation holds."""
    for sheet in one.worksheets:
        if sheet.title in other.sheetnames and _rules(sheet) != _rules(other[sheet.title]):
            yield f"{sheet.title}: rules {_rules(sheet)} and {_rules(other[sheet.title])}"


def _rules(sheet: Any) -> dict[str, list[str]]:
    found: dict[str, set[tuple[int, int]]] = {}
    for formats in sheet.conditional_formatting:
        for rule in formats.rules:
            found.setdefault(f"format {rule.type} {rule.formula}", set()).update(
                _cells(formats.sqref)
            )
    for rule in sheet.data_validations.dataValidation:
        said = f"validation {rule.type} {rule.formula1}"
        found.setdefault(said, set()).update(_cells(rule.sqref))
    return {
        said: [str(area) for area in sorted(rectangles(cells))] for said, cells in found.items()
    }


def _cells(ranges: Any) -> Iterator[tuple[int, int]]:
    for each in ranges.ranges:
        # Of a whole column the first rows tell enough.
        each.shrink(bottom=max(0, each.max_row - max(each.min_row, 500)))
        yield from each.cells


def _of_charts(book: Book, one: Package, other: Package) -> Iterator[str]:
    for name in sorted(book.charts):
        drawn = [
            [
                (each.title_cell, each.categories_range, each.values_range)
                for each in _series(package, name)
            ]
            for package in (one, other)
        ]
        plain = [str(each).replace("'", "") for each in drawn]
        if plain[0] != plain[1]:
            yield f"chart {name}: {plain[0]} and {plain[1]}"


def _series(package: Package, name: str) -> tuple[Any, ...]:
    part = find_chart(package, name)
    return () if part is None else chart_series(package, part)
