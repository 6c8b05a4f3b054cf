"""What one cell of a composed table holds on a sheet: value, formula and look."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xlframework.appendix.compose.records import (
    AmountCell,
    AppendixTable,
    PercentCell,
    TableCell,
)
from xlframework.appendix.layout import Column
from xlframework.appendix.live_formulas import (
    difference_formula,
    percentage_formula,
    source_formula,
    sum_formula,
)
from xlframework.ground.money import pounds_decimal
from xlframework.ground.place import column_letters
from xlframework.sheets.cells import from_date
from xlframework.sheets.change import Wanted
from xlframework.sheets.palette import ColumnKind, Look


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a table stands on its sheet.

    Attributes:
        top: the row of the sheet on which its first row stands.
        left: the column of the sheet in which its first column stands.
        live: whether formulas look amounts up in the workbook's other tables.
    """

    top: int
    left: int
    live: bool


def column_kinds(table: AppendixTable) -> tuple[ColumnKind, ...]:
    """Give the palette's kind of every column; words that are all numbers are numbers."""
    lines = [row for row in table.rows if row.kind == "line"]
    return tuple(
        _column_kind(column, [row.cells[at] for row in lines])
        for at, column in enumerate(table.layout.column)
    )


def _column_kind(column: Column, cells: list[TableCell]) -> ColumnKind:
    if column.kind == "amount":
        return "pence" if column.places else "money"
    if column.kind == "percent":
        return "percent"
    numbers = [cell for cell in cells if isinstance(cell, Decimal)]
    if not numbers or len(numbers) < len(cells):
        return "text"
    return _number_kind(*numbers)


def _number_kind(*numbers: Decimal) -> ColumnKind:
    return "count" if all(each == each.to_integral_value() for each in numbers) else "number"


def wanted_cell(cell: TableCell, column: Column, look: Look, spot: Spot, at: int) -> Wanted:
    """Give what a cell of the sheet is to hold.

    Args:
        cell: the composed cell.
        column: how its column prints.
        look: the crossing of its row and its column.
        spot: where the table stands.
        at: which column of the table it is, from 0.
    """
    if isinstance(cell, AmountCell):
        return _amount(cell, column, look, spot, at)
    if isinstance(cell, PercentCell):
        return _percentage(cell, column, look, spot)
    if isinstance(cell, date):
        return Wanted(from_date(cell, date_1904=False), None, Look(look.row, "date"))
    if isinstance(cell, Decimal):
        return Wanted(cell, None, Look(look.row, _number_kind(cell)))
    return Wanted(cell or None, None, look)


def _amount(cell: AmountCell, column: Column, look: Look, spot: Spot, at: int) -> Wanted:
    if cell.pence is None:
        words = cell.shared or (column.blank if look.row == "line" else "")
        return Wanted(words or None, None, look)
    formula = _formula(cell, spot, at)
    is_constant = formula is None or not spot.live
    if cell.pence == 0 and look.row == "line" and column.zero is not None and is_constant:
        return Wanted(column.zero or None, None, look)
    return Wanted(pounds_decimal(cell.pence), formula, look)


def _formula(cell: AmountCell, spot: Spot, at: int) -> str | None:
    """Say how the cell is worked out; None for a constant."""
    if cell.measure is not None:
        return difference_formula(cell.measure, spot.top, spot.left)
    own = sum_formula(cell.sums, column_letters(spot.left + at), spot.top) if cell.sums else None
    if cell.source is None:
        return own
    looked_up = source_formula(cell.source) if spot.live else None
    if own is None or looked_up is None:
        return looked_up
    return f"{own}+{looked_up}"


def _percentage(cell: PercentCell, column: Column, look: Look, spot: Spot) -> Wanted:
    if cell.share is None:
        words = column.blank if look.row == "line" else ""
        return Wanted(words or None, None, look)
    if cell.share == 0 and look.row == "line" and column.zero is not None and not spot.live:
        return Wanted(column.zero or None, None, look)
    # Rounded to the printed decimals, so a decimal number says it exactly.
    value = Decimal(cell.share.numerator) / Decimal(cell.share.denominator)
    if cell.measure is None:
        return Wanted(value, None, look)
    formula = percentage_formula(cell.measure, column.places, spot.top, spot.left)
    return Wanted(value, formula, look)
