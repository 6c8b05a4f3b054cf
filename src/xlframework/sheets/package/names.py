"""Sets the workbook's defined names."""

from lxml import etree

from xlframework.sheets.package.container import refuse_signed
from xlframework.sheets.package.parts import workbook_part
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.workbook_order import WORKBOOK
from xlframework.sheets.package.xml import (
    Element,
    edited,
    insert_in_order,
    main,
    sub_element,
)


def set_name(package: Package, name: str, refers_to: str) -> Package:
    """Change or add a workbook-wide defined name.

    Args:
        package: the workbook.
        name: the name; one that differs only in case is the same name.
        refers_to: the formula text, without the equals sign.

    Raises:
        UnsafeFileError: if the workbook carries a digital signature.
    """
    refuse_signed(package)
    return edited(package, workbook_part(package), lambda root: _set(root, name, refers_to))


def _set(root: Element, name: str, refers_to: str) -> None:
    holder = names_holder(root)
    for known in holder.iterchildren(main("definedName")):
        is_wide = known.get("localSheetId") is None
        if is_wide and known.get("name", "").casefold() == name.casefold():
            known.text = refers_to
            return
    sub_element(holder, main("definedName"), refers_to, name=name)


def names_holder(root: Element) -> Element:
    """Give the workbook's list of defined names, made where it has none."""
    holder = root.find(main("definedNames"))
    if holder is None:
        holder = etree.Element(main("definedNames"))
        insert_in_order(root, holder, WORKBOOK)
    return holder
