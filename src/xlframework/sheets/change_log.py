"""What is added to `Change log`: what people typed since the last refresh, then what we changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from xlframework.ground.place import Area, cell_name
from xlframework.model.budget import Budget
from xlframework.model.workbook import WorkbookSpec
from xlframework.sheets.cells import shown
from xlframework.sheets.change import (
    CellChange,
    ChangeSet,
    Wanted,
    WantedCell,
    WantedGrowth,
    WantedTable,
    header_cells,
)
from xlframework.sheets.package.records import Cell, TableColumn
from xlframework.sheets.palette import Look
from xlframework.sheets.snapshot import Snapshot, TableView

LOG = "Change_log"
BASELINE = "Last_refresh"

# A person who reads the log wants single figures, but not the five hundred cells of an
# appendix sheet whose rows moved down by one.
MOST_CELLS_A_SHEET = 12

BY_HAND = "by hand"
NOT_RECORDED = "not recorded"

# Tables that the team fills in, what names a row in each, and the columns that are watched;
# amount columns are watched in any case.
_WATCHED: Mapping[str, tuple[tuple[str, ...], frozenset[str] | None]] = {
    "Lines": (("Line ID",), frozenset()),
    "Sections": (("Block", "Section"), frozenset()),
    "Areas": (("Area code",), None),
    "Indicators": (("Indicator",), None),
}
_BASELINE_HEADERS = ("Table", "Row", "Column", "Value")
_NAMED = "named cells"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who runs which command, and when.

    Attributes:
        when: with its time zone.
        who: the account and the computer.
        command: the command's name.
        version: of xlframework.
    """

    when: datetime
    who: str
    command: str
    version: str


class InputKey(NamedTuple):
    """What names an input whatever its place: its table, its row's key and its column."""

    table: str
    row: str
    column: str


class Input(NamedTuple):
    """An amount, weight or parameter that a person enters, as it stands."""

    sheet: str
    cell: str
    value: str


class LogRow(NamedTuple):
    """One row to be added to the log."""

    who: str
    command: str
    sheet: str
    cell: str
    before: str
    after: str


def read_inputs(snapshot: Snapshot, budget: Budget, spec: WorkbookSpec) -> Mapping[InputKey, Input]:
    """Read every amount, weight and parameter that a person enters.

    Args:
        snapshot: of the workbook.
        budget: tells which section amounts are entered.
        spec: tells the named cells.
    """
    found = dict(_named_inputs(snapshot, spec))
    entered = {
        (section.origin.row, header) for section in budget.sections for header in section.entered
    }
    for table, (keys, columns) in _WATCHED.items():
        view = snapshot.tables[table]
        for row, header in _watched_cells(view, keys, columns):
            if table == "Sections" and (row, header) not in entered:
                continue
            name = " / ".join(view.text(row, key).strip() for key in keys)
            if name.strip(" /"):
                cell = cell_name(row, view.columns[header])
                value = _value(view.cell(row, header))
                found[InputKey(table, name, header)] = Input(view.sheet.name, cell, value)
    return found


def _watched_cells(
    view: TableView, keys: tuple[str, ...], columns: frozenset[str] | None
) -> Iterator[tuple[int, str]]:
    amounts = {str(column) for column in view.amounts}
    for header in view.columns:
        if header not in keys and (columns is None or header in columns | amounts):
            for row in view.rows:
                yield row, header


def _named_inputs(snapshot: Snapshot, spec: WorkbookSpec) -> Iterator[tuple[InputKey, Input]]:
    for cell in spec.cells:
        named = snapshot.names.get(cell.name)
        if cell.is_input and named is not None:
            place = cell_name(named.row, named.column)
            entry = Input(named.sheet.name, place, _value(named.cell))
            yield InputKey(_NAMED, cell.name, ""), entry


def _value(cell: Cell) -> str:
    return shown(cell.value)


