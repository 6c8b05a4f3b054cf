"""What a command wants a workbook to hold, and the change set that gets it there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from xlframework.ground.place import Area, cell_name
from xlframework.sheets.package.records import NewSheet, Series, TableColumn, Value
from xlframework.sheets.palette import Look


class Wanted(NamedTuple):
    """What a cell is to hold.

    Attributes:
        value: the constant, or the known value of the formula.
        formula: without the equals sign; None for a constant.
        look: its crossing of the palette; None leaves the cell's own look.
        wraps: that its own look wraps words, where it has no other.
    """

    value: Value
    formula: str | None = None
    look: Look | None = None
    wraps: bool = False


BLANK = Wanted(None)


def header_cells(headers: Iterable[str], text_headers: Collection[str]) -> tuple[Wanted, ...]:
    """Give a table's header cells: those of words at the left, those of amounts at the right."""
    return tuple(
        Wanted(header, None, Look("header", "text" if header in text_headers else "money"))
        for header in headers
    )


@dataclass(frozen=True, slots=True)
class WantedTable:
    """A generated table as it should stand, header included.

    Attributes:
        name: the table.
        columns: its columns.
        header: the header cells, as many as columns.
        rows: the rows under it, each as wide as the header.
    """

    name: str
    columns: tuple[TableColumn, ...]
    header: tuple[Wanted, ...]
    rows: tuple[tuple[Wanted, ...], ...]


@dataclass(frozen=True, slots=True)
class WantedSheet:
    """A sheet of ours for one generated table, made if the table is nowhere.

    Attributes:
        name: the tab's name.
        after: the sheet behind which it is placed.
        above: the cells of column A above the table, from row 1.
        widths: column widths in characters.
        table: its table.
    """

    name: str
    after: str
    above: tuple[Wanted, ...]
    widths: tuple[float, ...]
    table: WantedTable


class WantedCell(NamedTuple):
    """A single cell as it should stand."""

    sheet: str
    row: int
    column: int
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class WantedGrowth:
    """Columns and rows that a table of the team's gains; nothing of it is rewritten.

    Attributes:
        table: the table.
        columns: headers added at its right, with what their cells hold.
        rows: rows added at its end.
    """

    table: str
    columns: tuple[TableColumn, ...]
    rows: int


class CellChange(NamedTuple):
    """A cell that changes.

    Attributes:
        sheet: the sheet's name.
        row: from 1.
        column: from 1.
        before: the value that stood there.
        before_formula: and the formula, if any.
        wanted: what it holds afterwards.
        style: the style index it takes; None keeps its own.
    """

    sheet: str
    row: int
    column: int
    before: Value
    before_formula: str | None
    wanted: Wanted
    style: int | None

    @property
    def cell(self) -> str:
        """The cell's address."""
        return cell_name(self.row, self.column)


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table whose extent or columns change.

    Attributes:
        sheet: the sheet it stands on.
        table: its name.
        before: what it covered.
        area: what it covers from now on.
        columns: its columns from now on.
    """

    sheet: str
    table: str
    before: Area
    area: Area
    columns: tuple[TableColumn, ...]


class RowHeight(NamedTuple):
    """A row whose words wrap onto more lines, or fewer, than before.

    Attributes:
        sheet: the sheet's name.
        row: from 1.
        points: its height; None for the sheet's usual one.
    """

    sheet: str
    row: int
    points: float | None


@dataclass(frozen=True, slots=True)
class ChartChange:
    """What our chart draws from now on.

    Attributes:
        name: the chart.
        sheet: the sheet of the table that it draws.
        series: what it draws.
    """

    name: str
    sheet: str
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Everything that one command changes in a workbook.

    Attributes:
        cells: single cells, in sheet order, row by row.
        tables: tables that are resized or get other columns.
        sheets: sheets that are added.
        charts: charts that draw other ranges.
        heights: rows that become taller or lower; only rows with changed cells.
    """

    cells: tuple[CellChange, ...] = ()
    tables: tuple[TableChange, ...] = ()
    sheets: tuple[NewSheet, ...] = ()
    charts: tuple[ChartChange, ...] = ()
    heights: tuple[RowHeight, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to change, charts left aside."""
        return bool(self.cells or self.tables or self.sheets)
