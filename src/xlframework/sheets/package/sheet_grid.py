"""Finds, makes and removes the row and cell elements of a worksheet, in their order."""

from bisect import bisect_left
from dataclasses import dataclass, field

from lxml import etree

from xlframework.ground.place import LAST_ROW, cell_name, parse_cell
from xlframework.sheets.package.container import damaged
from xlframework.sheets.package.xml import Element, is_true, main

_ROW, _CELL = main("row"), main("c")

Position = tuple[int, int]


@dataclass(slots=True)
class Grid:
    """The rows of a worksheet's `sheetData`, with every row's number written out.

    Attributes:
        data: the `sheetData` element.
        file: the workbook's name, for messages.
        part: the worksheet part, for messages.
        columns: the `col` elements, whose styles new cells take on.
        rows: the row elements by number.
        numbers: the row numbers in order.
        cells: the cell elements by column, of the rows looked at so far.
    """

    data: Element
    file: str
    part: str
    columns: list[Element]
    rows: dict[int, Element]
    numbers: list[int]
    cells: dict[int, dict[int, Element]] = field(default_factory=dict)

    def position(self, cell: Element | None) -> Position:
        """Give a cell element's row and column."""
        row = None if cell is None else cell.getparent()
        if cell is None or cell.tag != _CELL or row is None:
            raise damaged(self.file, f"part {self.part} has a formula outside a cell")
        number = int(row.get("r", "0"))
        self._row_cells(number)
        return _parse(cell, self.file, self.part)

    def find(self, position: Position) -> Element | None:
        """Find a cell element, or None."""
        row, column = position
        return self._row_cells(row).get(column)

    def make(self, position: Position) -> Element:
        """Make a cell element that is not there yet, and its row where that is missing."""
        number, column = position
        row = self.rows.get(number)
        if row is None:
            row = self._make_row(number)
        made = etree.Element(_CELL, {"r": cell_name(number, column)})
        style = self._inherited_style(row, column)
        if style:
            made.set("s", style)
        cells = self._row_cells(number)
        after = min((other for other in cells if other > column), default=None)
        if after is None:
            row.append(made)
            _move_behind_cells(row, made)
        else:
            cells[after].addprevious(made)
        cells[column] = made
        return made

    def touch(self, cell: Element) -> None:
        """Drop a row's hint about which columns it spans, which may no longer be right."""
        row = cell.getparent()
        if row is not None:
            row.attrib.pop("spans", None)

    def remove(self, cell: Element) -> None:
        """Take a cell element out."""
        row, column = self.position(cell)
        self.rows[row].remove(cell)
        del self.cells[row][column]

    def _row_cells(self, number: int) -> dict[int, Element]:
        """Index a row's cells, writing out the addresses that were left to be counted."""
        known = self.cells.get(number)
        if known is not None:
            return known
        found: dict[int, Element] = {}
        row = self.rows.get(number)
        column = 0
        for cell in row.iterchildren(_CELL) if row is not None else ():
            if cell.get("r") is None:
                cell.set("r", cell_name(number, column + 1))
            where, column = _parse(cell, self.file, self.part)
            if where != number or column in found:
                raise damaged(
                    self.file,
                    f"part {self.part}: cell {cell.get('r')} is misplaced in row {number}",
                )
            found[column] = cell
        self.cells[number] = found
        return found

    def _make_row(self, number: int) -> Element:
        made = etree.Element(_ROW, {"r": str(number)})
        place = bisect_left(self.numbers, number)
        if place == len(self.numbers):
            self.data.append(made)
        else:
            self.rows[self.numbers[place]].addprevious(made)
        self.numbers.insert(place, number)
        self.rows[number] = made
        self.cells[number] = {}
        return made

    def _inherited_style(self, row: Element, column: int) -> str | None:
        """Give the style that Excel shows in a cell that is not stored."""
        if is_true(row, "customFormat"):
            return row.get("s")
        for one in self.columns:
            if self._spans(one, column):
                return one.get("style")
        return None

    def _spans(self, columns: Element, column: int) -> bool:
        try:
            return int(columns.get("min", "")) <= column <= int(columns.get("max", ""))
        except ValueError as error:
            raise damaged(self.file, f"part {self.part} has columns without a number") from error


def _move_behind_cells(row: Element, made: Element) -> None:
    """Keep a new last cell before whatever else the row holds behind its cells."""
    extension = row.find(main("extLst"))
    if extension is not None:
        extension.addprevious(made)


def _parse(cell: Element, file: str, part: str) -> Position:
    try:
        return parse_cell(cell.get("r", ""))
    except ValueError as error:
        raise damaged(file, f"part {part}: {error}") from error


def open_grid(root: Element, file: str, part: str) -> Grid:
    """Index the rows of a worksheet.

    Raises:
        UnreadableFileError: if its rows make no sense.
    """
    data = root.find(main("sheetData"))
    if data is None:
        raise damaged(file, f"part {part} is not a worksheet")
    rows: dict[int, Element] = {}
    last = 0
    for row in data.iterchildren(_ROW):
        last = _number(row, last)
        if not 1 <= last <= LAST_ROW or last in rows:
            raise damaged(
                file, f"part {part}: row {row.get('r', last)} stands there twice or nowhere"
            )
        row.set("r", str(last))
        rows[last] = row
    columns = root.findall(f"{main('cols')}/{main('col')}")
    return Grid(data, file, part, columns, rows, sorted(rows))


def _number(row: Element, last: int) -> int:
    """Read a row's number; without one it is the row of its first cell, or the next row."""
    text = row.get("r")
    if text is not None:
        return int(text) if text.isdecimal() and text.isascii() else 0
    first = row.find(_CELL)
    reference = first.get("r") if first is not None else None
    digits = "".join(letter for letter in reference or "" if letter.isdecimal())
    return int(digits) if digits else last + 1
