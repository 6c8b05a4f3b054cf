"""The sheets beside the form: the guidance that a partner reads, and the drop-down lists."""

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName

from xlframework.ground.place import quoted_sheet
from xlframework.model.form import ColumnSpec, FieldSpec, Form
from xlframework.sheets.returns.form_look import put
from xlframework.sheets.returns.form_sheet import protect, set_up_page
from xlframework.sheets.row_heights import POINTS_A_LINE, lines_needed

GUIDANCE, LISTS = "Guidance", "Lists"

_WIDTHS = (26, 22, 62)
_LIST_WIDTH = 26
_ROW_HEIGHT = 18.0


def add_guidance(book: Workbook, form: Form) -> None:
    """Add the sheet that says how to fill in the form, and what goes into each cell."""
    sheet = book.create_sheet(GUIDANCE)
    for number, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    put(sheet.cell(1, 1), "How to fill in this form", "title")
    row = 3
    for sentence in form.about:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_WIDTHS))
        put(sheet.cell(row, 1), sentence, "line")
        sheet.row_dimensions[row].height = _height(sentence, sum(_WIDTHS))
        row += 1
    row += 1
    for column, text in enumerate(("Cell or column", "Who fills it in", "What goes in"), start=1):
        put(sheet.cell(row, column), text, "header")
    specs: list[FieldSpec | ColumnSpec] = [
        spec for spec in form.field if not spec.hidden and _what(spec, form)
    ]
    specs += [spec for spec in form.table.column if _what(spec, form)]
    for spec in specs:
        row += 1
        put(sheet.cell(row, 1), _name(spec), "section")
        put(sheet.cell(row, 2), _who(spec), "line")
        put(sheet.cell(row, 3), _what(spec, form), "line")
        sheet.row_dimensions[row].height = _height(_what(spec, form), _WIDTHS[-1])
    protect(sheet)
    set_up_page(sheet, orientation="portrait", pages_high=1)


def _name(spec: FieldSpec | ColumnSpec) -> str:
    return spec.label if isinstance(spec, FieldSpec) else spec.header


def _who(spec: FieldSpec | ColumnSpec) -> str:
    if spec.formula is not None:
        return "Works itself out"
    return "Filled in already" if spec.filled else "You"


def _what(spec: FieldSpec | ColumnSpec, form: Form) -> str:
    listed = form.items(spec.list)
    offered = f"One of: {', '.join(listed)}." if listed else ""
    return " ".join(part for part in (spec.help, offered) if part)


def _height(text: str, width: float) -> float:
    return max(_ROW_HEIGHT, lines_needed(text, width) * POINTS_A_LINE)


def add_lists(book: Workbook, form: Form) -> None:
    """Add the hidden sheet of drop-down lists, each named for the whole workbook."""
    sheet = book.create_sheet(LISTS)
    for number, listed in enumerate(form.lists(), start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _LIST_WIDTH
        put(sheet.cell(1, number), listed.name, "header")
        for row, item in enumerate(listed.items, start=2):
            put(sheet.cell(row, number), item, "line")
        last = 1 + len(listed.items)
        target = f"{quoted_sheet(LISTS)}!${letter}$2:${letter}${last}"
        book.defined_names[listed.range_name] = DefinedName(listed.range_name, attr_text=target)
    sheet.sheet_state = "hidden"
    protect(sheet)
