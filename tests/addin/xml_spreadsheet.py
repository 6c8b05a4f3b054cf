"""Writes a range as Excel's XML Spreadsheet: `Range.Value(xlRangeValueXMLSpreadsheet)`.

Emulated here after Microsoft's XML Spreadsheet Reference: the styles in use, each under an id
of this text alone, and the cells, rows and columns that have one; names for some formats.
"""

from dataclasses import replace
from xml.sax.saxutils import quoteattr

from pyopenvba._a1 import Area
from pyopenvba.apps.excel._model import Worksheet
from pyopenvba.apps.excel._styles import Side, Style
from pyopenvba.interpreter import EMPTY

_HEAD = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"\n'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"\n'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"\n'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"\n'
    ' xmlns:html="http://www.w3.org/TR/REC-html40">\n'
)
_NAMED_FORMATS = {
    "0.00": "Fixed",
    "#,##0.00": "Standard",
    "0.00%": "Percent",
    "0.00E+00": "Scientific",
    "m/d/yyyy": "Short Date",
    "m/d/yyyy h:mm": "General Date",
}
_LINES = {"thin": 1, "medium": 2, "thick": 3, "hair": 0, "double": 3}


def xml_spreadsheet(sheet: Worksheet, area: Area) -> str:
    """Write a range out."""
    ids: dict[Style, str] = {}
    rows = [
        text
        for row in range(area.top, area.bottom + 1)
        if (text := _row(sheet, area, row, ids)) is not None
    ]
    styles = "".join(_style(sheet, style, name) for style, name in ids.items())
    plain = _style(sheet, sheet.book.stylesheet.default, "Default")
    return (
        f"{_HEAD}<Styles>{plain}{styles}</Styles>"
        f"<Worksheet ss:Name={quoteattr(sheet.name)}>"
        f'<Table ss:ExpandedColumnCount="{area.columns}" ss:ExpandedRowCount="{area.rows}">'
        f"{''.join(rows)}</Table></Worksheet></Workbook>\n"
    )


def _row(sheet: Worksheet, area: Area, row: int, ids: dict[Style, str]) -> str | None:
    cells, last = [], 0
    for column in range(area.left, area.right + 1):
        cell = _cell(sheet, row, column, ids)
        if cell is None:
            continue
        place = column - area.left + 1
        index = f' ss:Index="{place}"' if place != last + 1 else ""
        cells.append(cell.replace("<Cell", f"<Cell{index}", 1))
        last = place
    fixed = ' ss:AutoFitHeight="0"' if sheet.dims.row_is_custom(row) else ""
    fixed += ' ss:Hidden="1"' if sheet.dims.row_hidden(row) else ""
    if not cells and not fixed:
        return None
    return f'<Row ss:Index="{row - area.top + 1}"{fixed}>{"".join(cells)}</Row>'


def _cell(sheet: Worksheet, row: int, column: int, ids: dict[Style, str]) -> str | None:
    style = sheet.style_at(row, column)
    found = sheet.cell(row, column)
    merged = next((one for one in sheet.merged_areas if (one.top, one.left) == (row, column)), None)
    note = (row, column) in sheet.notes
    is_plain = style == sheet.book.stylesheet.default
    holds = found is not None and (found.value is not EMPTY or found.formula)
    if is_plain and not holds and merged is None and not note:
        return None
    # The prefix character is no part of a format here.
    seen = _without_prefix(style)
    attributes = "" if is_plain else f' ss:StyleID="{ids.setdefault(seen, f"s{62 + len(ids)}")}"'
    if merged is not None:
        attributes += f' ss:MergeAcross="{merged.columns - 1}" ss:MergeDown="{merged.rows - 1}"'
    comment = "<Comment><ss:Data>noted</ss:Data></Comment>" if note else ""
    return f"<Cell{attributes}>{comment}</Cell>"


def _without_prefix(style: Style) -> Style:
    return replace(style, quote_prefix=False, applied=frozenset())


def _style(sheet: Worksheet, style: Style, name: str) -> str:
    colors = sheet.book.stylesheet.colors
    font, align = style.font, style.alignment
    code = style.number_format
    parts = [
        _element(
            "Alignment",
            Horizontal=align.horizontal.capitalize(),
            Vertical=align.vertical.capitalize() or "Bottom",
            WrapText="1" if align.wrap else "",
            Indent=str(align.indent or ""),
        ),
        "<Borders>"
        + "".join(
            _border(side, where, colors.rrggbb(side.color, "000000"))
            for where, side in (
                ("Bottom", style.border.bottom),
                ("Left", style.border.left),
                ("Right", style.border.right),
                ("Top", style.border.top),
            )
        )
        + "</Borders>",
        _element(
            "Font",
            FontName=font.name,
            Size=f"{font.size:g}",
            Color=f"#{colors.rrggbb(font.color, '000000')}",
            Bold="1" if font.bold else "",
            Italic="1" if font.italic else "",
            Underline=font.underline.capitalize(),
        ),
        _element(
            "Interior",
            Color=f"#{colors.rrggbb(style.fill.foreground, 'FFFFFF')}"
            if style.fill.pattern != "none"
            else "",
            Pattern=style.fill.pattern.capitalize() if style.fill.pattern != "none" else "",
        ),
        _element(
            "NumberFormat", Format="" if code == "General" else _NAMED_FORMATS.get(code, code)
        ),
        _element("Protection", Protected="" if style.protection.locked else "0"),
    ]
    named = ' ss:Name="Normal"' if name == "Default" else ""
    return f'<Style ss:ID="{name}"{named}>{"".join(parts)}</Style>'


def _element(tag: str, **attributes: str) -> str:
    said = "".join(f" ss:{name}={quoteattr(value)}" for name, value in attributes.items() if value)
    return f"<{tag}{said}/>"


def _border(side: Side, where: str, color: str) -> str:
    if not side.style:
        return ""
    weight = _LINES.get(side.style, 1)
    line = "Double" if side.style == "double" else "Continuous"
    return _element("Border", Position=where, LineStyle=line, Weight=str(weight), Color=f"#{color}")
