"""Finds its way between the parts of a package: content types, relationships, free names."""

import posixpath
from typing import NamedTuple
from urllib.parse import unquote

from xlframework.ground.errors import UnreadableFileError
from xlframework.sheets.package.container import CONTENT_TYPES_PART, damaged
from xlframework.sheets.package.records import Package, Visibility
from xlframework.sheets.package.xml import (
    CONTENT_TYPES,
    PACKAGE_RELATIONSHIPS,
    RELATIONSHIP,
    RELATIONSHIP_ID,
    Element,
    edited,
    main,
    parse_part,
    sub_element,
)

_OVERRIDE = f"{{{CONTENT_TYPES}}}Override"
_DEFAULT = f"{{{CONTENT_TYPES}}}Default"
_RELATIONSHIP = f"{{{PACKAGE_RELATIONSHIPS}}}Relationship"
_NO_RELATIONSHIPS = (
    b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    b'<Relationships xmlns="%s"/>' % PACKAGE_RELATIONSHIPS.encode()
)
_VISIBILITIES: dict[str, Visibility] = {
    "visible": "visible",
    "hidden": "hidden",
    "veryHidden": "veryHidden",
}


class Relationship(NamedTuple):
    """A link from one part to another.

    Attributes:
        id: by which the part's XML names it.
        kind: the last word of its type, `worksheet`, `table`, `drawing`.
        target: the part it leads to, resolved; for an external link, the address.
        external: whether it leads out of the file.
    """

    id: str
    kind: str
    target: str
    external: bool


class SheetEntry(NamedTuple):
    """A tab of the workbook.

    Attributes:
        name: as on the tab.
        part: the part that holds it.
        kind: `worksheet`, `chartsheet`, `dialogsheet`.
        visibility: visible, hidden, veryHidden.
    """

    name: str
    part: str
    kind: str
    visibility: Visibility


def relationships_part(part: str) -> str:
    """Name the part that holds another part's relationships; the package's own for ``""``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolve(package: Package, part: str, target: str) -> str:
    """Find the part that a relationship's target means, relative, absolute or escaped.

    Where no such part exists, the name that it would have.
    """
    joined = posixpath.join("/", posixpath.dirname(part), target)
    name = posixpath.normpath(joined).lstrip("/")
    for candidate in (name, unquote(name)):
        if candidate in package.parts:
            return candidate
    wanted = unquote(name).casefold()
    return next((known for known in package.parts if known.casefold() == wanted), unquote(name))


def relationships(package: Package, part: str) -> tuple[Relationship, ...]:
    """Read a part's relationships; none where it has none."""
    holder = relationships_part(part)
    if holder not in package.parts:
        return ()
    root = parse_part(package, holder)
    return tuple(_relationship(package, part, link) for link in root.iter(_RELATIONSHIP))


def _relationship(package: Package, part: str, link: Element) -> Relationship:
    target = link.get("Target", "")
    external = link.get("TargetMode") == "External"
    return Relationship(
        link.get("Id", ""),
        link.get("Type", "").rpartition("/")[2],
        target if external else resolve(package, part, target),
        external,
    )


def related(package: Package, part: str, kind: str) -> tuple[str, ...]:
    """List the parts that a part leads to by one kind of relationship.

    Raises:
        UnreadableFileError: if one of them is missing.
    """
    targets = tuple(
        link.target
        for link in relationships(package, part)
        if link.kind == kind and not link.external
    )
    for target in targets:
        if target not in package.parts:
            needed_by = f"part {part} needs" if part else "the workbook begins with"
            raise damaged(package.file, f"part {target}, which {needed_by}, is missing")
    return targets


def workbook_part(package: Package) -> str:
    """Find the workbook part, usually `xl/workbook.xml`.

    Raises:
        UnreadableFileError: if the package leads to none.
    """
    parts = related(package, "", "officeDocument")
    if not parts:
        raise UnreadableFileError(
            f"{package.file} does not say where its workbook is; "
            "open it in Excel, save it under a new name and try again."
        )
    return parts[0]


