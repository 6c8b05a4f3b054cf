"""The palette: which style of the workbook each kind of cell takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from xlframework.ground.finding import Finding
from xlframework.ground.place import Place
from xlframework.model.catalogue import Catalogue
from xlframework.model.workbook import DataKind
from xlframework.sheets.package.records import Book, Sheet

RowKind = Literal[
    "title",
    "header",
    "section",
    "line",
    "subtotal",
    "total",
    "note",
    "good",
    "warning",
    "bad",
]
ColumnKind = Literal["text", "money", "pence", "number", "count", "percent", "date"]

ROW_KINDS: tuple[RowKind, ...] = get_args(RowKind)
COLUMN_KINDS: tuple[ColumnKind, ...] = get_args(ColumnKind)

SHEET = "Palette"

# The workbook-wide name of the grid's top left corner, so that the sheet may be renamed.
CORNER_NAME = "Palette_corner"


def palette_kind(kind: DataKind) -> ColumnKind:
    """Give the palette's kind of column for a declared kind; a code is a word."""
    return "text" if kind == "code" else kind


class Look(NamedTuple):
    """A crossing of the palette: the kind of row and the kind of column."""

    row: RowKind
    column: ColumnKind


@dataclass(frozen=True, slots=True)
class Palette:
    """The style index of every crossing."""

    styles: Mapping[Look, int]

    def style(self, look: Look) -> int:
        """Give the style index of a crossing."""
        return self.styles[look]


def read_palette(
    book: Book, sheet: Sheet, corner: tuple[int, int], catalogue: Catalogue
) -> Palette | Finding:
    """Read the palette from its grid.

    Args:
        book: the workbook.
        sheet: the sheet that holds the grid.
        corner: the cell above the row labels and left of the column labels.
        catalogue: for the finding.

    Returns:
        The palette, or a finding that names the rows and columns that are missing.
    """
    top, left = corner
    rows = {sheet.cell(row, left).value: row for row in range(top + 1, top + 40)}
    columns = {sheet.cell(top, column).value: column for column in range(left + 1, left + 20)}
    missing = [
        *(kind for kind in ROW_KINDS if kind not in rows),
        *(kind for kind in COLUMN_KINDS if kind not in columns),
    ]
    if missing:
        return catalogue.finding(
            "palette-incomplete",
            Place(book.file, sheet.name),
            f"the palette has no {', '.join(missing)}",
        )
    return Palette(
        {
            Look(row, column): sheet.cell(rows[row], columns[column]).style
            for row in ROW_KINDS
            for column in COLUMN_KINDS
        }
    )
