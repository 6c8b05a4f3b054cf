"""Reads the rows below a header: the words and amounts of each, merged cells followed up."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from xlframework.appendix.layout import Layout
from xlframework.appendix.parse.grid import BLANK, Grid, GridCell
from xlframework.appendix.parse.headers import HeaderRow
from xlframework.ground.money import BLANK_WORDS
from xlframework.model.budget import Unread


class Label(NamedTuple):
    """The one text of a row that has no other words.

    Attributes:
        text: what it says.
        header: the printed header of its column; None for a column of its own.
        spread: whether its cell is merged over several columns.
    """

    text: str
    header: str | None
    spread: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet, by the headers that the layout prints.

    Attributes:
        number: its row, from 1.
        words: the cells of word columns that hold something; a cell merged
            downwards stands in every row that it covers.
        texts: those words, without what only says that a cell is empty, such as a dash.
        amounts: the cells of amount columns that hold something.
        covered: for an amount that is merged with one above, that one's row.
        label: the one text, where there is only one.
        outside: texts under no header, by column.
    """

    number: int
    words: Mapping[str, GridCell]
    texts: Mapping[str, str]
    amounts: Mapping[str, GridCell]
    covered: Mapping[str, int]
    label: Label | None
    outside: Mapping[int, str]

    @property
    def has_amounts(self) -> bool:
        """Tell whether anything stands in an amount column."""
        return bool(self.amounts or self.covered)


def sheet_rows(grid: Grid, layout: Layout, header: HeaderRow) -> Iterator[SheetRow]:
    """Read every row below the header that has anything in it."""
    amounts = {column.header for column in layout.column if column.amount is not None}
    sums = (each for each in (layout.subtotal, layout.total) if each is not None)
    empty = BLANK_WORDS | {each.empty.strip() for each in sums}
    for number, columns in grid.by_row().items():
        if number > header.row:
            yield _row(grid, header, number, columns, amounts, empty)


def _row(  # noqa: PLR0913, PLR0917 - all that a row is made of
    grid: Grid,
    header: HeaderRow,
    number: int,
    columns: tuple[int, ...],
    amounts: set[str],
    empty: Collection[str],
) -> SheetRow:
    places = {name: match.column for name, match in header.matches.items()}
    words = {
        name: cell
        for name, column in places.items()
        if name not in amounts and not (cell := _word_cell(grid, number, column)).is_blank
    }
    own = {
        name: cell
        for name, column in places.items()
        if name in amounts and not (cell := grid.cell(number, column)).is_blank
    }
    others = set(columns) - set(places.values())
    said = {name: cell for name, cell in words.items() if cell.text not in empty}
    label = None
    if len(said) == 1 or not words:
        label = _label(grid, number, said, own, places, others)
    if label is not None and label.header in own:
        own = {}
    return SheetRow(
        number=number,
        words=words,
        texts={name: cell.text for name, cell in said.items()},
        amounts=own,
        covered=dict(_covered(grid, number, places, amounts)),
        label=label,
        outside={
            column: grid.cell(number, column).text
            for column in sorted(others - set(header.others))
            if label is None or label.text != grid.cell(number, column).text
        },
    )


def _word_cell(grid: Grid, row: int, column: int) -> GridCell:
    """Give a word; where its cell is merged with one above, that one's."""
    area = grid.anchors.get((row, column))
    if area is None or area.first_column != column:
        return grid.cell(row, column) if area is None or area.first_row == row else BLANK
    return grid.cell(area.first_row, column)


def _covered(
    grid: Grid, row: int, places: Mapping[str, int], amounts: set[str]
) -> Iterator[tuple[str, int]]:
    for name, column in places.items():
        area = grid.anchors.get((row, column))
        if name not in amounts or area is None or area.first_row == row:
            continue
        if area.first_column == column and not grid.cell(area.first_row, column).is_blank:
            yield name, area.first_row


def _label(  # noqa: PLR0913, PLR0917 - all that a row is made of
    grid: Grid,
    row: int,
    said: Mapping[str, GridCell],
    amounts: Mapping[str, GridCell],
    places: Mapping[str, int],
    others: set[int],
) -> Label | None:
    for name, cell in said.items():
        return Label(cell.text, name, _is_spread(grid, row, places[name]))
    for name, cell in amounts.items():
        if len(amounts) == 1 and isinstance(cell.amount, Unread) and cell.text:
            return Label(cell.text, name, _is_spread(grid, row, places[name]))
    for column in sorted(others):
        cell = grid.cell(row, column)
        if isinstance(cell.amount, Unread) and cell.text:
            return Label(cell.text, None, _is_spread(grid, row, column))
    return None


def _is_spread(grid: Grid, row: int, column: int) -> bool:
    area = grid.anchors.get((row, column))
    return area is not None and area.first_row == row and area.last_column > area.first_column
