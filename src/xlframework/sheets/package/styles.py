"""Tells which styles show a number as a date."""

import re

from xlframework.sheets.package.container import damaged
from xlframework.sheets.package.parts import related, workbook_part
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.xml import Element, main, parse_part

_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
# Words in quotes, escaped and spacing characters, and brackets say nothing about dates,
# but for the brackets of elapsed time: [h]:mm.
_SILENT = re.compile(r'"[^"]*"?|[\\_*].|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTER = re.compile(r"[dmyhs]", re.IGNORECASE)


def is_date_format(code: str) -> bool:
    """Tell whether a number format's code shows dates or times."""
    if code.strip().casefold() == "general":
        return False
    return _DATE_LETTER.search(_SILENT.sub("", code)) is not None


def date_styles(package: Package) -> frozenset[int]:
    """List the style indices that show a date or a time.

    Raises:
        UnreadableFileError: if the styles part is damaged.
    """
    parts = related(package, workbook_part(package), "styles")
    if not parts:
        return frozenset()
    root = parse_part(package, parts[0])
    try:
        custom = {
            int(entry.get("numFmtId", "")): is_date_format(entry.get("formatCode", ""))
            for entry in root.iterfind(f"{main('numFmts')}/{main('numFmt')}")
        }
        formats = [int(xf.get("numFmtId", "0")) for xf in _cell_formats(root)]
    except ValueError as error:
        raise damaged(
            package.file, f"part {parts[0]} has a number format without a number"
        ) from error
    return frozenset(
        index
        for index, number in enumerate(formats)
        if custom.get(number, number in _BUILT_IN_DATES)
    )


def look_parts(package: Package) -> tuple[bytes, bytes | None]:
    """Give the styles part and the theme that it speaks of, for a file in the same look.

    Raises:
        UnreadableFileError: if the workbook has no styles.
    """
    book = workbook_part(package)
    styles = related(package, book, "styles")
    if not styles:
        raise damaged(package.file, "the workbook has no styles part")
    themes = related(package, book, "theme")
    return package.parts[styles[0]], package.parts[themes[0]] if themes else None


def _cell_formats(root: Element) -> list[Element]:
    return root.findall(f"{main('cellXfs')}/{main('xf')}")
