"""The look of a form's cells, and what each of them takes: from the palette's colours."""

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation

from xlframework.model.form import ColumnSpec, FieldSpec, Form, FormList
from xlframework.sheets.palette import ColumnKind, Look, RowKind
from xlframework.sheets.template_palette import apply_look, colours

# Nought is shown in what is typed, where it is not blank; in a row's sums it is a dash.
# The sign after an underscore keeps a hyphen's width free at the edge of the cell.
_TYPED = "#,##0.00_-;-#,##0.00_-"
_SUM = '#,##0.00_-;-#,##0.00_-;"\N{EN DASH}"_-'
_DATE = "dd/mm/yyyy"

_BOX = Side(style="thin", color="8FA3B8")
_HAIR = Side(style="hair", color="B8C2CE")

# Excel shows no more of an input message.
_LONGEST_TITLE = 32
_LONGEST_MESSAGE = 255

_FIRST_DAY = "DATE(2000,1,1)"


def put(cell: Cell | MergedCell, value: str | None, row: RowKind) -> None:
    """Write words into a cell in the look of one kind of row."""
    if isinstance(cell, Cell):
        cell.value = value
    apply_look(cell, Look(row, "text"))


def dress(cell: Cell | MergedCell, spec: FieldSpec | ColumnSpec) -> None:
    """Give a cell of the form its look and its lock: a white box to fill in, or a grey one."""
    kind: ColumnKind = "pence" if spec.kind == "money" else "text"
    apply_look(cell, Look("line", kind))
    if spec.kind == "money":
        cell.number_format = _SUM if spec.formula is not None else _TYPED
        cell.alignment = Alignment(horizontal="right", vertical="center")
    elif spec.kind == "date":
        cell.number_format = _DATE
    if spec.is_input:
        cell.border = Border(left=_BOX, right=_BOX, top=_BOX, bottom=_BOX)
        cell.protection = Protection(locked=False)
    else:
        _, cell.fill = colours("total")
        cell.border = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)


def dress_field(cell: Cell | MergedCell, spec: FieldSpec) -> None:
    """Give a named cell its look."""
    dress(cell, spec)
    if spec.kind == "money":
        cell.number_format = _TYPED
    else:
        cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)


def run_on(cell: Cell | MergedCell, right: Cell | MergedCell, spec: FieldSpec) -> None:
    """Make one box of a named cell and the empty cell to its right, where long words run on."""
    edge = _BOX if spec.is_input else _HAIR
    cell.border = Border(left=edge, top=edge, bottom=edge)
    right.border = Border(right=edge, top=edge, bottom=edge)
    if not spec.is_input:
        _, right.fill = colours("total")


def validation(spec: FieldSpec | ColumnSpec, form: Form) -> DataValidation | None:
    """Say what a cell takes, and show its help when it is entered; None for a locked cell."""
    if not spec.is_input:
        return None
    title = spec.label if isinstance(spec, FieldSpec) else spec.header
    rule = _rule(spec, form)
    rule.allow_blank = True
    rule.showErrorMessage = rule.type is not None
    rule.errorStyle = "stop"
    if spec.help:
        rule.showInputMessage = True
        rule.promptTitle = title[:_LONGEST_TITLE]
        rule.prompt = spec.help[:_LONGEST_MESSAGE]
    return rule


def _rule(spec: FieldSpec | ColumnSpec, form: Form) -> DataValidation:
    if spec.list is not None:
        listed = next(each for each in form.lists() if each.name == spec.list)
        return DataValidation(
            type="list",
            formula1=listed.range_name,
            errorTitle="Not in the list",
            error=f"Please choose one of: {_offered(listed)}."[:_LONGEST_MESSAGE],
        )
    if spec.kind == "money":
        least = 0
        if isinstance(spec, ColumnSpec) and spec.negative:
            least = -form.limits.largest
        return DataValidation(
            type="decimal",
            operator="between",
            formula1=str(least),
            formula2=str(form.limits.largest),
            errorTitle="An amount in pounds",
            error="Please type a plain number in pounds, such as 1200 or 1200.50.",
        )
    if spec.kind == "date":
        return DataValidation(
            type="date",
            operator="greaterThanOrEqual",
            formula1=_FIRST_DAY,
            errorTitle="A date",
            error="Please type the day as a date, such as 15/04/2024.",
        )
    return DataValidation(type=None)


def _offered(listed: FormList) -> str:
    return ", ".join(listed.items)


def coloured(formula: str, row: RowKind) -> Rule:
    """Give a conditional format in the palette's colours."""
    font, fill = colours(row)
    # A conditional format takes its ground from the background colour.
    ground = PatternFill("solid", bgColor=fill.fgColor)
    look = DifferentialStyle(font=Font(color=font.color), fill=ground)
    return Rule(type="expression", formula=[formula], dxf=look)
