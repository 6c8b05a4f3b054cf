"""A sheet as the parser sees it: cells by row and column, whether from Excel or from CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from xlframework.ground.errors import UnreadableFileError
from xlframework.ground.money import MoneyError, parse_pounds
from xlframework.ground.place import LAST_COLUMN, Area, Place, cell_name
from xlframework.model.budget import Amount, Unread, Word
from xlframework.sheets.cells import read_amount, read_word
from xlframework.sheets.package.records import Book, Cell, Sheet

_DELIMITERS = (",", ";", "\t")

# What a word cell cannot be read for: the same faults that spoil an amount.
_SPOILT = frozenset({"error", "not calculated"})


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell, read both ways, because only its column tells what it is.

    Attributes:
        word: as a word or a date; the empty text where the cell is blank.
        amount: as an amount in pence.
    """

    word: Word
    amount: Amount

    @property
    def text(self) -> str:
        """What stands in the cell, without the spaces around it."""
        return str(self.word).strip()

    @property
    def is_spoilt(self) -> bool:
        """Tell whether it holds an error, or a formula that nobody has calculated."""
        return isinstance(self.amount, Unread) and self.amount.reason in _SPOILT

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing stands in the cell."""
        return not self.text and not self.is_spoilt


BLANK = GridCell("", None)


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet or a CSV file.

    Attributes:
        file: its name.
        sheet: the sheet's name; None for a CSV file.
        cells: the cells that are not blank, by row and column from 1.
        merged: merged ranges.
        hidden_rows: the rows that a reader of the sheet does not see.
        anchors: each cell of a merged range, with the range.
    """

    file: str
    sheet: str | None
    cells: Mapping[tuple[int, int], GridCell]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    anchors: Mapping[tuple[int, int], Area] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out which merged range each cell in use belongs to."""
        object.__setattr__(self, "anchors", dict(_anchors(self.merged, self.cells)))

    def cell(self, row: int, column: int) -> GridCell:
        """Give a cell; blank where nothing stands."""
        return self.cells.get((row, column), BLANK)

    def by_row(self) -> Mapping[int, tuple[int, ...]]:
        """Give the columns in use of every row in use, from the top, from the left."""
        rows: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            rows.setdefault(row, []).append(column)
        return {row: tuple(columns) for row, columns in rows.items()}

    def place(self, row: int, column: int) -> Place:
        """Give the place of a cell; a CSV file's cells are counted as Excel shows them."""
        return Place(self.file, self.sheet, cell_name(row, column))


def _anchors(
    merged: Iterable[Area], cells: Iterable[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], Area]]:
    """List the cells of merged ranges, no further than the last row and column in use."""
    used = list(cells)
    last_row = max((row for row, _ in used), default=0)
    last_column = max((column for _, column in used), default=0)
    for area in merged:
        for row in range(area.first_row, min(area.last_row, last_row) + 1):
            for column in range(area.first_column, min(area.last_column, last_column) + 1):
                yield (row, column), area


def grid_of_sheet(book: Book, sheet: Sheet) -> Grid:
    """See a worksheet as a grid."""
    read = (
        (position, GridCell(read_word(book, cell), _sheet_amount(book, cell)))
        for position, cell in sheet.cells.items()
    )
    cells = {position: cell for position, cell in read if not cell.is_blank}
    return Grid(book.file, sheet.name, cells, sheet.merged, sheet.hidden_rows)


def _sheet_amount(book: Book, cell: Cell) -> Amount:
    """Read an amount as it is printed; a text counts, though no sum of Excel's counts it."""
    if isinstance(cell.value, str):
        return _text_amount(cell.value)
    return read_amount(book, cell)


def grid_of_csv(data: bytes, file: str) -> Grid:
    """See a CSV file as a grid.

    Args:
        data: UTF-8, or the code page that Excel on Windows saves plain CSV in;
            values are divided by commas, semicolons or tabs.
        file: its name, for messages.

    Raises:
        UnreadableFileError: if it is no text.
    """
    text = _decoded(data, file)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableFileError(f"{file} cannot be read as CSV: {error}.") from error
    cells = {
        (row, column): GridCell(value, _text_amount(value))
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values[:LAST_COLUMN], start=1)
        if value.strip()
    }
    return Grid(file, None, cells)


def _decoded(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        raise UnreadableFileError(
            f"{file} is not a CSV file; save it as CSV UTF-8, or name the Excel workbook itself."
        )
    return text


def _text_amount(text: str) -> Amount:
    try:
        return parse_pounds(text)
    except MoneyError:
        return Unread("text", text.strip())


def word_text(word: Word) -> str:
    """Write a word as an edition's CSV file holds it."""
    return word.isoformat() if isinstance(word, date) else word
