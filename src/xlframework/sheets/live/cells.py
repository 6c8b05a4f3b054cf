"""Writes cells of an open sheet in as few requests as their shape allows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xlframework.ground.place import Area, cell_name
from xlframework.sheets.live.blocks import Position, rectangles
from xlframework.sheets.live.excel import ExcelSheet
from xlframework.sheets.live.values import given
from xlframework.sheets.package.records import Value

GENERAL, TEXT = "General", "@"

# A longer text must be written by itself: an array of formulas holds no more in one cell.
_LONGEST_IN_A_BLOCK = 8000


class Content(NamedTuple):
    """What a cell is to hold: a constant, or a formula without its equals sign."""

    value: Value
    formula: str | None = None


def write_cells(
    sheet: ExcelSheet,
    contents: Mapping[Position, Content],
    format_at: Callable[[Position], str],
) -> None:
    """Write constants and formulas, each rectangle of cells at once.

    Args:
        sheet: the sheet.
        contents: what its cells are to hold; a blank one is emptied.
        format_at: the number format of a cell. A formula in a cell that is formatted as
            text would stay text, so that cell is made General before.
    """
    texts = {position for position in contents if format_at(position) == TEXT}
    formulas = [position for position in texts if contents[position].formula is not None]
    for area in rectangles(formulas):
        sheet.range(str(area)).number_format = GENERAL
    long = {position for position, content in contents.items() if _is_long(content)}
    for area in rectangles(position for position in contents if position not in long):
        rows = [
            [
                _written(contents[row, column], as_text=(row, column) in texts)
                for column in range(area.first_column, area.last_column + 1)
            ]
            for row in range(area.first_row, area.last_row + 1)
        ]
        set_formulas(sheet, area, _shaped(rows))
    for position in sorted(long):
        text = given(contents[position].value, as_text=position in texts)
        sheet.range(cell_name(*position)).raw_value = text


def set_formulas(sheet: ExcelSheet, area: Area, rows: object) -> None:
    """Hand formulas and constants to Excel as they are, in one request."""
    # xlwings' own `formula` would first convert every one of them, with many requests.
    sheet.range(str(area)).impl.formula = rows


def _is_long(content: Content) -> bool:
    value = content.value
    is_text = isinstance(value, str) and content.formula is None
    return is_text and len(str(value)) > _LONGEST_IN_A_BLOCK


def _written(content: Content, *, as_text: bool) -> str | float | bool:
    if content.formula is not None:
        return f"={content.formula}"
    return given(content.value, as_text=as_text)


def _shaped(rows: Sequence[Sequence[object]]) -> object:
    """Give a single cell by itself, as Excel takes it."""
    is_single = len(rows) == 1 and len(rows[0]) == 1
    return rows[0][0] if is_single else rows


@dataclass(frozen=True, slots=True)
class Looks:
    """Where the looks of a workbook can be copied from.

    Attributes:
        sheets: the sheets of the workbook, by their names.
        cells: a cell that has each look, by the look's number: the sheet and the place.
        formats: the number format of every look.
    """

    sheets: Mapping[str, ExcelSheet]
    cells: Mapping[int, tuple[str, Position]]
    formats: Mapping[int, str]

    def format(self, style: int) -> str:
        """Give the number format of a look; `General` where it is not known."""
        return self.formats.get(style, GENERAL)


def give_looks(sheet: ExcelSheet, styles: Mapping[Position, int], looks: Looks) -> None:
    """Give cells their looks by copying them, and nothing else of the cells that have them.

    Args:
        sheet: the sheet.
        styles: the number of each cell's look; 0 makes it plain.
        looks: where they are copied from.
    """
    by_style: dict[int, list[Position]] = {}
    for place, style in styles.items():
        by_style.setdefault(style, []).append(place)
    for style, places in by_style.items():
        source = looks.cells.get(style)
        areas = [sheet.range(str(area)) for area in rectangles(places)]
        if source is not None:
            looks.sheets[source[0]].range(cell_name(*source[1])).copy()
            for area in areas:
                area.paste(paste="formats")
        elif style == 0:
            for area in areas:
                area.clear_formats()


def set_format(sheet: ExcelSheet, cells: Iterable[Position], code: str) -> None:
    """Give cells a number format."""
    for area in rectangles(cells):
        sheet.range(str(area)).number_format = code
