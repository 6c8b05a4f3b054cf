"""Compares what a command wants with what a workbook holds; only the difference is written."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from xlframework.ground.finding import Finding
from xlframework.ground.place import Area, Place
from xlframework.sheets.change import (
    BLANK,
    CellChange,
    ChangeSet,
    RowHeight,
    TableChange,
    Wanted,
    WantedCell,
    WantedGrowth,
    WantedSheet,
    WantedTable,
)
from xlframework.sheets.obstacles import (
    Desk,
    foreign_columns,
    in_the_way,
    total_row_in_the_way,
)
from xlframework.sheets.package.records import (
    EMPTY,
    UNREAD_STYLE,
    Book,
    CellPatch,
    NewSheet,
    NewTable,
    Sheet,
    Table,
    TableColumn,
)
from xlframework.sheets.palette import Palette
from xlframework.sheets.row_heights import needed_height
from xlframework.sheets.sameness import is_as_wanted

_DEFAULT_STYLE = 0


Difference = tuple[ChangeSet, tuple[Finding, ...]]


def compare_cells(desk: Desk, cells: Iterable[WantedCell]) -> ChangeSet:
    """Give the single cells that are not yet as wanted, and the rows that grow with them."""
    changes: list[CellChange] = []
    for each in cells:
        sheet = desk.book.sheet(each.sheet)
        if sheet is not None:
            changes.extend(_cell_change(desk, sheet, each.row, each.column, each.wanted))
    return ChangeSet(cells=tuple(changes), heights=tuple(_grown(desk, changes)))


def _grown(desk: Desk, changes: Iterable[CellChange]) -> Iterator[RowHeight]:
    """Give the rows that become taller; none becomes lower, because other cells may need it."""
    needed: dict[tuple[str, int], float] = {}
    for change in changes:
        sheet = desk.book.sheet(change.sheet)
        if sheet is None or change.row in sheet.fixed_heights:
            continue
        points = needed_height([change.wanted], change.column, sheet.widths)
        if points is not None and points > (sheet.heights.get(change.row) or 0):
            key = (change.sheet, change.row)
            needed[key] = max(points, needed.get(key, 0))
    for (name, row), points in needed.items():
        yield RowHeight(name, row, points)


def compare_table(desk: Desk, wanted: WantedTable, *, owns_columns: bool = False) -> Difference:
    """Compare a generated table with the one in the workbook.

    Args:
        desk: the workbook.
        wanted: the whole table.
        owns_columns: that any column it gives up is ours, as in a workbook that
            is only just being made.

    Returns:
        The changes, or findings that tell what stands in the way and no change.

    Raises:
        KeyError: if the workbook has no such table.
    """
    table = find_table(desk.book, wanted.name)
    sheet = desk.book.sheet(table.sheet)
    if sheet is None:
        raise KeyError(table.sheet)
    old = table.area
    height = table.header_rows + max(1, len(wanted.rows))
    new = Area(
        old.first_row,
        old.first_column,
        old.first_row + height - 1,
        old.first_column + len(wanted.header) - 1,
    )
    blocked = tuple(in_the_way(desk, sheet, table, new))
    if not owns_columns:
        blocked += tuple(foreign_columns(desk, sheet, table, wanted))
    if blocked:
        return ChangeSet(), blocked
    cells = tuple(_table_changes(desk, sheet, _table_cells(table, wanted, new)))
    names = tuple(column.name for column in wanted.columns)
    reshaped = new != old or names != table.columns or table.totals_rows
    tables = (TableChange(table.sheet, table.name, old, new, wanted.columns),) if reshaped else ()
    heights = tuple(_heights(sheet, table, wanted, frozenset(change.row for change in cells)))
    return ChangeSet(cells=cells, tables=tables, heights=heights), ()


def compare_growth(desk: Desk, growth: WantedGrowth) -> Difference:
    """Make room for new columns at the right and new rows at the end of a team's table."""
    if not growth.columns and not growth.rows:
        return ChangeSet(), ()
    table = find_table(desk.book, growth.table)
    sheet = desk.book.sheet(table.sheet)
    if sheet is None:
        raise KeyError(table.sheet)
    new = table.area._replace(
        last_row=table.area.last_row + growth.rows,
        last_column=table.area.last_column + len(growth.columns),
    )
    blocked = tuple(in_the_way(desk, sheet, table, new))
    if growth.rows and table.totals_rows:
        blocked += (total_row_in_the_way(desk, table),)
    if blocked:
        return ChangeSet(), blocked
    columns = (*(TableColumn(name) for name in table.columns), *growth.columns)
    change = TableChange(table.sheet, table.name, table.area, new, columns)
    return ChangeSet(tables=(change,)), ()


def compare_sheet(desk: Desk, wanted: WantedSheet) -> Difference:
    """Compare a generated sheet with its table in the workbook, or add the sheet."""
    if any(table.name.casefold() == wanted.table.name.casefold() for table in desk.book.tables):
        return compare_table(desk, wanted.table)
    taken = desk.book.sheet(wanted.name)
    if taken is not None:
        finding = desk.catalogue.finding(
            "sheet-name-taken",
            Place(desk.book.file, taken.name),
            f"there is already a sheet named {taken.name}, but it holds no table "
            f"{wanted.table.name}",
            expected=wanted.table.name,
        )
        return ChangeSet(), (finding,)
    return ChangeSet(sheets=(new_sheet(wanted, desk.palette, _position(desk, wanted)),)), ()


