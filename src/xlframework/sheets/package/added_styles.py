"""Adds styles to a workbook: another workbook's, or the workbook's own on another ground."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from xlframework.sheets.package.parts import (
    add_override,
    add_relationship,
    free_part,
    related,
    workbook_part,
)
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.workbook_order import STYLES
from xlframework.sheets.package.xml import (
    Element,
    insert_in_order,
    main,
    parse,
    parse_part,
    serialise,
)

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_NO_STYLES = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    b"</styleSheet>"
)

# Number formats below it are Excel's own and mean the same in every workbook.
_FIRST_CUSTOM_FORMAT = 164

_XFS = "cellXfs"

# Programs write a colour with and without its opacity.
_RGB = 6

# Excel's own colour of links, and the order in which it writes what a font is made of.
_LINK = "FF0563C1"
_FONT = (
    "b",
    "i",
    "strike",
    "condense",
    "extend",
    "outline",
    "shadow",
    "u",
    "vertAlign",
    "sz",
    "color",
    "name",
    "family",
    "charset",
    "scheme",
)


@dataclass(slots=True)
class StyleBook:
    """A workbook's styles while some are added to them.

    Attributes:
        part: the styles part.
        root: what it holds.
        look: the styles of the workbook that looks are taken from.
        added: the style index that was given to each wish.
    """

    part: str
    root: Element
    look: Element
    added: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def borrowed(self, style: int, *, link: bool = False) -> int:
        """Give the index under which a style of the other workbook can be used in this one.

        Args:
            style: the index in the other workbook.
            link: whether its letters are to look like those of a link.
        """
        key = ("borrowed", style, int(link))
        if key not in self.added:
            made = self._borrow(style)
            if link:
                made.set("fontId", str(self._link_font(made)))
            self.added[key] = self._append(_XFS, made)
        return self.added[key]

    def tinted(self, style: int, ground: int) -> int:
        """Give the index of a style of this workbook on the ground of one of the other.

        Args:
            style: the index in this workbook.
            ground: the index, in the other workbook, of the style whose fill is taken.
        """
        key = ("tinted", style, ground)
        if key not in self.added:
            made = deepcopy(_xf(self.root, style))
            made.set("fillId", str(self._copied("fills", _xf(self.look, ground), "fillId")))
            made.set("applyFill", "1")
            self.added[key] = self._append(_XFS, made)
        return self.added[key]

    def untinted(self, style: int, grounds: Iterable[int]) -> int:
        """Give the style that a cell had before it was put on another ground.

        Args:
            style: the index in this workbook.
            grounds: the indices, in the other workbook, of the styles whose fills were taken.

        Returns:
            The one style that differs in nothing but its fill; the style itself if it is on
            none of those grounds, or if several could be meant.
        """
        tints = {_fill_of(self.look, _xf(self.look, ground)) for ground in grounds}
        held = _xf(self.root, style)
        if _fill_of(self.root, held) not in tints:
            return style
        before: dict[str, int] = {}
        for number, each in enumerate(_children(self.root, _XFS)):
            fill = _fill_of(self.root, each)
            if fill not in tints and _but_for_its_fill(each) == _but_for_its_fill(held):
                before.setdefault(fill, number)
        return before.popitem()[1] if len(before) == 1 else style

    def _borrow(self, style: int) -> Element:
        wanted = _xf(self.look, style)
        made = etree.Element(main("xf"), {"numFmtId": self._format(wanted.get("numFmtId", "0"))})
        for holder, name in (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId")):
            made.set(name, str(self._copied(holder, wanted, name)))
        made.set("xfId", "0")
        for what in ("NumberFormat", "Font", "Fill", "Border", "Alignment"):
            made.set(f"apply{what}", "1")
        alignment = wanted.find(main("alignment"))
        if alignment is not None:
            made.append(deepcopy(alignment))
        return made

    def _link_font(self, style: Element) -> int:
        font = deepcopy(_children(self.root, "fonts")[_index(style, "fontId")])
        for name in ("color", "u"):
            for old in font.findall(main(name)):
                font.remove(old)
        insert_in_order(font, etree.Element(main("u")), _FONT)
        insert_in_order(font, etree.Element(main("color"), {"rgb": _LINK}), _FONT)
        return self._append("fonts", font)

    def _copied(self, holder: str, wanted: Element, name: str) -> int:
        """Copy the font, fill or border that a style of the other workbook names."""
        index = _index(wanted, name)
        key = (holder, index, 0)
        if key not in self.added:
            listed = _children(self.look, holder)
            if index >= len(listed):
                return 0
            self.added[key] = self._append(holder, deepcopy(listed[index]))
        return self.added[key]

    def _format(self, number: str) -> str:
        """Give the number under which a number format of the other workbook is known here."""
        if not number.isdecimal() or int(number) < _FIRST_CUSTOM_FORMAT:
            return number
        formats = {each.get("numFmtId"): each.get("formatCode", "") for each in _formats(self.look)}
        code = formats.get(number, "General")
        own = {each.get("formatCode", ""): each.get("numFmtId", "") for each in _formats(self.root)}
        if code not in own:
            taken = [int(each) for each in own.values() if each.isdecimal()]
            own[code] = str(max([_FIRST_CUSTOM_FORMAT - 1, *taken]) + 1)
            made = etree.Element(main("numFmt"), {"numFmtId": own[code], "formatCode": code})
            self._append("numFmts", made)
        return own[code]

    def _append(self, holder: str, child: Element) -> int:
        """Add a child to one of the lists, and give its place in it."""
        found = self.root.find(main(holder))
        if found is None:
            found = etree.Element(main(holder))
            insert_in_order(self.root, found, STYLES)
        child.tail = None
        found.append(child)
        count = len(_children(self.root, holder))
        found.set("count", str(count))
        return count - 1


def open_styles(package: Package, look: bytes) -> tuple[Package, StyleBook]:
    """Read a workbook's styles, to add some to them.

    Args:
        package: the workbook; one without styles is given plain ones.
        look: the styles part of the workbook that looks are taken from.

    Raises:
        UnreadableFileError: if a styles part is damaged.
    """
    workbook = workbook_part(package)
    held, parts = package, related(package, workbook, "styles")
    if not parts:
        # Some readers look for it under its usual name only.
        taken = "xl/styles.xml" in package.parts
        parts = (free_part(package, "xl/styles{}.xml") if taken else "xl/styles.xml",)
        held = add_override(package.replacing({parts[0]: _NO_STYLES}), parts[0], _STYLES_TYPE)
        held, _ = add_relationship(held, workbook, "styles", parts[0])
    root = parse_part(held, parts[0])
    if not _children(root, _XFS):
        for child in parse(_NO_STYLES, parts[0], package.file).iterchildren(main(_XFS)):
            _replace(root, child)
    return held, StyleBook(parts[0], root, parse(look, "styles", package.file))


def with_styles(package: Package, styles: StyleBook) -> Package:
    """Give the workbook with what was added to its styles."""
    if not styles.added:
        return package
    return package.replacing({styles.part: serialise(styles.root)})


def _replace(root: Element, child: Element) -> None:
    for old in root.findall(str(child.tag)):
        root.remove(old)
    insert_in_order(root, child, STYLES)


def _children(root: Element, holder: str) -> list[Element]:
    found = root.find(main(holder))
    return [] if found is None else list(found.iterchildren("*"))


def _formats(root: Element) -> list[Element]:
    return _children(root, "numFmts")


def _xf(root: Element, style: int) -> Element:
    listed = _children(root, _XFS)
    return listed[style if style < len(listed) else 0]


def _fill_of(root: Element, xf: Element) -> str:
    """Give the pattern and colour of a style's fill as one text."""
    fills, index = _children(root, "fills"), _index(xf, "fillId")
    if index >= len(fills):
        return ""
    said = (
        (str(each.tag), name, value)
        for each in fills[index].iter(main("patternFill"), main("fgColor"))
        for name, value in sorted(each.attrib.items())
    )
    return repr([(tag, name, value[-_RGB:]) for tag, name, value in said])


def _but_for_its_fill(xf: Element) -> str:
    kept = {name: value for name, value in xf.attrib.items() if "ill" not in name}
    inside = [(str(each.tag), sorted(each.attrib.items())) for each in xf.iterchildren("*")]
    return repr((sorted(kept.items()), inside))


def _index(xf: Element, name: str) -> int:
    text = xf.get(name, "0")
    return int(text) if text.isdecimal() else 0
