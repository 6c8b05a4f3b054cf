"""What stands in the way of a table that grows, or of one that is to be rewritten."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlframework.ground.finding import Finding
from xlframework.ground.place import Area, Place, cell_name, meet
from xlframework.model.catalogue import Catalogue
from xlframework.sheets.change import WantedTable
from xlframework.sheets.package.records import EMPTY, Book, Cell, Sheet, Table
from xlframework.sheets.palette import Palette
from xlframework.sheets.sameness import is_as_wanted

_AMOUNT = r"[0-9]{4}/[0-9]{2} (?:Budget|Revised budget|Forecast|Actual)"

# Columns that a generated table may give up are told by their header and by what they hold:
# years and what is worked out from them are formulas over our tables,
_YEARS = re.compile(rf"(?:{_AMOUNT}|Change to {_AMOUNT}(?: %)?|Share of .+)\Z")
_OVER_OURS = re.compile(r"\b(?:Sections|Summary|Indicators)(?:\[|'?!)", re.IGNORECASE)

# and a scenario's awards end with the area that loses most, in words.
_SCENARIOS = re.compile(
    r"If (?:.+ (?:up|down) [0-9.]+ points|without .+|Population only|Crime only"
    r"|Harm, (?:low|high) assumption|Population: .+)\Z"
)


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
    is_empty = all(
        cell.value is None and cell.formula is None
        for offset in range(len(table.columns))
        for cell in _data_cells(sheet, table, offset)
    )
    for offset, header in enumerate(table.columns):
        if header.casefold() in ours or _is_ours(header, _data_cells(sheet, table, offset)):
            continue
        # A skeleton's table shows a year that no edition has filled yet.
        if is_empty and _YEARS.match(header):
            continue
        if _is_renamed(sheet, table, wanted, offset):
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


def _is_ours(header: str, cells: list[Cell]) -> bool:
    """Tell whether a column is one that we wrote and that is no longer wanted."""
    if _YEARS.match(header):
        return all(_OVER_OURS.search(cell.formula or "") for cell in cells)
    is_complete = all(cell.value is not None and cell.formula is None for cell in cells)
    return _SCENARIOS.match(header) is not None and is_complete and isinstance(cells[-1].value, str)


def _is_renamed(sheet: Sheet, table: Table, wanted: WantedTable, offset: int) -> bool:
    """Tell whether a column is one of ours under another header: most of it is what we write."""
    names = [column.name.casefold() for column in wanted.columns]
    present = {header.casefold() for header in table.columns}
    if offset >= len(names) or names[offset] in present:
        return False
    cells = _data_cells(sheet, table, offset)
    pairs = zip(cells, wanted.rows, strict=False)
    same = sum(is_as_wanted(cell, row[offset], None) for cell, row in pairs)
    is_filled = any(cell != EMPTY and cell.value is not None for cell in cells)
    return is_filled and 2 * same > len(cells)
