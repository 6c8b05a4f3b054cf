"""Adds a worksheet, with its table, to a workbook."""

from collections.abc import Sequence

from lxml import etree

from xlframework.ground.place import Area, cell_name, quoted_sheet
from xlframework.sheets.package.container import damaged, refuse_signed
from xlframework.sheets.package.escapes import encode_header
from xlframework.sheets.package.parts import (
    add_override,
    add_relationship,
    content_type,
    free_part,
    workbook_part,
)
from xlframework.sheets.package.patch_cells import patch_cells
from xlframework.sheets.package.ranges import around
from xlframework.sheets.package.records import CellPatch, NewSheet, NewTable, Package
from xlframework.sheets.package.row_heights import set_heights
from xlframework.sheets.package.tables import set_column_formula
from xlframework.sheets.package.workbook_order import WORKBOOK
from xlframework.sheets.package.xml import (
    MAIN,
    RELATIONSHIP,
    RELATIONSHIP_ID,
    Element,
    edited,
    insert_in_order,
    main,
    parse_part,
    serialise,
    sub_element,
)

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET_TYPE = f"{_SPREADSHEET}.worksheet+xml"
_TABLE_TYPE = f"{_SPREADSHEET}.table+xml"
_A4 = "9"
_MARGINS = {
    "left": "0.5",
    "right": "0.5",
    "top": "0.75",
    "bottom": "0.75",
    "header": "0.3",
    "footer": "0.3",
}
_FOOTER = "&L&A&RPage &P of &N"


def add_sheet(package: Package, new: NewSheet) -> Package:
    """Add a worksheet at its place among the tabs.

    Args:
        package: the workbook.
        new: the worksheet, its cells and its table.

    Raises:
        UnsafeFileError: if the workbook carries a digital signature.
        UnreadableFileError: if a part is damaged.
    """
    refuse_signed(package)
    part = free_part(package, "xl/worksheets/sheet{}.xml")
    workbook = workbook_part(package)
    held = package.replacing({part: serialise(_worksheet(new))})
    held = set_heights(patch_cells(held, part, new.cells), part, dict(new.heights))
    held = add_override(held, part, _SHEET_TYPE)
    if new.table is not None:
        held = _add_table(held, part, new.table)
    held, link = add_relationship(held, workbook, "worksheet", part)
    try:
        return edited(held, workbook, lambda root: _list_sheet(root, new, link))
    except ValueError as error:
        raise damaged(package.file, f"part {workbook} miscounts its sheets") from error


def _worksheet(new: NewSheet) -> Element:
    """Make the worksheet's XML with everything but its cells."""
    root = etree.Element(main("worksheet"), nsmap={None: MAIN, "r": RELATIONSHIP})
    properties = sub_element(root, main("sheetPr"))
    sub_element(properties, main("pageSetUpPr"), fitToPage="1")
    sub_element(root, main("dimension"), ref=str(_dimension(new.cells)))
    _view(sub_element(root, main("sheetViews")), new.frozen_rows)
    sub_element(root, main("sheetFormatPr"), defaultRowHeight="15")
    _columns(root, new.widths)
    sub_element(root, main("sheetData"))
    sub_element(root, main("pageMargins"), **_MARGINS)
    sub_element(
        root,
        main("pageSetup"),
        paperSize=_A4,
        orientation="landscape",
        fitToWidth="1",
        fitToHeight="0",
    )
    sub_element(sub_element(root, main("headerFooter")), main("oddFooter"), _FOOTER)
    return root


def _dimension(cells: Sequence[CellPatch]) -> Area:
    if not cells:
        return Area(1, 1, 1, 1)
    areas = [Area(cell.row, cell.column, cell.row, cell.column) for cell in cells]
    whole = areas[0]
    for area in areas:
        whole = around(whole, area)
    return whole


def _view(views: Element, frozen_rows: int) -> None:
    view = sub_element(views, main("sheetView"), showGridLines="0", workbookViewId="0")
    if not frozen_rows:
        return
    first_free = cell_name(frozen_rows + 1, 1)
    sub_element(
        view,
        main("pane"),
        ySplit=str(frozen_rows),
        topLeftCell=first_free,
        activePane="bottomLeft",
        state="frozen",
    )
    sub_element(view, main("selection"), pane="bottomLeft", activeCell=first_free, sqref=first_free)


