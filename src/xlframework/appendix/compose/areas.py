"""Tables whose rows are areas, with the awards of the split."""

from collections.abc import Mapping

from xlframework.appendix.compose.records import (
    AmountCell,
    AreaAward,
    PrintedWords,
    TableCell,
    TableRow,
)
from xlframework.appendix.compose.sums import with_total
from xlframework.appendix.compose.words import blank_cell, spoken, under, word_cell
from xlframework.appendix.layout import Column, Layout
from xlframework.model.areas import NAME
from xlframework.model.records import Further, Record


def area_rows(layout: Layout, further: Further, printed: PrintedWords) -> tuple[TableRow, ...]:
    """Give a row for each area, sorted by the words of one column of `Areas`.

    Args:
        layout: how it prints.
        further: the areas and their awards.
        printed: the table `Printed`.
    """

    def place(area: Record) -> tuple[str, str]:
        return spoken(under(area.words, layout.sort or NAME)).casefold(), area.key

    awards = further.awards or {}
    rows = [
        TableRow(
            "line",
            tuple(_cell(layout, column, area, awards, printed) for column in layout.column),
            key=area.key,
            origin=area.origin,
        )
        for area in sorted(further.areas, key=place)
    ]
    return with_total(layout, rows)


def _cell(
    layout: Layout, column: Column, area: Record, awards: Mapping[str, int], printed: PrintedWords
) -> TableCell:
    if column.compute == "award":
        pence = awards.get(area.key)
        return AmountCell(pence, source=None if pence is None else AreaAward(area.key))
    if column.kind != "words":
        return blank_cell(column)
    return word_cell(layout, column, area.key, area.words, printed)
