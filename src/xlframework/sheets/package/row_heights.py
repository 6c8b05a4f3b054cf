"""Sets how tall rows are, for readers that do not measure wrapped words themselves."""

from collections.abc import Mapping

from xlframework.sheets.package.container import damaged
from xlframework.sheets.package.far_rows import edited_above
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.xml import Element, is_true, main


def set_heights(package: Package, sheet_part: str, heights: Mapping[int, float | None]) -> Package:
    """Set the heights of rows that have no height of somebody's choosing.

    Excel still measures such a row anew when its words are edited.

    Args:
        package: the workbook.
        sheet_part: the worksheet part.
        heights: points by row number; None lets every reader use its default.

    Raises:
        UnreadableFileError: if the part is damaged.
    """
    if not heights:
        return package

    def change(root: Element) -> None:
        for row in root.iterfind(f"{main('sheetData')}/{main('row')}"):
            number = row.get("r", "")
            if not number.isdecimal():
                raise damaged(package.file, f"part {sheet_part} has a row without a number")
            if int(number) in heights and not is_true(row, "customHeight"):
                _set(row, heights[int(number)])

    return edited_above(package, sheet_part, max(heights), change)


def _set(row: Element, height: float | None) -> None:
    if height is None:
        row.attrib.pop("ht", None)
    else:
        row.set("ht", f"{height:g}")
