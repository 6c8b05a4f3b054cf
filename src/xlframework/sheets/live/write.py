"""Applies a change set to the workbook that is open in Excel, in bulk.

First the tables take their new shapes, because Excel takes no formula over a column that is
not there; then looks, contents and new sheets follow, and last what hangs on them.
"""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from xlframework.sheets.change import CellChange, ChangeSet
from xlframework.sheets.difference import find_table
from xlframework.sheets.live.blocks import Position, row_runs
from xlframework.sheets.live.cells import (
    GENERAL,
    TEXT,
    Content,
    Looks,
    give_looks,
    set_format,
    write_cells,
)
from xlframework.sheets.live.charts import set_series
from xlframework.sheets.live.excel import HAS_COM, ExcelBook, ExcelSheet
from xlframework.sheets.live.new_sheets import add_sheet
from xlframework.sheets.live.rules import Growth, extend_validations, rules_kept
from xlframework.sheets.live.tables import Held, fill_columns, put_back, reshape, restore_names
from xlframework.sheets.package.records import UNREAD_STYLE, Book, Sheet


@dataclass(frozen=True, slots=True)
class Target:
    """The open workbook, and what has to be known of it to write to it.

    Attributes:
        excel: the workbook.
        sheets: its sheets, by their names.
        book: what it held when it was read.
        looks: where looks are copied from.
        charts: the sheet that each chart stands on.
        held: formulas that are put back once tables have new headers.
        renamed: the tables that get new headers.
    """

    excel: ExcelBook
    sheets: Mapping[str, ExcelSheet]
    book: Book
    looks: Looks
    charts: Mapping[str, str]
    held: tuple[Held, ...] = ()
    renamed: tuple[str, ...] = ()


def apply(target: Target, changes: ChangeSet) -> None:
    """Write a change set; see the module.

    Args:
        target: the open workbook.
        changes: what to change; computed from the same reading of it.
    """
    growths = _growths(target.book, changes)
    sheets = _by_sheet(changes.cells)
    with ExitStack() as kept:
        for name in {*sheets, *growths}:
            kept.enter_context(rules_kept(target.sheets[name], growths.get(name, ())))
        for table in changes.tables:
            found = find_table(target.book, table.table)
            reshape(target.sheets[table.sheet], found, table)
        for name, cells in sheets.items():
            _write_looks(target, name, cells)
        for name, cells in sheets.items():
            _write_contents(target, name, cells)
        _settle_tables(target, changes, sheets)
        for name, each in growths.items():
            for growth in each:
                extend_validations(target.sheets[name], growth)
        for added in changes.sheets:
            add_sheet(target.excel, added, target.looks)
    for name, cells in sheets.items():
        _fit_rows(target, name, cells)
    for chart in changes.charts:
        set_series(target.sheets[target.charts[chart.name]], chart.name, chart.series)


_Cells = Mapping[Position, CellChange]


def _settle_tables(target: Target, changes: ChangeSet, sheets: Mapping[str, _Cells]) -> None:
    """Do what tables in their new shapes leave to be done once the cells are written."""
    for table in changes.tables:
        cells = sheets.get(table.sheet, {})
        formulas = {place: change.wanted.formula for place, change in cells.items()}
        found = find_table(target.book, table.table)
        fill_columns(target.sheets[table.sheet], found, table, formulas)
    put_back(target.sheets, target.held)
    restore_names(target.excel, target.book, target.renamed, changes.tables)


def _by_sheet(cells: Iterable[CellChange]) -> dict[str, dict[Position, CellChange]]:
    """Give the changes of every sheet by place; the last one of a cell counts."""
    found: dict[str, dict[Position, CellChange]] = {}
    for cell in cells:
        found.setdefault(cell.sheet, {})[cell.row, cell.column] = cell
    return found


def _growths(book: Book, changes: ChangeSet) -> dict[str, list[Growth]]:
    found: dict[str, list[Growth]] = {}
    for change in changes.tables:
        table = find_table(book, change.table)
        new_last = change.area.last_row - table.totals_rows
        if new_last > table.data.last_row:
            found.setdefault(change.sheet, []).append(Growth(table.data, new_last))
    return found


def _write_looks(target: Target, name: str, cells: _Cells) -> None:
    """Give looks to the cells that do not have them yet."""
    read = target.book.sheet(name)
    styles = {
        place: change.style
        for place, change in cells.items()
        if change.style is not None and change.style != _style(read, place)
    }
    give_looks(target.sheets[name], styles, target.looks)


def _style(sheet: Sheet | None, place: Position) -> int:
    return UNREAD_STYLE if sheet is None else sheet.cell(*place).style


def _write_contents(target: Target, name: str, cells: _Cells) -> None:
    sheet, read = target.sheets[name], target.book.sheet(name)

    def style_at(place: Position) -> int:
        style = cells[place].style
        return _style(read, place) if style is None else style

    contents = {
        place: Content(change.wanted.value, change.wanted.formula)
        for place, change in cells.items()
        if not _is_there(read, change)
    }
    write_cells(sheet, contents, lambda place: target.looks.format(style_at(place)))
    # A formula brings the format of what it refers to into a cell that has none of its own.
    formulas = [place for place, content in contents.items() if content.formula is not None]
    looked = {place: style for place in formulas if (style := cells[place].style) is not None}
    give_looks(sheet, looked, target.looks)
    for code in (GENERAL, TEXT):
        own = [place for place in formulas if cells[place].style is None]
        set_format(
            sheet,
            (place for place in own if target.looks.formats.get(style_at(place)) == code),
            code,
        )


def _is_there(sheet: Sheet | None, change: CellChange) -> bool:
    """Tell whether only the look of a cell changes."""
    cell = None if sheet is None else sheet.cell(change.row, change.column)
    wanted = change.wanted
    return cell is not None and (cell.value, cell.formula) == (wanted.value, wanted.formula)


def _fit_rows(target: Target, name: str, cells: _Cells) -> None:
    """Have Excel measure the rows anew, but for those that somebody sized or hid."""
    read = target.book.sheet(name)
    if not HAS_COM or read is None:
        return
    # To measure a hidden row would be to show it.
    rows = {row for row, _ in cells} - read.fixed_heights - read.hidden_rows
    sheet = target.sheets[name]
    for first, last in row_runs(rows):
        with suppress(Exception):  # how tall a row is matters less than that all is written
            sheet.range(f"{first}:{last}").api.EntireRow.AutoFit()
