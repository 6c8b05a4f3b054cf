"""Rule `word-unread`: what a table prints is no error, and no formula that was never calculated."""

from collections.abc import Iterator, Mapping, Sequence

from xlframework.appendix.compose.records import AppendixTable
from xlframework.appendix.compose.words import spelt
from xlframework.appendix.layout import RowSource
from xlframework.ground.finding import Finding
from xlframework.model.catalogue import Catalogue
from xlframework.sheets.package.records import Cell, ErrorValue
from xlframework.sheets.snapshot import Snapshot

# A table, a row of its sheet, and a header.
_Spot = tuple[str, int, str]

# Where the words of a row stand; the names of sections and years have rules of their own.
_TABLES: Mapping[RowSource, str] = {
    "lines": "Lines",
    "areas": "Areas",
    "forward plan": "Forward_plan",
}


def unread_words(
    snapshot: Snapshot, tables: Sequence[AppendixTable], catalogue: Catalogue
) -> Iterator[Finding]:
    """Say which words of composed tables cannot be read, each cell once.

    Args:
        snapshot: of the workbook.
        tables: what was composed from it.
        catalogue: for the findings.
    """
    spots = (spot for table in tables for spot in _spots(snapshot, table))
    for name, row, header in dict.fromkeys((*spots, *_printed_spots(snapshot, tables))):
        view = snapshot.tables[name]
        said = _unread(view.cell(row, header))
        if said is not None:
            place = snapshot.cell_place(view, row, header)
            message = f"{header} in row {row} of {name} {said}, and a table prints it"
            yield catalogue.finding("word-unread", place, message)


def _spots(snapshot: Snapshot, table: AppendixTable) -> Iterator[_Spot]:
    """List the cells whose words a table prints."""
    name = _TABLES.get(table.layout.rows)
    if name is None:
        return
    columns = snapshot.tables[name].columns
    headers = [spelt(columns, field) for column in table.layout.column for field in column.sources]
    for row in table.rows:
        if row.origin is not None and row.kind == "line":
            yield from ((name, row.origin.row, header) for header in headers)


def _printed_spots(snapshot: Snapshot, tables: Sequence[AppendixTable]) -> Iterator[_Spot]:
    view, names = snapshot.tables["Printed"], {table.layout.name for table in tables}
    for row in view.rows:
        if view.text(row, "Layout") in names:
            yield "Printed", row, "Text"


def _unread(cell: Cell) -> str | None:
    if isinstance(cell.value, ErrorValue):
        return f"is the error {cell.value.code}"
    if cell.value is None and cell.formula is not None:
        return "is a formula that was never calculated"
    return None
