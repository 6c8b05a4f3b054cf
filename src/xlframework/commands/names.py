"""Checks the names in a workbook, alone and against those in another one."""

from collections.abc import Iterable, Mapping

from xlframework.appendix.layout import Layout, RowSource
from xlframework.commands.workbook import Declared, layouts_in_use
from xlframework.ground.finding import Finding
from xlframework.rules.checks.names import names_between
from xlframework.rules.checks.wording import check_wording
from xlframework.rules.checks.words import Wording
from xlframework.sheets.read_words import PrintedColumn, PrintedColumns, read_wording
from xlframework.sheets.snapshot import Snapshot

# The table of the workbook whose words the rows of a layout print.
_TABLES: Mapping[RowSource, str] = {
    "lines": "Lines",
    "areas": "Areas",
    "sections": "Sections",
    "forward plan": "Forward_plan",
}


def names_within(
    snapshot: Snapshot, layouts: Iterable[Layout], declared: Declared
) -> tuple[Finding, ...]:
    """Check the names, councils, short forms, priorities and columns of a workbook.

    Args:
        snapshot: of the workbook.
        layouts: those in use; they tell what a word in `Printed` is.
        declared: the declarations.
    """
    wording = _wording(snapshot, layouts, declared)
    return check_wording(wording, declared.names, declared.councils, declared.catalogue)


def names_across(snapshot: Snapshot, other: Snapshot, declared: Declared) -> tuple[Finding, ...]:
    """Find what two workbooks name nearly, but not quite, the same.

    What is found within one of them is not repeated.

    Args:
        snapshot: of the workbook that is checked; the cells are its own.
        other: of the other workbook; the messages name its cells.
        declared: the declarations.
    """
    here, there = (
        _wording(each, layouts_in_use(each, declared)[0], declared) for each in (snapshot, other)
    )
    names, councils = declared.names, declared.councils
    return tuple(names_between(here, there, names, councils, declared.catalogue))


def _wording(snapshot: Snapshot, layouts: Iterable[Layout], declared: Declared) -> Wording:
    printed = printed_columns(layouts)
    return read_wording(snapshot, declared.workbook, declared.names, printed)


def printed_columns(layouts: Iterable[Layout]) -> PrintedColumns:
    """Give the columns of words of some layouts, by the layout's name and the printed header."""
    return {
        (layout.name, column.header): PrintedColumn(
            _TABLES[layout.rows], column.sources, column.join
        )
        for layout in layouts
        for column in layout.column
        if layout.rows in _TABLES and column.sources
    }
