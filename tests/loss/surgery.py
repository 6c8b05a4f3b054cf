"""Takes the shown workbook apart and puts it together again with parts of our choosing."""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from xlframework.ground.place import parse_cell

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK_PART = "xl/workbook.xml"

WORKBOOK = Path(__file__).parents[2] / "workbook" / "commissioning.xlsx"

# Where things stand in the shown workbook: headers in row 4, lines from row 5 on.
FIRST_AMOUNT = "T5"
LAST_LINE_ROW = 68
LINES_AREA = f"A4:T{LAST_LINE_ROW}"

Parts = dict[str, bytes]


def tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def shown_parts() -> Parts:
    return parts_of(WORKBOOK.read_bytes())


def packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, contents in parts.items():
            # A fixed date: the same parts give the same bytes.
            entry = zipfile.ZipInfo(name, (2024, 4, 1, 9, 0, 0))
            archive.writestr(entry, contents, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def write_workbook(folder: Path, parts: Mapping[str, bytes], name: str = "budget.xlsx") -> Path:
    path = folder / name
    path.write_bytes(packed(parts))
    return path


def replaced(parts: Parts, part: str, old: str, new: str) -> None:
    """Replace the first of some words of a part; they must be there."""
    text = parts[part].decode()
    assert old in text, f"{part} does not hold {old!r}"
    parts[part] = text.replace(old, new, 1).encode()


def sheet_part(parts: Mapping[str, bytes], sheet: str) -> str:
    """Find the part of a sheet by the name on its tab."""
    book = etree.fromstring(parts[WORKBOOK_PART])
    links = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for entry in book.iterfind(f"{tag('sheets')}/{tag('sheet')}"):
        if entry.get("name") == sheet:
            target = targets[entry.get(f"{{{RELATIONSHIP}}}id")]
            return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    raise KeyError(sheet)


def table_part(parts: Mapping[str, bytes], table: str) -> str:
    """Find the part of a table by its name."""
    for name, contents in parts.items():
        if name.startswith("xl/tables/") and f'displayName="{table}"'.encode() in contents:
            return name
    raise KeyError(table)


def put_cell(parts: Parts, sheet: str, cell: str, content: str, kind: str | None = None) -> None:
    """Give a cell other content (`<v>..</v>`, `<f>..</f>`, or nothing); its style stays."""
    part = sheet_part(parts, sheet)
    root = etree.fromstring(parts[part])
    found = _cell(root, cell)
    for child in list(found):
        found.remove(child)
    found.attrib.pop("t", None)
    if kind is not None:
        found.set("t", kind)
    for child in etree.fromstring(f'<c xmlns="{MAIN}">{content}</c>'):
        found.append(child)
    parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def put_text(parts: Parts, sheet: str, cell: str, text: str) -> None:
    put_cell(parts, sheet, cell, f"<is><t>{text}</t></is>", "inlineStr")


def put_number(parts: Parts, sheet: str, cell: str, number: str) -> None:
    put_cell(parts, sheet, cell, f"<v>{number}</v>")


def set_style(parts: Parts, sheet: str, cell: str, style: str) -> None:
    part = sheet_part(parts, sheet)
    root = etree.fromstring(parts[part])
    _cell(root, cell).set("s", style)
    parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _cell(root: etree._Element, cell: str) -> etree._Element:
    """Find a cell's element, or make it (and its row) at its place."""
    number, column = parse_cell(cell)
    row = _row(root, number)
    for place, other in enumerate(row):
        if other.get("r") == cell:
            return other
        if parse_cell(other.get("r", ""))[1] > column:
            made = etree.Element(tag("c"), {"r": cell})
            row.insert(place, made)
            return made
    return etree.SubElement(row, tag("c"), {"r": cell})


def _row(root: etree._Element, number: int) -> etree._Element:
    data = root.find(tag("sheetData"))
    assert data is not None
    made = etree.Element(tag("row"), {"r": str(number)})
    for row in data:
        found = int(row.get("r", "0"))
        if found == number:
            return row
        if found > number:
            row.addprevious(made)
            return made
    data.append(made)
    return made
