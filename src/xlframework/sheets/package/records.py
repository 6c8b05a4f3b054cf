"""What a workbook file holds, as plain records, and the small changes that can be made to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from xlframework.ground.place import Area


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error that a cell shows, such as `#REF!`."""

    code: str


# The style of a cell whose look cannot be read, as in an Excel that does not tell it.
UNREAD_STYLE = -1

# A number is its shortest decimal text: 0.1 is a tenth. A date is a number.
Value = str | Decimal | bool | ErrorValue | None


class Cell(NamedTuple):
    """One cell as stored.

    Attributes:
        value: the constant, or a formula's cached value (None where it has none).
        formula: without the equals sign; None for a constant. A shared formula
            is written out for each of its cells.
        style: the index into the styles part's `cellXfs`.
        is_iso_date: that the number was stored as a date in words (2024-04-01), which
            makes it a date whatever its style shows.
    """

    value: Value
    formula: str | None = None
    style: int = 0
    is_iso_date: bool = False


EMPTY = Cell(None)

Visibility = Literal["visible", "hidden", "veryHidden"]


@dataclass(frozen=True, slots=True)
class Table:
    """An Excel table.

    Attributes:
        name: its display name, by which formulas and we find it.
        sheet: the name of the sheet it stands on.
        part: the part that declares it, `xl/tables/table1.xml`.
        area: header, data and totals row together.
        columns: the headers in order.
        header_rows: 1, or 0 where the header is switched off.
        totals_rows: 1 where Excel's own totals row is switched on.
    """

    name: str
    sheet: str
    part: str
    area: Area
    columns: tuple[str, ...]
    header_rows: int = 1
    totals_rows: int = 0

    @property
    def data(self) -> Area:
        """The rows between the header and the totals row."""
        return self.area._replace(
            first_row=self.area.first_row + self.header_rows,
            last_row=self.area.last_row - self.totals_rows,
        )


@dataclass(frozen=True, slots=True)
class Validation:
    """A data validation: the cells, and what they take."""

    areas: tuple[Area, ...]
    kind: str
    formula: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet, read whole.

    Attributes:
        name: as on its tab.
        part: `xl/worksheets/sheet1.xml`.
        visibility: visible, hidden, veryHidden.
        cells: by (row, column) from 1. Every cell with a value or a formula; empty
            cells only where they have a style and lie within the rows of a table.
        merged: merged ranges.
        hidden_rows: row numbers.
        hidden_columns: column numbers.
        validations: data validations in file order.
        widths: column widths in characters, where they are set.
        heights: row heights in points, where they are set.
        fixed_heights: the rows whose height somebody chose.
        occupied: ranges that something other than a cell holds on to: comments
            (their cells), drawing anchors (from cell to cell), and the like.
    """

    name: str
    part: str
    visibility: Visibility
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    validations: tuple[Validation, ...] = ()
    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    fixed_heights: frozenset[int] = frozenset()
    occupied: tuple[Area, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """Give a cell, empty where nothing is stored."""
        return self.cells.get((row, column), EMPTY)


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A defined name.

    Attributes:
        name: as stored.
        refers_to: the formula text, without the equals sign.
        sheet: the sheet whose own name it is; None for a workbook-wide name.
        hidden: whether Excel lists it.
    """

    name: str
    refers_to: str
    sheet: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook, read whole in one pass.

    Attributes:
        file: its name, for messages.
        sheets: worksheets in tab order (chart sheets are left out).
        tables: every table of every sheet, in sheet order.
        names: every defined name.
        date_1904: whether day 0 is 1 January 1904.
        date_styles: the style indices whose number format shows a date or a time.
        charts: the names of the charts that draw something.
    """

    file: str
    sheets: tuple[Sheet, ...]
    tables: tuple[Table, ...] = ()
    names: tuple[DefinedName, ...] = ()
    date_1904: bool = False
    date_styles: frozenset[int] = frozenset()
    charts: frozenset[str] = frozenset()

    def sheet(self, name: str) -> Sheet | None:
        """Find a sheet by its name, blind to case as Excel is."""
        wanted = name.casefold()
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == wanted), None)


class CellPatch(NamedTuple):
    """What one cell is to hold.

    Attributes:
        row: from 1.
        column: from 1.
        value: the constant, or the formula's known value.
        formula: without the equals sign; None for a constant.
        style: the style index; None keeps the one the cell has.
    """

    row: int
    column: int
    value: Value
    formula: str | None = None
    style: int | None = None


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table to be written.

    Attributes:
        name: the header.
        formula: the calculated-column formula that Excel fills into new rows.
    """

    name: str
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class NewTable:
    """A table to be made on a new sheet.

    Attributes:
        name: its display name.
        area: header row to last row.
        columns: its columns, as many as the area is wide.
        filter_buttons: whether the header shows filter buttons.
    """

    name: str
    area: Area
    columns: tuple[TableColumn, ...]
    filter_buttons: bool = False


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A worksheet to be added.

    Attributes:
        name: at most 31 characters, not yet in the workbook.
        position: its place among the tabs, from 0.
        cells: what it holds.
        widths: column widths in characters, from column A on.
        table: the table on it.
        heights: row numbers with their heights in points, where words wrap.
        frozen_rows: how many rows stay in view (the header and all above it).
        repeat_row: the row printed at the top of every page; None for none.
    """

    name: str
    position: int
    cells: tuple[CellPatch, ...]
    widths: tuple[float, ...]
    table: NewTable | None = None
    heights: tuple[tuple[int, float], ...] = ()
    frozen_rows: int = 0
    repeat_row: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart, with the ranges it draws and what they hold now.

    Attributes:
        title: the header's text.
        title_cell: an absolute range with its sheet, `'Summary'!$C$4`.
        categories: the label ranges' rows; each a tuple of one text per level, outermost first.
        categories_range: `'Summary'!$A$5:$B$12`.
        values: the amounts, None where blank.
        values_range: `'Summary'!$C$5:$C$12`.
        number_format: the format code of the values.
    """

    title: str
    title_cell: str
    categories: tuple[tuple[str, ...], ...]
    categories_range: str
    values: tuple[Decimal | None, ...]
    values_range: str
    number_format: str = "#,##0"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an Office file, in order, each as its bytes.

    Attributes:
        file: its name, for messages.
        parts: part name (no leading slash) to contents.
    """

    file: str
    parts: Mapping[str, bytes] = field(repr=False)

    def replacing(self, changed: Mapping[str, bytes]) -> "Package":
        """Give the package with some parts changed or added; the order is kept."""
        return Package(self.file, {**self.parts, **changed})

    def without(self, names: frozenset[str]) -> "Package":
        """Give the package with some parts left out."""
        kept = {name: data for name, data in self.parts.items() if name not in names}
        return Package(self.file, kept)
