"""Differences and percentages between cells of the table itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from xlframework.appendix.compose.records import (
    AmountCell,
    CellAt,
    Measure,
    PercentCell,
    TableCell,
    TableRow,
)
from xlframework.appendix.compose.words import blank_cell
from xlframework.appendix.layout import Column, Layout
from xlframework.ground.exact import round_half_up

_HUNDRED = 100


def with_computed(layout: Layout, rows: Sequence[TableRow]) -> tuple[TableRow, ...]:
    """Fill the columns of differences and percentages.

    A cell without anything to compare, or whose earlier amount is nought for a
    percentage, stays blank.

    Args:
        layout: how it prints.
        rows: every row, all other cells filled.
    """
    measured = [(at, column) for at, column in enumerate(layout.column) if column.of is not None]
    if not measured:
        return tuple(rows)
    filled = [list(row.cells) for row in rows]
    for at, column in measured:
        for number, measure in _measures(layout, column, rows):
            filled[number][at] = _cell(column, rows, measure)
    return tuple(replace(row, cells=tuple(cells)) for row, cells in zip(rows, filled, strict=True))


def _measures(
    layout: Layout, column: Column, rows: Sequence[TableRow]
) -> Iterator[tuple[int, Measure]]:
    """Say which two cells each row compares: of one row, or of a row and the one above it."""
    of = layout.position(column.of or "")
    since = of if column.since is None else layout.position(column.since)
    worded = any(layout.column[at].zero is not None for at in (of, since))
    above: int | None = None
    for number, row in enumerate(rows):
        if column.since is not None:
            if row.kind != "section":
                yield number, Measure((number, of), (number, since), worded)
        elif row.kind == "line":
            if above is not None:
                yield number, Measure((number, of), (above, since), worded)
            above = number


def _cell(column: Column, rows: Sequence[TableRow], measure: Measure) -> TableCell:
    later, earlier = _pence(rows, measure.of), _pence(rows, measure.since)
    if later is None or earlier is None:
        return blank_cell(column)
    if column.kind == "amount":
        return AmountCell(later - earlier, measure=measure)
    if earlier == 0:
        return PercentCell(None)
    places = _HUNDRED * 10**column.places
    share = Fraction(round_half_up(Fraction(later - earlier, earlier) * places), places)
    return PercentCell(share, measure)


def _pence(rows: Sequence[TableRow], at: CellAt) -> int | None:
    cell = rows[at[0]].cells[at[1]]
    return cell.pence if isinstance(cell, AmountCell) else None
