"""Parses and writes the XML parts of a workbook safely, keeping all that is not named."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from lxml import etree
from lxml.etree import _Element

from xlframework.sheets.package.container import damaged
from xlframework.sheets.package.records import Package

Element: TypeAlias = _Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
SHEET_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RELATIONSHIP_ID = f"{{{RELATIONSHIP}}}id"

# Prefixes for what we add, the ones that Excel writes. Without them lxml numbers its own,
# unless another library has registered some, and the bytes would depend on that.
for _prefix, _uri in (
    ("r", RELATIONSHIP),
    ("x14", X14),
    ("xm", XM),
    ("xdr", SHEET_DRAWING),
    ("a", DRAWING),
    ("c", CHART),
):
    etree.register_namespace(_prefix, _uri)


def main(name: str) -> str:
    """Give the tag of an element of the spreadsheet's own namespace."""
    return f"{{{MAIN}}}{name}"


def parse(data: bytes, part: str, file: str) -> Element:
    """Parse a part's bytes.

    Raises:
        UnreadableFileError: if they are not well-formed XML, naming the part.
    """
    # Sizes are checked when the file is opened, so huge_tree opens no door; entities
    # and the network stay shut, and a document type is refused once more below.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(file, f"part {part} is not well-formed") from error
    if root.getroottree().docinfo.doctype:
        raise damaged(file, f"part {part} has a document type")
    return root


def parse_part(package: Package, part: str) -> Element:
    """Parse a part of a package.

    Raises:
        UnreadableFileError: if it is missing or not well-formed, naming it.
    """
    if part not in package.parts:
        raise damaged(package.file, f"part {part} is missing")
    return parse(package.parts[part], part, package.file)


def serialise(root: Element) -> bytes:
    """Write a part: everything that was parsed, comments beside the root included."""
    return etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )


def edited(package: Package, part: str, edit: Callable[[Element], object]) -> Package:
    """Give the package with one part changed in place by a function.

    Where the function changes nothing, the part keeps its bytes and the package is
    the same object.
    """
    root = parse_part(package, part)
    before = serialise(root)
    edit(root)
    after = serialise(root)
    return package if after == before else package.replacing({part: after})


def insert_in_order(parent: Element, child: Element, order: Sequence[str]) -> None:
    """Put a child where the schema wants it.

    Args:
        parent: the element that takes it.
        child: what is put in; its local name is one of `order`.
        order: local names of the parent's children in schema order.
    """
    later = frozenset(order[order.index(etree.QName(child).localname) + 1 :])
    for sibling in parent.iterchildren("*"):
        if etree.QName(sibling).localname in later:
            sibling.addprevious(child)
            return
    parent.append(child)


def sub_element(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """Make an element with attributes and text as the last child of another."""
    made = etree.SubElement(parent, tag, attributes)
    made.text = text
    return made


def is_true(element: Element, name: str) -> bool:
    """Tell whether a yes-or-no attribute is set to yes."""
    return element.get(name, "0").strip() in {"1", "true", "on"}


def whole_number(element: Element, name: str) -> int:
    """Read an attribute that counts something.

    Raises:
        ValueError: if it is no whole number, saying which.
    """
    text = element.get(name, "")
    try:
        return int(text)
    except ValueError:
        tag = etree.QName(element).localname
        raise ValueError(f"{name} of a {tag} is {text!r}, not a whole number") from None
