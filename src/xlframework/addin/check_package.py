"""Checks of the add-in as a package: parts, types, links, and the code names of its sheets."""

import posixpath
from collections.abc import Iterator

from xlframework.addin.project import PART as PROJECT_PART
from xlframework.addin.source import RIBBON_PART, Module
from xlframework.sheets.package.container import CONTENT_TYPES_PART
from xlframework.sheets.package.parts import content_type, relationships, sheet_entries
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.xml import CONTENT_TYPES, main, parse_part

WORKBOOK_PART = "xl/workbook.xml"

# The parts that an add-in cannot do without, and the type that each must be of.
_TYPES = {
    WORKBOOK_PART: "application/vnd.ms-excel.addin.macroEnabled.main+xml",
    PROJECT_PART: "application/vnd.ms-office.vbaProject",
    RIBBON_PART: "application/xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
# From where each is led to, and the last word of the link's type.
_LINKS = (
    ("", "officeDocument", WORKBOOK_PART),
    ("", "extensibility", RIBBON_PART),
    ("", "core-properties", "docProps/core.xml"),
    ("", "extended-properties", "docProps/app.xml"),
    (WORKBOOK_PART, "vbaProject", PROJECT_PART),
)


def part_problems(package: Package) -> Iterator[str]:
    """Name the parts that are missing, or of no type or the wrong one."""
    for part, wanted in _TYPES.items():
        if part not in package.parts:
            yield f"part {part} is missing"
        elif content_type(package, part) != wanted:
            found = content_type(package, part)
            yield f"part {part} is stated to be {found or 'of no type'}, not {wanted}"
    for part in package.parts:
        if part not in _TYPES and part != CONTENT_TYPES_PART and not content_type(package, part):
            yield f"part {part} is of no type"
    root = parse_part(package, CONTENT_TYPES_PART)
    for override in root.iter(f"{{{CONTENT_TYPES}}}Override"):
        named = override.get("PartName", "")
        if named.lstrip("/") not in package.parts:
            yield f"a type is stated for {named}, which is not there"


def link_problems(package: Package) -> Iterator[str]:
    """Name the links that lead nowhere or out of the file, and those that are missing."""
    owners = [_owner(part) for part in package.parts if part.endswith(".rels")]
    for owner in owners:
        if owner and owner not in package.parts:
            yield f"there are links for {owner}, which is not there"
            continue
        links = relationships(package, owner)
        for link in links:
            if link.external:
                yield f"{owner or 'the package'} leads out of the file, to {link.target}"
            elif link.target not in package.parts:
                yield f"{owner or 'the package'} leads to {link.target}, which is not there"
        ids = [link.id for link in links]
        for each in sorted({each for each in ids if ids.count(each) > 1}):
            yield f"{owner or 'the package'} has {ids.count(each)} links of the id {each}"
    for owner, kind, target in _LINKS:
        held = owner in package.parts or not owner
        found = relationships(package, owner) if held else ()
        if not any(link.kind == kind and link.target == target for link in found):
            yield f"{owner or 'the package'} does not lead to {target}"


def _owner(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def code_name_problems(package: Package, modules: tuple[Module, ...]) -> Iterator[str]:
    """Compare the code names of the workbook and its sheets with their modules, both ways."""
    root = parse_part(package, WORKBOOK_PART)
    settings = root.find(main("workbookPr"))
    names = {"the workbook": settings.get("codeName", "") if settings is not None else ""}
    for sheet in sheet_entries(package):
        properties = parse_part(package, sheet.part).find(main("sheetPr"))
        code_name = properties.get("codeName", "") if properties is not None else ""
        names[f"sheet {sheet.name}"] = code_name
    documents = [module.name for module in modules if module.kind == "document"]
    given = list(names.values())
    for owner, name in names.items():
        if not name:
            yield f"{owner} has no code name"
        elif name not in documents:
            yield f"{owner} has the code name {name}, and no module is called so"
        elif given.count(name) > 1:
            yield f"{owner} has the code name {name}, and so has another"
    for name in documents:
        if name not in given:
            yield f"the module {name} belongs to no sheet"
