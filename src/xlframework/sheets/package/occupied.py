"""Finds the cells that comments, pictures, charts, buttons and pivot tables hold on to."""

import io
from collections.abc import Iterator

from lxml import etree

from xlframework.ground.place import LAST_COLUMN, LAST_ROW, Area
from xlframework.sheets.package.container import damaged
from xlframework.sheets.package.parts import related
from xlframework.sheets.package.ranges import area_of
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.xml import (
    SHEET_DRAWING,
    THREADED,
    Element,
    main,
    parse_part,
)

# Where a part of each kind names the cells: the element and its attribute.
_NAMED_CELLS = (
    ("comments", main("comment"), "ref"),
    ("threadedComment", f"{{{THREADED}}}threadedComment", "ref"),
    ("pivotTable", main("location"), "ref"),
)
_ANCHORS = tuple(f"{{{SHEET_DRAWING}}}{kind}" for kind in ("twoCellAnchor", "oneCellAnchor"))
_OFFICE = "urn:schemas-microsoft-com:office:excel"
_CLIENT_DATA = f"{{{_OFFICE}}}ClientData"
_CLIENT_ANCHOR = f"{{{_OFFICE}}}Anchor"
_ANCHOR_NUMBERS = 8


def occupied(package: Package, sheet_part: str) -> tuple[Area, ...]:
    """List the ranges of a sheet that something other than a cell holds on to.

    Raises:
        UnreadableFileError: if a part is missing or damaged, naming it.
    """
    found = [*_named_cells(package, sheet_part), *_drawn(package, sheet_part)]
    found += _buttons(package, sheet_part)
    return tuple(dict.fromkeys(found))


def _named_cells(package: Package, sheet_part: str) -> Iterator[Area]:
    for kind, tag, attribute in _NAMED_CELLS:
        for part in related(package, sheet_part, kind):
            for holder in parse_part(package, part).iter(tag):
                yield _area(holder.get(attribute, ""), part, package.file)


def _area(text: str, part: str, file: str) -> Area:
    try:
        return area_of(text)
    except ValueError as error:
        raise damaged(file, f"part {part}: {error}") from error


def _drawn(package: Package, sheet_part: str) -> Iterator[Area]:
    for part in related(package, sheet_part, "drawing"):
        for anchor in parse_part(package, part).iter(*_ANCHORS):
            try:
                yield _anchored(anchor)
            except ValueError as error:
                raise damaged(package.file, f"part {part} has an anchor at no cell") from error


def _anchored(anchor: Element) -> Area:
    row, column = _corner(anchor, "from")
    last_row, last_column = _corner(anchor, "to")
    return Area(row, column, max(row, last_row), max(column, last_column))


def _corner(anchor: Element, name: str) -> tuple[int, int]:
    """Read a corner, counted from 1; (1, 1) where the anchor has no such corner."""
    corner = anchor.find(f"{{{SHEET_DRAWING}}}{name}")
    if corner is None:
        return 1, 1
    row = int(corner.findtext(f"{{{SHEET_DRAWING}}}row", "")) + 1
    column = int(corner.findtext(f"{{{SHEET_DRAWING}}}col", "")) + 1
    return min(row, LAST_ROW), min(column, LAST_COLUMN)


def _buttons(package: Package, sheet_part: str) -> Iterator[Area]:
    """Read the anchors of old-style controls; the shapes of comments are passed over.

    These drawings are not always well-formed, and nothing else of them matters here,
    so one that cannot be read is passed over.
    """
    for part in related(package, sheet_part, "vmlDrawing"):
        parser = etree.XMLParser(
            recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
        )
        tree = etree.parse(io.BytesIO(package.parts[part]), parser)
        for data in tree.iter(_CLIENT_DATA):
            area = _button(data.findtext(_CLIENT_ANCHOR, ""))
            if data.get("ObjectType") != "Note" and area is not None:
                yield area


def _button(anchor: str) -> Area | None:
    """Read `column, offset, row, offset, column, offset, row, offset`, counted from 0."""
    numbers = [int(word) for word in anchor.replace(" ", "").split(",") if word.strip().isdecimal()]
    if len(numbers) != _ANCHOR_NUMBERS:
        return None
    first_column, _, first_row, _, last_column, _, last_row, _ = (n + 1 for n in numbers)
    return Area(first_row, first_column, max(first_row, last_row), max(first_column, last_column))
