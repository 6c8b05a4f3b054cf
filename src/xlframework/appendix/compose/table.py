"""Composes a published table: from the budget and a layout to rows."""

from collections.abc import Iterable, Iterator

from xlframework.appendix.compose.areas import area_rows
from xlframework.appendix.compose.computed import with_computed
from xlframework.appendix.compose.forward_plan import plan_rows
from xlframework.appendix.compose.lines import line_rows
from xlframework.appendix.compose.records import AppendixTable, PrintedWords, TableRow
from xlframework.appendix.compose.sections import section_rows
from xlframework.appendix.compose.years import year_rows
from xlframework.appendix.layout import Layout
from xlframework.model.budget import Budget
from xlframework.model.records import Further

_NOTHING_FURTHER = Further()


def compose(
    layout: Layout,
    budget: Budget,
    printed: PrintedWords | None = None,
    further: Further = _NOTHING_FURTHER,
) -> AppendixTable:
    """Compose a table.

    Args:
        layout: how it prints.
        budget: with a section for every line.
        printed: words that this layout prints its own way, by layout, row key
            and printed header.
        further: what tables of areas and of the forward plan print.

    Returns:
        The rows as printed: headings, lines, subtotals and the total.
    """
    rows = _rows(layout, budget, printed or {}, further)
    return AppendixTable(layout, with_computed(layout, rows))


def _rows(
    layout: Layout, budget: Budget, printed: PrintedWords, further: Further
) -> tuple[TableRow, ...]:
    if layout.rows == "years":
        return year_rows(layout, budget, printed)
    if layout.rows == "sections":
        return section_rows(layout, budget, printed)
    if layout.rows == "areas":
        return area_rows(layout, further, printed)
    if layout.rows == "forward plan":
        return plan_rows(layout, further.forward_plan, printed)
    return line_rows(layout, budget, printed)


def unprintable(layout: Layout, budget: Budget, headers: Iterable[str]) -> Iterator[str]:
    """Name the columns that a layout prints, or chooses rows by, and the workbook does not have.

    Args:
        layout: what is asked for.
        budget: tells the amount columns.
        headers: the columns of the table that the layout's rows come from, the
            amount columns among them or not.
    """
    words = {header.casefold() for header in headers} - {each.casefold() for each in budget.headers}
    for column in layout.column:
        yield from (each for each in (column.amount,) if each and each not in budget.headers)
        # A section has no words but its own two, whatever Lines has.
        fields = () if layout.rows == "sections" else column.sources
        yield from (field for field in fields if field.casefold() not in words)
    chosen_by = (where.amount for where in layout.where)
    for amount in (*chosen_by, *layout.years):
        if amount is not None and amount not in budget.headers:
            yield amount
    for field in (*(where.field for where in layout.where), *_other_fields(layout)):
        if field is not None and field.casefold() not in words:
            yield field


def _other_fields(layout: Layout) -> Iterator[str | None]:
    """List the columns that lines are taken apart by, or areas sorted by."""
    yield from (apart.field for apart in layout.apart)
    yield layout.sort
