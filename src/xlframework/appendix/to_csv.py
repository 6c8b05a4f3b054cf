"""Writes a composed table as CSV, exactly as it is printed."""

import csv
import io
from datetime import date
from decimal import Decimal

from xlframework.appendix.compose.records import AmountCell, AppendixTable, PercentCell, TableCell
from xlframework.appendix.layout import Column
from xlframework.ground.exact import decimal_text
from xlframework.ground.money import round_pounds
from xlframework.sheets.cells import number_text

_HUNDRED = 100


def table_csv(table: AppendixTable) -> bytes:
    """Write a table as CSV: UTF-8 with a byte-order mark, printed headers in line 1.

    One row a printed row; amounts are plain numbers with the printed decimals,
    percentages too, without their sign. A shared amount is blank where the printed
    table leaves the cell to the row above.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(table.layout.headers)
    for row in table.rows:
        pairs = zip(table.layout.column, row.cells, strict=True)
        writer.writerow([_printed(cell, column, row.kind) for column, cell in pairs])
    return stream.getvalue().encode("utf-8-sig")


def _printed(cell: TableCell, column: Column, kind: str) -> str:
    if isinstance(cell, AmountCell):
        return _amount(cell, column, kind)
    if isinstance(cell, PercentCell):
        return _percentage(cell, column, kind)
    if isinstance(cell, date):
        return cell.isoformat()
    return number_text(cell) if isinstance(cell, Decimal) else cell


def _amount(cell: AmountCell, column: Column, kind: str) -> str:
    if cell.pence is None:
        return column.blank if kind == "line" and cell.shared is None else ""
    if cell.pence == 0 and kind == "line" and column.zero is not None:
        return column.zero
    return str(round_pounds(cell.pence, column.places))


def _percentage(cell: PercentCell, column: Column, kind: str) -> str:
    if cell.share is None:
        return column.blank if kind == "line" else ""
    if cell.share == 0 and kind == "line" and column.zero is not None:
        return column.zero
    return decimal_text(cell.share * _HUNDRED, column.places)
