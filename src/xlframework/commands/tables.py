"""Composes the appendix tables of a workbook, with the findings about them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlframework.appendix.compose import AppendixTable, PrintedKey, compose, unprintable
from xlframework.appendix.layout import Layout
from xlframework.ground.finding import Finding
from xlframework.ground.money import is_whole_pounds, spoken_pounds
from xlframework.ground.place import Place, cell_name
from xlframework.model.budget import Budget, matching
from xlframework.model.catalogue import Catalogue
from xlframework.sheets.cells import shown
from xlframework.sheets.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Composed:
    """The tables that could be composed, and what was found on the way."""

    tables: tuple[AppendixTable, ...]
    findings: tuple[Finding, ...]


def compose_all(
    snapshot: Snapshot, budget: Budget, layouts: tuple[Layout, ...], catalogue: Catalogue
) -> Composed:
    """Compose one table for each layout.

    Args:
        snapshot: of the workbook.
        budget: with a section for every line.
        layouts: what to compose.
        catalogue: for the findings.
    """
    printed = printed_words(snapshot)
    lines = snapshot.tables["Lines"]
    place = Place(snapshot.book.file, lines.sheet.name, str(lines.table.area))
    tables: list[AppendixTable] = []
    findings: list[Finding] = []
    for layout in layouts:
        missing = tuple(dict.fromkeys(unprintable(layout, budget, tuple(lines.columns))))
        if missing:
            findings.extend(
                catalogue.finding(
                    "layout-column-missing",
                    place,
                    f"the layout {layout.name} prints {header!r}, but Lines has no such column",
                    expected=header,
                )
                for header in missing
            )
            continue
        unknown = tuple(_unknown_blocks(layout, budget))
        if unknown:
            findings.extend(
                catalogue.finding(
                    "layout-block-missing",
                    place,
                    f"the layout {layout.name} prints the block {block!r}, but neither Lines nor "
                    "Sections has it",
                    expected=block,
                )
                for block in unknown
            )
            continue
        table = compose(layout, budget, printed)
        if all(row.line is None for row in table.rows):
            message = f"the layout {layout.name} finds no line to print"
            findings.append(catalogue.finding("layout-empty", place, message))
        tables.append(table)
        findings.extend(_hidden_pence(table, catalogue))
    findings.extend(_unmatched_words(snapshot, budget, tables, catalogue))
    return Composed(tuple(tables), tuple(findings))


def _unmatched_words(
    snapshot: Snapshot, budget: Budget, tables: Sequence[AppendixTable], catalogue: Catalogue
) -> Iterator[Finding]:
    """Rule `printed-unmatched`: a row of `Printed` says something about a table in use."""
    view = snapshot.tables["Printed"]
    lines = {line.line_id for line in budget.lines}
    words = {
        table.layout.name: {each.header for each in table.layout.column if each.field is not None}
        for table in tables
    }
    for row in view.rows:
        layout, line, column = (
            shown(view.cell(row, header).value) for header in ("Layout", "Line ID", "Column")
        )
        if layout not in words:
            wrong, said = "Layout", f"no layout in use is named {layout!r}"
        elif line not in lines:
            wrong, said = "Line ID", f"no line has the Line ID {line!r}"
        elif column not in words[layout]:
            wrong, said = "Column", f"the layout {layout} has no column of words named {column!r}"
        else:
            continue
        place = Place(snapshot.book.file, view.sheet.name, cell_name(row, view.columns[wrong]))
        yield catalogue.finding("printed-unmatched", place, said)


def _unknown_blocks(layout: Layout, budget: Budget) -> Iterator[str]:
    known = {matching(section.block) for section in budget.sections}
    return (block for block in layout.blocks if matching(block) not in known)


def printed_words(snapshot: Snapshot) -> Mapping[PrintedKey, str]:
    """Read the table `Printed`: words by layout, Line ID and printed header."""
    view = snapshot.tables["Printed"]

    def text(row: int, header: str) -> str:
        return shown(view.cell(row, header).value)

    return {
        (text(row, "Layout"), text(row, "Line ID"), text(row, "Column")): text(row, "Text")
        for row in view.rows
    }


def _hidden_pence(table: AppendixTable, catalogue: Catalogue) -> Iterator[Finding]:
    for row in table.rows:
        if row.line is None:
            continue
        for column in table.layout.column:
            amount = row.line.amounts.get(column.amount or "")
            if column.decimals == 0 and isinstance(amount, int) and not is_whole_pounds(amount):
                yield catalogue.finding(
                    "layout-pence-hidden",
                    row.line.origin.place(column.amount),
                    f"the layout {table.layout.name} prints {spoken_pounds(amount)} to the pound",
                    found=spoken_pounds(amount),
                )


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
