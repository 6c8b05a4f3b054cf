"""The formulas of a composed table: over its own cells, and over the workbook's other tables."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from xlframework.appendix.compose.records import (
    AreaAward,
    CellAt,
    Criterion,
    LineSum,
    Measure,
    SectionSum,
    Source,
)
from xlframework.ground.place import cell_name
from xlframework.sheets.allocation_formulas import column, literal

_LONGEST_TEXT = 255
_LONGEST_FORMULA = 8000


def sum_formula(rows: Sequence[int], letters: str, top: int) -> str:
    """Add up rows of a column: `SUM(E5:E10,E13:E20)`.

    Args:
        rows: the rows to add up, from 0, in rising order.
        letters: the column.
        top: the row of the sheet on which row 0 stands.
    """
    parts = []
    for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        first, last = f"{letters}{top + numbers[0]}", f"{letters}{top + numbers[-1]}"
        parts.append(first if first == last else f"{first}:{last}")
    return f"SUM({','.join(parts)})"


def difference_formula(measure: Measure, top: int, left: int) -> str:
    """Give the difference of two cells of the table: `C6-C5`.

    Args:
        measure: which cells, from 0.
        top: the row of the sheet on which row 0 stands.
        left: the column of the sheet in which column 0 stands.
    """
    return f"{_cell(measure, measure.of, top, left)}-{_cell(measure, measure.since, top, left)}"


def percentage_formula(measure: Measure, places: int, top: int, left: int) -> str:
    """Give that difference in proportion to the earlier cell, rounded as it is printed.

    Args:
        measure: which cells, from 0.
        places: the decimals of the printed percentage.
        top: the row of the sheet on which row 0 stands.
        left: the column of the sheet in which column 0 stands.
    """
    since = _cell(measure, measure.since, top, left)
    ratio = f"({difference_formula(measure, top, left)})/{since}"
    return f'IF({since}=0,"n/a",ROUND({ratio},{places + 2}))'


def _cell(measure: Measure, at: CellAt, top: int, left: int) -> str:
    name = cell_name(top + at[0], left + at[1])
    return f"N({name})" if measure.worded else name


def source_formula(source: Source) -> str | None:
    """Look an amount up in the workbook's other tables; None if no formula can say it.

    Excel takes no text of more than 255 characters, and no formula of more than 8,192.
    """
    formula = _source(source)
    texts = re.findall(r'"((?:[^"]|"")*)"', formula)
    if len(formula) > _LONGEST_FORMULA or any(len(text) > _LONGEST_TEXT for text in texts):
        return None
    return formula


def _source(source: Source) -> str:
    if isinstance(source, AreaAward):
        return f"SUMIFS({column('Award')},{column('Area code')},{_equal(source.code)})"
    if isinstance(source, LineSum):
        return "+".join(_line_sums(source))
    amounts = column(source.header, "Sections")
    if not source.members:
        return f"SUM({amounts})"
    added = "+".join(
        f"SUMIFS({amounts},{_belonging('Sections', *each)})" for each in source.members
    )
    return "-".join((added, *_taken_out(source)))


def _line_sums(source: LineSum) -> Iterator[str]:
    amounts, chosen = column(source.header, "Lines"), _criterion(source.criterion)
    if not source.blocks:
        yield f"SUMIFS({amounts},{chosen})"
    for block in source.blocks:
        yield f"SUMIFS({amounts},{_belonging('Lines', block, None)},{chosen})"


def _taken_out(source: SectionSum) -> Iterator[str]:
    amounts = column(source.header, "Lines")
    for member in source.members:
        for criterion in source.less:
            yield f"SUMIFS({amounts},{_belonging('Lines', *member)},{_criterion(criterion)})"


def _belonging(table: str, block: str, section: str | None) -> str:
    """Choose the rows of a block, or of one section of it."""
    of_block = f"{column('Block', table)},{_equal(block)}"
    if section is None:
        return of_block
    return f"{of_block},{column('Section', table)},{_equal(section)}"


def _criterion(criterion: Criterion) -> str:
    chosen = _equal(criterion.text)
    if criterion.begins:
        chosen = f'{chosen[:-1]}*"'
    return f"{column(criterion.field, 'Lines')},{chosen}"


def _equal(text: str) -> str:
    """Write a text as what SUMIFS looks for, its wildcards and operators taken literally."""
    wanted = literal(text)
    return f'"={wanted}"' if wanted.startswith(("<", ">", "=")) else f'"{wanted}"'
