"""Gives tables of an open workbook new ranges and headers; no reference to them changes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from xlframework.ground.errors import UnsafeFileError
from xlframework.ground.place import Area
from xlframework.sheets.change import TableChange
from xlframework.sheets.live.blocks import Position, rectangles
from xlframework.sheets.live.cells import set_formulas
from xlframework.sheets.live.excel import HAS_COM, ExcelBook, ExcelSheet, ExcelTable
from xlframework.sheets.live.values import given
from xlframework.sheets.package.ranges import area_of
from xlframework.sheets.package.records import Book, Table


class Held(NamedTuple):
    """Formulas as Excel spells them, to be put back where they stood."""

    sheet: str
    area: Area
    formulas: object


def renamed(book: Book, changes: Iterable[TableChange]) -> tuple[str, ...]:
    """List the tables that let go of columns while they take their new headers.

    A reference to such a column breaks, though it is meant for the header and not for the
    place, and the table has the header again in the end.
    """
    before = {table.name: table.columns for table in book.tables}
    return tuple(
        change.table
        for change in changes
        if _same_at_the_start(_names(change), columns := before.get(change.table, ()))
        < len(columns)
    )


def _names(change: TableChange) -> list[str]:
    return [column.name for column in change.columns]


def mentions(
    book: Book, tables: Sequence[str], changes: Iterable[TableChange]
) -> Iterator[tuple[str, Position]]:
    """Find the cells whose formula refers to tables that let go of columns for a while.

    A formula over a column that is gone for good is left out: Excel takes it no more, and
    shows #REF! in its place as it does where anybody deletes a column.

    Args:
        book: the workbook as it was read.
        tables: the tables.
        changes: what they are to be.

    Returns:
        The sheet and the place of each.
    """
    if not tables:
        return
    pattern, gone = _pattern(tables), _gone(book, changes)
    for sheet in book.sheets:
        for place, cell in sheet.cells.items():
            formula = cell.formula
            if formula is not None and pattern.search(formula) and not gone.search(formula):
                yield sheet.name, place


def _gone(book: Book, changes: Iterable[TableChange]) -> re.Pattern[str]:
    """Give a pattern of references to the columns that tables have no more."""
    before = {table.name: table.columns for table in book.tables}
    columns = [
        rf"{re.escape(change.table)}\[(?:\[#[^]]*\],)*\[?{re.escape(name)}\]"
        for change in changes
        for name in before.get(change.table, ())
        if name.casefold() not in {kept.casefold() for kept in _names(change)}
    ]
    return re.compile("|".join(columns) or r"(?!)", re.IGNORECASE)


def _pattern(tables: Sequence[str]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in tables)
    return re.compile(rf"(?<![\w.])(?:{names})\[", re.IGNORECASE)


def hold_formulas(
    sheets: Mapping[str, ExcelSheet], cells: Iterable[tuple[str, Position]]
) -> tuple[Held, ...]:
    """Read formulas that have to be put back, arrays that spill as such.

    Args:
        sheets: the sheets of the workbook, by their names.
        cells: sheet and place of each.
    """
    by_sheet: dict[str, list[Position]] = {}
    for sheet, place in cells:
        by_sheet.setdefault(sheet, []).append(place)
    return tuple(
        Held(sheet, area, _formulas(sheets[sheet], area))
        for sheet, places in by_sheet.items()
        for area in rectangles(places)
    )


def _formulas(sheet: ExcelSheet, area: Area) -> object:
    cells = sheet.range(str(area))
    with suppress(Exception):  # an Excel without formulas that spill does not know the word
        return cells.formula2
    if cells.has_array is not False:
        raise UnsafeFileError(
            f"{sheet.name} has an array formula at {area} over a table whose columns change, which "
            "this version of Excel could not keep, so nothing was changed. Turn it into an "
            "ordinary formula (or refresh the saved file from the command line)."
        )
    return cells.formula


def put_back(sheets: Mapping[str, ExcelSheet], held: Iterable[Held]) -> None:
    """Write formulas back as they were read."""
    for each in held:
        cells = sheets[each.sheet].range(str(each.area))
        try:
            cells.impl.formula2 = each.formulas
        except Exception:  # noqa: BLE001 - as above: an older Excel, where they were read as plain ones
            cells.impl.formula = each.formulas


def reshape(sheet: ExcelSheet, table: Table, change: TableChange) -> None:
    """Give a table a new range and new headers.

    Args:
        sheet: the sheet that it stands on.
        table: the table as it was read.
        change: what it is to be.
    """
    found = sheet.tables[table.name]
    is_widened_only = change.area.last_row == table.area.last_row and (
        change.area.last_column > table.area.last_column
    )
    if table.totals_rows and not is_widened_only:
        # The total row that somebody switched on would end up among the rows.
        found.show_totals = False
    if table.header_rows:
        _write_headers(sheet, found, table, change)
    if change.area != area_of(found.range.address):
        found.resize(sheet.range(str(change.area)))


def _write_headers(sheet: ExcelSheet, found: ExcelTable, table: Table, change: TableChange) -> None:
    """Write the headers that change, once the table has let go of their columns.

    As long as it has them, Excel would have every reference follow each header that is
    written, and would number one that another column still has.
    """
    names = _names(change)
    kept = max(1, _same_at_the_start(names, table.columns))
    if kept < len(table.columns):
        last_column = table.area.first_column + kept - 1
        found.resize(sheet.range(str(table.area._replace(last_column=last_column))))
    first = 0 if names[:1] != list(table.columns[:1]) else kept
    if names[first:]:
        begin = change.area.first_column + first
        header = change.area._replace(last_row=change.area.first_row, first_column=begin)
        set_formulas(sheet, header, [[given(name) for name in names[first:]]])


def _same_at_the_start(names: Sequence[str], others: Sequence[str]) -> int:
    pairs = zip(names, others, strict=False)
    return next(
        (at for at, (one, other) in enumerate(pairs) if one != other), min(len(names), len(others))
    )


def fill_columns(
    sheet: ExcelSheet, table: Table, change: TableChange, formulas: Mapping[Position, str | None]
) -> None:
    """Tell Excel which formula a new column fills into the rows that the table will gain.

    Excel takes it from a formula that is written over the whole column at once, if it is
    allowed to.

    Args:
        sheet: the sheet of the table.
        table: the table as it was read.
        change: what it is to be.
        formulas: the formulas that were written, by their places.
    """
    correct = sheet.book.app.api.AutoCorrect if HAS_COM else None
    rows = range(change.area.first_row + table.header_rows, change.area.last_row + 1)
    for number, column in enumerate(change.columns, start=change.area.first_column):
        written = {formulas.get((row, number)) for row in rows}
        if correct is not None and column.formula is not None and written == {column.formula}:
            correct.AutoFillFormulasInLists = True
            area = Area(rows[0], number, rows[-1], number)
            set_formulas(sheet, area, f"={column.formula}")
            correct.AutoFillFormulasInLists = False


def restore_names(
    excel: ExcelBook, book: Book, tables: Sequence[str], changes: Iterable[TableChange] = ()
) -> None:
    """Have defined names refer to columns by the headers that they named; see `mentions`."""
    if not tables:
        return
    pattern, gone = _pattern(tables), _gone(book, changes)
    for name in book.names:
        refers_to = name.refers_to
        if name.sheet is None and pattern.search(refers_to) and not gone.search(refers_to):
            excel.names[name.name].refers_to = f"={refers_to}"
