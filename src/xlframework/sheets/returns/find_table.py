"""Finds the form's table in a submitted workbook: by its name, else by its headers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from xlframework.ground.folding import folded
from xlframework.ground.place import Area
from xlframework.model.form import Form
from xlframework.model.returns import Header
from xlframework.sheets.cells import shown
from xlframework.sheets.package.records import Book, Sheet, Table
from xlframework.sheets.returns.headers import match_headers

# Headers are looked for this far down, and so many of the form's make a header row.
_LAST_HEADER_ROW = 300
_ENOUGH = 0.5
_FEWEST = 2

# No form is as wide; columns beyond are not looked at.
_WIDEST = 200


@dataclass(frozen=True, slots=True)
class FoundTable:
    """Where the form's table stands.

    Attributes:
        sheet: its sheet.
        row: of its headers; 0 where the first row of data is row 1.
        headers: every header from left to right.
        table: the Excel table; None where it is gone.
    """

    sheet: Sheet
    row: int
    headers: tuple[Header, ...]
    table: Table | None

    @property
    def columns(self) -> dict[str, int]:
        """The column on the sheet of each declared header that was found."""
        return {each.declared: each.column for each in self.headers if each.declared is not None}


def find_table(book: Book, form: Form) -> FoundTable | None:
    """Find the form's table; None where nothing in the workbook looks like it."""
    tables = sorted(
        (table for table in book.tables if _known(table.columns, form) >= _needed(form)),
        key=lambda table: (
            folded(table.name) != folded(form.table.name),
            folded(table.sheet) != folded(form.sheet),
        ),
    )
    for table in tables:
        sheet = book.sheet(table.sheet)
        if sheet is not None:
            return _by_table(sheet, table, form)
    sheets = sorted(book.sheets, key=lambda sheet: folded(sheet.name) != folded(form.sheet))
    rows = [(sheet, row) for sheet in sheets if (row := _header_row(sheet, form)) is not None]
    return _by_row(*rows[0], _table_of(book, rows[0][0], form), form) if rows else None


def copies_of(book: Book, form: Form, found: FoundTable) -> tuple[str, ...]:
    """List the other sheets that hold the form's table too."""
    others = (sheet for sheet in book.sheets if sheet.name != found.sheet.name)
    return tuple(sheet.name for sheet in others if _header_row(sheet, form) is not None)


def _known(texts: Sequence[str], form: Form) -> int:
    declared = {folded(header) for header in form.table.headers}
    return len(declared & {folded(text) for text in texts})


def _needed(form: Form) -> float:
    return max(_FEWEST, len(form.table.headers) * _ENOUGH)


def _table_of(book: Book, sheet: Sheet, form: Form) -> Table | None:
    """Find a table of the form's name, even where it stands over other cells than its own."""
    named = (each for each in book.tables if folded(each.name) == folded(form.table.name))
    return next((each for each in named if each.sheet == sheet.name), None)


def _by_table(sheet: Sheet, table: Table, form: Form) -> FoundTable:
    """Read the headers of an Excel table, unless its cells have left it."""
    columns = range(table.area.first_column, _last_column(sheet, table) + 1)
    if not table.header_rows:
        texts = list(table.columns[: len(columns)])
        return _found(sheet, table.area.first_row - 1, list(columns), texts, table=table, form=form)
    texts = [shown(sheet.cell(table.area.first_row, column).value) for column in columns]
    if _known(texts, form) < _needed(form):
        row = _header_row(sheet, form)
        if row is not None:
            return _by_row(sheet, row, table, form)
        own = [text or name for text, name in zip(texts, table.columns, strict=False)]
        texts = [*own, *texts[len(own) :]]
    return _found(sheet, table.area.first_row, list(columns), texts, table=table, form=form)


def _last_column(sheet: Sheet, table: Table) -> int:
    """Tell how far headers go on, also right of the table: a column may have been put beside it."""
    last = min(table.area.last_column, _WIDEST)
    if table.header_rows:
        row = table.area.first_row
        while last < _WIDEST and shown(sheet.cell(row, last + 1).value).strip():
            last += 1
    return last


def _by_row(sheet: Sheet, row: int, table: Table | None, form: Form) -> FoundTable:
    """Read a row of headers: from the first that is the form's, as far as headers go on."""
    declared = {folded(header) for header in form.table.headers}
    texts = {
        column: shown(sheet.cell(row, column).value)
        for column in range(1, _WIDEST + 1)
        if (row, column) in sheet.cells
    }
    known = [column for column, text in texts.items() if folded(text) in declared]
    first, last = min(known), max(known)
    while texts.get(first - 1, "").strip():
        first -= 1
    while texts.get(last + 1, "").strip():
        last += 1
    columns = list(range(first, last + 1))
    return _found(
        sheet, row, columns, [texts.get(column, "") for column in columns], table=table, form=form
    )


def _found(  # noqa: PLR0913 - the parts of one record
    sheet: Sheet,
    row: int,
    columns: list[int],
    texts: list[str],
    *,
    table: Table | None,
    form: Form,
) -> FoundTable:
    matched = [
        declared if text.strip() or _is_used(sheet, row, column) else None
        for text, column, declared in zip(
            texts, columns, match_headers(texts, form.table.headers), strict=True
        )
    ]
    headers = tuple(
        Header(text, row, column, declared)
        for text, column, declared in zip(texts, columns, matched, strict=True)
    )
    return FoundTable(sheet, row, headers, table)


def _is_used(sheet: Sheet, row: int, column: int) -> bool:
    """Tell whether anything stands under a header; a column without either is gone."""
    return any(
        at[1] == column and at[0] > row and (cell.formula is not None or shown(cell.value).strip())
        for at, cell in sheet.cells.items()
    )


def _header_row(sheet: Sheet, form: Form) -> int | None:
    """Find the row with most of the form's headers; the first of several."""
    declared = {folded(header) for header in form.table.headers}
    rows: defaultdict[int, set[str]] = defaultdict(set)
    for (row, column), cell in sheet.cells.items():
        if row <= _LAST_HEADER_ROW and column <= _WIDEST and isinstance(cell.value, str):
            text = folded(cell.value)
            if text in declared:
                rows[row].add(text)
    best = max(rows, key=lambda row: (len(rows[row]), -row), default=None)
    return best if best is not None and len(rows[best]) >= _needed(form) else None


def extent(found: FoundTable) -> Area | None:
    """Give the Excel table's own range, header and totals row included."""
    return None if found.table is None else found.table.area
