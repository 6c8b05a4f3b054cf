"""Draws the boxes of notes, in the old drawing language that Excel still keeps them in."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from xlframework.ground.place import LAST_COLUMN
from xlframework.sheets.package.records import Package, Sheet

_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_ROOT = re.compile(rb"<xml\b[^>]*>")
_END = b"</xml>"
_BLOCKS = re.compile(rb"<o:idmap\b[^>]*?\bdata\s*=\s*[\"']([0-9, ]*)[\"']")
_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_ANCHOR = re.compile(rb"(<x:Anchor>)[^<]*(</x:Anchor>)")
_ROW = re.compile(rb"<x:Row>\s*([0-9]+)\s*</x:Row>")
_COLUMN = re.compile(rb"<x:Column>\s*([0-9]+)\s*</x:Column>")

# Excel gives every sheet's drawing blocks of so many numbers for its shapes.
_BLOCK = 1024

_USUAL_WIDTH, _USUAL_HEIGHT = 64, 20
_PIXELS_A_DIGIT, _CELL_PADDING = 7, 5
_PIXELS_A_POINT = 4 / 3
_POINTS_A_PIXEL = 0.75
# Excel takes no others; a file may state anything.
_WIDEST, _TALLEST = 255, 409.5
_GAP = 15
_RISE = 6

_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"{spaces} '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NOTE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202"{spaces} style="position:absolute;'
    "margin-left:{left:g}pt;margin-top:{top:g}pt;width:{width:g}pt;height:{height:g}pt;"
    'z-index:{order};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)


class Box(NamedTuple):
    """The box of a note: the cell it belongs to, from 1, and its size in pixels."""

    row: int
    column: int
    width: int
    height: int


def can_draw(drawing: bytes) -> bool:
    """Tell whether shapes can be added to a drawing as it stands."""
    return _ROOT.search(drawing) is not None and _END in drawing


def new_drawing() -> bytes:
    """Give a drawing without shapes."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
    return (
        f'<xml {spaces}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/>'
        "</o:shapelayout></xml>"
    ).encode()


