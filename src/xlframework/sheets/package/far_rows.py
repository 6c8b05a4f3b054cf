"""Edits the top of a very long worksheet without parsing the rows far below it.

A sheet that somebody formatted down to its last row has a million empty rows, which as
a tree take gigabytes. They are cut out as bytes and put back as the same bytes.
"""

import re
from collections.abc import Callable

from xlframework.sheets.package.records import Package
from xlframework.sheets.package.xml import Element, edited

# Shorter sheets are parsed whole: nothing would be gained.
LONG_SHEET = 4_000_000

_ROW = re.compile(rb'<(?:[A-Za-z_][\w.-]*:)?row(?= )[^>]*? r="([0-9]{1,7})"')
_END = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?sheetData\s*>")
_EMPTY_DATA = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?sheetData)([^<>]*)/>")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']")

# A formula below may share its text with a cell above; marked sections and comments may
# hold anything. Rows with either stay where the parser sees them.
_OPAQUE = (b"<f", b":f>", b":f ", b"<!")


def edited_above(
    package: Package, part: str, last_row: int, edit: Callable[[Element], object]
) -> Package:
    """Change a worksheet by a function that looks at no row below a given one.

    Args:
        package: the workbook.
        part: the worksheet part.
        last_row: the last row that the function may touch.
        edit: changes the parsed part in place.

    Returns:
        The workbook; the same object where nothing changes.

    Raises:
        UnreadableFileError: if the part is missing or not well-formed.
    """
    data = package.parts.get(part, b"")
    cut = _cut(data, last_row) if len(data) > LONG_SHEET else None
    if cut is None:
        return edited(package, part, edit)
    start, end = cut
    near = package.replacing({part: data[:start] + data[end:]})
    changed = edited(near, part, edit)
    if changed is near:
        return package
    whole = _put_back(changed.parts[part], data[start:end])
    return package.replacing({part: whole})


def _cut(data: bytes, last_row: int) -> tuple[int, int] | None:
    """Find the bytes of the rows below; None where they cannot be cut out safely."""
    encoding = _ENCODING.match(data[:200].lstrip(b"\xef\xbb\xbf"))
    if encoding is not None and encoding[1].lower() != b"utf-8":
        return None
    ends = list(_END.finditer(data))
    start = next((row.start() for row in _ROW.finditer(data) if int(row[1]) > last_row), None)
    if start is None or len(ends) != 1 or ends[0].start() <= start:
        return None
    end = ends[0].start()
    if any(data.find(mark, start, end) >= 0 for mark in _OPAQUE):
        return None
    return start, end


def _put_back(near: bytes, far: bytes) -> bytes:
    ends = list(_END.finditer(near))
    if ends:
        at = ends[-1].start()
        return near[:at] + far + near[at:]
    # With all its rows cut out the element was written as an empty one.
    return _EMPTY_DATA.sub(lambda tag: b"<%s%s>%s</%s>" % (tag[1], tag[2], far, tag[1]), near, 1)
