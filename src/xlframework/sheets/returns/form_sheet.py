"""The sheet that a partner fills in: its cells, locks, drop-downs, messages and page."""

from typing import Literal

from openpyxl.styles import Alignment, Border, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableFormula, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from xlframework.ground.place import cell_name, column_letters, quoted_sheet
from xlframework.model.form import FieldSpec, Form
from xlframework.model.returns import Covered, Issued
from xlframework.sheets.returns.form_layout import TITLE_ROW, FormLayout
from xlframework.sheets.returns.form_look import (
    coloured,
    dress,
    dress_field,
    put,
    run_on,
    validation,
)
from xlframework.sheets.returns.formula_text import row_formula

_A4 = 9
_HEADER_HEIGHT = 31.0
_FIELD_HEIGHT = 16.5
_SPACER_HEIGHT = 6.0
_TITLE_HEIGHT = 24.0


def add_return(book: Workbook, form: Form, issued: Issued, layout: FormLayout) -> None:
    """Add the sheet, dressed, locked and with its names; what it is filled with comes later.

    Args:
        book: the workbook.
        form: the form.
        issued: for the title, and the lines that are not asked for.
        layout: where everything stands.
    """
    sheet = book.create_sheet(form.sheet)
    put(sheet.cell(TITLE_ROW, 1), f"{form.title} {issued.year}", "title")
    sheet.row_dimensions[TITLE_ROW].height = _TITLE_HEIGHT
    put(sheet.cell(layout.intro, 1), form.intro, "note")
    for spec in form.field:
        _add_field(book, sheet, spec, form, layout)
    if layout.covered is not None:
        put(sheet.cell(layout.covered, 1), _covered_text(issued.covered), "note")
        sheet.row_dimensions[layout.covered].height = _FIELD_HEIGHT
    sheet.row_dimensions[layout.header - 1].height = _SPACER_HEIGHT
    _add_table(sheet, form, layout)
    sheet.row_dimensions[layout.header].height = _HEADER_HEIGHT
    _add_colours(sheet, form, layout)
    _open_at_first_input(sheet, form, layout)
    protect(sheet)
    set_up_page(sheet, orientation="landscape")
    sheet.print_title_rows = f"{layout.header}:{layout.header}"
    last = cell_name(layout.table.last_row, layout.table.last_column)
    sheet.print_area = f"A1:{last}"


def _covered_text(covered: tuple[Covered, ...]) -> str:
    listed = "; ".join(f"{each.line_id} {each.service} (part of {each.by})" for each in covered)
    return f"Not asked for, because another line's amount covers it: {listed}."


def _add_field(
    book: Workbook, sheet: Worksheet, spec: FieldSpec, form: Form, layout: FormLayout
) -> None:
    row, column = layout.fields[spec.name]
    label, value = sheet.cell(row, column - 1), sheet.cell(row, column)
    put(label, spec.label, "section")
    label.fill, label.border = PatternFill(), Border()
    dress_field(value, spec)
    if spec.above is not None:
        # It runs on to the left, over cells that are empty.
        label.alignment = Alignment(horizontal="right", vertical="center", indent=1)
    elif not spec.hidden:
        # Long words run on to the right, and the remark stands behind them.
        run_on(value, sheet.cell(row, column + 1), spec)
        remark = sheet.cell(row, column + 2)
        put(remark, spec.help, "note")
        remark.alignment = Alignment(horizontal="left", vertical="center", indent=1)
    sheet.row_dimensions[row].height = _FIELD_HEIGHT
    sheet.row_dimensions[row].hidden = spec.hidden
    target = f"{quoted_sheet(sheet.title)}!${column_letters(column)}${row}"
    book.defined_names[spec.name] = DefinedName(spec.name, attr_text=target)
    rule = validation(spec, form)
    if rule is not None:
        rule.add(value.coordinate)
        sheet.add_data_validation(rule)


def _add_table(sheet: Worksheet, form: Form, layout: FormLayout) -> None:
    area = layout.table
    for column, spec in enumerate(form.table.column, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = spec.width
        header = sheet.cell(layout.header, column)
        put(header, spec.header, "header")
        if spec.kind == "money":
            header.alignment = Alignment(
                horizontal="right", vertical="center", wrap_text=True, indent=1
            )
        for row in layout.rows:
            dress(sheet.cell(row, column), spec)
        rule = validation(spec, form)
        if rule is not None:
            rule.add(f"{letter}{layout.rows[0]}:{letter}{layout.rows[-1]}")
            sheet.add_data_validation(rule)
    table = Table(displayName=form.table.name, ref=str(area))
    table.tableStyleInfo = TableStyleInfo(name=None, showRowStripes=False)
    table.tableColumns = [
        TableColumn(
            id=number,
            name=spec.header,
            calculatedColumnFormula=(
                TableFormula(attr_text=row_formula(form, spec)) if spec.formula else None
            ),
        )
        for number, spec in enumerate(form.table.column, start=1)
    ]
    sheet.add_table(table)


def _add_colours(sheet: Worksheet, form: Form, layout: FormLayout) -> None:
    """Show what is left in green at nought and in red below, and where a reason is due."""
    left = form.field_for("left")
    if left is not None:
        at = cell_name(*layout.fields[left.name])
        sheet.conditional_formatting.add(at, coloured(f"ROUND({at},2)<0", "bad"))
        sheet.conditional_formatting.add(at, coloured(f"ROUND({at},2)=0", "good"))
    columns = {spec.role: number for number, spec in enumerate(form.table.column, start=1)}
    if form.limits.variance is None or not {"variance", "outturn", "reason"} <= columns.keys():
        return
    variance, outturn, reason = (
        f"${cell_name(layout.rows[0], columns[role])}" for role in ("variance", "outturn", "reason")
    )
    # A form that nobody has begun to fill in asks for no reason yet.
    due = f"AND({outturn}<>0,ABS({variance})>{form.limits.variance},LEN(TRIM({reason}))=0)"
    letter = get_column_letter(columns["reason"])
    cells = f"{letter}{layout.rows[0]}:{letter}{layout.rows[-1]}"
    sheet.conditional_formatting.add(cells, coloured(due, "warning"))


def _open_at_first_input(sheet: Worksheet, form: Form, layout: FormLayout) -> None:
    sheet.freeze_panes = f"B{layout.header + 1}"
    first = next((spec for spec in form.field if spec.is_input), None)
    if first is not None:
        # It stands above the table, right of the column that stays in view.
        if sheet.sheet_view.pane is not None:
            sheet.sheet_view.pane.activePane = "topRight"
        for selection in sheet.sheet_view.selection:
            selection.activeCell = selection.sqref = cell_name(*layout.fields[first.name])


def protect(sheet: Worksheet) -> None:
    """Lock a sheet without a password; widths and heights may be changed, to read long words."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def set_up_page(
    sheet: Worksheet, *, orientation: Literal["portrait", "landscape"], pages_high: int = 0
) -> None:
    """Print on A4, one page wide, with the file's name and the page number at the foot."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = pages_high
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.4, 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.25
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(text="&F"), right=_HeaderFooterPart(text="Page &P of &N")
    )
