"""Reads the table `Printed`, and says which of its rows change nothing that is printed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlframework.appendix.compose.order import ORDER, read_order_text
from xlframework.appendix.compose.records import AppendixTable, PrintedWords
from xlframework.appendix.layout import Layout, RowSource
from xlframework.ground.finding import Finding
from xlframework.ground.place import Place, cell_name
from xlframework.model.budget import Budget
from xlframework.model.catalogue import Catalogue
from xlframework.sheets.cells import shown
from xlframework.sheets.snapshot import Snapshot

_TABLE = "Printed"

# What the column Line ID holds for the rows of each kind of table.
_KEYS: Mapping[RowSource, str] = {
    "lines": "no line has the Line ID {key!r}",
    "years": "the layout {layout} prints no year {key!r}; a year is named by its amount column",
    "sections": "the layout {layout} prints no section or row apart named {key!r}",
    "areas": "Areas has no area with the code {key!r}",
    "forward plan": "the layout {layout} prints no heading {key!r}, and no entry has that order",
}


def printed_words(snapshot: Snapshot) -> PrintedWords:
    """Read the table `Printed`: words by layout, row key and printed header."""
    view = snapshot.tables[_TABLE]

    def text(row: int, header: str) -> str:
        return shown(view.cell(row, header).value)

    return {
        (text(row, "Layout"), text(row, "Line ID"), text(row, "Column")): text(row, "Text")
        for row in view.rows
    }


def repeated_words(snapshot: Snapshot, catalogue: Catalogue) -> Iterator[Finding]:
    """Rule `printed-twice`: no two rows of `Printed` change one cell."""
    view = snapshot.tables[_TABLE]
    first: dict[tuple[str, ...], int] = {}
    for row in view.rows:
        key = tuple(
            shown(view.cell(row, header).value) for header in ("Layout", "Line ID", "Column")
        )
        earlier = first.setdefault(key, row)
        if earlier != row:
            layout, line_id, column = key
            yield catalogue.finding(
                "printed-twice",
                Place(snapshot.book.file, view.sheet.name, cell_name(row, view.columns["Text"])),
                f"rows {earlier} and {row} both say what {layout} prints for {line_id} "
                f"under {column!r}, and the lower one is printed",
                found=shown(view.cell(row, "Text").value),
            )


@dataclass(frozen=True, slots=True)
class _Known:
    """What may be said of a layout: the keys of its rows, and its columns of words."""

    layout: Layout
    keys: Collection[str]
    columns: Collection[str]


def unmatched_words(
    snapshot: Snapshot,
    budget: Budget,
    tables: Sequence[AppendixTable],
    in_use: Collection[str],
    catalogue: Catalogue,
) -> Iterator[Finding]:
    """Rule `printed-unmatched`: a row of `Printed` says something about a table in use.

    Args:
        snapshot: of the workbook.
        budget: the lines that it has.
        tables: the tables that were composed.
        in_use: the layouts in use; of those that were not composed nothing is said.
        catalogue: for the findings.
    """
    view = snapshot.tables[_TABLE]
    known = {table.layout.name: _known(table, budget) for table in tables}
    for row in view.rows:
        name, key, column, text = (
            shown(view.cell(row, header).value)
            for header in ("Layout", "Line ID", "Column", "Text")
        )
        if name not in known:
            said = None if name in in_use else ("Layout", f"no layout in use is named {name!r}")
        else:
            said = _unmatched(known[name], key, column, text)
        if said is not None:
            header, message = said
            cell = cell_name(row, view.columns[header])
            place = Place(snapshot.book.file, view.sheet.name, cell)
            yield catalogue.finding("printed-unmatched", place, message)


def _known(table: AppendixTable, budget: Budget) -> _Known:
    layout = table.layout
    # A line that another block or a condition leaves out today may be printed tomorrow.
    keys = (
        {line.line_id for line in budget.lines}
        if layout.rows == "lines"
        else {row.key for row in table.rows}
    )
    columns = {column.header for column in layout.column if column.kind == "words"}
    return _Known(layout, keys - {""}, columns)


def _unmatched(known: _Known, key: str, column: str, text: str) -> tuple[str, str] | None:
    """Say which column of the row is wrong, and why; None if all is well."""
    name, rows = known.layout.name, known.layout.rows
    if key not in known.keys:
        return "Line ID", _KEYS[rows].format(layout=name, key=key)
    if column == ORDER and rows == "lines":
        if read_order_text(text) is None:
            return "Text", f"the order of {key} in the layout {name} is {text!r}, not a number"
    elif column not in known.columns:
        return "Column", f"the layout {name} has no column of words named {column!r}"
    return None
