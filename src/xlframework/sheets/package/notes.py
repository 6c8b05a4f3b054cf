"""Adds notes to cells: comments that are there already stay, and say ours too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from xlframework.ground.place import cell_name
from xlframework.sheets.package.container import CONTENT_TYPES_PART, refuse_signed
from xlframework.sheets.package.escapes import encode
from xlframework.sheets.package.far_rows import edited_above
from xlframework.sheets.package.note_shapes import (
    Box,
    can_draw,
    drawn,
    new_drawing,
    with_larger_boxes,
)
from xlframework.sheets.package.parts import (
    add_override,
    add_relationship,
    content_type,
    free_part,
    related,
    relationships,
)
from xlframework.sheets.package.records import Package, Sheet
from xlframework.sheets.package.workbook_order import WORKSHEET
from xlframework.sheets.package.xml import (
    CONTENT_TYPES,
    MAIN,
    RELATIONSHIP_ID,
    SPACE,
    THREADED,
    Element,
    edited,
    insert_in_order,
    main,
    parse_part,
    serialise,
    sub_element,
)

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_LEGACY = main("legacyDrawing")
_COMMENT, _TEXT, _RUN, _PLAIN = (main(name) for name in ("comment", "text", "r", "t"))
_AUTHORS, _AUTHOR, _LIST = (main(name) for name in ("authors", "author", "commentList"))

# The lettering of Excel's own notes.
_FONT, _SIZE = "Tahoma", "9"
_PIXELS_A_LINE, _PADDING = 15, 12
_BOX_WIDTH, _LETTERS_A_LINE = 290, 46
_TALLEST_BOX = 600

# Excel takes no more in one note.
_LONGEST = 32_000


class Words(NamedTuple):
    """A piece of a note's text."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A note to be added to a cell.

    Attributes:
        row: from 1.
        column: from 1.
        words: what it says, piece by piece; a line feed starts a new line.
    """

    row: int
    column: int
    words: tuple[Words, ...]

    @property
    def cell(self) -> str:
        """The cell's address."""
        return cell_name(self.row, self.column)


def add_notes(package: Package, sheet: Sheet, notes: Iterable[Note], author: str) -> Package:
    """Add notes to the cells of a sheet, at most one a cell.

    A cell that has a note keeps it, with ours at its end. A cell with a conversation
    (a threaded comment) is left alone, and so is a sheet whose drawing cannot be read.

    Args:
        package: the workbook.
        sheet: the sheet, as read.
        notes: what to add.
        author: whose notes they are.

    Raises:
        UnsafeFileError: if the workbook carries a digital signature.
        UnreadableFileError: if a part is damaged.
    """
    refuse_signed(package)
    talked_about = _threaded(package, sheet)
    wanted = {note.cell: note for note in notes if note.cell.upper() not in talked_about}
    held, drawing = _drawing_of(package, sheet) if wanted else (package, None)
    if drawing is None:
        return package
    held, comments = _comments_of(held, sheet)
    root = parse_part(held, comments)
    listed = root.find(_LIST)
    there = {} if listed is None else {each.get("ref", "").upper(): each for each in listed}
    joined = {cell: note for cell, note in wanted.items() if cell in there}
    for cell, note in joined.items():
        _join(there[cell], note)
    new = [note for cell, note in wanted.items() if cell not in there]
    _append(root, new, author)
    shapes = with_larger_boxes(held.parts[drawing], sheet, _larger(joined, there))
    shapes = drawn(held, shapes, sheet, [_box(note, _length(note)) for note in new])
    return held.replacing({comments: serialise(root), drawing: shapes})


def _threaded(package: Package, sheet: Sheet) -> frozenset[str]:
    """List the cells that have a conversation; their notes are only its stand-ins."""
    return frozenset(
        each.get("ref", "").upper()
        for part in related(package, sheet.part, "threadedComment")
        for each in parse_part(package, part).iter(f"{{{THREADED}}}threadedComment")
    )


def _drawing_of(package: Package, sheet: Sheet) -> tuple[Package, str | None]:
    """Find the drawing that holds the sheet's notes, made where there is none.

    Returns:
        The workbook and the part; None where the sheet has one that cannot be drawn in.
    """
    named = parse_part(package, sheet.part).find(_LEGACY)
    if named is not None:
        links = {link.id: link.target for link in relationships(package, sheet.part)}
        part = links.get(named.get(RELATIONSHIP_ID, ""), "")
        return package, part if can_draw(package.parts.get(part, b"")) else None
    part = free_part(package, "xl/drawings/vmlDrawing{}.vml")
    held = _known_ending(package.replacing({part: new_drawing()}), part)
    held, link = add_relationship(held, sheet.part, "vmlDrawing", part)

    def refer(root: Element) -> None:
        made = etree.Element(_LEGACY)
        made.set(RELATIONSHIP_ID, link)
        insert_in_order(root, made, WORKSHEET)

    return edited_above(held, sheet.part, 0, refer), part


