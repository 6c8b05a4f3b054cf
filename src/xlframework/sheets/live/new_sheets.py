"""Adds a sheet with its table to an open workbook."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import groupby

from xlframework.ground.place import column_letters
from xlframework.sheets.live.cells import Content, Looks, give_looks, write_cells
from xlframework.sheets.live.excel import HAS_COM, ExcelBook, ExcelSheet
from xlframework.sheets.package.records import NewSheet, NewTable

_LANDSCAPE, _A4 = 2, 9
_POINTS_AN_INCH = 72

# As a sheet that is added to a file is printed.
_PAGE: Mapping[str, object] = {
    "Orientation": _LANDSCAPE,
    "PaperSize": _A4,
    "Zoom": False,
    "FitToPagesWide": 1,
    "FitToPagesTall": False,
    "LeftMargin": 0.5 * _POINTS_AN_INCH,
    "RightMargin": 0.5 * _POINTS_AN_INCH,
    "TopMargin": 0.75 * _POINTS_AN_INCH,
    "BottomMargin": 0.75 * _POINTS_AN_INCH,
    "LeftFooter": "&A",
    "RightFooter": "Page &P of &N",
}


def add_sheet(excel: ExcelBook, new: NewSheet, looks: Looks) -> None:
    """Add a sheet at its place among the tabs.

    Args:
        excel: the workbook.
        new: the sheet, its cells and its table.
        looks: where each look is copied from.
    """
    neighbour = excel.sheets[max(0, new.position - 1)]
    if new.position:
        sheet = excel.sheets.add(new.name, after=neighbour)
    else:
        sheet = excel.sheets.add(new.name, before=neighbour)
    give_looks(
        sheet, {(cell.row, cell.column): cell.style for cell in new.cells if cell.style}, looks
    )
    contents = {(cell.row, cell.column): Content(cell.value, cell.formula) for cell in new.cells}
    styles = {(cell.row, cell.column): cell.style or 0 for cell in new.cells}
    write_cells(sheet, contents, lambda place: looks.format(styles[place]))
    _set_widths(sheet, new.widths)
    if new.table is not None:
        _add_table(sheet, new.table)
    if HAS_COM:
        _set_view(sheet, new.frozen_rows)
        _set_page(sheet, new.repeat_row)


def _set_widths(sheet: ExcelSheet, widths: Iterable[float]) -> None:
    numbered = enumerate(widths, start=1)
    for width, group in groupby(numbered, key=lambda pair: pair[1]):
        columns = [column for column, _ in group]
        first, last = column_letters(columns[0]), column_letters(columns[-1])
        sheet.range(f"{first}:{last}").column_width = width


def _add_table(sheet: ExcelSheet, new: NewTable) -> None:
    table = sheet.tables.add(source=sheet.range(str(new.area)), name=new.name, has_headers=True)
    table.table_style = ""
    if not new.filter_buttons:
        table.show_autofilter = False


def _set_view(sheet: ExcelSheet, frozen_rows: int) -> None:
    # xlwings would look for Excel's window first.
    sheet.api.Activate()
    window = sheet.book.app.api.ActiveWindow
    window.DisplayGridlines = False
    if frozen_rows:
        window.SplitColumn = 0
        window.SplitRow = frozen_rows
        window.FreezePanes = True


def _set_page(sheet: ExcelSheet, repeat_row: int | None) -> None:
    page = sheet.api.PageSetup
    # Excel sets up no page on a computer without a printer, and the sheet is right all the same.
    with suppress(Exception):
        for name, value in _PAGE.items():
            setattr(page, name, value)
        if repeat_row is not None:
            page.PrintTitleRows = f"${repeat_row}:${repeat_row}"
