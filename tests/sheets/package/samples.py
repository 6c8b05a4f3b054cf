"""Workbooks for the tests: small ones written by hand, rich ones written by libraries."""

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import xlsxwriter  # type: ignore[import-untyped]
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableColumn

from xlframework.sheets.package.container import read_package
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import Book, Package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"

SHEET = "xl/worksheets/sheet1.xml"


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Pack parts as they are, in order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in parts.items():
            archive.writestr(name, contents)
    return buffer.getvalue()


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    """Give a worksheet with these rows."""
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{REL}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def links(*targets: tuple[str, str]) -> str:
    """Give a relationships part with a link per (kind, target)."""
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{REL}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_RELS}">{inner}</Relationships>'


def hand_made(
    sheet: str,
    *,
    workbook: str = "",
    strings: str = "",
    more: Mapping[str, bytes | str] | None = None,
) -> dict[str, bytes | str]:
    """Give the parts of a workbook of one sheet called Budget.

    `workbook` goes in behind the sheets; `strings` are `si` elements; `more` adds parts.
    """
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
            f'<Override PartName="/{SHEET}" ContentType="{_SPREADSHEET}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
            f'<sheet name="Budget" sheetId="1" r:id="rId1"/></sheets>{workbook}</workbook>'
        ),
        "xl/_rels/workbook.xml.rels": links(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "/xl/sharedStrings.xml")
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        SHEET: sheet,
    }
    return {**parts, **(more or {})}


def package_of(parts: Mapping[str, bytes | str], file: str = "budget.xlsx") -> Package:
    """Read parts as a package."""
    return read_package(zipped(parts), file)


def book_of(rows: str, **options: str) -> Book:
    """Read a workbook of one hand-made sheet."""
    return read_book(package_of(hand_made(sheet_xml(rows), **options)))  # type: ignore[arg-type]


def by_openpyxl(path: Path) -> Path:
    """Write a workbook with most of what we read."""
    book = openpyxl.Workbook()
    lines = book.active
    assert lines is not None
    lines.title = "Lines"
    for row in (
        ["Line", "2024/25 Budget", "Due"],
        ["Refuge", 1339454.38, dt.datetime.combine(dt.date(2024, 4, 1), dt.time(12, 30))],
        ["Mediation & <more>", 0.1, dt.date(2025, 3, 31)],
        ["  spaces  ", -500, None],
    ):
        lines.append(row)
    lines["B5"] = "=SUM(B2:B4)"
    lines["D2"], lines["D3"], lines["D4"] = True, False, "#REF!"
    lines["D4"].data_type = "e"
    lines["B2"].number_format = "#,##0.00"
    lines["C4"].font = Font(bold=True)
    lines["A9"].font = Font(bold=True)
    table = Table(displayName="Lines", ref="A1:C4")
    table.tableColumns = [
        TableColumn(id=n, name=name) for n, name in enumerate(("Line", "2024/25 Budget", "Due"), 1)
    ]
    lines.add_table(table)
    lines.merge_cells("F2:G4")
    lines.row_dimensions[3].hidden = True
    lines.column_dimensions["D"].hidden = True
    rule = DataValidation(type="list", formula1='"yes,no"')
    rule.add("A2:A4")
    rule.add("E7")
    lines.add_data_validation(rule)
    lines["A2"].comment = Comment("ask Sam", "Kim")
    other = book.create_sheet("It's other")
    other.sheet_state = "hidden"
    other["B2"] = "='Lines'!B5*2"
    book.defined_names["Pot"] = DefinedName("Pot", attr_text="Lines!$B$5")
    other.defined_names["Local"] = DefinedName("Local", attr_text="'It''s other'!$B$2", hidden=True)
    book.save(path)
    return path


def by_xlsxwriter(path: Path) -> Path:
    """Write a workbook with cached values, rich text, an array, sparklines and a chart."""
    book = xlsxwriter.Workbook(str(path))
    lines = book.add_worksheet("Lines")
    bold = book.add_format({"bold": True})
    money = book.add_format({"num_format": "£#,##0.00"})
    day = book.add_format({"num_format": "d mmm yyyy"})
    rows = [["Refuge", 100.5, 45383], ["Mediation", 250.25, 45747], ["Advice", 1e-7, 45748]]
    lines.add_table(
        "A1:C4",
        {
            "name": "Lines",
            "columns": [
                {"header": "Line"},
                {"header": "Amount\nin pounds", "format": money},
                {"header": "Due", "format": day},
            ],
            "data": rows,
        },
    )
    lines.write_formula("B6", "=SUM(B2:B4)", money, 350.7500001)
    lines.write_formula("B7", '=A2&"!"', None, "Refuge!")
    lines.write_array_formula("E2:E4", "{=B2:B4*2}", None, 201)
    lines.write_rich_string("A6", "Grand ", bold, "total")
    lines.write_boolean("D6", True)
    lines.conditional_format("B2:B4", {"type": "data_bar", "data_bar_2010": True})
    lines.conditional_format("A2:D4", {"type": "no_blanks", "format": bold})
    lines.data_validation("A2:A4", {"validate": "list", "source": "=Other!$A$1:$A$3"})
    lines.add_sparkline("F2", {"range": "Lines!B2:B4"})
    lines.write_comment("A3", "ask Sam")
    chart = book.add_chart({"type": "column", "name": "Summary chart"})
    chart.set_title({"name": "Spending"})
    chart.add_series(
        {
            "name": "=Lines!$B$1",
            "categories": "=Lines!$A$2:$A$4",
            "values": "=Lines!$B$2:$B$4",
            "fill": {"color": "#336699"},
        }
    )
    chart.add_series({"name": "Second", "values": "=Lines!$C$2:$C$4"})
    lines.insert_chart("H2", chart)
    other = book.add_worksheet("Other")
    other.write_column("A1", ["x", "y", "z"])
    other.very_hidden()
    line = book.add_chart({"type": "line"})
    line.add_series({"values": "=Lines!$B$2:$B$4"})
    book.add_chartsheet("Picture").set_chart(line)
    last = book.add_worksheet("Last")
    last.write("A1", 1)
    last.print_area("A1:B2")
    book.define_name("Pot", "=Lines!$B$6")
    book.close()
    return path


def by_openpyxl_again(data: bytes, *, values: bool = False) -> openpyxl.Workbook:
    """Open a workbook's bytes with openpyxl, which grumbles about what it would lose."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values)
