"""Builds the skeleton workbook from its declaration, the same bytes every time."""

import io

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from xlframework.ground.financial_year import AmountColumn
from xlframework.model.workbook import (
    CellSpec,
    ColumnSpec,
    ListSpec,
    SheetSpec,
    TableSpec,
    WorkbookSpec,
)
from xlframework.sheets.built import BUILT, as_built
from xlframework.sheets.package.container import package_bytes, read_package
from xlframework.sheets.package.records import Package
from xlframework.sheets.palette import ColumnKind, Look, RowKind, palette_kind
from xlframework.sheets.template_chart import add_chart
from xlframework.sheets.template_palette import add_heading_style, apply_look, draw_palette

# What the skeleton shows until an edition fills it.
EXAMPLE_COLUMN = AmountColumn.parse("2024/25 Budget")
AMOUNT_WIDTH = 17

_FIRST_CONTENT_ROW = 4
_SPARE_AMOUNT_COLUMNS = 12
_LONGEST_LIST = 100
_LIST_WIDTH = 26
_INPUT_TAB = "1F3A5F"
_GENERATED_TAB = "8FA3B8"


def amount_spec(column: AmountColumn) -> ColumnSpec:
    """Declare an amount column."""
    return ColumnSpec(header=str(column), kind="money", width=AMOUNT_WIDTH)


def build_skeleton(spec: WorkbookSpec) -> bytes:
    """Build the skeleton: every sheet, table, named cell, list and chart, and the palette.

    Args:
        spec: the declaration of the workbook.

    Returns:
        The .xlsx file; the same bytes for the same declaration.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    add_heading_style(book)
    for sheet_spec in spec.sheet:
        _add_sheet(book, sheet_spec, spec)
    book.properties.title = spec.title
    book.properties.creator = "xlframework"
    book.properties.created = BUILT.replace(tzinfo=None)
    stream = io.BytesIO()
    book.save(stream)
    return _with_fixed_parts(stream.getvalue(), spec)


def _with_fixed_parts(data: bytes, spec: WorkbookSpec) -> bytes:
    """Fix what openpyxl writes anew each time: the hour of saving, and the chart's name."""
    package = as_built(read_package(data, "commissioning.xlsx"))
    return package_bytes(package.replacing(_named_charts(package, spec)))


def _named_charts(package: Package, spec: WorkbookSpec) -> dict[str, bytes]:
    """Give the charts their names; openpyxl draws one drawing a sheet, in the sheets' order."""
    charts = [sheet.chart for sheet in spec.sheet if sheet.chart is not None]
    named = {}
    for number, chart in enumerate(charts, start=1):
        part = f"xl/drawings/drawing{number}.xml"
        named[part] = package.parts[part].replace(
            b'name="Chart 1"', f'name="{chart.name}"'.encode(), 1
        )
    return named


def _add_sheet(book: Workbook, spec: SheetSpec, workbook: WorkbookSpec) -> None:
    sheet = book.create_sheet(spec.name)
    _put(sheet.cell(1, 1), spec.title, "title", "text")
    # A column that repeats on every printed page would repeat half a sentence.
    _put(sheet.cell(2, 1 + spec.frozen_columns), spec.about, "note", "text")
    for offset, width in enumerate(spec.widths, start=1):
        sheet.column_dimensions[get_column_letter(offset)].width = width
    row = _FIRST_CONTENT_ROW
    for cell in spec.cell:
        column = 1 + max(1, spec.frozen_columns) if cell.wide else 2
        _add_named_cell(book, sheet, (row, column), cell, workbook)
        row += 1
    if spec.table is not None:
        row += bool(spec.cell) + (spec.chart.rows if spec.chart is not None else 0)
        _add_table(sheet, row, spec.table, workbook)
        if spec.chart is not None:
            headers = [column.header for column in _columns_of(spec.table)]
            # Behind the columns that every printed page repeats.
            anchor = f"{get_column_letter(1 + spec.frozen_columns)}{_FIRST_CONTENT_ROW}"
            add_chart(sheet, spec.chart, headers, anchor, row)
        _freeze(sheet, row, spec.frozen_columns)
    elif spec.name == "Lists":
        _add_lists(book, sheet, workbook)
        _freeze(sheet, row, 0)
    elif spec.name == "Palette":
        draw_palette(book, sheet, _FIRST_CONTENT_ROW)
        for offset in range(1, 10):
            sheet.column_dimensions[get_column_letter(offset)].width = 15
    sheet.sheet_state = spec.visibility
    if spec.guide:
        _add_guide(sheet, row + 1, workbook)
    _set_up_page(sheet, spec, row if spec.table is not None else None)
    generated = spec.table is not None and spec.table.generated
    sheet.sheet_properties.tabColor = _GENERATED_TAB if generated else _INPUT_TAB


def _put(cell: Cell | MergedCell, value: str | None, row: RowKind, column: ColumnKind) -> None:
    if isinstance(cell, Cell):
        cell.value = value
    apply_look(cell, Look(row, column))


