"""Tables whose rows are years: everything in each amount column, one below the other."""

from xlframework.appendix.compose.choose import of_blocks
from xlframework.appendix.compose.records import (
    AmountCell,
    PrintedWords,
    SectionSum,
    TableCell,
    TableRow,
)
from xlframework.appendix.compose.sums import with_total
from xlframework.appendix.compose.words import blank_cell, said
from xlframework.appendix.layout import Column, Layout
from xlframework.ground.financial_year import AmountColumn
from xlframework.model.budget import Budget
from xlframework.rules.subtotals import Totals, total_up


def year_rows(layout: Layout, budget: Budget, printed: PrintedWords) -> tuple[TableRow, ...]:
    """Give a row for each amount column that the layout names, or for all of them.

    Args:
        layout: how it prints.
        budget: with a section for every line.
        printed: the table `Printed`.
    """
    totals = total_up(budget)
    headers = layout.years or budget.headers
    return with_total(layout, [_row(layout, header, totals, printed) for header in headers])


def _row(layout: Layout, header: str, totals: Totals, printed: PrintedWords) -> TableRow:
    cells = tuple(_cell(layout, column, header, totals, printed) for column in layout.column)
    return TableRow("line", cells, key=header)


def _cell(
    layout: Layout, column: Column, header: str, totals: Totals, printed: PrintedWords
) -> TableCell:
    if column.compute == "total":
        return _total(layout, header, totals)
    if column.kind != "words":
        return blank_cell(column)
    return said(layout, column, header, _year_text(column, header), printed)


def _year_text(column: Column, header: str) -> str:
    """Write the row's year as the column does; the empty text where it prints none."""
    year = str(AmountColumn.parse(header).year)
    return {None: "", "2018-19": year.replace("/", "-")}.get(column.year, year)


def _total(layout: Layout, header: str, totals: Totals) -> AmountCell:
    if not layout.blocks:
        return AmountCell(totals.grand.get(header, 0), source=SectionSum(header))
    blocks = {name: pence for name, pence in totals.blocks.items() if of_blocks(layout, name)}
    pence = sum(each.get(header, 0) for each in blocks.values())
    members = tuple((name, None) for name in blocks)
    return AmountCell(pence, source=SectionSum(header, members))