def read_baseline(snapshot: Snapshot) -> Mapping[InputKey, str]:
    """Read the inputs as they were at the last refresh; empty where none was kept."""
    view = snapshot.tables.get(BASELINE)
    if view is None:
        return {}

    def text(row: int, header: str) -> str:
        return view.text(row, header)

    return {
        InputKey(text(row, "Table"), text(row, "Row"), text(row, "Column")): text(row, "Value")
        for row in view.rows
    }


def wanted_baseline(inputs: Mapping[InputKey, Input]) -> WantedTable:
    """Lay out the very hidden table that the next refresh compares with; blanks are left out."""
    return WantedTable(
        name=BASELINE,
        columns=tuple(TableColumn(header) for header in _BASELINE_HEADERS),
        header=header_cells(_BASELINE_HEADERS, _BASELINE_HEADERS),
        rows=tuple(
            tuple(Wanted(word or None) for word in (*key, entry.value))
            for key, entry in inputs.items()
            if entry.value
        ),
    )


def edits(inputs: Mapping[InputKey, Input], baseline: Mapping[InputKey, str]) -> Iterator[LogRow]:
    """Give what a person changed since the last refresh; nothing where no baseline was kept."""
    if not baseline:
        return
    for key, entry in inputs.items():
        before = baseline.get(key, "")
        if before != entry.value:
            yield LogRow(NOT_RECORDED, BY_HAND, entry.sheet, entry.cell, before, entry.value)
    for key, before in baseline.items():
        if key not in inputs:
            where = " ".join(part for part in key if part)
            yield LogRow(NOT_RECORDED, BY_HAND, key.table, "", f"{where}: {before}", "")


def own_rows(changes: ChangeSet, signature: Signature) -> Iterator[LogRow]:
    """Give what the command itself changes: single cells, and large blocks with a count."""

    def row(sheet: str, cell: str, before: str, after: str) -> LogRow:
        return LogRow(signature.who, signature.command, sheet, cell, before, after)

    for sheet, group in groupby(changes.cells, key=lambda change: change.sheet):
        cells = list(group)
        if len(cells) > MOST_CELLS_A_SHEET:
            yield row(sheet, str(_around(cells)), "", f"{len(cells)} cells")
            continue
        for cell in cells:
            # A formula that is written over stands nowhere else.
            lost = cell.before_formula is not None and cell.wanted.formula is None
            before = f"={cell.before_formula}" if lost else shown(cell.before)
            yield row(sheet, cell.cell, before, shown(cell.wanted.value))
    for table in changes.tables:
        name = f"table {table.table}"
        yield row(table.sheet, str(table.area), f"{name} {table.before}", f"{name} {table.area}")
    for added in changes.sheets:
        yield row(added.name, "", "", "new sheet")
    for chart in changes.charts:
        yield row(chart.sheet, "", "", f"chart {chart.name}")


def _around(cells: list[CellChange]) -> Area:
    rows, columns = [cell.row for cell in cells], [cell.column for cell in cells]
    return Area(min(rows), min(columns), max(rows), max(columns))


def log_growth(view: TableView, rows: int) -> WantedGrowth:
    """Say how many rows the log gains; an empty row that it has is used first."""
    room = view.table.data.last_row - _last_used(view)
    return WantedGrowth(LOG, (), max(0, rows - room))


def log_cells(
    view: TableView, rows: Iterable[LogRow], signature: Signature
) -> Iterator[WantedCell]:
    """Give the cells of the new rows, below the last one that is used."""
    when = signature.when.isoformat(sep=" ", timespec="seconds")
    for number, row in enumerate(rows, start=_last_used(view) + 1):
        values = {
            "When": when,
            "Who": row.who,
            "Command": row.command,
            "Version": signature.version,
            "Sheet": row.sheet,
            "Cell": row.cell,
            "Before": row.before,
            "After": row.after,
        }
        for header, value in values.items():
            wanted = Wanted(value or None, None, Look("line", "text"))
            yield WantedCell(view.sheet.name, number, view.columns[header], wanted)


def _last_used(view: TableView) -> int:
    return max(view.rows, default=view.table.data.first_row - 1)
