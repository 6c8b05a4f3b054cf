"""A reshaped table keeps what is known of its columns, and the sheet's rules follow it."""

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from office import resave
from sheets.package.samples import (
    MAIN,
    SHEET,
    by_openpyxl_again,
    by_xlsxwriter,
    hand_made,
    links,
    package_of,
    sheet_xml,
)
from xlframework.ground.errors import UnreadableFileError, UnsafeFileError
from xlframework.ground.place import Area
from xlframework.sheets.package.container import open_package, package_bytes
from xlframework.sheets.package.patch_cells import patch_cells
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import CellPatch, Package, TableColumn
from xlframework.sheets.package.tables import reshape_table

PART = "xl/tables/table1.xml"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
COLUMNS = (
    '<tableColumn id="4" name="Line" dataDxfId="7"/>'
    '<tableColumn id="2" name="Amount_x000a_in pounds" totalsRowFunction="sum">'
    "<totalsRowFormula>1</totalsRowFormula></tableColumn>"
    '<tableColumn id="9" name="Note"><calculatedColumnFormula array="1">1+1'
    "</calculatedColumnFormula><extLst/></tableColumn>"
)
FILTER = (
    '<autoFilter ref="A1:C4"><filterColumn colId="1"><filters><filter val="5"/></filters>'
    '</filterColumn><filterColumn colId="2" hiddenButton="1"/></autoFilter>'
)
SORT = '<sortState ref="A2:C4"><sortCondition ref="B2:B4"/></sortState>'


def table_package(*, rules: str = "", totals: int = 0, ref: str = "A1:C4") -> Package:
    totals_row = f' totalsRowCount="{totals}"' if totals else ""
    table = (
        f'<table xmlns="{MAIN}" id="1" name="Lines" displayName="Lines" ref="{ref}" '
        f'headerRowDxfId="3"{totals_row}>{FILTER}{SORT}'
        f'<tableColumns count="3">{COLUMNS}</tableColumns><tableStyleInfo name="S"/></table>'
    )
    more = {
        PART: table,
        "xl/worksheets/_rels/sheet1.xml.rels": links(("table", "../tables/table1.xml")),
    }
    return package_of(hand_made(sheet_xml("", rules), more=more))


def reshaped(package: Package, area: str, names: Sequence[str | TableColumn]) -> Package:
    book = read_book(package)
    columns = [name if isinstance(name, TableColumn) else TableColumn(name) for name in names]
    changed = reshape_table(package, book, book.tables[0], Area.parse(area), columns)
    assert set(changed.parts) == set(package.parts)
    assert all(
        changed.parts[name] is package.parts[name]
        for name in package.parts
        if name not in {PART, SHEET}
    )
    return changed


SAME = ("Line", "Amount\nin pounds", "Note")


def xml(package: Package, part: str = PART) -> str:
    return package.parts[part].decode()


def test_a_header_with_a_line_break_is_read_as_such() -> None:
    assert read_book(table_package()).tables[0].columns == SAME


def test_a_table_that_stays_as_it_is_keeps_its_bytes() -> None:
    package = table_package()
    assert reshaped(package, "A1:C4", SAME) is package


def test_a_longer_table_takes_its_filter_along() -> None:
    text = xml(reshaped(table_package(), "A1:C9", SAME))
    assert 'displayName="Lines" ref="A1:C9" headerRowDxfId="3"' in text
    assert FILTER.replace("A1:C4", "A1:C9") in text
    assert SORT in text
    assert COLUMNS in text
    assert '<tableStyleInfo name="S"/>' in text


def test_a_totals_row_stays_out_of_the_filter() -> None:
    text = xml(reshaped(table_package(totals=1, ref="A1:C5"), "A1:C8", SAME))
    assert ' ref="A1:C8"' in text
    assert '<autoFilter ref="A1:C7">' in text


def test_columns_keep_what_is_known_of_them_wherever_they_go() -> None:
    columns: list[str | TableColumn] = [
        "Note",
        "New\none",
        "LINE",
        TableColumn("Sum", "Lines[[#This Row],[Line]]*2"),
    ]
    text = xml(reshaped(table_package(), "A1:D4", columns))
    assert re.findall(r'<tableColumn id="(\d+)" name="([^"]*)"', text) == [
        ("9", "Note"), ("10", "New_x000a_one"), ("4", "LINE"), ("11", "Sum"),
    ]  # fmt: skip
    assert '<tableColumns count="4">' in text
    assert 'dataDxfId="7"' in text
    assert '<calculatedColumnFormula array="1">1+1</calculatedColumnFormula><extLst/>' in text
    assert "<calculatedColumnFormula>Lines[[#This Row],[Line]]*2</calculatedColumnFormula>" in text
    # The filter on the amount goes with its column; that on the note moves with it.
    assert '<autoFilter ref="A1:D4"><filterColumn colId="0" hiddenButton="1"/></autoFilter>' in text
    assert "sortState" not in text


def test_a_column_takes_a_new_formula_in_its_place() -> None:
    columns: list[str | TableColumn] = [
        "Line",
        TableColumn(SAME[1], "2+2"),
        TableColumn("Note", "3+3"),
    ]
    text = xml(reshaped(table_package(), "A1:C4", columns))
    assert (
        "<calculatedColumnFormula>2+2</calculatedColumnFormula><totalsRowFormula>1</totals" in text
    )
    assert "<calculatedColumnFormula>3+3</calculatedColumnFormula><extLst/>" in text


