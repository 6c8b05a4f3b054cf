"""What is found about layouts and the tables composed by them."""

from collections.abc import Iterator, Mapping

from xlframework.appendix.compose.choose import criterion_of, meets, of_blocks
from xlframework.appendix.compose.groups import entered_pence, left_out
from xlframework.appendix.compose.records import AmountCell, AppendixTable, TableRow
from xlframework.appendix.compose.table import unprintable
from xlframework.appendix.layout import Layout, RowSource
from xlframework.ground.finding import Finding
from xlframework.ground.money import is_whole_pounds, pounds_text, spoken_pounds
from xlframework.ground.place import Place
from xlframework.model.budget import Budget, matching
from xlframework.model.catalogue import Catalogue
from xlframework.sheets.snapshot import Snapshot

_TABLES: Mapping[RowSource, str] = {"areas": "Areas", "forward plan": "Forward_plan"}
_NOUNS: Mapping[RowSource, str] = {
    "lines": "line",
    "years": "year",
    "sections": "section",
    "areas": "area",
    "forward plan": "entry of the forward plan",
}


def layout_problems(
    snapshot: Snapshot, budget: Budget, layout: Layout, catalogue: Catalogue, *, has_awards: bool
) -> Iterator[Finding]:
    """Say why a table cannot be made from this workbook.

    Args:
        snapshot: of the workbook.
        budget: with a section for every line.
        layout: what is asked for.
        catalogue: for the findings.
        has_awards: whether the workbook's fund was split.
    """
    table = _table_of(layout)
    place = snapshot.table_place(table)
    for header in dict.fromkeys(unprintable(layout, budget, snapshot.tables[table].columns)):
        message = f"the layout {layout.name} prints {header!r}, but {table} has no such column"
        yield catalogue.finding("layout-column-missing", place, message, expected=header)
    known = {matching(section.block) for section in budget.sections}
    for block in layout.blocks:
        if matching(block) not in known:
            message = (
                f"the layout {layout.name} prints the block {block!r}, but neither Lines nor "
                "Sections has it"
            )
            yield catalogue.finding("layout-block-missing", place, message, expected=block)
    if not has_awards and any(column.compute == "award" for column in layout.column):
        message = f"the layout {layout.name} prints awards, but the workbook's fund is not split"
        yield catalogue.finding("layout-award-missing", snapshot.table_place("Allocation"), message)


def _table_of(layout: Layout) -> str:
    """Name the table that a layout's rows come from."""
    return _TABLES.get(layout.rows, "Lines")


def table_findings(
    snapshot: Snapshot, budget: Budget, table: AppendixTable, catalogue: Catalogue
) -> Iterator[Finding]:
    """Say what is odd about a table that was made.

    Args:
        snapshot: of the workbook.
        budget: with a section for every line.
        table: the table.
        catalogue: for the findings.
    """
    layout = table.layout
    place = snapshot.table_place(_table_of(layout))
    if not any(row.kind == "line" or row.origin is not None for row in table.rows):
        message = f"the layout {layout.name} finds no {_NOUNS[layout.rows]} to print"
        yield catalogue.finding("layout-empty", place, message)
    for apart in layout.apart:
        lines = (line for line in budget.lines if of_blocks(layout, line.block))
        if not any(meets(criterion_of(apart), line) for line in lines):
            message = f"the layout {layout.name} finds no line for its row {apart.label!r}"
            yield catalogue.finding("layout-empty", place, message)
    sections = snapshot.tables["Sections"]
    yield from _hidden_pence(table, Place(snapshot.book.file, sections.sheet.name), catalogue)
    for header, section in left_out(layout, budget):
        pence = entered_pence(section, header)
        yield catalogue.finding(
            "layout-entered-left-out",
            section.origin.place(header),
            f"the layout {layout.name} prints no subtotals, so it leaves out the "
            f"{spoken_pounds(pence)} that {section.name} has in {header} without lines",
            found=pounds_text(pence),
        )


def _hidden_pence(
    table: AppendixTable, elsewhere: Place, catalogue: Catalogue
) -> Iterator[Finding]:
    for row in table.rows:
        for column, cell in zip(table.layout.column, row.cells, strict=True):
            if column.places or not isinstance(cell, AmountCell) or not _is_own(row, cell):
                continue
            if cell.pence is not None and not is_whole_pounds(cell.pence):
                amount = spoken_pounds(cell.pence)
                yield catalogue.finding(
                    "layout-pence-hidden",
                    elsewhere if row.origin is None else row.origin.place(column.amount),
                    f"the layout {table.layout.name} prints {amount} to the pound",
                    found=amount,
                )


def _is_own(row: TableRow, cell: AmountCell) -> bool:
    """Tell whether an amount stands for itself: no sum of rows above, nor their difference."""
    return cell.measure is None and (row.kind == "line" or cell.source is not None)


def unused_sheets(
    snapshot: Snapshot, layouts: tuple[Layout, ...], catalogue: Catalogue
) -> Iterator[Finding]:
    """Rule `layout-not-in-use`: an appendix sheet that is no longer refreshed says so."""
    used = {layout.table_name.casefold() for layout in layouts}
    for name, view in snapshot.appendices.items():
        if name.casefold() not in used:
            yield catalogue.finding(
                "layout-not-in-use",
                Place(snapshot.book.file, view.sheet.name),
                f"the sheet {view.sheet.name} holds the table {name}, "
                "but the Cover does not name its layout",
                found=name,
            )
