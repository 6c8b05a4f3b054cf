"""Builds one partner's form: a protected workbook with everything filled in that we know."""

import io
from collections.abc import Iterator, Mapping

from openpyxl.workbook import Workbook
from openpyxl.workbook.protection import WorkbookProtection

from xlframework.ground.money import pounds_decimal
from xlframework.model.form import Form
from xlframework.model.returns import Issued, IssuedLine
from xlframework.rules.returns.prefilled import (
    Filled,
    field_amounts,
    field_value,
    line_value,
    row_amounts,
)
from xlframework.sheets.built import BUILT, as_built
from xlframework.sheets.package.container import package_bytes, read_package
from xlframework.sheets.package.patch_cells import patch_cells, with_full_recalculation
from xlframework.sheets.package.records import CellPatch, Value
from xlframework.sheets.package.row_heights import set_heights
from xlframework.sheets.returns.form_layout import FormLayout, lay_out
from xlframework.sheets.returns.form_lists import add_guidance, add_lists
from xlframework.sheets.returns.form_sheet import add_return
from xlframework.sheets.returns.formula_text import field_formula, row_formula
from xlframework.sheets.row_heights import POINTS_A_LINE, lines_needed
from xlframework.sheets.template_palette import add_heading_style

# The first sheet, as openpyxl names its part.
_PART = "xl/worksheets/sheet1.xml"


def build_form(form: Form, issued: Issued) -> bytes:
    """Build a form.

    Args:
        form: the form.
        issued: what the partner's is filled in with.

    Returns:
        The .xlsx file; the same bytes for the same form and figures. Every formula has
        its value stored with it.
    """
    layout = lay_out(form, _row_count(form, issued), covered=bool(issued.covered))
    book = Workbook()
    book.remove(book.worksheets[0])
    add_heading_style(book)
    add_return(book, form, issued, layout)
    add_guidance(book, form)
    add_lists(book, form)
    book.properties.title = f"{form.title}, {issued.organisation}, {issued.year}"
    book.properties.creator = "xlframework"
    book.properties.created = BUILT.replace(tzinfo=None)
    # Without a password: it keeps sheets from being renamed by accident, nothing more.
    book.security = WorkbookProtection(lockStructure=True)
    stream = io.BytesIO()
    book.save(stream)
    package = as_built(read_package(stream.getvalue(), form.name))
    filled = patch_cells(package, _PART, list(_patches(form, issued, layout)))
    filled = set_heights(filled, _PART, dict(_heights(form, issued, layout)))
    return package_bytes(with_full_recalculation(filled))


def _row_count(form: Form, issued: Issued) -> int:
    return form.table.rows or len(issued.lines)


def _patches(form: Form, issued: Issued, layout: FormLayout) -> Iterator[CellPatch]:
    """Give everything that is filled in, and every formula with its value."""
    lines: list[IssuedLine | None] = list(issued.lines) if not form.table.rows else []
    lines += [None] * (len(layout.rows) - len(lines))
    rows = [row_amounts(form, line) for line in lines]
    for number, line, amounts in zip(layout.rows, lines, rows, strict=True):
        yield from _row_patches(form, number, line, amounts)
    known = field_amounts(form, issued, rows)
    for spec in form.field:
        row, column = layout.fields[spec.name]
        if spec.formula is not None:
            yield CellPatch(row, column, _stored(known[spec.name]), field_formula(form, spec))
        else:
            yield CellPatch(row, column, _stored(field_value(form, spec, issued)))


def _row_patches(
    form: Form, row: int, line: IssuedLine | None, amounts: Mapping[str, int]
) -> Iterator[CellPatch]:
    for column, spec in enumerate(form.table.column, start=1):
        if spec.formula is not None:
            yield CellPatch(row, column, _stored(amounts[spec.header]), row_formula(form, spec))
        elif line is not None:
            yield CellPatch(row, column, _stored(line_value(spec, line)))


def _heights(form: Form, issued: Issued, layout: FormLayout) -> Iterator[tuple[int, float]]:
    """Give the rows whose services need more than one line their heights."""
    spec = form.column_for("service")
    if form.table.rows or spec is None:
        return
    for row, line in zip(layout.rows, issued.lines, strict=True):
        lines = lines_needed(line.service, spec.width)
        if lines > 1:
            yield row, lines * POINTS_A_LINE


def _stored(value: Filled | None) -> Value:
    """Give an amount as pounds; words as they are, none as blank."""
    if isinstance(value, int):
        return pounds_decimal(value)
    return value or None
