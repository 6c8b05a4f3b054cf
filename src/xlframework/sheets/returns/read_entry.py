"""Reads one cell of a submitted form: its words, its amount or its day."""

import re
from datetime import date, datetime
from decimal import Decimal

from xlframework.model.budget import Amount, Unread
from xlframework.model.form import ColumnSpec, FieldSpec
from xlframework.model.returns import Entry, FormulaState
from xlframework.sheets.cells import is_date, read_amount, read_word, shown, to_date
from xlframework.sheets.package.records import EMPTY, Book, Cell, Sheet

_PENCE = 100
_MANY = 1000

# How people in this country write a day, where the program kept it as words.
_DAYS = (
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d/%m/%y",
    "%d.%m.%y",
    "%d-%m-%y",
    "%d %B %Y",
    "%d %b %Y",
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%S",
)
# No program shows more of a cell, and no day takes as much.
_LONGEST, _LONGEST_DAY = 32_767, 40

_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_EARLIEST = 2000
# The days from 2000 to 2099, as Excel counts them.
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_051


def read_entry(  # noqa: PLR0913 - where it stands, and what it is to be
    book: Book,
    sheet: Sheet,
    row: int,
    column: int,
    spec: FieldSpec | ColumnSpec,
    *,
    largest: int,
    state: FormulaState | None = None,
) -> Entry:
    """Read a cell.

    Args:
        book: tells dates from numbers.
        sheet: the sheet it stands on.
        row: from 1.
        column: from 1.
        spec: what the form declares it to be.
        largest: pounds beyond which an amount that is typed is taken for a slip.
        state: of a cell that the form has a formula in.
    """
    cell = sheet.cells.get((row, column), EMPTY)
    if cell.value is None and cell.formula is None:
        return Entry(sheet.name, row, column, "", state=state)
    return Entry(
        sheet.name,
        row,
        column,
        _text(book, cell),
        _amount(book, cell, spec, largest) if spec.kind == "money" else None,
        _day(book, cell) if spec.kind == "date" else None,
        cell.formula,
        state,
    )


def _text(book: Book, cell: Cell) -> str:
    if is_date(book, cell):
        word = read_word(book, cell)
        return f"{word:%d/%m/%Y}" if isinstance(word, date) else word
    return shown(cell.value)[:_LONGEST]


def _amount(book: Book, cell: Cell, spec: FieldSpec | ColumnSpec, largest: int) -> Amount:
    amount = read_amount(book, cell)
    # What we fill in ourselves, and a sum of many amounts, may be larger than one of them.
    most = largest if spec.is_input else largest * _MANY
    if isinstance(amount, int) and abs(amount) > most * _PENCE:
        return Unread("large", shown(cell.value))
    if (
        isinstance(amount, Unread)
        and amount.reason == "not calculated"
        and spec.formula is not None
    ):
        # Saved by a program that does not calculate; the value is worked out from its parts.
        return None
    return amount


def _day(book: Book, cell: Cell) -> date | None:
    word = read_word(book, cell)
    if isinstance(cell.value, Decimal) and _FIRST_SERIAL <= cell.value < _LAST_SERIAL:
        # Some programs lose the look of a date and keep its number.
        word = to_date(cell.value, date_1904=book.date_1904)
    day = word if isinstance(word, date) else _day_in_words(word)
    return day if day is not None and day.year >= _EARLIEST else None


def _day_in_words(text: str) -> date | None:
    if len(text) > _LONGEST_DAY:
        return None
    plain = _ORDINAL.sub("", " ".join(text.replace(",", " ").split()))
    for pattern in _DAYS:
        try:
            return datetime.strptime(plain, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
