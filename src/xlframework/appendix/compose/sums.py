"""Total rows: each amount the sum of the rows that count, each with its label."""

from collections.abc import Callable, Sequence

from xlframework.appendix.compose.records import AmountCell, TableCell, TableRow
from xlframework.appendix.compose.words import label_row
from xlframework.appendix.layout import Column, Layout


def with_total(
    layout: Layout,
    rows: Sequence[TableRow],
    counted: Callable[[int], Sequence[int]] | None = None,
) -> tuple[TableRow, ...]:
    """Give the rows with the total row below them, if the layout has one.

    Args:
        layout: how it prints.
        rows: every other row.
        counted: gives the rows that count in a column, both from 0; None for every
            row that is neither heading nor subtotal.
    """
    total = layout.total
    if total is None:
        return tuple(rows)
    lines = tuple(number for number, row in enumerate(rows) if row.kind == "line")
    label = label_row(layout, "total", total.label, total.column, total.empty)
    cells = tuple(
        _sum(rows, at, tuple(counted(at)) if counted else lines) if adds_up(column) else cell
        for at, (column, cell) in enumerate(zip(layout.column, label.cells, strict=True))
    )
    return (*rows, TableRow("total", cells))


def adds_up(column: Column) -> bool:
    """Tell whether a column's amounts are added up: not a percentage, nor a difference."""
    return column.kind == "amount" and column.compute != "difference"


def _sum(rows: Sequence[TableRow], at: int, numbers: tuple[int, ...]) -> AmountCell:
    return AmountCell(sum(pence_of(rows[number].cells[at]) for number in numbers), numbers)


def pence_of(cell: TableCell) -> int:
    """Give a cell's amount in pence; nought where it prints none."""
    return cell.pence or 0 if isinstance(cell, AmountCell) else 0
