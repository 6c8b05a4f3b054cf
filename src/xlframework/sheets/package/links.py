"""Adds links from cells of a sheet to other places in the same workbook."""

from collections.abc import Mapping

from lxml import etree

from xlframework.sheets.package.far_rows import edited_above
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.workbook_order import WORKSHEET
from xlframework.sheets.package.xml import Element, insert_in_order, main, sub_element

_LINKS = main("hyperlinks")


def add_links(package: Package, sheet_part: str, links: Mapping[str, str]) -> Package:
    """Make cells lead to places in the same workbook.

    Args:
        package: the workbook.
        sheet_part: the worksheet part.
        links: from a cell's address to a place such as `'Return'!F12`.

    Raises:
        UnreadableFileError: if the part is damaged.
    """
    if not links:
        return package

    def change(root: Element) -> None:
        holder = root.find(_LINKS)
        if holder is None:
            holder = etree.Element(_LINKS)
            insert_in_order(root, holder, WORKSHEET)
        for cell, place in links.items():
            sub_element(holder, main("hyperlink"), ref=cell, location=place)

    return edited_above(package, sheet_part, 0, change)
