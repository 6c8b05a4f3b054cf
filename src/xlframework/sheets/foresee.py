"""Foresees what a workbook holds once single cells have changed, without writing it."""

from collections.abc import Iterable
from dataclasses import replace

from xlframework.sheets.change import CellChange
from xlframework.sheets.package.records import Book, Cell, Sheet


def foreseen(book: Book, changes: Iterable[CellChange]) -> Book:
    """Give the workbook as it will be read once some of its cells have changed.

    Formulas that depend on them keep the values that they have; tables stay as they are.

    Args:
        book: the workbook as it was read.
        changes: the cells, computed from that book.
    """
    by_sheet: dict[str, list[CellChange]] = {}
    for change in changes:
        by_sheet.setdefault(change.sheet, []).append(change)
    sheets = tuple(_changed(sheet, by_sheet.get(sheet.name, [])) for sheet in book.sheets)
    return replace(book, sheets=sheets)


def _changed(sheet: Sheet, changes: list[CellChange]) -> Sheet:
    if not changes:
        return sheet
    cells = dict(sheet.cells)
    for change in changes:
        place = (change.row, change.column)
        style = sheet.cell(*place).style if change.style is None else change.style
        cells[place] = Cell(change.wanted.value, change.wanted.formula, style)
    return replace(sheet, cells=cells)
