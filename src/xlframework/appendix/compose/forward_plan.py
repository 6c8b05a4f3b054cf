"""Tables whose rows are the entries of the forward plan, under a heading for each month."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from xlframework.appendix.compose.records import PrintedWords, TableCell, TableRow
from xlframework.appendix.compose.sums import with_total
from xlframework.appendix.compose.words import heading_label, spoken, under, word_cell
from xlframework.appendix.layout import Heading, Layout
from xlframework.model.records import Entry, Record

# What a heading says over entries whose end nobody has given.
NO_DATE = "No date"

_ENDS, _ORDER = "Ends", "Order"
_LATER = (9999, 13)


def plan_rows(
    layout: Layout, entries: Sequence[Record], printed: PrintedWords
) -> tuple[TableRow, ...]:
    """Give the entries by their order, or month by month where the layout has headings.

    Args:
        layout: how it prints.
        entries: the rows of `Forward_plan`.
        printed: the table `Printed`.
    """
    ordered = sorted(entries, key=_order)
    heading = layout.headed_by("ends")
    if heading is None:
        return with_total(layout, [_row(layout, each, printed) for each in ordered])
    rows: list[TableRow] = []
    dated = sorted(ordered, key=lambda entry: _month_order(under(entry.words, _ENDS)))
    for month, members in groupby(dated, lambda entry: _month(under(entry.words, _ENDS))):
        label = heading_label(heading, month)
        if label:
            rows.append(_heading_row(layout, heading, label, printed))
        rows.extend(_row(layout, each, printed) for each in members)
    return with_total(layout, rows)


def _order(entry: Record) -> tuple[bool, Decimal]:
    order = under(entry.words, _ORDER)
    return (False, order) if isinstance(order, Decimal) else (True, Decimal(0))


def _month(ends: Entry) -> str:
    """Name the month in which an entry ends; words in place of a date are named as they stand."""
    return f"{ends:%B %Y}" if isinstance(ends, date) else spoken(ends).strip() or NO_DATE


def _month_order(ends: Entry) -> tuple[tuple[int, int], str]:
    """Sort by month, then what is only told in words, then what nobody has told."""
    if isinstance(ends, date):
        return (ends.year, ends.month), ""
    return _LATER, _month(ends) if spoken(ends).strip() else "\N{REPLACEMENT CHARACTER}"


def _row(layout: Layout, entry: Record, printed: PrintedWords) -> TableRow:
    cells = tuple(
        word_cell(layout, column, entry.key, entry.words, printed) for column in layout.column
    )
    return TableRow("line", cells, key=entry.key, origin=entry.origin)


def _heading_row(layout: Layout, heading: Heading, label: str, printed: PrintedWords) -> TableRow:
    cells: tuple[TableCell, ...] = tuple(
        printed.get(
            (layout.name, label, column.header), label if column.header == heading.column else ""
        )
        for column in layout.column
    )
    return TableRow("section", cells, key=label)
