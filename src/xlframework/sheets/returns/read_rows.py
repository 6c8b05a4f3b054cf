"""Reads the rows of a submitted form's table, and tells where they end."""

from collections.abc import Mapping
from dataclasses import dataclass

from xlframework.ground.folding import folded
from xlframework.ground.place import Area
from xlframework.model.form import Form
from xlframework.model.returns import Entry, FormulaState, ReturnRow
from xlframework.sheets.cells import shown
from xlframework.sheets.package.records import Book, Cell
from xlframework.sheets.returns.find_cells import FoundCell
from xlframework.sheets.returns.find_table import FoundTable, extent
from xlframework.sheets.returns.formula_state import Surroundings, same_formula
from xlframework.sheets.returns.formula_text import row_formula
from xlframework.sheets.returns.read_entry import read_entry

# Rows are looked at this far below the header; no form is as long.
LONGEST = 5000


@dataclass(frozen=True, slots=True)
class FoundRows:
    """The rows of the table.

    Attributes:
        rows: all of them from the first below the header to the last, filled or not.
        below: rows under them that hold something, with their first filled column.
        area: header row and rows.
    """

    rows: tuple[ReturnRow, ...]
    below: tuple[tuple[int, int], ...]
    area: Area


@dataclass(frozen=True, slots=True)
class _Reading:
    """What reading a row needs to know.

    Attributes:
        book: the workbook.
        form: the form.
        found: where its table stands.
        columns: the column of each declared header that was found.
        formulas: the formula of each column that is worked out.
        around: what the references of formulas lead to.
    """

    book: Book
    form: Form
    found: FoundTable
    columns: Mapping[str, int]
    formulas: Mapping[str, str]
    around: Surroundings


def surroundings(
    form: Form, found: FoundTable, cells: Mapping[str, FoundCell], last: int
) -> Surroundings:
    """Say what the references of the form's formulas lead to."""
    columns = {folded(each.text): each.column for each in found.headers}
    columns |= {folded(header): column for header, column in found.columns.items()}
    tables = {"", form.table.name.casefold()}
    if found.table is not None:
        tables.add(found.table.name.casefold())
    return Surroundings(
        sheets=frozenset({found.sheet.name.casefold(), form.sheet.casefold()}),
        tables=frozenset(tables),
        columns=columns,
        rows=(found.row + 1, last),
        names={name.casefold(): (cell.row, cell.column) for name, cell in cells.items()},
    )


def read_rows(
    book: Book, form: Form, found: FoundTable, cells: Mapping[str, FoundCell]
) -> FoundRows:
    """Read the table's rows.

    Rows that have come out of the Excel table, but still have its formulas, belong to it.
    """
    places = [header.column for header in found.headers]
    filled = _filled(found)
    worked = (spec for spec in form.table.column if spec.formula is not None)
    reading = _Reading(
        book,
        form,
        found,
        found.columns,
        {spec.header: row_formula(form, spec) for spec in worked},
        surroundings(form, found, cells, max(filled, default=found.row + 1)),
    )
    last = _last_row(form, found, filled, {row for row in filled if _is_ours(reading, row)})
    rows = tuple(_row(reading, row) for row in range(found.row + 1, last + 1))
    # Excel's own totals row belongs to the table.
    table = extent(found)
    end = last if table is None or table.last_row != last + _totals_rows(found) else table.last_row
    below = tuple((row, first) for row, first in filled.items() if row > end)
    area = Area(max(found.row, 1), min(places), max(last, found.row, 1), max(places))
    return FoundRows(rows, below, area)


def _is_ours(reading: _Reading, row: int) -> bool:
    """Tell whether a row has one of the form's own formulas."""
    return any(
        _state(reading, row, header) == "as issued"
        for header in reading.formulas
        if header in reading.columns
    )


def _filled(found: FoundTable) -> Mapping[int, int]:
    """Give the rows below the header that hold anything under one, with their first column."""
    columns = {header.column for header in found.headers}
    filled: dict[int, int] = {}
    for (row, column), cell in found.sheet.cells.items():
        if found.row < row <= found.row + LONGEST and column in columns and _holds(cell):
            filled[row] = min(column, filled.get(row, column))
    return dict(sorted(filled.items()))


def _holds(cell: Cell) -> bool:
    return cell.formula is not None or bool(shown(cell.value).strip())


def _last_row(form: Form, found: FoundTable, filled: Mapping[int, int], ours: set[int]) -> int:
    """Tell where the table ends: what stands further down is under it."""
    area = extent(found)
    is_in_place = area is not None and area.first_row == found.row + 1 - _header_rows(found)
    if area is not None and is_in_place and found.table is not None:
        last = area.last_row - _totals_rows(found)
        # Rows that were issued with the form stay its rows, whatever became of the table.
        within = [row for row in ours if row > last]
        if within or last - found.row < form.table.rows:
            within += [row for row in filled if row <= found.row + form.table.rows]
        return min(max([last, *within]), found.row + LONGEST)
    issued = found.row + form.table.rows
    if ours or form.table.rows:
        return max([issued, *ours])
    return max(filled, default=found.row)


def _totals_rows(found: FoundTable) -> int:
    return 0 if found.table is None else found.table.totals_rows


def _header_rows(found: FoundTable) -> int:
    return 1 if found.table is None else found.table.header_rows


def _row(reading: _Reading, row: int) -> ReturnRow:
    entries: dict[str, Entry] = {}
    filled = False
    sheet, largest = reading.found.sheet, reading.form.limits.largest
    for spec in reading.form.table.column:
        column = reading.columns.get(spec.header)
        if column is None:
            continue
        state = _state(reading, row, spec.header)
        entry = read_entry(reading.book, sheet, row, column, spec, largest=largest, state=state)
        entries[spec.header] = entry
        # A nought is what a formula shows in an empty row, and stays when values are pasted.
        is_typed = state is None or (state == "replaced" and entry.amount != 0)
        filled = filled or (is_typed and not entry.is_blank)
    return ReturnRow(row, entries, filled)


def _state(reading: _Reading, row: int, header: str) -> FormulaState | None:
    issued = reading.formulas.get(header)
    if issued is None:
        return None
    return state_of(
        reading.found.sheet.cell(row, reading.columns[header]), issued, row, reading.around
    )


def state_of(cell: Cell, issued: str, row: int, around: Surroundings) -> FormulaState:
    """Tell what became of a cell that the form has a formula in.

    Args:
        cell: as it is now.
        issued: the form's formula.
        row: that it stands in.
        around: what its references lead to.
    """
    if cell.formula is not None:
        return "as issued" if same_formula(cell.formula, issued, row, around) else "changed"
    return "replaced" if shown(cell.value).strip() else "cleared"
