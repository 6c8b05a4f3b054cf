"""Takes notes off a sheet again, or off the end of somebody else's note."""

from collections.abc import Callable

from xlframework.ground.place import parse_cell
from xlframework.sheets.package.note_shapes import without_boxes
from xlframework.sheets.package.parts import related
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.sheet_grid import Position
from xlframework.sheets.package.xml import Element, main, parse_part, serialise


def without_notes(
    package: Package, sheet_part: str, kept: Callable[[str, str], int]
) -> tuple[Package, frozenset[Position]]:
    """Take off the notes that are meant, whole or from some letter on; all others stay.

    Args:
        package: the workbook.
        sheet_part: the worksheet part.
        kept: tells from a note's author and text how many letters of it stay; a note of
            which none stay is taken off.

    Returns:
        The workbook, the same object where there are none; and the cells whose note changed.

    Raises:
        UnreadableFileError: if a part is damaged.
    """
    comments = related(package, sheet_part, "comments")[:1]
    if not comments:
        return package, frozenset()
    root = parse_part(package, comments[0])
    names = {str(n): each.text or "" for n, each in enumerate(root.iter(main("author")))}
    gone: set[Position] = set()
    shortened: set[Position] = set()
    for comment in list(root.iter(main("comment"))):
        text = "".join(comment.itertext(main("t")))
        letters = kept(names.get(comment.get("authorId", ""), ""), text)
        if letters <= 0:
            gone |= _cell(comment)
            _drop(comment)
        elif letters < len(text):
            shortened |= _cell(comment)
            _cut(comment, letters)
    if not gone and not shortened:
        return package, frozenset()
    changed = {comments[0]: serialise(root)}
    for drawing in related(package, sheet_part, "vmlDrawing") if gone else ():
        changed[drawing] = without_boxes(package.parts[drawing], gone)
    return package.replacing(changed), frozenset(gone | shortened)


def _cut(comment: Element, letters: int) -> None:
    """Leave the first letters of a note; a run of which nothing is left goes."""
    left = letters
    for shown in list(comment.iter(main("t"))):
        said = shown.text or ""
        shown.text = said[:left]
        left = max(0, left - len(said))
        run = shown.getparent()
        if not shown.text and run is not None and run.tag == main("r"):
            _drop(run)


def _cell(comment: Element) -> set[Position]:
    try:
        return {parse_cell(comment.get("ref", ""))}
    except ValueError:
        return set()


def _drop(comment: Element) -> None:
    parent = comment.getparent()
    if parent is not None:
        parent.remove(comment)
