"""Sheets that are added, to a user's workbook and to a bare one."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from office import resave
from sheets.package.samples import (
    MAIN,
    by_openpyxl_again,
    by_xlsxwriter,
    hand_made,
    package_of,
    sheet_xml,
)
from xlframework.ground.errors import UnreadableFileError, UnsafeFileError
from xlframework.ground.place import Area
from xlframework.sheets.package.bare import DOCUMENT_DATE, bare_package
from xlframework.sheets.package.container import open_package, package_bytes
from xlframework.sheets.package.new_sheet import add_sheet
from xlframework.sheets.package.parts import content_type, free_part
from xlframework.sheets.package.patch_cells import with_full_recalculation
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import (
    Cell,
    CellPatch,
    NewSheet,
    NewTable,
    Package,
    TableColumn,
)

HEADERS = ("Section", "2024/25\nBudget", "Twice")
CELLS = (
    CellPatch(1, 1, "Summary of O'Brien's fund", None, 1),
    *(CellPatch(3, n, header, None, 1) for n, header in enumerate(HEADERS, start=1)),
    CellPatch(4, 1, "Victims"),
    CellPatch(4, 2, Decimal("639675.5"), None, 1),
    CellPatch(4, 3, Decimal(1279351), "T_summary[[#This Row],[2024/25\nBudget]]*2", 1),
    CellPatch(5, 1, "Prevention"),
    CellPatch(5, 2, Decimal(100)),
    CellPatch(5, 3, Decimal(200), "B5*2"),
)
NEW = NewSheet(
    name="O'Brien's fund",
    position=1,
    cells=CELLS,
    widths=(30.0, 12.5),
    table=NewTable(
        "T_summary",
        Area(3, 1, 5, 3),
        (TableColumn(HEADERS[0]), TableColumn(HEADERS[1]), TableColumn(HEADERS[2], "B4*2")),
    ),
    frozen_rows=3,
    repeat_row=3,
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Arial"/></font>'
    '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf/><xf numFmtId="4"/>'
    "</cellXfs></styleSheet>"
).encode()


def test_a_sheet_is_added_among_the_tabs_and_what_counts_tabs_moves(tmp_path: Path) -> None:
    package = open_package(by_xlsxwriter(tmp_path / "budget.xlsx"))
    before = read_book(package)
    changed = add_sheet(package, NEW)
    after = read_book(changed)
    assert [sheet.name for sheet in after.sheets] == ["Lines", NEW.name, "Other", "Last"]
    assert [sheet for sheet in after.sheets if sheet.name != NEW.name] == list(before.sheets)
    names = {name.name: name for name in after.names}
    assert names["_xlnm.Print_Area"].sheet == "Last"
    assert names["_xlnm.Print_Titles"].sheet == NEW.name
    assert names["_xlnm.Print_Titles"].refers_to == "'O''Brien''s fund'!$3:$3"
    assert after.tables[0] == before.tables[0]
    assert (after.tables[1].name, after.tables[1].columns) == ("T_summary", HEADERS)
    touched = {name for name in package.parts if changed.parts[name] != package.parts[name]}
    assert touched == {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    assert set(changed.parts) - set(package.parts) == {
        "xl/worksheets/sheet4.xml",
        "xl/worksheets/_rels/sheet4.xml.rels",
        "xl/tables/table2.xml",
    }


def test_the_first_name_makes_the_list_in_its_place() -> None:
    package = add_sheet(package_of(hand_made(sheet_xml(""), workbook="<calcPr/>")), NEW)
    root = etree.fromstring(package.parts["xl/workbook.xml"])
    tags = [etree.QName(child).localname for child in root]
    assert tags == ["sheets", "definedNames", "calcPr"]


def test_an_added_sheet_is_read_by_openpyxl_and_libreoffice(tmp_path: Path) -> None:
    package = add_sheet(open_package(by_xlsxwriter(tmp_path / "budget.xlsx")), NEW)
    path = tmp_path / "added.xlsx"
    path.write_bytes(package_bytes(with_full_recalculation(package)))
    (saved,) = resave([path], tmp_path / "resaved")
    for source in (path, saved):
        data = source.read_bytes()
        sheet = by_openpyxl_again(data, values=True)[NEW.name]
        assert sheet["A1"].value == "Summary of O'Brien's fund"
        assert [cell.value for cell in sheet[3]] == list(HEADERS)
        assert [cell.value for cell in sheet[4]] == ["Victims", 639675.5, 1279351]
        assert [cell.value for cell in sheet[5]] == ["Prevention", 100, 200]
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        # One page wide is what a missing width means, and LibreOffice leaves it out.
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        properties = sheet.sheet_properties.pageSetUpPr
        assert properties is not None
        assert properties.fitToPage
        assert sheet.tables["T_summary"].ref == "A3:C5"
        assert abs(sheet.column_dimensions["A"].width - 30) < 1
    # LibreOffice forgets how a sheet was viewed when no window shows it.
    sheet = by_openpyxl_again(path.read_bytes())[NEW.name]
    assert sheet.freeze_panes == "A4"
    assert sheet.sheet_view.showGridLines is False
    footer: Any = sheet.oddFooter
    assert (footer.left.text, footer.right.text) == ("&A", "Page &P of &N")


def test_sheet_and_table_numbers_are_new(tmp_path: Path) -> None:
    package = add_sheet(open_package(by_xlsxwriter(tmp_path / "budget.xlsx")), NEW)
    book = by_openpyxl_again(package_bytes(package))
    assert len({table.id for sheet in book.worksheets for table in sheet.tables.values()}) == 2
    workbook = package.parts["xl/workbook.xml"].decode()
    assert workbook.count("sheetId=") == 5
    assert 'sheetId="5"' in workbook
    assert workbook.count('r:id="rId') == 5


@pytest.mark.parametrize(
    ("position", "view", "shown"),
    [
        (0, 'activeTab="0" firstSheet="0"', 'activeTab="1" firstSheet="1"'),
        (1, 'activeTab="0"', 'activeTab="0"'),
        (0, "", 'activeTab="1"'),
        (9, 'activeTab="0"', 'activeTab="0"'),
    ],
)
def test_the_tab_in_view_stays_in_view(position: int, view: str, shown: str) -> None:
    parts = hand_made(sheet_xml(""))
    workbook = str(parts["xl/workbook.xml"])
    views = f"<bookViews><workbookView {view}/></bookViews><sheets>"
    parts["xl/workbook.xml"] = workbook.replace("<sheets>", views)
    changed = add_sheet(package_of(parts), NewSheet("New", position, (), ()))
    assert f"<workbookView {shown}/>" in changed.parts["xl/workbook.xml"].decode()
    names = [sheet.name for sheet in read_book(changed).sheets]
    assert names == (["New", "Budget"] if position == 0 else ["Budget", "New"])


def test_a_plain_new_sheet_has_no_table_no_pane_and_no_titles() -> None:
    package = add_sheet(package_of(hand_made(sheet_xml(""))), NewSheet("New", 1, (), ()))
    text = package.parts["xl/worksheets/sheet2.xml"].decode()
    assert text.index(f'<worksheet xmlns="{MAIN}"') > 0
    assert not any(word in text for word in ("<pane", "tableParts", "<cols"))
    assert read_book(package).names == ()


def test_a_workbook_that_miscounts_its_sheets_takes_none() -> None:
    parts = hand_made(sheet_xml(""))
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('sheetId="1"', 'sheetId="x"')
    with pytest.raises(UnreadableFileError, match=r"part xl/workbook\.xml miscounts its sheets"):
        add_sheet(package_of(parts), NEW)


def test_a_signed_workbook_takes_no_sheet() -> None:
    package = package_of({**hand_made(sheet_xml("")), "_xmlsignatures/sig1.xml": "<x/>"})
    with pytest.raises(UnsafeFileError):
        add_sheet(package, NEW)


def bare() -> Package:
    properties = {"title": "Appendix <A>", "subject": "Budget", "creator": "The team"}
    return bare_package(
        STYLES, None, "out.xlsx", {**properties, "keywords": "k", "description": "d"}
    )


def test_a_bare_workbook_with_sheets_is_read_by_openpyxl_and_libreoffice(tmp_path: Path) -> None:
    package = add_sheet(add_sheet(bare(), NEW), NewSheet("First", 0, (CellPatch(2, 2, "x"),), ()))
    path = tmp_path / "out.xlsx"
    path.write_bytes(package_bytes(package))
    assert open_package(path).parts == dict(package.parts)
    (saved,) = resave([path], tmp_path / "resaved")
    for source in (path, saved):
        book = by_openpyxl_again(source.read_bytes(), values=True)
        assert book.sheetnames == ["First", NEW.name]
        assert book[NEW.name]["C4"].value == 1279351
        assert book["First"]["B2"].value == "x"
        assert book.properties.title == "Appendix <A>"
    properties = by_openpyxl_again(path.read_bytes()).properties
    assert (properties.creator, properties.keywords, properties.description) == (
        "The team",
        "k",
        "d",
    )
    assert properties.created.isoformat() + "Z" == DOCUMENT_DATE
    assert package.parts["xl/styles.xml"] is STYLES


def test_a_bare_workbook_has_no_sheets_yet_and_the_same_bytes_each_time() -> None:
    assert read_book(bare()).sheets == ()
    assert package_bytes(bare()) == package_bytes(bare())
    themed = bare_package(STYLES, b"<theme/>", "out.xlsx", {})
    assert themed.parts["xl/theme/theme1.xml"] == b"<theme/>"
    assert str(content_type(themed, "xl/theme/theme1.xml")).endswith("theme+xml")
    with pytest.raises(KeyError):
        bare_package(STYLES, None, "out.xlsx", {"colour": "blue"})


def test_cells_of_an_added_sheet_are_read_back_as_given() -> None:
    cells = read_book(add_sheet(bare(), NEW)).sheets[0].cells
    assert cells == {
        (one.row, one.column): Cell(one.value, one.formula, one.style or 0) for one in CELLS
    }


def test_free_part_names_pass_over_taken_ones() -> None:
    package = package_of({**hand_made(sheet_xml("")), "xl/worksheets/Sheet2.XML": "<x/>"})
    assert free_part(package, "xl/worksheets/sheet{}.xml") == "xl/worksheets/sheet3.xml"
