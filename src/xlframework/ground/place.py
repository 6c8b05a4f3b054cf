"""Where something stands: cells and areas of a sheet, and the workbook around them."""

import re
from dataclasses import dataclass
from typing import NamedTuple

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\Z")


def column_letters(column: int) -> str:
    """Give the letters of a column counted from 1: 1 is `A`, 28 is `AB`."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Count a column from its letters, from 1: `A` is 1, `AB` is 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def cell_name(row: int, column: int) -> str:
    """Write a cell's address without dollar signs: (12, 6) is `F12`."""
    return f"{column_letters(column)}{row}"


def parse_cell(text: str) -> tuple[int, int]:
    """Read a cell's address, with or without dollar signs, as (row, column) from 1.

    Raises:
        ValueError: if the text is not an address inside a sheet.
    """
    match = _CELL.match(text)
    if match is None:
        raise ValueError(f"{text!r} is not a cell address")
    row, column = int(match[2]), column_number(match[1])
    if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
        raise ValueError(f"{text!r} lies outside a sheet")
    return row, column


def quoted_sheet(name: str) -> str:
    """Write a sheet's name as a formula refers to it: `'Our budget''s lines'`."""
    return "'" + name.replace("'", "''") + "'"


class Area(NamedTuple):
    """A rectangle of cells, both corners included, counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @classmethod
    def parse(cls, text: str) -> "Area":
        """Read `B3:F12` or `B3`, with or without dollar signs.

        Raises:
            ValueError: if the text is not such a range.
        """
        first, colon, last = text.partition(":")
        row, column = parse_cell(first)
        last_row, last_column = parse_cell(last) if colon else (row, column)
        return cls(
            min(row, last_row),
            min(column, last_column),
            max(row, last_row),
            max(column, last_column),
        )

    def __str__(self) -> str:
        """Write the range as Excel does: `B3:F12`, or `B3` for a single cell."""
        first = cell_name(self.first_row, self.first_column)
        last = cell_name(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"

    def holds(self, row: int, column: int) -> bool:
        """Tell whether a cell lies inside."""
        return (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )


def meet(one: Area, other: Area) -> bool:
    """Tell whether two ranges of one sheet have a cell in common."""
    return (
        one.first_row <= other.last_row
        and other.first_row <= one.last_row
        and one.first_column <= other.last_column
        and other.first_column <= one.last_column
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record came from: a workbook or text file, its sheet, and its cell.

    Attributes:
        file: the file's name as the person gave it, or as it stands in a folder.
        sheet: the sheet's name; None for a text file or a whole workbook.
        cell: `F12`, `F12:F14` or `F12,F20`; None for a whole sheet. In a text
            file, `line 12` or `key floor`.
    """

    file: str
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        """Say the place to a person: `budget.xlsx, sheet Lines, cell F12`."""
        parts = [self.file]
        if self.sheet is not None:
            parts.append(f"sheet {self.sheet}")
        if self.cell is not None:
            in_text = self.cell.startswith(("line ", "key "))
            parts.append(self.cell if in_text else f"cell {self.cell}")
        return ", ".join(parts)