def sheet_entries(package: Package) -> tuple[SheetEntry, ...]:
    """List every tab in order, chart sheets included.

    Raises:
        UnreadableFileError: if a tab leads nowhere.
    """
    workbook = workbook_part(package)
    links = {link.id: link for link in relationships(package, workbook)}
    root = parse_part(package, workbook)
    return tuple(_sheet_entry(package, sheet, links) for sheet in root.iter(main("sheet")))


def _sheet_entry(package: Package, sheet: Element, links: dict[str, Relationship]) -> SheetEntry:
    name = sheet.get("name", "")
    link = links.get(sheet.get(RELATIONSHIP_ID, ""))
    if link is None or link.external or link.target not in package.parts:
        where = f" (part {link.target})" if link else ""
        raise damaged(package.file, f"sheet {name} is listed but missing{where}")
    state = _VISIBILITIES.get(sheet.get("state", "visible"), "visible")
    return SheetEntry(name, link.target, link.kind, state)


def content_type(package: Package, part: str) -> str | None:
    """Give a part's content type, by its own entry or by its extension."""
    root = parse_part(package, CONTENT_TYPES_PART)
    for override in root.iter(_OVERRIDE):
        if override.get("PartName", "").lstrip("/").casefold() == part.casefold():
            return override.get("ContentType")
    extension = part.rpartition(".")[2].casefold()
    for default in root.iter(_DEFAULT):
        if default.get("Extension", "").casefold() == extension:
            return default.get("ContentType")
    return None


def add_override(package: Package, part: str, kind: str) -> Package:
    """State the content type of one part; no change where it is stated already."""
    if content_type(package, part) == kind:
        return package
    return edited(
        package,
        CONTENT_TYPES_PART,
        lambda root: sub_element(root, _OVERRIDE, PartName=f"/{part}", ContentType=kind),
    )


def remove_override(package: Package, part: str) -> Package:
    """Take back what is stated of the content type of one part."""

    def untype(root: Element) -> None:
        for override in root.findall(_OVERRIDE):
            if override.get("PartName", "").lstrip("/").casefold() == part.casefold():
                root.remove(override)

    return edited(package, CONTENT_TYPES_PART, untype)


def add_relationship(package: Package, part: str, kind: str, target: str) -> tuple[Package, str]:
    """Lead from one part to another.

    Args:
        package: the package.
        part: the part that leads; ``""`` for the package itself.
        kind: the relationship's type in full, or its last word for an office one.
        target: the part that it leads to.

    Returns:
        The package, and the new relationship's id.
    """
    holder = relationships_part(part)
    taken = {link.id.casefold() for link in relationships(package, part)}
    new_id = next(
        name for n in range(1, len(taken) + 2) if (name := f"rId{n}").casefold() not in taken
    )
    full_kind = kind if "/" in kind else f"{RELATIONSHIP}/{kind}"
    relative = posixpath.relpath(f"/{target}", posixpath.dirname(f"/{part}"))
    held = package if holder in package.parts else package.replacing({holder: _NO_RELATIONSHIPS})
    changed = edited(
        held,
        holder,
        lambda root: sub_element(root, _RELATIONSHIP, Id=new_id, Type=full_kind, Target=relative),
    )
    return changed, new_id


def remove_part(package: Package, part: str, owner: str) -> Package:
    """Leave a part out, with its content type and its owner's relationship to it."""

    def unlink(root: Element) -> None:
        for link in root.findall(_RELATIONSHIP):
            internal = link.get("TargetMode") != "External"
            if internal and resolve(package, owner, link.get("Target", "")) == part:
                root.remove(link)

    unlinked = edited(package, relationships_part(owner), unlink)
    return remove_override(unlinked, part).without(frozenset({part}))


def free_part(package: Package, pattern: str) -> str:
    """Choose the next free part name: `xl/worksheets/sheet{}.xml` gives `…/sheet4.xml`."""
    taken = {name.casefold() for name in package.parts}
    number = 1
    while pattern.format(number).casefold() in taken:
        number += 1
    return pattern.format(number)
