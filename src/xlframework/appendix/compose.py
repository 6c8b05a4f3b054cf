"""Composes a published table: from the budget and a layout to rows, before any format is chosen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Literal

from xlframework.appendix.layout import Column, Heading, Layout, Subtotal
from xlframework.model.budget import Budget, Line, Word, matching
from xlframework.rules.subtotals import SectionKey, in_print_order, key_of

PrintedKey = tuple[str, str, str]

RowKind = Literal["section", "line", "subtotal", "total"]


@dataclass(frozen=True, slots=True)
class AmountCell:
    """An amount in a table.

    Attributes:
        pence: the amount; None where the table prints none.
        sums: the rows of the table, from 0, that it is the sum of; None for a
            line's own amount.
        shared: what is said where the amount stands on another line.
    """

    pence: int | None
    sums: tuple[int, ...] | None = None
    shared: str | None = None


TableCell = str | date | AmountCell


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: what kind it is, and a cell a column."""

    kind: RowKind
    cells: tuple[TableCell, ...]
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class AppendixTable:
    """A composed table.

    Attributes:
        layout: how it prints.
        rows: its rows in printed order, headers left out.
    """

    layout: Layout
    rows: tuple[TableRow, ...]

    def totals(self) -> Mapping[str, int]:
        """Give the total row's amounts in pence, by printed header."""
        for row in self.rows:
            if row.kind == "total":
                pairs = zip(self.layout.headers, row.cells, strict=True)
                return {
                    header: cell.pence or 0
                    for header, cell in pairs
                    if isinstance(cell, AmountCell)
                }
        return {}


def compose(
    layout: Layout, budget: Budget, printed: Mapping[PrintedKey, str] | None = None
) -> AppendixTable:
    """Compose a table.

    Args:
        layout: how it prints.
        budget: with a section for every line.
        printed: words that this layout prints its own way, by layout, Line ID
            and printed header.

    Returns:
        The rows as printed: headings, lines, subtotals and the total.
    """
    lines = lines_in_order(layout, budget)
    by_id = {line.line_id: line for line in budget.lines if line.line_id}
    rows: list[TableRow] = []
    headed: str | None = None
    for (block, _), group in groupby(lines, lambda line: _group(layout, key_of(line))):
        members = list(group)
        if layout.heading is not None and (layout.heading.by == "section" or block != headed):
            rows.append(_heading(layout, layout.heading, members[0]))
            headed = block
        first = len(rows)
        for line in members:
            above = rows[-1].line if rows else None
            rows.append(_line_row(layout, line, above, by_id, printed or {}))
        if layout.subtotal is not None:
            sums = tuple(range(first, len(rows)))
            label = (_subtotal_label(layout.subtotal, members[0]), layout.subtotal.column)
            rows.append(_sum_row(layout, rows, "subtotal", label, sums))
    if layout.total is not None:
        sums = tuple(number for number, row in enumerate(rows) if row.kind == "line")
        label = (layout.total.label, layout.total.column)
        rows.append(_sum_row(layout, rows, "total", label, sums))
    return AppendixTable(layout, tuple(rows))


def lines_in_order(layout: Layout, budget: Budget) -> tuple[Line, ...]:
    """Sort the lines that a layout prints: by their order, never by where their row stands.

    A line without an order comes after the last line of its section; among equal
    orders the lower Line ID comes first.
    """
    blocks = {matching(block) for block in layout.blocks}
    lines = [line for line in budget.lines if not blocks or matching(line.block) in blocks]
    ranks: dict[SectionKey, int] = {}
    for number, section in enumerate(in_print_order(budget.sections)):
        ranks.setdefault(_group(layout, key_of(section)), number)
    lasts = _last_orders(lines)

    def place(line: Line) -> tuple[int, bool, Decimal, bool, str]:
        rank = ranks.get(_group(layout, key_of(line)), len(budget.sections))
        last = lasts.get(key_of(line))
        order = line.order if line.order is not None else last
        return (rank, order is None, order or Decimal(0), line.order is None, line.line_id)

    return tuple(sorted(lines, key=place))


def _last_orders(lines: Iterable[Line]) -> Mapping[SectionKey, Decimal]:
    lasts: dict[SectionKey, Decimal] = {}
    for line in lines:
        if line.order is not None:
            lasts[key_of(line)] = max(lasts.get(key_of(line), line.order), line.order)
    return lasts


def _group(layout: Layout, key: SectionKey) -> SectionKey:
    """Give what lines that print together have in common."""
    if layout.group == "section":
        return key
    by_block = layout.heading is not None and layout.heading.by == "block"
    return (key[0], "") if by_block else ("", "")


def _label_row(layout: Layout, kind: RowKind, label: str, column: str) -> TableRow:
    at = layout.position(column)
    cells: list[TableCell] = [
        AmountCell(None) if each.amount is not None else "" for each in layout.column
    ]
    cells[at] = label
    return TableRow(kind, tuple(cells))


def _heading(layout: Layout, heading: Heading, line: Line) -> TableRow:
    name = line.block if heading.by == "block" else line.section
    label = (heading.words or {}).get(name, name)
    return _label_row(layout, "section", label, heading.column)


def _subtotal_label(subtotal: Subtotal, line: Line) -> str:
    words = subtotal.words or {}
    return words.get(line.section, subtotal.label.format(section=line.section))


def _line_row(
    layout: Layout,
    line: Line,
    above: Line | None,
    by_id: Mapping[str, Line],
    printed: Mapping[PrintedKey, str],
) -> TableRow:
    carrier = by_id.get(line.shared_with) if line.shared_with else None
    cells = (
        _word(layout, column, line, printed)
        if column.field is not None
        else _amount(layout, column.amount or "", line, carrier, above)
        for column in layout.column
    )
    return TableRow("line", tuple(cells), line)


def _word(layout: Layout, column: Column, line: Line, printed: Mapping[PrintedKey, str]) -> Word:
    own = printed.get((layout.name, line.line_id, column.header))
    if own is not None:
        return own
    word = _under(line.words, column.field or "")
    return (column.words or {}).get(word, word) if isinstance(word, str) else word


def _under(words: Mapping[str, Word], header: str) -> Word:
    """Give the word under a header, whatever its case; the empty text where there is none."""
    if header in words:
        return words[header]
    wanted = header.casefold()
    return next((word for each, word in words.items() if each.casefold() == wanted), "")


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


def _sum_row(
    layout: Layout,
    rows: list[TableRow],
    kind: RowKind,
    label: tuple[str, str],
    sums: tuple[int, ...],
) -> TableRow:
    empty = _label_row(layout, kind, *label)
    cells = (
        AmountCell(sum(_pence(rows[number].cells[at]) for number in sums), sums)
        if isinstance(cell, AmountCell)
        else cell
        for at, cell in enumerate(empty.cells)
    )
    return TableRow(kind, tuple(cells))


def _pence(cell: TableCell) -> int:
    return cell.pence or 0 if isinstance(cell, AmountCell) else 0


def unprintable(layout: Layout, budget: Budget, headers: Iterable[str]) -> Iterator[str]:
    """Name the columns of `Lines` that a layout prints and the workbook does not have.

    Args:
        layout: what is asked for.
        budget: tells the amount columns.
        headers: the columns of `Lines`, the amount columns among them or not.
    """
    words = {header.casefold() for header in headers} - {each.casefold() for each in budget.headers}
    for column in layout.column:
        if column.amount is not None and column.amount not in budget.headers:
            yield column.amount
        if column.field is not None and column.field.casefold() not in words:
            yield column.field