def _columns(root: Element, widths: Sequence[float]) -> None:
    if not widths:
        return
    holder = sub_element(root, main("cols"))
    for number, width in enumerate(widths, start=1):
        sub_element(
            holder,
            main("col"),
            min=str(number),
            max=str(number),
            width=f"{width:g}",
            customWidth="1",
        )


def _add_table(package: Package, sheet_part: str, table: NewTable) -> Package:
    part = free_part(package, "xl/tables/table{}.xml")
    number = _free_table_id(package)
    held = package.replacing({part: serialise(_table(table, number))})
    held = add_override(held, part, _TABLE_TYPE)
    held, link = add_relationship(held, sheet_part, "table", part)

    def name_table(root: Element) -> None:
        holder = sub_element(root, main("tableParts"), count="1")
        sub_element(holder, main("tablePart")).set(RELATIONSHIP_ID, link)

    return edited(held, sheet_part, name_table)


def _free_table_id(package: Package) -> int:
    parts = [part for part in package.parts if content_type(package, part) == _TABLE_TYPE]
    numbers = [parse_part(package, part).get("id", "") for part in parts]
    return max((int(number) for number in numbers if number.isdecimal()), default=0) + 1


def _table(table: NewTable, number: int) -> Element:
    root = etree.Element(
        main("table"),
        {
            "id": str(number),
            "name": table.name,
            "displayName": table.name,
            "ref": str(table.area),
            "totalsRowShown": "0",
        },
        nsmap={None: MAIN},
    )
    if table.filter_buttons:
        sub_element(root, main("autoFilter"), ref=str(table.area))
    holder = sub_element(root, main("tableColumns"), count=str(len(table.columns)))
    for place, column in enumerate(table.columns, start=1):
        made = sub_element(
            holder, main("tableColumn"), id=str(place), name=encode_header(column.name)
        )
        set_column_formula(made, column.formula)
    return root


def _list_sheet(root: Element, new: NewSheet, link: str) -> None:
    """Enter the sheet among the tabs, and move what counts tabs along."""
    sheets = root.find(main("sheets"))
    if sheets is None:
        sheets = etree.Element(main("sheets"))
        insert_in_order(root, sheets, WORKBOOK)
    listed = sheets.findall(main("sheet"))
    position = min(new.position, len(listed))
    if listed:
        _shift_tabs(root, position)
    number = max((int(sheet.get("sheetId", "0")) for sheet in listed), default=0) + 1
    made = etree.Element(main("sheet"), {"name": new.name, "sheetId": str(number)})
    made.set(RELATIONSHIP_ID, link)
    if position < len(listed):
        listed[position].addprevious(made)
    else:
        sheets.append(made)
    if new.repeat_row is not None:
        _repeat_row(root, new.name, position, new.repeat_row)


def _shift_tabs(root: Element, position: int) -> None:
    counted = [(name, "localSheetId") for name in root.iter(main("definedName"))]
    for view in root.iter(main("workbookView")):
        # A view that states no tab means the first.
        if view.get("activeTab") is None and position == 0:
            view.set("activeTab", "0")
        counted += [(view, "activeTab"), (view, "firstSheet")]
    for holder, attribute in counted:
        index = holder.get(attribute)
        if index is not None and int(index) >= position:
            holder.set(attribute, str(int(index) + 1))


def _repeat_row(root: Element, sheet: str, position: int, row: int) -> None:
    sub_element(
        _names_holder(root),
        main("definedName"),
        f"{quoted_sheet(sheet)}!${row}:${row}",
        name="_xlnm.Print_Titles",
        localSheetId=str(position),
    )


def _names_holder(root: Element) -> Element:
    """Give the workbook's list of defined names, made where it has none."""
    holder = root.find(main("definedNames"))
    if holder is None:
        holder = etree.Element(main("definedNames"))
        insert_in_order(root, holder, WORKBOOK)
    return holder
