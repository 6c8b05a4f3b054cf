"""Lays a composed table out on a sheet: in the workbook, or in a file of its own to publish."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from xlframework.appendix.compose import AmountCell, AppendixTable, TableCell, TableRow
from xlframework.appendix.layout import Column, Layout
from xlframework.ground.money import pounds_decimal
from xlframework.ground.place import column_letters
from xlframework.sheets.cells import from_date
from xlframework.sheets.change import Wanted, WantedSheet, WantedTable
from xlframework.sheets.difference import new_sheet
from xlframework.sheets.package.bare import bare_package
from xlframework.sheets.package.new_sheet import add_sheet
from xlframework.sheets.package.records import CellPatch, NewSheet, Package, TableColumn
from xlframework.sheets.palette import ColumnKind, Look, Palette

_ABOVE = 3


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a published table states about itself.

    Attributes:
        edition: such as 2024-25.
        status: draft or approved.
        dated: the paper's date, in words; blank where it is not known.
        workbook: the file's name.
        sha256: of the file as it was read.
        styles: the workbook's styles part, so that the team's look carries over.
        theme: its theme part, if it has one.
    """

    edition: str
    status: str
    dated: str
    workbook: str
    sha256: str
    styles: bytes
    theme: bytes | None

    @property
    def sentence(self) -> str:
        """Edition, status and date in one line."""
        dated = self.dated or "date not given"
        return f"Edition {self.edition or 'not named'}, {self.status or 'no status'}, {dated}"


def appendix_sheet(
    table: AppendixTable, after: str, first_row: int, first_column: int
) -> WantedSheet:
    """Lay a table out as a sheet of the workbook.

    Args:
        table: the composed table.
        after: the tab behind which a new sheet is placed.
        first_row: the row of the header, where the table already stands.
        first_column: and its first column.
    """
    layout = table.layout
    return WantedSheet(
        name=layout.sheet,
        after=after,
        above=(
            Wanted(layout.title, None, Look("title", "text")),
            Wanted(" ".join(layout.notes) or layout.description, None, Look("note", "text")),
            Wanted(None),
        ),
        widths=tuple(column.width for column in layout.column),
        table=_wanted_table(table, first_row, first_column),
    )


DEFAULT_HEADER_ROW = _ABOVE + 1


def published_package(
    table: AppendixTable, palette: Palette, provenance: Provenance, file: str
) -> Package:
    """Make a workbook that holds one table, to be published.

    Args:
        table: the composed table.
        palette: the looks of the commissioning workbook.
        provenance: what the file says about where it comes from.
        file: its name.

    Returns:
        The package: totals are formulas over the table's own rows, with their
        values; nothing else is a formula, and no cell is merged.
    """
    layout = table.layout
    wanted = appendix_sheet(table, "", DEFAULT_HEADER_ROW, 1)
    about = f"{provenance.sentence}. From {provenance.workbook}, SHA-256 {provenance.sha256}"
    above = (wanted.above[0], Wanted(about, None, Look("note", "text")), Wanted(None))
    laid_out = new_sheet(
        WantedSheet(wanted.name, "", above, wanted.widths, wanted.table), palette, 0
    )
    package = bare_package(
        provenance.styles,
        provenance.theme,
        file,
        {
            "title": layout.title,
            "subject": provenance.sentence,
            "creator": "xlframework",
            "description": f"{layout.description} From {provenance.workbook}, "
            f"SHA-256 {provenance.sha256}.",
            "keywords": f"{layout.name}, {provenance.edition}",
        },
    )
    return add_sheet(package, _with_notes(laid_out, layout, palette))


def _with_notes(sheet: NewSheet, layout: Layout, palette: Palette) -> NewSheet:
    """Put a layout's notes below its table, a blank row between."""
    last = max(cell.row for cell in sheet.cells)
    style = palette.style(Look("note", "text"))
    notes = tuple(
        CellPatch(row, 1, note, None, style)
        for row, note in enumerate(layout.notes, start=last + 2)
    )
    return replace(sheet, cells=(*sheet.cells, *notes))


def _wanted_table(table: AppendixTable, first_row: int, first_column: int) -> WantedTable:
    layout = table.layout
    return WantedTable(
        name=layout.table_name,
        columns=tuple(TableColumn(header) for header in layout.headers),
        header=tuple(
            Wanted(column.header, None, Look("header", _kind(column))) for column in layout.column
        ),
        rows=tuple(
            tuple(_row_cells(row, layout.column, first_row + 1, first_column)) for row in table.rows
        ),
    )


def _kind(column: Column) -> ColumnKind:
    if column.amount is None:
        return "text"
    return "pence" if column.decimals else "money"


def _row_cells(row: TableRow, columns: Sequence[Column], top: int, left: int) -> Iterator[Wanted]:
    for offset, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
        look = Look(row.kind, _kind(column))
        letters = column_letters(left + offset)
        yield _wanted(cell, column, look, letters, top)


def _wanted(cell: TableCell, column: Column, look: Look, letters: str, top: int) -> Wanted:
    if isinstance(cell, date):
        return Wanted(from_date(cell, date_1904=False), None, Look(look.row, "date"))
    if isinstance(cell, str):
        return Wanted(cell or None, None, look)
    return _wanted_amount(cell, column, look, letters, top)


def _wanted_amount(cell: AmountCell, column: Column, look: Look, letters: str, top: int) -> Wanted:
    if cell.pence is None:
        words = cell.shared or (column.blank if look.row == "line" else "")
        return Wanted(words or None, None, look)
    if cell.sums:
        return Wanted(pounds_decimal(cell.pence), sum_formula(cell.sums, letters, top), look)
    if cell.pence == 0 and column.zero is not None and cell.sums is None:
        return Wanted(column.zero or None, None, look)
    return Wanted(pounds_decimal(cell.pence), None, look)


def sum_formula(rows: Sequence[int], letters: str, top: int) -> str:
    """Add up rows of a column: `SUM(E5:E10,E13:E20)`.

    Args:
        rows: the rows to add up, from 0, in rising order.
        letters: the column.
        top: the row of the sheet on which row 0 stands.
    """
    parts = []
    for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        first, last = f"{letters}{top + numbers[0]}", f"{letters}{top + numbers[-1]}"
        parts.append(first if first == last else f"{first}:{last}")
    return f"SUM({','.join(parts)})"
