"""Reads one worksheet part in one pass, forgetting each row once its cells are taken."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from xlframework.ground.errors import UnreadableFileError
from xlframework.ground.place import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    cell_name,
    column_number,
    parse_cell,
)
from xlframework.sheets.package.cell_values import CellError, rich_text, value_of
from xlframework.sheets.package.container import damaged
from xlframework.sheets.package.ranges import area_of, areas_of
from xlframework.sheets.package.records import Cell, Package, Validation, Value
from xlframework.sheets.package.shared_formulas import FormulaError, translate
from xlframework.sheets.package.xml import X14, XM, Element, is_true, main, whole_number

# A table is watched this far below its end, where people type new rows.
ROWS_BELOW_A_TABLE = 50

_ROW, _CELL, _FORMULA, _VALUE, _INLINE = (main(name) for name in ("row", "c", "f", "v", "is"))
_DATA = main("sheetData")
_MERGED = main("mergeCell")
_COLUMN = main("col")
_VALIDATION = main("dataValidation")
_NEW_VALIDATION = f"{{{X14}}}dataValidation"
_SPARKLINE = f"{{{X14}}}sparkline"
_SQREF = f"{{{XM}}}sqref"
_KEPT = (_MERGED, _COLUMN, _VALIDATION, _NEW_VALIDATION, _SPARKLINE)

Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SheetContents:
    """What a worksheet part itself says, before its comments and drawings are looked at."""

    cells: Mapping[Position, Cell]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[Area, ...]
    validations: tuple[Validation, ...]
    sparklines: tuple[Area, ...]
    widths: Mapping[int, float]
    heights: Mapping[int, float]
    fixed_heights: frozenset[int]


@dataclass(slots=True)
class _Rows:
    """What the rows say of themselves, gathered while they pass."""

    hidden: set[int] = field(default_factory=set)
    heights: dict[int, float] = field(default_factory=dict)
    fixed: set[int] = field(default_factory=set)

    def note(self, number: int, row: Element) -> None:
        if is_true(row, "hidden"):
            self.hidden.add(number)
        height = row.get("ht")
        if height is not None:
            self.heights[number] = float(height)
        if is_true(row, "customHeight"):
            self.fixed.add(number)


@dataclass(slots=True)
class _Reading:
    """What reading a sheet needs to know on the way, and the shared formulas met so far."""

    file: str
    place: str
    strings: Sequence[str]
    date_1904: bool
    tables: tuple[Area, ...]
    masters: dict[str, tuple[str, Position]] = field(default_factory=dict)

    def wrong(self, what: str) -> UnreadableFileError:
        return damaged(self.file, f"{self.place}, {what}")


def read_contents(  # noqa: PLR0913 - what a sheet needs from the workbook around it
    package: Package,
    part: str,
    name: str,
    *,
    strings: Sequence[str],
    date_1904: bool,
    tables: Iterable[Area],
) -> SheetContents:
    """Read a worksheet part.

    Args:
        package: the workbook.
        part: the worksheet part.
        name: the sheet's name, for messages.
        strings: the workbook's shared texts.
        date_1904: whether day 0 is 1 January 1904.
        tables: the tables on the sheet; empty styled cells are kept near them only.

    Raises:
        UnreadableFileError: if the part is damaged, naming the part and the cell.
    """
    place = f"sheet {name} (part {part})"
    reading = _Reading(package.file, place, strings, date_1904, tuple(tables))
    cells: dict[Position, Cell] = {}
    rows = _Rows()
    kept: dict[str, list[Element]] = {tag: [] for tag in _KEPT}
    number = 0
    has_data = False
    for found in _elements(package, part, (_ROW, _DATA, *_KEPT)):
        has_data = has_data or found.tag == _DATA
        if found.tag != _ROW:
            kept.setdefault(str(found.tag), []).append(found)
            continue
        number = _row_number(found, number, reading)
        try:
            rows.note(number, found)
        except ValueError as error:
            raise reading.wrong(f"row {number} has a height that is no number") from error
        for position, cell in _row_cells(found, number, reading):
            if position in cells:
                raise reading.wrong(f"cell {cell_name(*position)} stands there twice")
            cells[position] = cell
        _forget(found)
    if not has_data:
        raise reading.wrong("it holds no sheet data")
    return _contents(cells, rows, kept, reading)


def _elements(package: Package, part: str, tags: Sequence[str]) -> Iterator[Element]:
    source = io.BytesIO(package.parts[part])
    try:
        for _, found in etree.iterparse(
            source,
            events=("end",),
            tag=tags,
            huge_tree=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        ):
            yield found
    except etree.XMLSyntaxError as error:
        raise damaged(package.file, f"part {part} is not well-formed") from error


def _forget(row: Element) -> None:
    """Free a row's memory, and that of the space between it and the one before."""
    row.clear()
    parent = row.getparent()
    while parent is not None and row.getprevious() is not None:
        del parent[0]


