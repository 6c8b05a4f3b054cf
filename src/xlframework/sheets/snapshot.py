"""A commissioning workbook as a command sees it: tables, named cells and looks, by name alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xlframework.ground.financial_year import AmountColumn
from xlframework.ground.place import Place, cell_name, parse_cell
from xlframework.sheets.cells import shown
from xlframework.sheets.package.records import Book, Cell, Sheet, Table
from xlframework.sheets.palette import Palette

# The first cell that a defined name refers to: Lists!$C$5 or 'My lists'!$C$5:...
_FIRST_CELL = re.compile(r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!(?P<cell>[$A-Z0-9]+)")

APPENDIX_PREFIX = "T_"


@dataclass(frozen=True, slots=True)
class TableView:
    """A table together with its sheet and its headers as the person sees them.

    Attributes:
        table: the table.
        sheet: the sheet it stands on.
        columns: the column on the sheet of every header; amount columns under
            the header as we write it.
        amounts: the amount columns, in the order they stand.
        rows: the rows of its data that hold anything, from top to bottom.
    """

    table: Table
    sheet: Sheet
    columns: Mapping[str, int]
    amounts: tuple[AmountColumn, ...]
    rows: tuple[int, ...]

    def cell(self, row: int, header: str) -> Cell:
        """Give the cell in a row under a header."""
        return self.sheet.cell(row, self.columns[header])

    def text(self, row: int, header: str) -> str:
        """Give what the person sees in that cell; outer spaces are kept."""
        return shown(self.cell(row, header).value)


@dataclass(frozen=True, slots=True)
class NamedCell:
    """A named cell: where it is and what it holds."""

    sheet: Sheet
    row: int
    column: int

    @property
    def cell(self) -> Cell:
        """What it holds."""
        return self.sheet.cell(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A commissioning workbook as it was when the command began.

    Attributes:
        book: all of it.
        tables: our tables, by their declared names.
        appendices: the tables of appendix sheets, by their names.
        names: our named cells and lists, by their names.
        palette: the looks.
    """

    book: Book
    tables: Mapping[str, TableView]
    appendices: Mapping[str, TableView]
    names: Mapping[str, NamedCell]
    palette: Palette

    def setting(self, name: str) -> str:
        """Give the text of a named cell; the empty text where it is blank or missing."""
        found = self.names.get(name)
        return shown(found.cell.value).strip() if found else ""

    def setting_place(self, name: str) -> Place:
        """Give the place of a named cell; the whole workbook where it is missing."""
        found = self.names.get(name)
        if found is None:
            return Place(self.book.file)
        return Place(self.book.file, found.sheet.name, cell_name(found.row, found.column))

    def table_place(self, name: str) -> Place:
        """Give the place of one of our tables, all of it."""
        view = self.tables[name]
        return Place(self.book.file, view.sheet.name, str(view.table.area))

    def cell_place(self, view: TableView, row: int, header: str) -> Place:
        """Give the place of the cell in a row of a table, under a header."""
        return Place(self.book.file, view.sheet.name, cell_name(row, view.columns[header]))


def view_of(book: Book, table: Table, declared: tuple[str, ...] = ()) -> TableView | None:
    """Look at a table through its sheet; None if the sheet cannot be found.

    Args:
        book: the workbook.
        table: one of its tables.
        declared: headers that are found whatever their case, as Excel's own
            references find them.
    """
    sheet = book.sheet(table.sheet)
    if sheet is None:
        return None
    spelling = {header.casefold(): header for header in declared}
    amounts: list[AmountColumn] = []
    columns: dict[str, int] = {}
    for offset, name in enumerate(table.columns):
        column = table.area.first_column + offset
        header = header_text(sheet, table, column) or name
        header = spelling.get(header.casefold(), header)
        amount = amount_column(header)
        if amount is not None and str(amount) not in columns:
            amounts.append(amount)
            header = str(amount)
        columns.setdefault(header, column)
    data = table.data
    rows = sorted(
        {
            row
            for (row, column), cell in sheet.cells.items()
            if data.holds(row, column) and (cell.value is not None or cell.formula is not None)
        }
    )
    return TableView(table, sheet, columns, tuple(amounts), tuple(rows))


def header_text(sheet: Sheet, table: Table, column: int) -> str:
    """Give a header as it stands; the empty text where the header is switched off.

    Spaces around it are kept: the formulas that refer to the column must have them too.
    """
    if not table.header_rows:
        return ""
    return shown(sheet.cell(table.area.first_row, column).value)


def amount_column(header: str) -> AmountColumn | None:
    """Read a header as that of an amount column; None if it is not one.

    Case apart it must be spelt as we write it, because formulas refer to it so.
    """
    try:
        column = AmountColumn.parse(header)
    except ValueError:
        return None
    return column if str(column).casefold() == header.casefold() else None


def appendix_views(book: Book) -> Mapping[str, TableView]:
    """Find the tables of appendix sheets, by their names."""
    views = (view_of(book, table) for table in book.tables)
    return {
        view.table.name: view
        for view in views
        if view is not None and view.table.name.startswith(APPENDIX_PREFIX)
    }


def find_names(book: Book) -> Mapping[str, NamedCell]:
    """Find the first cell of every workbook-wide name that refers to cells."""
    found: dict[str, NamedCell] = {}
    for name in book.names:
        match = _FIRST_CELL.match(name.refers_to)
        if name.sheet is not None or match is None:
            continue
        title = (match["quoted"] or match["plain"]).replace("''", "'")
        sheet = book.sheet(title)
        try:
            row, column = parse_cell(match["cell"])
        except ValueError:
            continue
        if sheet is not None:
            found[name.name] = NamedCell(sheet, row, column)
    return found
