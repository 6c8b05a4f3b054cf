"""The shown workbook with everything in it that a team may have added to theirs."""

from copy import deepcopy
from pathlib import Path

from lxml import etree

from loss.surgery import (
    CONTENT_TYPES,
    PACKAGE_LINKS,
    RELATIONSHIP,
    WORKBOOK_PART,
    Parts,
    put_cell,
    put_number,
    put_text,
    replaced,
    sheet_part,
    shown_parts,
    table_part,
    tag,
)

FOLDER = Path(__file__).parent
ADDED = FOLDER / "parts"

# The sheets that get a note, a sparkline, protection and the like besides.
DECORATED = ("Lines", "Sections", "Summary", "Table 1", "Checks", "Change log")

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "xl/worksheets/sheet90.xml": f"{_SPREADSHEET}.worksheet+xml",
    "xl/tables/table90.xml": f"{_SPREADSHEET}.table+xml",
    "xl/metadata.xml": f"{_SPREADSHEET}.sheetMetadata+xml",
    "xl/calcChain.xml": f"{_SPREADSHEET}.calcChain+xml",
    "xl/drawings/drawing90.xml": f"{_OFFICE}.drawing+xml",
    "xl/charts/chart90.xml": f"{_OFFICE}.drawingml.chart+xml",
    "xl/threadedComments/threadedComment90.xml": "application/vnd.ms-excel.threadedcomments+xml",
    "xl/persons/person.xml": "application/vnd.ms-excel.person+xml",
    "xl/ctrlProps/ctrlProp90.xml": "application/vnd.ms-excel.controlproperties+xml",
    "customXml/itemProps90.xml": f"{_OFFICE}.customXmlProperties+xml",
    "docProps/custom.xml": f"{_OFFICE}.custom-properties+xml",
}
_COMMENTS_TYPE = f"{_SPREADSHEET}.comments+xml"
_ENDINGS = {
    "vml": f"{_OFFICE}.vmlDrawing",
    "png": "image/png",
    "bin": "application/octet-stream",
}
_MICROSOFT = "http://schemas.microsoft.com/office"
_FROM_WORKBOOK = (
    ("rId90", f"{RELATIONSHIP}/worksheet", "worksheets/sheet90.xml"),
    ("rId91", f"{RELATIONSHIP}/sheetMetadata", "metadata.xml"),
    ("rId92", f"{RELATIONSHIP}/calcChain", "calcChain.xml"),
    ("rId93", f"{_MICROSOFT}/2017/10/relationships/person", "persons/person.xml"),
    ("rId94", f"{RELATIONSHIP}/customXml", "../customXml/item90.xml"),
)
_RIBBON = f"{_MICROSOFT}/2007/relationships/ui/extensibility"
_FROM_PACKAGE = (
    ("rId90", f"{RELATIONSHIP}/custom-properties", "docProps/custom.xml"),
    ("rId91", _RIBBON, "customUI/customUI14.xml"),
    ("rId92", "urn:example:state", "vendor/state.bin"),
)
# A worksheet's children in the order that ECMA-376 part 1, 18.3.1.99 asks for.
_ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData"),
    *("sheetProtection", "mergeCells", "conditionalFormatting", "dataValidations"),
    *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks"),
    *("colBreaks", "ignoredErrors", "drawing", "legacyDrawing", "tableParts", "extLst"),
)


def rich_parts() -> Parts:
    """Build the workbook; one amount has been changed since its last refresh."""
    parts = shown_parts()
    for path in sorted(ADDED.rglob("*")):
        if path.is_file():
            parts[path.relative_to(ADDED).as_posix()] = path.read_bytes()
    for number, sheet in enumerate(DECORATED, start=91):
        _decorate(parts, sheet, number)
    _declare(parts)
    _widen_lines(parts)
    replaced(parts, WORKBOOK_PART, ' fullCalcOnLoad="1"', "")
    put_number(parts, "Lines", "T5", "500001")
    return parts