def _contents(
    cells: Mapping[Position, Cell],
    rows: _Rows,
    kept: Mapping[str, list[Element]],
    reading: _Reading,
) -> SheetContents:
    try:
        return SheetContents(
            cells=cells,
            hidden_rows=frozenset(rows.hidden),
            hidden_columns=frozenset(_hidden_columns(kept[_COLUMN])),
            merged=tuple(area_of(one.get("ref", "")) for one in kept[_MERGED]),
            validations=(
                *(_validation(one) for one in kept[_VALIDATION]),
                *(_new_validation(one) for one in kept[_NEW_VALIDATION]),
            ),
            sparklines=tuple(
                area for one in kept[_SPARKLINE] for area in areas_of(one.findtext(_SQREF, ""))
            ),
            widths=dict(_widths(kept[_COLUMN])),
            heights=rows.heights,
            fixed_heights=frozenset(rows.fixed),
        )
    except ValueError as error:
        raise reading.wrong(f"{error}") from error


# A width set for every column there is says nothing about the ones in use.
_MOST_WIDTHS = 1000


def _widths(columns: Iterable[Element]) -> Iterator[tuple[int, float]]:
    for column in columns:
        width = column.get("width")
        if width is not None:
            first, last = whole_number(column, "min"), whole_number(column, "max")
            for number in range(max(first, 1), min(last, first + _MOST_WIDTHS) + 1):
                yield number, float(width)


def _hidden_columns(columns: Iterable[Element]) -> Iterator[int]:
    for column in columns:
        first, last = whole_number(column, "min"), whole_number(column, "max")
        if is_true(column, "hidden"):
            yield from range(max(first, 1), min(last, LAST_COLUMN) + 1)


def _validation(rule: Element) -> Validation:
    return Validation(
        areas_of(rule.get("sqref", "")),
        rule.get("type", "none"),
        rule.findtext(main("formula1")),
    )


def _new_validation(rule: Element) -> Validation:
    return Validation(
        areas_of(rule.findtext(_SQREF, "")),
        rule.get("type", "none"),
        rule.findtext(f"{{{X14}}}formula1/{{{XM}}}f"),
    )


def _row_number(row: Element, last: int, reading: _Reading) -> int:
    """Give a row's number; without one it is the row of its first cell, or the next row."""
    text = row.get("r")
    if text is None:
        first = row.find(_CELL)
        reference = None if first is None else first.get("r")
        number = last + 1 if reference is None else _position(reference, reading)[0]
    else:
        number = int(text) if text.isdecimal() and text.isascii() else 0
    if not 1 <= number <= LAST_ROW:
        raise reading.wrong(f"row {text or number} is no row of a sheet")
    return number


def _position(reference: str, reading: _Reading) -> Position:
    try:
        return parse_cell(reference)
    except ValueError as error:
        raise reading.wrong(f"{error}") from error


def _row_cells(row: Element, number: int, reading: _Reading) -> Iterator[tuple[Position, Cell]]:
    near_a_table = any(
        area.first_row <= number <= area.last_row + ROWS_BELOW_A_TABLE for area in reading.tables
    )
    column = 0
    digits = str(number)
    for stored in row.iterchildren(_CELL):
        reference = stored.get("r")
        if reference is None:
            column += 1
        else:
            column = _column(reference.removesuffix(digits))
        if not 1 <= column <= LAST_COLUMN:
            raise reading.wrong(f"row {number}: {reference or column} is no cell of this row")
        if len(stored) == 0 and not near_a_table:
            continue
        cell = _cell(stored, (number, column), reading)
        if cell.value is not None or cell.formula is not None or (near_a_table and cell.style):
            yield (number, column), cell


@lru_cache(maxsize=LAST_COLUMN)
def _column(letters: str) -> int:
    return column_number(letters) if letters.isalpha() and letters.isascii() else 0


def _cell(stored: Element, position: Position, reading: _Reading) -> Cell:
    try:
        style = stored.get("s")
        return Cell(
            _value(stored, reading),
            _formula(stored.find(_FORMULA), position, reading),
            0 if style is None else int(style),
            stored.get("t") == "d",
        )
    except (CellError, FormulaError) as error:
        raise reading.wrong(f"cell {cell_name(*position)}: {error}") from error
    except ValueError as error:
        raise reading.wrong(f"cell {cell_name(*position)} has a style without a number") from error


def _value(stored: Element, reading: _Reading) -> Value:
    kind = stored.get("t", "n")
    inline = stored.find(_INLINE) if kind == "inlineStr" else None
    if inline is not None:
        return rich_text(inline)
    value = stored.find(_VALUE)
    if value is None:
        return None
    return value_of(kind, value.text or "", reading.strings, date_1904=reading.date_1904)


def _formula(stored: Element | None, position: Position, reading: _Reading) -> str | None:
    if stored is None or stored.get("t") == "dataTable":
        return None
    text = stored.text
    if stored.get("t") != "shared":
        return text or None
    group = stored.get("si", "")
    if text:
        if stored.get("ref") is not None or group not in reading.masters:
            reading.masters[group] = (text, position)
        return text
    if group not in reading.masters:
        raise FormulaError("it shares a formula that the sheet does not have")
    formula, master = reading.masters[group]
    return translate(formula, master, position)
