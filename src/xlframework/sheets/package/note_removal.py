"""Takes notes off a sheet again."""

from collections.abc import Callable

from xlframework.ground.place import parse_cell
from xlframework.sheets.package.note_shapes import without_boxes
from xlframework.sheets.package.parts import related
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.sheet_grid import Position
from xlframework.sheets.package.xml import Element, main, parse_part, serialise


def without_notes(
    package: Package, sheet_part: str, is_meant: Callable[[str, str], bool]
) -> tuple[Package, frozenset[Position]]:
    """Take off the notes that are meant; all others stay.

    Args:
        package: the workbook.
        sheet_part: the worksheet part.
        is_meant: tells from a note's author and text whether it is taken off.

    Returns:
        The workbook, the same object where there are none; and the cells that had one.

    Raises:
        UnreadableFileError: if a part is damaged.
    """
    comments = related(package, sheet_part, "comments")[:1]
    if not comments:
        return package, frozenset()
    root = parse_part(package, comments[0])
    names = {str(n): each.text or "" for n, each in enumerate(root.iter(main("author")))}
    cells: set[Position] = set()
    for comment in list(root.iter(main("comment"))):
        text = "".join(comment.itertext(main("t")))
        if is_meant(names.get(comment.get("authorId", ""), ""), text):
            cells |= _cell(comment)
            _drop(comment)
    if not cells:
        return package, frozenset()
    changed = {comments[0]: serialise(root)}
    for drawing in related(package, sheet_part, "vmlDrawing"):
        changed[drawing] = without_boxes(package.parts[drawing], cells)
    return package.replacing(changed), frozenset(cells)


def _cell(comment: Element) -> set[Position]:
    try:
        return {parse_cell(comment.get("ref", ""))}
    except ValueError:
        return set()


def _drop(comment: Element) -> None:
    parent = comment.getparent()
    if parent is not None:
        parent.remove(comment)
