"""Reads the cells of a line's row: words mapped back, amounts in pence, shares of other lines."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from xlframework.appendix.layout import Column, Layout
from xlframework.appendix.parse.amounts import printed_amount
from xlframework.appendix.parse.dates import read_date
from xlframework.appendix.parse.grid import BLANK, Grid, GridCell
from xlframework.appendix.parse.headers import HeaderRow
from xlframework.appendix.parse.rows import SheetRow
from xlframework.appendix.parse.text import backwards
from xlframework.ground.finding import Finding
from xlframework.ground.place import Place
from xlframework.model.budget import Unread, Word
from xlframework.model.catalogue import Catalogue

# Where a shared amount stands: the number of the row, or the service of the line.
Carrier = int | str

ABOVE = -1


@dataclass(frozen=True, slots=True)
class Draft:
    """A line as its row says it, before section, identifier and sharing are settled.

    Attributes:
        row: its row on the sheet.
        words: by the column of `Lines`.
        amounts: by amount column, in pence.
        carriers: for amounts that stand on another line: which one; `ABOVE` for
            the line above.
        printed: words that only this layout prints, by printed header.
    """

    row: int
    words: Mapping[str, Word]
    amounts: Mapping[str, int | None]
    carriers: Mapping[str, Carrier]
    printed: Mapping[str, str] = field(default_factory=dict)

    @property
    def service(self) -> str:
        """What the line is for."""
        found = (word for field, word in self.words.items() if field.casefold() == "service")
        return str(next(found, ""))


@dataclass(frozen=True, slots=True)
class Reader:
    """All that reading a row needs to know.

    Attributes:
        grid: the sheet.
        layout: how it prints.
        header: where its columns are.
        catalogue: for findings.
        dates: the columns of `Lines` that hold dates.
    """

    grid: Grid
    layout: Layout
    header: HeaderRow
    catalogue: Catalogue
    dates: Collection[str] = ()

    def place(self, row: int, header: str | None) -> Place:
        """Give the place of a row's cell under a printed header, else of its first cell."""
        match = self.header.matches.get(header or "")
        first = min(match.column for match in self.header.matches.values())
        return self.grid.place(row, match.column if match else first)


def read_draft(reader: Reader, row: SheetRow, note: Callable[[Finding], None]) -> Draft:
    """Read a line.

    Args:
        reader: what is known of the table.
        row: the row.
        note: takes the findings.
    """
    words: dict[str, Word] = {}
    # Of two columns that print one field, the one that prints it unchanged tells more.
    for column in sorted(reader.layout.column, key=lambda column: column.words is not None):
        if column.header in reader.header.matches:
            for each, word in _fields(reader, row, column, note):
                words[each] = words.get(each) or word
    amounts: dict[str, int | None] = {}
    carriers: dict[str, Carrier] = {}
    for column in reader.layout.column:
        if column.amount is None or column.amount in amounts:
            continue
        pence, carrier = _amount(reader, row, column, note)
        amounts[column.amount] = pence
        if carrier is not None:
            carriers[column.amount] = carrier
    texts = {each.header: row.words.get(each.header, BLANK).text for each in reader.layout.column}
    printed = {
        each.header: texts[each.header]
        for each in reader.layout.column
        if each.printed and texts[each.header]
    }
    return Draft(row.number, words, amounts, carriers, printed)


def _fields(
    reader: Reader, row: SheetRow, column: Column, note: Callable[[Finding], None]
) -> Iterator[tuple[str, Word]]:
    """Read the columns of `Lines` that a printed column prints: one, or several joined."""
    if column.field is not None:
        yield column.field, _word(reader, row, column, note)
    elif column.fields:
        word = _word(reader, row, column, note)
        parts = str(word).split(column.join, len(column.fields) - 1) if word else []
        for number, each in enumerate(column.fields):
            part = parts[number].strip() if number < len(parts) else ""
            yield each, (read_date(part) or part) if each in reader.dates else part


def _word(reader: Reader, row: SheetRow, column: Column, note: Callable[[Finding], None]) -> Word:
    cell = row.words.get(column.header, BLANK)
    place = reader.place(row.number, column.header)
    if cell.is_spoilt:
        found = cell.amount.shown if isinstance(cell.amount, Unread) else cell.text
        message = f"under {column.header!r} stands {found!r}, which is no text"
        note(reader.catalogue.finding("import-word-unread", place, message, found=found))
        return ""
    if not isinstance(cell.word, str):
        return cell.word
    if cell.text and column.field in reader.dates:
        return _date(reader, cell, column, place, note)
    word = backwards(column.words, cell.text)
    return cell.text if word is None else word


def _date(
    reader: Reader, cell: GridCell, column: Column, place: Place, note: Callable[[Finding], None]
) -> Word:
    day = read_date(backwards(column.words, cell.text) or cell.text)
    if day is not None:
        return day
    message = f"under {column.header!r} stands {cell.text!r}, which is no date"
    note(reader.catalogue.finding("import-date-unread", place, message, found=cell.text))
    return ""


def _amount(
    reader: Reader, row: SheetRow, column: Column, note: Callable[[Finding], None]
) -> tuple[int | None, Carrier | None]:
    if column.header not in reader.header.matches:
        return None, None
    if column.header in row.covered:
        return None, row.covered[column.header]
    cell = row.amounts.get(column.header, BLANK)
    printed = printed_amount(reader.layout, column, cell)
    if printed.unread is not None:
        note(unread_amount(reader, row.number, column.header, printed.unread))
    carrier = ABOVE if printed.above else printed.service
    return printed.pence, carrier


def unread_amount(reader: Reader, row: int, header: str, unread: Unread) -> Finding:
    """Say that an amount could not be read."""
    return reader.catalogue.finding(
        "import-amount-unread",
        reader.place(row, header),
        f"under {header!r} stands {unread.shown!r}, which is no amount, so it was left blank",
        found=unread.shown,
    )


def outside_findings(reader: Reader, row: SheetRow) -> Iterator[Finding]:
    """Say which texts of a row stand under no header."""
    for column, text in row.outside.items():
        yield reader.catalogue.finding(
            "import-text-outside",
            reader.grid.place(row.number, column),
            f"{text!r} stands under no header of the table, so it was not read",
            found=text,
        )
