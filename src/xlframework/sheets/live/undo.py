"""Puts an open workbook back as it was when something went wrong half way.

What Excel holds now is read once more and compared with what it held; the difference is written
back, wherever the work stopped.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from xlframework.sheets.change import TableChange
from xlframework.sheets.live.blocks import Position
from xlframework.sheets.live.cells import Content, Looks, give_looks, write_cells
from xlframework.sheets.live.charts import set_formulas
from xlframework.sheets.live.read import OpenBook, read_open
from xlframework.sheets.live.tables import reshape, restore_names
from xlframework.sheets.package.records import UNREAD_STYLE, Book, Cell, TableColumn
from xlframework.sheets.sameness import same_value


def undo(before: OpenBook, charts: Mapping[str, Sequence[str]]) -> bool:
    """Put a workbook back as it was when it was read.

    A look that no cell has any more cannot be put back.

    Args:
        before: the workbook as it was read.
        charts: the formulas that the series of charts had.

    Returns:
        Whether it is as it was.
    """
    excel, numbering = before.excel, before.numbering
    # One step that Excel refuses must not keep the others from being undone.
    with suppress(Exception):
        _undo_shapes(before.book, read_open(excel, numbering))
    for name, formulas in charts.items():
        with suppress(Exception):
            set_formulas(before.sheets[before.charts[name]], name, formulas)
    with suppress(Exception):
        _undo_cells(before.book, read_open(excel, numbering))
    with suppress(Exception):
        now = read_open(excel, numbering).book
        is_same = now.tables == before.book.tables and len(now.sheets) == len(before.book.sheets)
        return is_same and not any(_differences(before.book, now))
    return False


def _undo_shapes(before: Book, now: OpenBook) -> None:
    for sheet in now.book.sheets:
        if before.sheet(sheet.name) is None:
            now.sheets[sheet.name].delete()
    stood = {table.name: table for table in before.tables}
    for table in now.book.tables:
        was = stood.get(table.name)
        if was is not None and was != table:
            columns = tuple(TableColumn(name) for name in was.columns)
            change = TableChange(was.sheet, was.name, table.area, was.area, columns)
            reshape(now.sheets[was.sheet], table, change)
    restore_names(now.excel, before, [table.name for table in before.tables])


def _undo_cells(before: Book, now: OpenBook) -> None:
    """Write back every cell that differs."""
    looks = Looks(now.sheets, dict(_examples(before, now.book)), now.numbering.formats)
    for name, cells in _differences(before, now.book):
        sheet = now.sheets[name]
        styles = {place: cell.style for place, cell in cells.items() if cell.style >= 0}
        give_looks(sheet, styles, looks)
        contents = {place: Content(cell.value, cell.formula) for place, cell in cells.items()}
        formats = {place: looks.format(cell.style) for place, cell in cells.items()}
        write_cells(sheet, contents, formats.__getitem__)
        give_looks(sheet, styles, looks)


def _differences(before: Book, now: Book) -> Iterator[tuple[str, dict[Position, Cell]]]:
    """Give the cells of each sheet that are not as they were, as they were."""
    for sheet in before.sheets:
        other = now.sheet(sheet.name)
        if other is None:
            continue
        places = {*sheet.cells, *other.cells}
        cells = {
            place: sheet.cell(*place)
            for place in places
            if not _is_same(sheet.cell(*place), other.cell(*place))
        }
        if cells:
            yield sheet.name, cells


def _is_same(was: Cell, now: Cell) -> bool:
    """Compare two cells; what a formula comes to is Excel's own affair."""
    if was.formula != now.formula or (was.formula is None and not same_value(was.value, now.value)):
        return False
    return was.style == now.style or UNREAD_STYLE in {was.style, now.style}


def _examples(before: Book, now: Book) -> Iterator[tuple[int, tuple[str, Position]]]:
    """Give a cell for every look that some cell had before and still has."""
    for sheet in before.sheets:
        other = now.sheet(sheet.name)
        for place, cell in sheet.cells.items():
            if other is not None and other.cell(*place).style == cell.style:
                yield cell.style, (sheet.name, place)
