"""Reads the table `Printed`, and says which of its rows change nothing that is printed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlframework.appendix.compose.order import ORDER, read_order_text
from xlframework.appendix.compose.records import AppendixTable, PrintedKey, PrintedWords
from xlframework.appendix.layout import Layout, RowSource
from xlframework.ground.finding import Finding
from xlframework.model.budget import Budget
from xlframework.model.catalogue import Catalogue
from xlframework.sheets.snapshot import Snapshot, TableView

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
    return {_cell_key(view, row): view.text(row, "Text") for row in view.rows}


def _cell_key(view: TableView, row: int) -> PrintedKey:
    """Tell which printed cell a row is about."""
    return view.text(row, "Layout"), view.text(row, "Line ID"), view.text(row, "Column")


def repeated_words(snapshot: Snapshot, catalogue: Catalogue) -> Iterator[Finding]:
    """Rule `printed-twice`: no two rows of `Printed` change one cell."""
    view = snapshot.tables[_TABLE]
    first: dict[PrintedKey, int] = {}
    for row in view.rows:
        key = _cell_key(view, row)
        earlier = first.setdefault(key, row)
        if earlier != row:
            layout, line_id, column = key
            yield catalogue.finding(
                "printed-twice",
                snapshot.cell_place(view, row, "Text"),
                f"rows {earlier} and {row} both say what {layout} prints for {line_id} "
                f"under {column!r}, and the lower one is printed",
                found=view.text(row, "Text"),
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
        name, key, column = _cell_key(view, row)
        if name not in known:
            said = None if name in in_use else ("Layout", f"no layout in use is named {name!r}")
        else:
            said = _unmatched(known[name], key, column, view.text(row, "Text"))
        if said is not None:
            header, message = said
            place = snapshot.cell_place(view, row, header)
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