def new_sheet(wanted: WantedSheet, palette: Palette, position: int) -> NewSheet:
    """Lay out a generated sheet that is not there yet."""
    top = len(wanted.above) + 1
    rows = wanted.table.rows or ((BLANK,) * len(wanted.table.header),)
    area = Area(top, 1, top + len(rows), len(wanted.table.header))
    above = [(number, (cell,)) for number, cell in enumerate(wanted.above, start=1)]
    below = enumerate((wanted.table.header, *rows), start=top)
    cells = tuple(
        CellPatch(
            row,
            column,
            content.value,
            content.formula,
            palette.style(content.look) if content.look else None,
        )
        for row, contents in (*above, *below)
        for column, content in enumerate(contents, start=1)
    )
    widths = dict(enumerate(wanted.widths, start=1))
    measured = (
        (number, needed_height(row, 1, widths))
        for number, row in enumerate((wanted.table.header, *rows), start=top)
    )
    return NewSheet(
        name=wanted.name,
        position=position,
        cells=cells,
        widths=wanted.widths,
        table=NewTable(wanted.table.name, area, wanted.table.columns),
        heights=tuple((number, points) for number, points in measured if points is not None),
        frozen_rows=top,
        repeat_row=top,
    )


def merge(changes: Iterable[ChangeSet]) -> ChangeSet:
    """Put change sets together, in their order."""
    listed = list(changes)
    return ChangeSet(
        cells=tuple(cell for each in listed for cell in each.cells),
        tables=tuple(table for each in listed for table in each.tables),
        sheets=tuple(
            replace(sheet, position=sheet.position + number)
            for number, sheet in enumerate(sheet for each in listed for sheet in each.sheets)
        ),
        charts=tuple(chart for each in listed for chart in each.charts),
        heights=tuple(height for each in listed for height in each.heights),
    )


def find_table(book: Book, name: str) -> Table:
    """Find a table by its name, blind to case.

    Raises:
        KeyError: if the workbook has no such table.
    """
    for table in book.tables:
        if table.name.casefold() == name.casefold():
            return table
    raise KeyError(name)


def _position(desk: Desk, wanted: WantedSheet) -> int:
    """Count the tabs up to the one that a new sheet comes after."""
    for number, sheet in enumerate(desk.book.sheets, start=1):
        if sheet.name.casefold() == wanted.after.casefold():
            return number
    return len(desk.book.sheets)


def _table_cells(table: Table, wanted: WantedTable, new: Area) -> Iterator["_TableCell"]:
    """Give every cell of the new table, then None for what the old one leaves behind."""
    header = (wanted.header,) if table.header_rows else ()
    rows = wanted.rows or ((BLANK,) * len(wanted.header),)
    for row, contents in enumerate((*header, *rows), start=new.first_row):
        for column, content in enumerate(contents, start=new.first_column):
            yield row, column, content
    old = table.area
    for row in range(old.first_row, old.last_row + 1):
        for column in range(old.first_column, old.last_column + 1):
            if not new.holds(row, column):
                yield row, column, None


_TableCell = tuple[int, int, Wanted | None]


def _table_changes(desk: Desk, sheet: Sheet, cells: Iterable[_TableCell]) -> list[CellChange]:
    """Give the changes of a table's cells.

    Where looks cannot be read, a row in which something changes gets all of its looks anew.
    """
    listed = list(cells)
    changes = [
        change
        for row, column, content in listed
        for change in _cell_change(desk, sheet, row, column, content)
    ]
    rows = {change.row for change in changes}
    changed = {(change.row, change.column) for change in changes}
    for row, column, content in listed:
        cell = sheet.cell(row, column)
        if cell.style != UNREAD_STYLE or row not in rows or (row, column) in changed:
            continue
        if content is not None and content.look is not None:
            style = desk.palette.style(content.look)
            value, formula = cell.value, cell.formula
            changes.append(CellChange(sheet.name, row, column, value, formula, content, style))
    return sorted(changes, key=lambda change: (change.row, change.column))


def _heights(
    sheet: Sheet, table: Table, wanted: WantedTable, changed: frozenset[int]
) -> Iterator[RowHeight]:
    """Measure the rows with changed cells; a height that somebody chose is left alone."""
    header = (wanted.header,) if table.header_rows else ()
    rows = dict(enumerate((*header, *wanted.rows), start=table.area.first_row))
    for row in sorted(changed - sheet.fixed_heights):
        points = needed_height(rows.get(row, ()), table.area.first_column, sheet.widths)
        if points != sheet.heights.get(row):
            yield RowHeight(sheet.name, row, points)


def _cell_change(
    desk: Desk, sheet: Sheet, row: int, column: int, wanted: Wanted | None
) -> Iterator[CellChange]:
    """Give the change of one cell, if there is one; None stands for an empty, plain cell."""
    cell = sheet.cell(row, column)
    if wanted is None:
        if cell != EMPTY:
            yield CellChange(
                sheet.name, row, column, cell.value, cell.formula, BLANK, _DEFAULT_STYLE
            )
        return
    style = None if wanted.look is None else desk.palette.style(wanted.look)
    if not is_as_wanted(cell, wanted, style):
        yield CellChange(sheet.name, row, column, cell.value, cell.formula, wanted, style)
