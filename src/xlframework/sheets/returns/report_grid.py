"""Lays rows of wanted cells out as a plain sheet of a report."""

from collections.abc import Sequence

from xlframework.sheets.change import Wanted
from xlframework.sheets.package.records import CellPatch, NewSheet
from xlframework.sheets.palette import ColumnKind, Look, Palette, RowKind
from xlframework.sheets.row_heights import needed_height

Row = tuple[Wanted, ...]


def words(row: RowKind, *texts: str) -> Row:
    """Give cells of words, all of one kind of row; an empty text is a blank cell of it."""
    return tuple(Wanted(text or None, None, Look(row, "text")) for text in texts)


def header(texts: Sequence[str], kinds: Sequence[ColumnKind]) -> Row:
    """Give a header row: words at the left, figures at the right."""
    return tuple(
        Wanted(text, None, Look("header", kind)) for text, kind in zip(texts, kinds, strict=True)
    )


def plain_sheet(
    name: str, position: int, rows: Sequence[Row], widths: tuple[float, ...], palette: Palette
) -> NewSheet:
    """Lay rows out from A1 on.

    Args:
        name: of the sheet.
        position: its place among the tabs, from 0.
        rows: the rows from the first on; an empty one stays empty.
        widths: of the columns, in characters.
        palette: the style of every look.
    """
    cells = tuple(
        CellPatch(
            row,
            column,
            cell.value,
            cell.formula,
            palette.style(cell.look) if cell.look is not None else None,
        )
        for row, contents in enumerate(rows, start=1)
        for column, cell in enumerate(contents, start=1)
    )
    sized = dict(enumerate(widths, start=1))
    heights = ((number, needed_height(row, 1, sized)) for number, row in enumerate(rows, start=1))
    return NewSheet(
        name=name,
        position=position,
        cells=cells,
        widths=widths,
        heights=tuple((number, points) for number, points in heights if points is not None),
    )
