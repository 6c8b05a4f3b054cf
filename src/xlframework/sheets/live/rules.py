"""Takes care of conditional formats and data validations while cells and tables change.

Pasting a look takes the cells that get it out of their conditional formats; here every format
is put back onto its cells, and reaches down with a table that grows, as it does in a file.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from typing import NamedTuple

from xlframework.ground.place import LAST_COLUMN, Area
from xlframework.sheets.live.excel import HAS_COM, ExcelSheet, Native
from xlframework.sheets.package.ranges import area_of, areas_of
from xlframework.sheets.package.tables import extended


class Growth(NamedTuple):
    """A table that gets more rows: its data as it was, and its last row as it is to be."""

    data: Area
    new_last: int


@contextmanager
def rules_kept(sheet: ExcelSheet, growths: Sequence[Growth]) -> Iterator[None]:
    """Put the conditional formats of a sheet back after its looks have changed.

    Args:
        sheet: the sheet.
        growths: its tables that grow.
    """
    if not HAS_COM:
        yield
        return
    conditions = sheet.api.Cells.FormatConditions
    held = [conditions.Item(number) for number in range(1, int(conditions.Count) + 1)]
    before = [
        " ".join(str(area_of(area.Address)) for area in each.AppliesTo.Areas) for each in held
    ]
    # A format that loses its last cell is gone; a cell that nothing is written to keeps it.
    anchor = sheet.api.Cells(1, LAST_COLUMN)
    for condition in held:
        condition.ModifyAppliesToRange(_union(sheet, [condition.AppliesTo, anchor]))
    try:
        yield
    finally:
        for condition, stood in zip(held, before, strict=True):
            cells = reduce(_down, growths, stood)
            ranges = [sheet.api.Range(str(area)) for area in areas_of(cells)]
            condition.ModifyAppliesToRange(_union(sheet, ranges))


def _down(cells: str, growth: Growth) -> str:
    return extended(cells, growth.data, growth.new_last)


def _union(sheet: ExcelSheet, ranges: Sequence[Native]) -> Native:
    unite = sheet.book.app.api.Union
    return reduce(unite, ranges[1:], ranges[0])


def extend_validations(sheet: ExcelSheet, growth: Growth) -> None:
    """Give new rows of a table the data validations of its last row."""
    last = growth.data._replace(first_row=growth.data.last_row)
    new = growth.data._replace(first_row=growth.data.last_row + 1, last_row=growth.new_last)
    sheet.range(str(last)).copy()
    sheet.range(str(new)).paste(paste="validation")