def test_a_shorter_table_forgets_a_sorting_that_no_longer_fits() -> None:
    text = xml(reshaped(table_package(), "A1:C3", SAME))
    assert '<autoFilter ref="A1:C3">' in text
    assert "sortState" not in text


def rules(*ranges: str) -> str:
    plain = "".join(
        f'<conditionalFormatting sqref="{one}"><cfRule type="x"/></conditionalFormatting>'
        for one in ranges
    )
    validations = "".join(f'<dataValidation sqref="{one}"/>' for one in ranges)
    newer = "".join(
        f"<x14:conditionalFormatting><xm:sqref>{one}</xm:sqref></x14:conditionalFormatting>"
        f"<x14:dataValidation><xm:sqref>{one}</xm:sqref></x14:dataValidation>"
        for one in ranges
    )
    return (
        f"{plain}<dataValidations>{validations}</dataValidations>"
        f'<extLst><ext xmlns:x14="{X14}" xmlns:xm="{XM}">{newer}</ext></extLst>'
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("B2:B4", "B2:B9"),
        ("B4", "B4:B9"),
        ("A2:C4", "A2:C9"),
        ("A1:A3  B2:B4", "A1:A3 B2:B9"),
        ("B2:B3", "B2:B3"),
        ("B5:B6", "B5:B6"),
        ("D2:D4", "D2:D4"),
        ("B:B", "B:B"),
        ("B2:B200", "B2:B200"),
        ("B2:B6", "B2:B9"),
        ("B1:F4", "B1:F4 B5:C9"),
        ("$B$2:$B$4", "B2:B9"),
        ("A1:A3  D4", "A1:A3  D4"),
    ],
)
def test_rules_that_reach_the_last_row_reach_the_new_one(before: str, after: str) -> None:
    package = table_package(rules=rules(before))
    text = xml(reshaped(package, "A1:C9", SAME), SHEET)
    assert re.findall(r'sqref="([^"]*)"', text) == [after, after]
    assert re.findall(r"<xm:sqref>([^<]*)<", text) == [after, after]


def test_rules_stay_where_a_table_gets_shorter() -> None:
    package = table_package(rules=rules("B2:B4"))
    assert reshaped(package, "A1:C3", SAME).parts[SHEET] is package.parts[SHEET]


def test_rules_end_above_the_totals_row() -> None:
    package = table_package(rules=rules("B2:B4"), totals=1, ref="A1:C5")
    assert 'sqref="B2:B7"' in xml(reshaped(package, "A1:C8", SAME), SHEET)


def test_columns_that_do_not_fill_the_range_are_misuse() -> None:
    with pytest.raises(ValueError, match="3 columns do not fit A1:D4"):
        reshaped(table_package(), "A1:D4", SAME)


def test_broken_rules_and_tables_are_named() -> None:
    with pytest.raises(UnreadableFileError, match="table Lines on sheet Budget: 'oops'"):
        reshape_with_rules('<conditionalFormatting sqref="oops"/>')
    package = table_package()
    broken = package.replacing({PART: xml(package).replace("tableColumns", "x").encode()})
    book = read_book(package)
    with pytest.raises(UnreadableFileError, match="it does not list its columns"):
        reshape_table(
            broken, book, book.tables[0], Area(1, 1, 4, 3), [TableColumn(one) for one in SAME]
        )


def reshape_with_rules(text: str) -> Package:
    return reshaped(table_package(rules=text), "A1:C9", SAME)


def test_a_grown_table_is_read_by_openpyxl_and_libreoffice(tmp_path: Path) -> None:
    package = open_package(by_xlsxwriter(tmp_path / "budget.xlsx"))
    book = read_book(package)
    columns = [TableColumn(name) for name in (*book.tables[0].columns, "New")]
    grown = reshape_table(package, book, book.tables[0], Area(1, 1, 5, 4), columns)
    grown = patch_cells(
        grown, SHEET, [CellPatch(1, 4, "New"), CellPatch(5, 1, "More"), CellPatch(5, 4, Decimal(8))]
    )
    path = tmp_path / "grown.xlsx"
    path.write_bytes(package_bytes(grown))
    (saved,) = resave([path], tmp_path / "resaved")
    for source in (path, saved):
        sheet = by_openpyxl_again(source.read_bytes())["Lines"]
        assert sheet.tables["Lines"].ref == "A1:D5"
        assert sheet.tables["Lines"].column_names[3] == "New"
        assert {str(one.sqref) for one in sheet.conditional_formatting} == {
            "B2:B5",
            "A2:D4 A5:C5",
        }
    assert b"<xm:sqref>B2:B5</xm:sqref>" in grown.parts[SHEET]
    # This workbook's list of choices comes from another sheet and reached the last row.
    (rule,) = read_book(grown).sheets[0].validations
    assert [str(area) for area in rule.areas] == ["A2:A5"]


def test_a_signed_workbook_is_left_alone() -> None:
    package = table_package()
    signed = package.replacing({"_xmlsignatures/sig1.xml": b"<x/>"})
    book = read_book(package)
    with pytest.raises(UnsafeFileError):
        reshape_table(
            signed, book, book.tables[0], Area(1, 1, 4, 3), [TableColumn(n) for n in SAME]
        )
