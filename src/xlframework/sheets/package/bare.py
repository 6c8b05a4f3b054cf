"""Makes a workbook with no sheets yet, in the styles of another."""

from collections.abc import Mapping

from lxml import etree

from xlframework.sheets.package.container import CONTENT_TYPES_PART
from xlframework.sheets.package.escapes import without_controls
from xlframework.sheets.package.parts import add_override, add_relationship
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.xml import (
    CONTENT_TYPES,
    MAIN,
    RELATIONSHIP,
    Element,
    main,
    serialise,
    sub_element,
)

# A fixed date, so that the same figures give the same file.
DOCUMENT_DATE = "2000-01-01T00:00:00Z"

_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CORE_LINK = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"

# Our word for each property, and the element that holds it.
_PROPERTIES = {
    "title": f"{{{_DC}}}title",
    "subject": f"{{{_DC}}}subject",
    "creator": f"{{{_DC}}}creator",
    "keywords": f"{{{_CORE}}}keywords",
    "description": f"{{{_DC}}}description",
}


def bare_package(
    styles: bytes, theme: bytes | None, file: str, properties: Mapping[str, str]
) -> Package:
    """Make a workbook with no sheets; `add_sheet` then adds the first.

    Args:
        styles: the styles part, taken as it is.
        theme: the theme part that the styles speak of, if any.
        file: the workbook's name, for messages.
        properties: title, subject, creator, keywords, description.

    Raises:
        KeyError: for a property of another name.
    """
    contents = {
        "docProps/core.xml": serialise(_core(properties)),
        "docProps/app.xml": serialise(_application()),
        "xl/workbook.xml": serialise(_workbook()),
        "xl/styles.xml": styles,
    }
    package = Package(file, {CONTENT_TYPES_PART: serialise(_types()), **contents})
    if theme is not None:
        package = package.replacing({"xl/theme/theme1.xml": theme})
    return _linked(package)


def _linked(package: Package) -> Package:
    """State the content type of every part, and lead to it."""
    links = [
        ("", "officeDocument", "xl/workbook.xml", f"{_SPREADSHEET}.sheet.main+xml"),
        ("", _CORE_LINK, "docProps/core.xml", _CORE_TYPE),
        ("", "extended-properties", "docProps/app.xml", f"{_OFFICE}.extended-properties+xml"),
        ("xl/workbook.xml", "theme", "xl/theme/theme1.xml", f"{_OFFICE}.theme+xml"),
        ("xl/workbook.xml", "styles", "xl/styles.xml", f"{_SPREADSHEET}.styles+xml"),
    ]
    for owner, kind, part, content_type in links:
        if part in package.parts:
            package, _ = add_relationship(package, owner, kind, part)
            package = add_override(package, part, content_type)
    return package


def _types() -> Element:
    root = etree.Element(f"{{{CONTENT_TYPES}}}Types", nsmap={None: CONTENT_TYPES})
    relationships = "application/vnd.openxmlformats-package.relationships+xml"
    for extension, kind in (("rels", relationships), ("xml", "application/xml")):
        sub_element(root, f"{{{CONTENT_TYPES}}}Default", Extension=extension, ContentType=kind)
    return root


def _workbook() -> Element:
    root = etree.Element(main("workbook"), nsmap={None: MAIN, "r": RELATIONSHIP})
    sub_element(root, main("workbookPr"))
    sub_element(sub_element(root, main("bookViews")), main("workbookView"))
    sub_element(root, main("sheets"))
    return root


def _core(properties: Mapping[str, str]) -> Element:
    names = {"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=names)
    for name, text in properties.items():
        sub_element(root, _PROPERTIES[name], without_controls(text))
    for name in ("created", "modified"):
        stamp = sub_element(root, f"{{{_TERMS}}}{name}", DOCUMENT_DATE)
        stamp.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
    return root


def _application() -> Element:
    # Not "Microsoft Excel": a program that trusts Excel's values must not trust ours.
    root = etree.Element(f"{{{_APP}}}Properties", nsmap={None: _APP})
    sub_element(root, f"{{{_APP}}}Application", "xlframework")
    return root