def drawn(package: Package, drawing: bytes, sheet: Sheet, boxes: Iterable[Box]) -> bytes:
    """Add the boxes of notes to a sheet's drawing; every shape in it stays as it is.

    Args:
        package: the workbook, whose other drawings have taken numbers already.
        drawing: the drawing of the sheet.
        sheet: for the widths of its columns and the heights of its rows.
        boxes: the boxes to add.
    """
    listed = list(boxes)
    if not listed:
        return drawing
    root = _ROOT.search(drawing)
    spaces = _undeclared(root[0] if root is not None else b"")
    first = _first_free_block(package, drawing)
    numbers = _numbers(first)
    shapes = [] if b'"_x0000_t202"' in drawing else [_SHAPE_TYPE.format(spaces=spaces)]
    for order, box in enumerate(listed, start=1):
        shapes.append(_note(box, sheet, next(numbers), order, spaces))
    blocks = range(first, first + 1 + len(listed) // _BLOCK)
    start, _, rest = drawing.rpartition(_END)
    return _with_blocks(start, blocks) + "".join(shapes).encode() + _END + rest


def with_larger_boxes(drawing: bytes, sheet: Sheet, boxes: Mapping[tuple[int, int], Box]) -> bytes:
    """Give notes that are there already and have more to say a larger box.

    Args:
        drawing: the drawing of the sheet.
        sheet: for the widths of its columns and the heights of its rows.
        boxes: by (row, column) of the cell.
    """

    def enlarged(shape: re.Match[bytes]) -> bytes:
        box = boxes.get(_cell_of(shape[0]))
        if box is None:
            return shape[0]
        anchor = _anchor(box, sheet).encode()
        return _ANCHOR.sub(lambda found: found[1] + anchor + found[2], shape[0])

    return _SHAPE.sub(enlarged, drawing) if boxes else drawing


def without_boxes(drawing: bytes, cells: Collection[tuple[int, int]]) -> bytes:
    """Take the boxes of some cells' notes out of a drawing.

    Args:
        drawing: the drawing of the sheet.
        cells: (row, column) from 1.
    """
    return _SHAPE.sub(lambda shape: b"" if _cell_of(shape[0]) in cells else shape[0], drawing)


def _cell_of(shape: bytes) -> tuple[int, int]:
    """Give the cell that a note belongs to; (0, 0) for any other shape."""
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if row is None or column is None or b'"Note"' not in shape:
        return 0, 0
    return int(row[1]) + 1, int(column[1]) + 1


def _undeclared(root: bytes) -> str:
    """Give declarations of the prefixes that a drawing does not declare at its root."""
    text = root.decode("ascii", "replace")
    missing = [
        (prefix, uri)
        for prefix, uri in _SPACES.items()
        if re.search(rf"xmlns:{prefix}\s*=\s*[\"']{re.escape(uri)}[\"']", text) is None
    ]
    return "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in missing)


def _first_free_block(package: Package, drawing: bytes) -> int:
    drawings = [data for name, data in package.parts.items() if name.lower().endswith(".vml")]
    taken = {
        int(number)
        for data in (*drawings, drawing)
        for blocks in _BLOCKS.findall(data)
        for number in blocks.replace(b",", b" ").split()
    }
    return max(taken, default=0) + 1


def _numbers(block: int) -> Iterator[int]:
    """Count a drawing's shapes on from the start of a block."""
    number = block * _BLOCK
    while True:
        number += 1
        yield number


def _with_blocks(drawing: bytes, blocks: range) -> bytes:
    """State the blocks that the shapes' numbers are from."""
    listed = _BLOCKS.search(drawing)
    if listed is None:
        return drawing
    held = [listed[1]] if listed[1].strip() else []
    stated = b",".join([*held, *(str(block).encode() for block in blocks)])
    return drawing[: listed.start(1)] + stated + drawing[listed.end(1) :]


def _note(box: Box, sheet: Sheet, number: int, order: int, spaces: str) -> str:
    return _NOTE.format(
        number=number,
        order=order,
        spaces=spaces,
        # Excel goes by the anchor; other readers by these.
        left=(_left(box, sheet) + _GAP) * _POINTS_A_PIXEL,
        top=_top(box, sheet) * _POINTS_A_PIXEL,
        width=box.width * _POINTS_A_PIXEL,
        height=box.height * _POINTS_A_PIXEL,
        anchor=_anchor(box, sheet),
        row=box.row - 1,
        column=box.column - 1,
    )


def _left(box: Box, sheet: Sheet) -> int:
    return sum(_column_pixels(sheet, column) for column in range(1, box.column + 1))


def _top(box: Box, sheet: Sheet) -> int:
    # Far down a sheet nobody looks at these numbers, so rows are not all measured.
    return sum(_row_pixels(sheet, row) for row in range(1, min(box.row, _BLOCK)))


def _anchor(box: Box, sheet: Sheet) -> str:
    """Say where the box reaches: column, offset, row, offset of two corners, from 0."""
    left = min(box.column, LAST_COLUMN - 1)
    top = max(box.row - 2, 0)
    right, right_offset = left, box.width + _GAP
    while right < LAST_COLUMN - 1 and right_offset > _column_pixels(sheet, right + 1):
        right_offset -= _column_pixels(sheet, right + 1)
        right += 1
    bottom, bottom_offset = top, box.height + _RISE
    while bottom_offset > _row_pixels(sheet, bottom + 1):
        bottom_offset -= _row_pixels(sheet, bottom + 1)
        bottom += 1
    corners = (left, _GAP, top, _RISE, right, right_offset, bottom, bottom_offset)
    return ", ".join(str(number) for number in corners)


def _column_pixels(sheet: Sheet, column: int) -> int:
    if column in sheet.hidden_columns:
        return 0
    width = sheet.widths.get(column, -1)
    if not 0 <= width <= _WIDEST:
        return _USUAL_WIDTH
    return int(width * _PIXELS_A_DIGIT) + _CELL_PADDING


def _row_pixels(sheet: Sheet, row: int) -> int:
    # A hidden row counts a little, so that the search for the last one ends.
    if row in sheet.hidden_rows:
        return 1
    height = sheet.heights.get(row, -1)
    if not 0 <= height <= _TALLEST:
        return _USUAL_HEIGHT
    return max(1, int(height * _PIXELS_A_POINT))