def _known_ending(package: Package, part: str) -> Package:
    """State what files called .vml are, as Excel does."""
    known = content_type(package, part)
    if known == _DRAWING_TYPE:
        return package
    if known is not None:
        return add_override(package, part, _DRAWING_TYPE)

    def state(root: Element) -> None:
        default = etree.Element(f"{{{CONTENT_TYPES}}}Default")
        default.set("Extension", "vml")
        default.set("ContentType", _DRAWING_TYPE)
        root.insert(0, default)

    return edited(package, CONTENT_TYPES_PART, state)


def _comments_of(package: Package, sheet: Sheet) -> tuple[Package, str]:
    """Find the part of the sheet's comments, made where there is none."""
    parts = related(package, sheet.part, "comments")
    if parts:
        return package, parts[0]
    part = free_part(package, "xl/comments{}.xml")
    root = etree.Element(main("comments"), nsmap={None: MAIN})
    sub_element(root, _AUTHORS)
    sub_element(root, _LIST)
    held = add_override(package.replacing({part: serialise(root)}), part, _COMMENTS_TYPE)
    held, _ = add_relationship(held, sheet.part, "comments", part)
    return held, part


def _append(root: Element, notes: Iterable[Note], author: str) -> None:
    authors, listed = root.find(_AUTHORS), root.find(_LIST)
    if authors is None:
        authors = etree.Element(_AUTHORS)
        root.insert(0, authors)
    if listed is None:
        listed = sub_element(root, _LIST)
        authors.addnext(listed)
    names = [each.text or "" for each in authors.iterchildren(_AUTHOR)]
    if author not in names:
        sub_element(authors, _AUTHOR, author)
        names.append(author)
    number = str(names.index(author))
    for note in notes:
        made = sub_element(listed, _COMMENT, ref=note.cell, authorId=number)
        _say(sub_element(made, _TEXT), note.words)


def _join(comment: Element, note: Note) -> None:
    """Put a note's words at the end of a comment that is there already."""
    text = comment.find(_TEXT)
    if text is None:
        text = etree.Element(_TEXT)
        comment.insert(0, text)
    plain = text.find(_PLAIN)
    if plain is not None:
        # Words without and words with a font do not stand side by side.
        run = etree.Element(_RUN)
        plain.addprevious(run)
        run.append(plain)
        plain.tail = None
    said = len(text) > 0
    _say(text, (Words("\n\n"), *note.words) if said else note.words)


def _say(text: Element, words: Iterable[Words]) -> None:
    after = [each for each in text.iterchildren("*") if each.tag not in {_PLAIN, _RUN}]
    left = _LONGEST
    for piece in words:
        run = etree.Element(_RUN)
        looks = sub_element(run, main("rPr"))
        if piece.bold:
            sub_element(looks, main("b"))
        sub_element(looks, main("sz"), val=_SIZE)
        sub_element(looks, main("color"), indexed="81")
        sub_element(looks, main("rFont"), val=_FONT)
        sub_element(looks, main("family"), val="2")
        shown = sub_element(run, _PLAIN, encode(piece.text[:left]))
        shown.set(SPACE, "preserve")
        left = max(0, left - len(piece.text))
        if after:
            after[0].addprevious(run)
        else:
            text.append(run)


def _larger(joined: Mapping[str, Note], there: Mapping[str, Element]) -> dict[tuple[int, int], Box]:
    """Give the notes that say more than before boxes for all of it."""
    return {
        (note.row, note.column): _box(note, _lines("".join(there[cell].itertext(_PLAIN))))
        for cell, note in joined.items()
    }


def _length(note: Note) -> int:
    return _lines("".join(piece.text for piece in note.words))


def _lines(text: str) -> int:
    return sum(1 + len(line) // _LETTERS_A_LINE for line in text.split("\n"))


def _box(note: Note, lines: int) -> Box:
    height = lines * _PIXELS_A_LINE + _PADDING
    return Box(note.row, note.column, _BOX_WIDTH, min(height, _TALLEST_BOX))