def _add_named_cell(
    book: Workbook,
    sheet: Worksheet,
    place: tuple[int, int],
    spec: CellSpec,
    workbook: WorkbookSpec,
) -> None:
    row, column = place
    _put(sheet.cell(row, 1), spec.label, "section", "text")
    formula = f"={spec.formula}" if spec.formula else None
    apply_look(sheet.cell(row, 2), Look("line", "text"))
    value = sheet.cell(row, column)
    _put(value, formula, "line", palette_kind(spec.kind))
    # Settings of different kinds stand under each other and read best from the left.
    # Without a remark beside it a long text runs on over the empty cells to its right.
    wraps = bool(spec.help)
    value.alignment = Alignment(horizontal="left", vertical="center", wrap_text=wraps, indent=1)
    if spec.help:
        _put(sheet.cell(row, 3), spec.help, "note", "text")
    target = f"'{sheet.title}'!${get_column_letter(column)}${row}"
    book.defined_names[spec.name] = DefinedName(spec.name, attr_text=target)
    if spec.list:
        _add_drop_down(sheet, value.coordinate, workbook, spec.list)


def _add_guide(sheet: Worksheet, row: int, workbook: WorkbookSpec) -> None:
    """Say what every sheet is for."""
    _put(sheet.cell(row, 1), "Sheet", "header", "text")
    _put(sheet.cell(row, 2), "What it is for", "header", "text")
    apply_look(sheet.cell(row, 3), Look("header", "text"))
    shown = [each for each in workbook.sheet if each.visibility == "visible"]
    for down, each in enumerate(shown, start=row + 1):
        _put(sheet.cell(down, 1), each.name, "section", "text")
        about = sheet.cell(down, 2)
        _put(about, each.about, "line", "text")
        # A sentence runs on over the next column; both cells carry the rule below it.
        about.alignment = Alignment(horizontal="left", vertical="center", indent=1)
        apply_look(sheet.cell(down, 3), Look("line", "text"))


def _columns_of(spec: TableSpec) -> tuple[ColumnSpec, ...]:
    return (*spec.column, amount_spec(EXAMPLE_COLUMN)) if spec.amounts else spec.column


def _add_table(sheet: Worksheet, row: int, spec: TableSpec, workbook: WorkbookSpec) -> None:
    """Add a table with its header and one empty row."""
    columns = _columns_of(spec)
    for offset, column in enumerate(columns, start=1):
        kind = palette_kind(column.kind)
        _put(sheet.cell(row, offset), column.header, "header", kind)
        apply_look(sheet.cell(row + 1, offset), Look("line", kind))
        sheet.column_dimensions[get_column_letter(offset)].width = column.width
        if column.list:
            letter = get_column_letter(offset)
            _add_drop_down(sheet, f"{letter}{row + 1}", workbook, column.list)
    spare = spec.spare or (_SPARE_AMOUNT_COLUMNS if spec.amounts else 0)
    for offset in range(len(columns) + 1, len(columns) + 1 + spare):
        sheet.column_dimensions[get_column_letter(offset)].width = AMOUNT_WIDTH
    table = Table(displayName=spec.name, ref=f"A{row}:{get_column_letter(len(columns))}{row + 1}")
    table.tableStyleInfo = TableStyleInfo(name=None, showRowStripes=False)
    table.tableColumns = [
        TableColumn(id=number, name=column.header) for number, column in enumerate(columns, start=1)
    ]
    if not spec.generated:
        table.autoFilter = AutoFilter(ref=table.ref)
    sheet.add_table(table)


def _add_drop_down(sheet: Worksheet, cells: str, workbook: WorkbookSpec, name: str) -> None:
    """Offer a list; another word is possible after a warning, and checks report it."""
    listed = next(each for each in workbook.list if each.name == name)
    rule = DataValidation(
        type="list",
        formula1=listed.range_name,
        allow_blank=True,
        errorStyle="warning",
        errorTitle=name,
        error="This is not in the list. Keep it all the same?",
        showErrorMessage=True,
    )
    rule.add(cells)
    sheet.add_data_validation(rule)


def _add_lists(book: Workbook, sheet: Worksheet, workbook: WorkbookSpec) -> None:
    top = _FIRST_CONTENT_ROW
    own = [each for each in workbook.list if each.table is None]
    for offset, each in enumerate(own, start=1):
        letter = get_column_letter(offset)
        sheet.column_dimensions[letter].width = _LIST_WIDTH
        _put(sheet.cell(top, offset), each.name, "header", "text")
        for down, item in enumerate(each.items, start=top + 1):
            _put(sheet.cell(down, offset), item, "line", "text")
        _name_list(book, each, sheet.title, letter)
    for each in workbook.list:
        if each.table is not None:
            target = f"{each.table}[{each.column}]"
            book.defined_names[each.range_name] = DefinedName(each.range_name, attr_text=target)


def _name_list(book: Workbook, each: ListSpec, title: str, letter: str) -> None:
    """Name a list so that it ends with its last word, without a volatile function."""
    first = f"'{title}'!${letter}${_FIRST_CONTENT_ROW + 1}"
    whole = f"{first}:${letter}${_FIRST_CONTENT_ROW + _LONGEST_LIST}"
    target = f"{first}:INDEX({whole},MAX(1,COUNTA({whole})))"
    book.defined_names[each.range_name] = DefinedName(each.range_name, attr_text=target)


def _freeze(sheet: Worksheet, header_row: int, columns: int) -> None:
    sheet.freeze_panes = f"{get_column_letter(columns + 1)}{header_row + 1}"


def _set_up_page(sheet: Worksheet, spec: SheetSpec, header_row: int | None) -> None:
    """Print on A4 landscape, fitted to its pages, the header and frozen columns repeated."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = spec.pages_wide
    sheet.page_setup.fitToHeight = spec.pages_high
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(text="&A"), right=_HeaderFooterPart(text="Page &P of &N")
    )
    if header_row is not None:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    if spec.frozen_columns:
        sheet.print_title_cols = f"A:{get_column_letter(spec.frozen_columns)}"
