"""Tables whose rows are lines: with headings and subtotals where they print by section."""

from collections.abc import Iterator, Sequence

from xlframework.appendix.compose.choose import LinesById, carrier_of
from xlframework.appendix.compose.groups import Group, entered_pence, groups
from xlframework.appendix.compose.records import (
    AmountCell,
    PrintedWords,
    SectionSum,
    TableCell,
    TableRow,
)
from xlframework.appendix.compose.sums import adds_up, pence_of, with_total
from xlframework.appendix.compose.words import blank_cell, heading_label, label_row, word_cell
from xlframework.appendix.layout import Column, Layout, Subtotal
from xlframework.model.budget import Budget, Line, matching
from xlframework.rules.subtotals import key_of


def line_rows(layout: Layout, budget: Budget, printed: PrintedWords) -> tuple[TableRow, ...]:
    """Give the rows of a table of lines: headings, lines, subtotals and the total.

    Args:
        layout: how it prints.
        budget: with a section for every line.
        printed: the table `Printed`.
    """
    by_id = {line.line_id: line for line in budget.lines if line.line_id}
    rows: list[TableRow] = []
    counted: dict[int, list[int]] = {at: [] for at in range(len(layout.column))}
    block: str | None = None
    for group in groups(layout, budget, printed):
        rows.extend(_headings(layout, group, new_block=block != matching(group.block)))
        block = matching(group.block)
        first = len(rows)
        for line in group.lines:
            above = rows[-1].line if rows else None
            rows.append(_line_row(layout, line, above, by_id, printed))
        numbers = tuple(range(first, len(rows)))
        subtotal = None
        if layout.subtotal is not None:
            subtotal = _subtotal_row(layout, layout.subtotal, group, rows[first:], first)
            rows.append(subtotal)
        for at, numbered in counted.items():
            # An entered amount stands in the subtotal alone, so the total takes that.
            is_entered = subtotal is not None and _has_source(subtotal.cells[at])
            numbered.extend((len(rows) - 1,) if is_entered else numbers)
    return with_total(layout, rows, lambda at: counted[at])


def _has_source(cell: TableCell) -> bool:
    return isinstance(cell, AmountCell) and cell.source is not None


def _headings(layout: Layout, group: Group, *, new_block: bool) -> Iterator[TableRow]:
    for heading in layout.heading:
        if heading.by == "section" or new_block:
            name = group.block if heading.by == "block" else group.section
            label = heading_label(heading, name)
            if label:
                yield label_row(layout, "section", label, heading.column)


def _line_row(
    layout: Layout,
    line: Line,
    above: Line | None,
    by_id: LinesById,
    printed: PrintedWords,
) -> TableRow:
    carrier = carrier_of(line, by_id)

    def cell(column: Column) -> TableCell:
        if column.amount is not None:
            return _amount(layout, column.amount, line, carrier, above)
        if column.kind != "words":
            return blank_cell(column)
        return word_cell(layout, column, line.line_id, line.words, printed)

    cells = tuple(cell(column) for column in layout.column)
    return TableRow("line", cells, line, line.line_id, line.origin)


def _amount(
    layout: Layout, header: str, line: Line, carrier: Line | None, above: Line | None
) -> AmountCell:
    amount = line.amounts.get(header)
    if isinstance(amount, int):
        return AmountCell(amount)
    if carrier is None or carrier.amounts.get(header) is None:
        return AmountCell(None)
    if carrier is above:
        return AmountCell(None, shared=layout.shared.above)
    service = str(carrier.words.get("Service", carrier.line_id))
    return AmountCell(None, shared=layout.shared.elsewhere.format(service=service))


def _subtotal_row(
    layout: Layout, subtotal: Subtotal, group: Group, rows: Sequence[TableRow], first: int
) -> TableRow:
    name = group.section
    label = (subtotal.words or {}).get(name, subtotal.label.format(section=name))
    empty = label_row(layout, "subtotal", label, subtotal.column, subtotal.empty)
    cells = (
        _subtotal_cell(column, at, group, rows, first) if adds_up(column) else cell
        for at, (column, cell) in enumerate(zip(layout.column, empty.cells, strict=True))
    )
    origin = group.sections[0].origin if group.sections else None
    return TableRow("subtotal", tuple(cells), origin=origin)


def _subtotal_cell(
    column: Column, at: int, group: Group, rows: Sequence[TableRow], first: int
) -> AmountCell:
    header = column.amount or ""
    # Without lines, a column that nobody entered anything in stands in Sections all the same.
    entered = group.entered(header) if group.lines else group.sections
    keys = {key_of(section) for section in entered}
    numbers = [
        number
        for number, row in enumerate(rows)
        if row.line is not None and key_of(row.line) not in keys
    ]
    pence = sum(pence_of(rows[number].cells[at]) for number in numbers)
    pence += sum(entered_pence(section, header) for section in entered)
    members = tuple((section.block, section.name) for section in entered)
    return AmountCell(
        pence,
        tuple(first + number for number in numbers),
        source=SectionSum(header, members) if members else None,
    )
