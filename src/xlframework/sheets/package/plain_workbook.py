"""Turns a workbook of any kind into a plain .xlsx one: without macros, and no template."""

from xlframework.ground.errors import UnsafeFileError
from xlframework.sheets.package.container import refuse_signed
from xlframework.sheets.package.parts import (
    add_override,
    content_type,
    relationships,
    remove_override,
    remove_part,
    sheet_entries,
    workbook_part,
)
from xlframework.sheets.package.records import Package

_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_KEPT_TABS = frozenset({"worksheet", "chartsheet", "dialogsheet"})


def as_plain_workbook(package: Package) -> Package:
    """Give a workbook as one that Excel opens under a name that ends in .xlsx.

    Returns:
        The same object where it is one already.

    Raises:
        UnsafeFileError: if it carries a digital signature, or has a sheet of macros.
    """
    workbook = workbook_part(package)
    macros = [link for link in relationships(package, workbook) if link.kind == "vbaProject"]
    if content_type(package, workbook) == _PLAIN and not macros:
        return package
    refuse_signed(package)
    if any(entry.kind not in _KEPT_TABS for entry in sheet_entries(package)):
        raise UnsafeFileError(
            f"{package.file} has a sheet that holds old macros, which a plain workbook cannot; "
            "open it in Excel, delete that sheet and save it as Excel Workbook (.xlsx)."
        )
    for link in macros:
        if not link.external and link.target in package.parts:
            package = _without(package, link.target, workbook)

    return add_override(remove_override(package, workbook), workbook, _PLAIN)


def _without(package: Package, part: str, owner: str) -> Package:
    """Leave a part out, and those that only it leads to (a signature of the macros)."""
    for link in relationships(package, part):
        if not link.external and link.target in package.parts:
            package = remove_part(package, link.target, part)
    return remove_part(package, part, owner)
