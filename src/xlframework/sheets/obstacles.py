"""What stands in the way of a table that grows, or of one that is to be rewritten."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlframework.ground.finding import Finding
from xlframework.ground.place import Area, Place, cell_name, meet
from xlframework.model.catalogue import Catalogue
from xlframework.sheets.change import WantedTable
from xlframework.sheets.package.records import Book, Cell, Sheet, Table
from xlframework.sheets.palette import Palette
from xlframework.sheets.sameness import is_as_wanted

_AMOUNT = r"[0-9]{4}/[0-9]{2} (?:Budget|Revised budget|Forecast|Actual)"

# Columns that a generated table may give up, because nobody but us writes such headers:
# years and what is worked out from them, and scenarios.
_OURS = re.compile(
    rf"(?:{_AMOUNT}|Change to {_AMOUNT}(?: %)?|Share of {_AMOUNT}"
    r"|If (?:.+ (?:up|down) [0-9.]+ points|without .+|Population only|Crime only"
    r"|Harm, (?:low|high) assumption|Population: .+))\Z"
)

# An indicator's share bears whatever name the indicator has; its formulas tell it.
_SHARE_FORMULA = "Indicators["


@dataclass(frozen=True, slots=True)
class Desk:
    """What every comparison needs at hand.

    Attributes:
        book: the workbook as it stands.
        palette: its looks.
        catalogue: for findings.
    """

    book: Book
    palette: Palette
    catalogue: Catalogue


def in_the_way(desk: Desk, sheet: Sheet, table: Table, new: Area) -> Iterator[Finding]:
    """Find what a longer or wider table would cover: cells, comments, merges, other tables."""
    old = table.area
    covered = [
        Area(row, column, row, column)
        for (row, column), cell in sheet.cells.items()
        if new.holds(row, column)
        and not old.holds(row, column)
        and (cell.value is not None or cell.formula is not None)
    ]
    others = [each.area for each in desk.book.tables if _is_other(each, table)]
    held = (*sheet.merged, *sheet.occupied, *others)
    covered.extend(area for area in held if meet(area, new) and not meet(area, old))
    if covered:
        first = min(covered)
        yield desk.catalogue.finding(
            "generated-sheet-blocked",
            Place(desk.book.file, sheet.name, str(first)),
            f"the table {table.name} needs {new}, but something else stands in {first}",
            found=str(first),
        )


def total_row_in_the_way(desk: Desk, table: Table) -> Finding:
    """Refuse to write new rows over the total row that somebody switched on in Excel."""
    row = str(table.area._replace(first_row=table.area.last_row))
    return desk.catalogue.finding(
        "generated-sheet-blocked",
        Place(desk.book.file, table.sheet, row),
        f"the table {table.name} needs more rows, but its total row stands in {row}",
        found=row,
        fix="Switch the table's total row off (Table Design, Total Row), and refresh again.",
    )


def _is_other(each: Table, table: Table) -> bool:
    return each.sheet == table.sheet and each.name != table.name


def foreign_columns(
    desk: Desk, sheet: Sheet, table: Table, wanted: WantedTable
) -> Iterator[Finding]:
    """Find columns that somebody added to a generated table; they are never cleared."""
    ours = {column.name.casefold() for column in wanted.columns}
    for offset, header in enumerate(table.columns):
        if header.casefold() in ours or _OURS.match(header):
            continue
        if _is_share(sheet, table, offset) or _is_renamed(sheet, table, wanted, offset):
            continue
        cell = cell_name(table.area.first_row, table.area.first_column + offset)
        yield desk.catalogue.finding(
            "generated-sheet-blocked",
            Place(desk.book.file, table.sheet, cell),
            f"the generated table {table.name} has a column {header!r} that is not part of it",
            found=header,
        )


def _data_cells(sheet: Sheet, table: Table, offset: int) -> list[Cell]:
    column, data = table.area.first_column + offset, table.data
    return [sheet.cell(row, column) for row in range(data.first_row, data.last_row + 1)]


def _is_share(sheet: Sheet, table: Table, offset: int) -> bool:
    """Tell whether a column is the share of an indicator that is gone."""
    if not table.columns[offset].startswith("Share of "):
        return False
    cells = _data_cells(sheet, table, offset)
    return all(_SHARE_FORMULA in (cell.formula or "") for cell in cells)


def _is_renamed(sheet: Sheet, table: Table, wanted: WantedTable, offset: int) -> bool:
    """Tell whether a column is one of ours under another header: most of it is what we write."""
    names = [column.name.casefold() for column in wanted.columns]
    present = {header.casefold() for header in table.columns}
    if offset >= len(names) or names[offset] in present:
        return False
    cells = _data_cells(sheet, table, offset)
    pairs = zip(cells, wanted.rows, strict=False)
    same = sum(is_as_wanted(cell, row[offset], None) for cell, row in pairs)
    return 2 * same > len(cells) or all(cell.value is None for cell in cells)
