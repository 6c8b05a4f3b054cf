"""The words of a printed row: a field, several joined, or what only this table prints."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from xlframework.appendix.compose.records import (
    AmountCell,
    PercentCell,
    PrintedWords,
    RowKind,
    TableCell,
    TableRow,
)
from xlframework.appendix.layout import Column, Heading, Layout
from xlframework.model.records import Entry
from xlframework.sheets.cells import number_text


def word_cell(
    layout: Layout,
    column: Column,
    key: str,
    words: Mapping[str, Entry],
    printed: PrintedWords,
) -> Entry:
    """Give the words of a record that a row prints in a column.

    Args:
        layout: how it prints.
        column: a column of words.
        key: what the table `Printed` calls the row.
        words: what the record holds, by header.
        printed: the table `Printed`, which goes first.
    """
    word = _joined(column, words) if column.fields else under(words, column.field or "")
    return said(layout, column, key, word, printed)


def said(layout: Layout, column: Column, key: str, word: Entry, printed: PrintedWords) -> Entry:
    """Give what a row says in a column: what `Printed` has for it, else its word, mapped.

    Args:
        layout: how it prints.
        column: a column of words.
        key: what the table `Printed` calls the row.
        word: its word.
        printed: the table `Printed`.
    """
    own = printed.get((layout.name, key, column.header))
    if own is not None:
        return own
    return (column.words or {}).get(word, word) if isinstance(word, str) else word


def _joined(column: Column, words: Mapping[str, Entry]) -> str:
    parts = (spoken(under(words, field)) for field in column.fields)
    return column.join.join(part for part in parts if part)


def spoken(entry: Entry) -> str:
    """Write what a cell holds as part of a sentence: a date as 31 March 2026."""
    if isinstance(entry, Decimal):
        return number_text(entry)
    return entry if isinstance(entry, str) else spoken_date(entry)


def spoken_date(day: date) -> str:
    """Write a date in words."""
    return f"{day.day} {day:%B %Y}"


def under(words: Mapping[str, Entry], header: str) -> Entry:
    """Give the word under a header, whatever its case; the empty text where there is none."""
    return words.get(spelt(words, header), "")


def spelt(words: Collection[str], header: str) -> str:
    """Give a header as the record has it, whatever its case."""
    if header in words:
        return header
    wanted = header.casefold()
    return next((each for each in words if each.casefold() == wanted), header)


def label_row(layout: Layout, kind: RowKind, label: str, header: str, empty: str = "") -> TableRow:
    """Give a row with nothing but a label.

    Args:
        layout: tells the columns.
        kind: what the row is.
        label: what it says.
        header: under which header.
        empty: what its other word cells print.
    """
    cells = [blank_cell(column, empty) for column in layout.column]
    cells[layout.position(header)] = label
    return TableRow(kind, tuple(cells))


def blank_cell(column: Column, empty: str = "") -> TableCell:
    """Give the cell of a column in a row that prints nothing there."""
    if column.kind == "percent":
        return PercentCell(None)
    return AmountCell(None) if column.kind == "amount" else empty


def heading_label(heading: Heading, name: str) -> str:
    """Give what a heading says; the empty text where it is left out."""
    return (heading.words or {}).get(name, name)
