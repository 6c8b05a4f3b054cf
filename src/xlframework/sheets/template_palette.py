"""The look that the skeleton workbook starts with; a team restyles it in Excel, not here."""

from collections.abc import Mapping
from datetime import date

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from xlframework.sheets.palette import (
    COLUMN_KINDS,
    CORNER_NAME,
    ROW_KINDS,
    ColumnKind,
    Look,
    RowKind,
)

_INK = "1F3A5F"
_PAPER = "FFFFFF"
_TINT = "E6ECF3"
_FAINT = "F4F6F9"
_HAIR = Side(style="hair", color="B8C2CE")
_THIN = Side(style="thin", color=_INK)
_DOUBLE = Side(style="double", color=_INK)

_FONT_NAME = "Calibri"

_FONTS: Mapping[RowKind, Font] = {
    "title": Font(name=_FONT_NAME, size=16, bold=True, color=_INK),
    "header": Font(name=_FONT_NAME, size=11, bold=True, color=_PAPER),
    "section": Font(name=_FONT_NAME, size=11, bold=True, color=_INK),
    "line": Font(name=_FONT_NAME, size=11),
    "subtotal": Font(name=_FONT_NAME, size=11, bold=True),
    "total": Font(name=_FONT_NAME, size=11, bold=True, color=_INK),
    "note": Font(name=_FONT_NAME, size=10, italic=True, color="5A6572"),
    "good": Font(name=_FONT_NAME, size=11, color="0B5B2B"),
    "warning": Font(name=_FONT_NAME, size=11, color="7A4B00"),
    "bad": Font(name=_FONT_NAME, size=11, color="8C1313"),
}

_FILLS: Mapping[RowKind, str] = {
    "header": _INK,
    "section": _TINT,
    "subtotal": _FAINT,
    "total": _TINT,
    "good": "DDF1E3",
    "warning": "FDEFCF",
    "bad": "F9DAD7",
}

_BORDERS: Mapping[RowKind, Border] = {
    "section": Border(bottom=_HAIR),
    "line": Border(bottom=_HAIR),
    "subtotal": Border(top=_THIN, bottom=_HAIR),
    "total": Border(top=_THIN, bottom=_DOUBLE),
    "good": Border(bottom=_HAIR),
    "warning": Border(bottom=_HAIR),
    "bad": Border(bottom=_HAIR),
}

_FORMATS: Mapping[ColumnKind, str] = {
    "text": "General",
    "money": "#,##0;-#,##0",
    "pence": "#,##0.00;-#,##0.00",
    "number": "General",
    "count": "#,##0",
    "percent": "0.0%",
    "date": "dd/mm/yyyy",
}

# What the palette shows in its own cells, so that a person sees what they restyle.
_SAMPLES: Mapping[ColumnKind, str | int | float | date] = {
    "text": "Words",
    "money": 1234567,
    "pence": 1234.56,
    "number": 0.25,
    "count": 368571,
    "percent": 0.125,
    "date": date(2024, 4, 1),
}

# A long title or note runs on over its empty neighbours; words in a table wrap.
_UNWRAPPED: frozenset[RowKind] = frozenset({"title", "note"})


def apply_look(cell: Cell | MergedCell, look: Look) -> None:
    """Give a cell the look of one crossing of the palette."""
    row, column = look
    if row == "title":
        cell.style = "Heading 1"
    cell.font = _FONTS[row]
    if row in _FILLS:
        cell.fill = PatternFill("solid", fgColor=_FILLS[row])
    cell.border = _BORDERS.get(row, Border())
    is_left = column in {"text", "date"}
    cell.alignment = Alignment(
        horizontal="left" if is_left else "right",
        # Words keep a distance from the figures beside them, and figures from the edge.
        indent=int(row not in _UNWRAPPED),
        vertical="center",
        wrap_text=row == "header" or (column == "text" and row not in _UNWRAPPED),
    )
    cell.number_format = _FORMATS[column]


def colours(row: RowKind) -> tuple[Font, PatternFill]:
    """Give the letters and the ground of a kind of row, for conditional formats and forms."""
    return _FONTS[row], PatternFill("solid", fgColor=_FILLS.get(row, _PAPER))


def add_heading_style(book: Workbook) -> None:
    """Give the workbook Excel's own Heading 1, by which a screen reader knows a title."""
    heading = NamedStyle("Heading 1", font=_FONTS["title"], builtinId=16)
    book.add_named_style(heading)


def draw_palette(book: Workbook, sheet: Worksheet, top: int) -> None:
    """Draw the grid, with its corner in column A, and name the corner.

    Args:
        book: the workbook.
        sheet: the sheet `Palette`.
        top: the row of the column labels.
    """
    for offset, column in enumerate(COLUMN_KINDS, start=2):
        apply_look(sheet.cell(top, offset, column), Look("header", column))
    for down, row in enumerate(ROW_KINDS, start=top + 1):
        apply_look(sheet.cell(down, 1, row), Look("section", "text"))
        for offset, column in enumerate(COLUMN_KINDS, start=2):
            cell = sheet.cell(down, offset, _SAMPLES[column])
            apply_look(cell, Look(row, column))
    quoted = f"'{sheet.title}'!$A${top}"
    book.defined_names[CORNER_NAME] = DefinedName(CORNER_NAME, attr_text=quoted)