def _declare(parts: Parts) -> None:
    types = dict(_TYPES)
    types |= {name: _COMMENTS_TYPE for name in parts if name.startswith("xl/comments")}
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    endings = "".join(
        f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in _ENDINGS.items()
    )
    replaced(parts, CONTENT_TYPES, "</Types>", f"{listed}</Types>")
    replaced(parts, CONTENT_TYPES, "<Override", f"{endings}<Override")
    _link(parts, "xl/_rels/workbook.xml.rels", _FROM_WORKBOOK)
    _link(parts, "_rels/.rels", _FROM_PACKAGE)
    entry = f'<sheet xmlns:r="{RELATIONSHIP}" name="Workings" sheetId="90" r:id="rId90"/></sheets>'
    replaced(parts, WORKBOOK_PART, "</sheets>", entry)


def _link(parts: Parts, part: str, links: tuple[tuple[str, str, str], ...]) -> None:
    root = etree.fromstring(parts[part])
    for name, kind, target in links:
        made = {"Id": name, "Type": kind, "Target": target}
        etree.SubElement(root, f"{{{PACKAGE_LINKS}}}Relationship", made)
    parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _decorate(parts: Parts, sheet: str, number: int) -> None:
    """Give a sheet notes, rules, protection and the like, and cells of its own to the right."""
    put_text(parts, sheet, "AA1", "ours")
    put_cell(parts, sheet, "AB4", "<f>SUM(Sections[2024/25 Budget])/2</f><v>3337118.5</v>")
    rich = '<is><r><rPr><b/></rPr><t>bold</t></r><r><t xml:space="preserve"> words</t></r></is>'
    put_cell(parts, sheet, "AA4", rich, "inlineStr")
    part = sheet_part(parts, sheet)
    root = etree.fromstring(parts[part])
    decorations = etree.parse(FOLDER / "decorations.xml").getroot()
    for each in decorations.iterchildren("*"):
        _insert(root, deepcopy(each))
    columns = root.find(tag("cols"))
    assert columns is not None
    hidden = {"min": "40", "max": "41", "width": "5.5", "hidden": "1", "customWidth": "1"}
    columns.append(etree.Element(tag("col"), hidden))
    rows = root.findall(f"{tag('sheetData')}/{tag('row')}")
    rows[0].set("ht", "41.25")
    rows[0].set("customHeight", "1")
    rows[1].set("hidden", "1")
    parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    _note(parts, part, number)


def _note(parts: Parts, part: str, number: int) -> None:
    parts[f"xl/comments{number}.xml"] = (ADDED / "xl/comments90.xml").read_bytes()
    drawing = (ADDED / "xl/drawings/vmlDrawing90.vml").read_bytes()
    parts[f"xl/drawings/vmlDrawing{number}.vml"] = drawing
    links = (
        ("rId90", f"{RELATIONSHIP}/vmlDrawing", f"../drawings/vmlDrawing{number}.vml"),
        ("rId91", f"{RELATIONSHIP}/comments", f"../comments{number}.xml"),
    )
    _link(parts, part.replace("worksheets/", "worksheets/_rels/") + ".rels", links)


def _insert(root: etree._Element, child: etree._Element) -> None:
    child.tail = None
    place = _ORDER.index(etree.QName(child).localname)
    for sibling in root:
        if _ORDER.index(etree.QName(sibling).localname) > place:
            sibling.addprevious(child)
            return
    root.append(child)


def _widen_lines(parts: Parts) -> None:
    """Give `Lines` a column of the team's own, with a formula in it."""
    part = table_part(parts, "Lines")
    parts[part] = parts[part].replace(b"A4:T68", b"A4:U68")
    replaced(parts, part, 'count="20"', 'count="21"')
    column = '<tableColumn id="21" name="Our ref"/></tableColumns>'
    replaced(parts, part, "</tableColumns>", column)
    put_text(parts, "Lines", "U4", "Our ref")
    put_cell(parts, "Lines", "U5", "<f>T5/12</f><v>41666.6666666667</v>")
    put_text(parts, "Lines", "U6", "PO 1234")
