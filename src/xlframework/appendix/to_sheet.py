"""Lays a composed table out on a sheet: in the workbook, or in a file of its own to publish."""

from dataclasses import dataclass, replace

from xlframework.appendix.compose.records import AppendixTable
from xlframework.appendix.layout import Layout
from xlframework.appendix.sheet_cells import Spot, column_kinds, wanted_cell
from xlframework.sheets.change import Wanted, WantedSheet, WantedTable
from xlframework.sheets.difference import new_sheet
from xlframework.sheets.package.bare import bare_package
from xlframework.sheets.package.new_sheet import add_sheet
from xlframework.sheets.package.records import CellPatch, NewSheet, Package, TableColumn
from xlframework.sheets.palette import Look, Palette

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
    table: AppendixTable, after: str, first_row: int, first_column: int, *, live: bool = True
) -> WantedSheet:
    """Lay a table out as a sheet of the workbook.

    Args:
        table: the composed table.
        after: the tab behind which a new sheet is placed.
        first_row: the row of the header, where the table already stands.
        first_column: and its first column.
        live: whether formulas look amounts up in the workbook's other tables; a file
            of its own has none of them.
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
        table=_wanted_table(table, Spot(first_row + 1, first_column, live)),
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
        The package: totals, differences and percentages are formulas over the table's
        own cells, with their values; nothing else is a formula, and no cell is merged.
    """
    layout = table.layout
    wanted = appendix_sheet(table, "", DEFAULT_HEADER_ROW, 1, live=False)
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


def _wanted_table(table: AppendixTable, spot: Spot) -> WantedTable:
    layout = table.layout
    kinds = column_kinds(table)
    return WantedTable(
        name=layout.table_name,
        columns=tuple(TableColumn(header) for header in layout.headers),
        header=tuple(
            Wanted(header, None, Look("header", kind))
            for header, kind in zip(layout.headers, kinds, strict=True)
        ),
        rows=tuple(
            tuple(
                wanted_cell(cell, column, Look(row.kind, kind), spot, at)
                for at, (column, kind, cell) in enumerate(
                    zip(layout.column, kinds, row.cells, strict=True)
                )
            )
            for row in table.rows
        ),
    )
