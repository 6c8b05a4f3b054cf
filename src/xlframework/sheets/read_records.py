"""Reads the rows of `Areas` and `Forward_plan` as published tables print them."""

from decimal import Decimal

from xlframework.model.areas import CODE
from xlframework.model.budget import Origin
from xlframework.model.records import Entry, Record
from xlframework.sheets.cells import is_date, read_word
from xlframework.sheets.package.records import Book, Cell
from xlframework.sheets.snapshot import Snapshot

AREAS, FORWARD_PLAN = "Areas", "Forward_plan"

# By which column the table `Printed` calls a row of each table.
_KEYS = {AREAS: CODE, FORWARD_PLAN: "Order"}


def read_records(snapshot: Snapshot, table: str) -> tuple[Record, ...]:
    """Read the rows of a table.

    Args:
        snapshot: of the workbook.
        table: `AREAS` or `FORWARD_PLAN`.
    """
    view, book = snapshot.tables[table], snapshot.book
    return tuple(
        Record(
            key=view.text(row, _KEYS[table]).strip(),
            words={
                header: _entry(book, view.sheet.cell(row, column))
                for header, column in view.columns.items()
            },
            origin=Origin(book.file, view.sheet.name, row, view.columns),
        )
        for row in view.rows
    )


def _entry(book: Book, cell: Cell) -> Entry:
    """Read a cell: a number stays one, unless it shows a date."""
    if isinstance(cell.value, Decimal) and not is_date(book, cell):
        return cell.value
    return read_word(book, cell)
