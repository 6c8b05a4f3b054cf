"""Reads how the cells of a sheet look from Excel's XML Spreadsheet of it, a single text.

`Range.Value(xlRangeValueXMLSpreadsheet)` gives values, formulas and formats of a range at once.
Only the formats are taken from it, as numbers: cells that look the same have the same number,
as they have in a file. It tells merged cells, comments and chosen row heights as well.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from xlframework.ground.errors import UnreadableFileError
from xlframework.ground.place import Area
from xlframework.sheets.live.blocks import Position
from xlframework.sheets.package.styles import is_date_format
from xlframework.sheets.package.xml import Element, parse

_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_DEFAULT = "Default"
_GENERAL = "General"

# Formats that this XML names rather than spells.
_NAMED_DATES = frozenset(
    {
        "General Date",
        "Long Date",
        "Medium Date",
        "Short Date",
        "Long Time",
        "Medium Time",
        "Short Time",
    }
)
_NAMED_NUMBERS = frozenset(
    {
        "General Number",
        "Currency",
        "Euro Currency",
        "Fixed",
        "Standard",
        "Percent",
        "Scientific",
        "Yes/No",
        "True/False",
        "On/Off",
    }
)


def _ss(name: str) -> str:
    return f"{{{_SPREADSHEET}}}{name}"


@dataclass(slots=True)
class Numbering:
    """Gives every look of a workbook a number as it is met; 0 is the plain one.

    Attributes:
        numbers: by what the look says.
        formats: the number format of each.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    formats: dict[int, str] = field(default_factory=lambda: {0: _GENERAL})

    def number(self, said: str, number_format: str) -> int:
        """Give the number of a look."""
        found = self.numbers.setdefault(said, len(self.numbers) + 1)
        self.formats[found] = number_format
        return found

    def dates(self) -> frozenset[int]:
        """List the looks that show a number as a date or a time."""
        return frozenset(number for number, code in self.formats.items() if _is_date(code))


def _is_date(code: str) -> bool:
    return code in _NAMED_DATES or (code not in _NAMED_NUMBERS and is_date_format(code))


@dataclass(frozen=True, slots=True)
class SheetLooks:
    """How the cells of a sheet look.

    Attributes:
        cells: the look of every cell that the XML names.
        rows: the look of rows that have one as a whole.
        columns: likewise of columns.
        merged: merged ranges.
        comments: the cells that have a comment.
        fixed_heights: the rows whose height somebody chose.
        hidden_rows: the rows that are hidden.
    """

    cells: Mapping[Position, int]
    rows: Mapping[int, int]
    columns: Mapping[int, int]
    merged: tuple[Area, ...] = ()
    comments: tuple[Area, ...] = ()
    fixed_heights: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()

    def style(self, row: int, column: int) -> int:
        """Give the number of a cell's look: its own, or its row's, or its column's."""
        own = self.cells.get((row, column))
        if own is not None:
            return own
        return self.rows.get(row) or self.columns.get(column, 0)


def read_looks(text: str, numbering: Numbering) -> SheetLooks | None:
    """Read the XML Spreadsheet of a range that begins at cell A1.

    Args:
        text: the XML.
        numbering: the looks of the workbook met so far; new ones are added to it.

    Returns:
        The looks; None if the text is no such XML.
    """
    try:
        root = parse(text.encode("utf-8", "replace"), "", "")
        table = root.find(f"{_ss('Worksheet')}/{_ss('Table')}")
        return None if table is None else _looks(table, _styles(root, numbering))
    except (UnreadableFileError, ValueError):
        return None


def _looks(table: Element, styles: Mapping[str, int]) -> SheetLooks:
    rows = list(_rows(table))
    # A row that stands for several says how they look; what cells it has are its first one's.
    first = {id(holder): row for row, holder in reversed(rows)}
    cells = [
        (row, column, cell)
        for row, holder in rows
        if first[id(holder)] == row
        for column, cell in _cells(holder)
    ]
    return SheetLooks(
        cells={(row, column): styles.get(_style_id(cell), 0) for row, column, cell in cells},
        rows=dict(_styled(rows, styles)),
        columns=dict(_styled(_spread(table.iterchildren(_ss("Column"))), styles)),
        merged=tuple(_merged(cells)),
        comments=tuple(
            Area(row, column, row, column)
            for row, column, cell in cells
            if cell.find(_ss("Comment")) is not None
        ),
        fixed_heights=frozenset(row for row, each in rows if _text(each, "AutoFitHeight") == "0"),
        hidden_rows=frozenset(row for row, each in rows if _text(each, "Hidden") == "1"),
    )


def _styles(root: Element, numbering: Numbering) -> Mapping[str, int]:
    """Give the number of every style by the id that it has in this XML."""
    stored = {
        _text(style, "ID"): style for style in root.iterfind(f"{_ss('Styles')}/{_ss('Style')}")
    }
    numbers = {}
    for name, style in stored.items():
        parent = stored.get(_text(style, "Parent"))
        both = (style,) if parent is None else (parent, style)
        formats = chain.from_iterable(each.iterfind(_ss("NumberFormat")) for each in reversed(both))
        code = next((_text(each, "Format") for each in formats), "") or _GENERAL
        said = " in ".join(_said(each) for each in both)
        numbers[name] = 0 if name == _DEFAULT else numbering.number(said, code)
    return numbers


def _said(style: Element) -> str:
    """Write out what a style says, without the id that it has in one text only."""
    attributes = sorted(
        (name, value)
        for name, value in style.items()
        if name not in {_ss("ID"), _ss("Parent"), _ss("Name")}
    )
    children = sorted(_said(child) for child in style.iterchildren("*"))
    return f"{style.tag!s}{attributes}{children}"


def _text(holder: Element, name: str) -> str:
    return holder.get(_ss(name), "")


def _style_id(holder: Element) -> str:
    return _text(holder, "StyleID") or _DEFAULT


def _spread(holders: Iterable[Element]) -> Iterator[tuple[int, Element]]:
    """Count rows or columns: each follows the one before, or says where it stands."""
    at = 0
    for holder in holders:
        at = int(_text(holder, "Index") or at + 1)
        span = int(_text(holder, "Span") or 0)
        for number in range(at, at + span + 1):
            yield number, holder
        at += span


def _rows(table: Element) -> Iterator[tuple[int, Element]]:
    return _spread(table.iterchildren(_ss("Row")))


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    at = 0
    for cell in row.iterchildren(_ss("Cell")):
        at = int(_text(cell, "Index") or at + 1)
        yield at, cell
        at += int(_text(cell, "MergeAcross") or 0)


def _styled(
    holders: Iterable[tuple[int, Element]], styles: Mapping[str, int]
) -> Iterator[tuple[int, int]]:
    for number, holder in holders:
        style = styles.get(_style_id(holder), 0)
        if style:
            yield number, style


def _merged(cells: Iterable[tuple[int, int, Element]]) -> Iterator[Area]:
    for row, column, cell in cells:
        down, across = int(_text(cell, "MergeDown") or 0), int(_text(cell, "MergeAcross") or 0)
        if down or across:
            yield Area(row, column, row + down, column + across)
