"""Tables as sheets, and sheets read back, for the tests of the parser."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from builders import catalogue, cells_of
from xlframework.appendix.compose.records import AppendixTable
from xlframework.appendix.layout import Layout
from xlframework.appendix.parse.grid import Grid, grid_of_csv, grid_of_sheet
from xlframework.appendix.parse.headers import find_header
from xlframework.appendix.parse.table import Parsed, parse
from xlframework.appendix.to_csv import table_csv
from xlframework.appendix.to_sheet import appendix_sheet
from xlframework.ground.place import Area
from xlframework.model.budget import Line
from xlframework.sheets.change import Wanted
from xlframework.sheets.package.records import Book, Cell, Sheet, Value

FILE = "team.xlsx"
DATE_STYLE = 1

Row = Sequence[Value | Cell]


def grid_of(*rows: Row, merged: Iterable[str] = (), hidden: Iterable[int] = ()) -> Grid:
    """Give a sheet whose rows stand from A1 on."""
    sheet = Sheet(
        "Table",
        "xl/worksheets/sheet1.xml",
        "visible",
        cells_of(*rows),
        merged=tuple(Area.parse(area) for area in merged),
        hidden_rows=frozenset(hidden),
    )
    return grid_of_sheet(Book(FILE, (sheet,), date_styles=frozenset({DATE_STYLE})), sheet)


def csv_grid(table: AppendixTable) -> Grid:
    return grid_of_csv(table_csv(table), "team.csv")


def sheet_rows_of(table: AppendixTable) -> list[Row]:
    """Lay a composed table out as a published sheet has it: title, header, rows, notes."""
    wanted = appendix_sheet(table, "", 4, 1)
    return [
        *([cell.value] for cell in wanted.above),
        [cell.value for cell in wanted.table.header],
        *([_cell(cell) for cell in row] for row in wanted.table.rows),
        [],
        *([note] for note in table.layout.notes),
    ]


def _cell(wanted: Wanted) -> Cell:
    is_date = wanted.look is not None and wanted.look.column == "date"
    return Cell(wanted.value, wanted.formula, DATE_STYLE if is_date else 0)


def read(
    layout: Layout, grid: Grid, known: Sequence[Line] | None = None, dates: Collection[str] = ()
) -> Parsed:
    header = find_header(grid, layout)
    assert header is not None
    return parse(layout, grid, header, catalogue(), known=known, dates=dates)


def rules(parsed: Parsed) -> list[tuple[str, str | None]]:
    """Name the findings with their cells."""
    return [(finding.rule, finding.place.cell) for finding in parsed.findings]


def pounds(amount: int) -> Decimal:
    return Decimal(amount)
