"""Writes a composed table as CSV, exactly as it is printed."""

import csv
import io
from datetime import date

from xlframework.appendix.compose import AppendixTable, TableCell
from xlframework.appendix.layout import Column
from xlframework.ground.money import round_pounds


def table_csv(table: AppendixTable) -> bytes:
    """Write a table as CSV: UTF-8 with a byte-order mark, printed headers in line 1.

    One row a printed row; amounts are plain numbers with the printed decimals. A
    shared amount is blank where the printed table leaves the cell to the row above.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(table.layout.headers)
    for row in table.rows:
        pairs = zip(table.layout.column, row.cells, strict=True)
        writer.writerow([_printed(cell, column, row.kind) for column, cell in pairs])
    return stream.getvalue().encode("utf-8-sig")


def _printed(cell: TableCell, column: Column, kind: str) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return cell
    if cell.pence is None:
        return column.blank if kind == "line" and cell.shared is None else ""
    if cell.pence == 0 and kind == "line" and column.zero is not None:
        return column.zero
    return str(round_pounds(cell.pence, column.decimals))
