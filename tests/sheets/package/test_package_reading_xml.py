"""What we make of XML that other programs write, or that is broken."""

import sys
import time
import tracemalloc
from collections.abc import Mapping
from decimal import Decimal

import pytest

from sheets.package.samples import (
    MAIN,
    REL,
    SHEET,
    book_of,
    hand_made,
    links,
    package_of,
    sheet_xml,
)
from xlframework.ground.errors import UnreadableFileError
from xlframework.ground.place import Area
from xlframework.sheets.package.cell_values import CellError, number, serial
from xlframework.sheets.package.escapes import decode, encode
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import Cell, ErrorValue, Sheet
from xlframework.sheets.package.styles import is_date_format


def cells_of(rows: str, **options: str) -> Mapping[tuple[int, int], Cell]:
    return book_of(rows, **options).sheets[0].cells


def only(cell: str, **options: str) -> Cell:
    cells = cells_of(f'<row r="1">{cell}</row>', **options)
    assert list(cells) == [(1, 1)]
    return cells[1, 1]


def read_parts(parts: Mapping[str, bytes | str]) -> Sheet:
    return read_book(package_of(parts)).sheets[0]


def refusal(parts: Mapping[str, bytes | str]) -> str:
    with pytest.raises(UnreadableFileError, match=r"^budget\.xlsx ") as caught:
        read_book(package_of(parts))
    return str(caught.value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>500000</v></c>', "500000"),
        ('<c r="A1" t="n"><v>5E5</v></c>', "500000"),
        ('<c r="A1"><v>1339454.38</v></c>', "1339454.38"),
        ('<c r="A1"><v>0.10000000000000001</v></c>', "0.1"),
        ('<c r="A1"><v> -.5 </v></c>', "-0.5"),
        ('<c r="A1"><v>-0</v></c>', "0"),
        ('<c r="A1" t="d"><v>2024-04-01</v></c>', "45383"),
        ('<c r="A1" t="d"><v>2024-04-01T12:00:00</v></c>', "45383.5"),
        ('<c r="A1" t="d"><v>2024-04-01T12:00:00Z</v></c>', "45383.5"),
        ('<c r="A1" t="d"><v>1900-02-28</v></c>', "59"),
        ('<c r="A1" t="d"><v>18:00:00</v></c>', "0.75"),
    ],
)
def test_numbers_and_dates(cell: str, value: str) -> None:
    found = only(cell).value
    assert isinstance(found, Decimal)
    assert str(found) == value


def test_iso_dates_know_the_mac_calendar() -> None:
    cell = '<c r="A1" t="d"><v>1904-01-02</v></c>'
    rows = f'<row r="1">{cell}</row>'
    parts = hand_made(sheet_xml(rows))
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    book = read_book(package_of(parts))
    assert book.date_1904
    assert book.sheets[0].cells[1, 1].value == 1
    assert serial("1904-01-02", date_1904=False) == 1463


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1" t="s"><v>0</v></c>', "plain"),
        ('<c r="A1" t="s"><v>1</v></c>', "rich text"),
        ('<c r="A1" t="s"><v>2</v></c>', "東京"),
        ('<c r="A1" t="s"><v>3</v></c>', "a\rb_x0041_"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> in </t></is></c>', " in "),
        ('<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', "ab"),
        ('<c r="A1" t="str"><f>X</f><v>_x0009_t</v></c>', "\tt"),
        ('<c r="A1" t="str"><f>X</f><v></v></c>', ""),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="e"><v>#N/A</v></c>', ErrorValue("#N/A")),
        ('<c r="A1"><f>B1</f></c>', None),
        ('<c r="A1"><f>B1</f><v/></c>', None),
    ],
)
def test_texts_truths_and_errors(cell: str, value: object) -> None:
    strings = (
        "<si><t>plain</t></si>"
        "<si><r><rPr><b/></rPr><t>rich </t></r><r><t>text</t></r></si>"
        '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>'
        "<si><t>a_x000D_b_x005F_x0041_</t></si>"
    )
    assert only(cell, strings=strings).value == value
    assert type(only(cell, strings=strings).value) is type(value)


def test_rows_and_cells_without_an_address_take_the_next_place() -> None:
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row>"
        '<row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row>'
        "<row><c><v>5</v></c></row>"
        '<row><c r="B9"><v>6</v></c></row>'
    )
    assert {place: cell.value for place, cell in cells_of(rows).items()} == {
        (1, 1): 1, (1, 2): 2, (5, 3): 3, (5, 4): 4, (6, 1): 5, (9, 2): 6,
    }  # fmt: skip


def test_prefixed_namespaces_are_read() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2" hidden="true"><x:c r="B2" '
        't="inlineStr"><x:is><x:t>hi</x:t></x:is></x:c></x:row></x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>'
    )
    found = read_parts(hand_made(sheet))
    assert found.cells == {(2, 2): Cell("hi")}
    assert found.hidden_rows == {2}
    assert found.merged == (Area.parse("A1:B1"),)


def test_shared_array_and_data_table_formulas() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A3">B1*$C$1+Other!D1</f><v>1</v></c>'
        '<c r="E1"><f t="array" ref="E1:E2">B1:B2*2</f><v>2</v></c>'
        '<c r="F1"><f t="dataTable" ref="F1:F2" dt2D="1" r1="A1" r2="A2"/><v>3</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c><c r="E2"><v>5</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/></c></row>'
    )
    cells = cells_of(rows)
    assert [cells[row, 1].formula for row in (1, 2, 3)] == [
        "B1*$C$1+Other!D1",
        "B2*$C$1+Other!D2",
        "B3*$C$1+Other!D3",
    ]
    assert cells[1, 5] == Cell(Decimal(2), "B1:B2*2")
    assert cells[2, 5] == Cell(Decimal(5))
    assert cells[1, 6] == Cell(Decimal(3))
    assert cells[3, 1].value is None


def test_validations_of_both_kinds_are_read() -> None:
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    xm = "http://schemas.microsoft.com/office/excel/2006/main"
    after = (
        '<dataValidations count="1"><dataValidation type="whole" sqref="A1:A3 C:C">'
        "<formula1>1</formula1></dataValidation></dataValidations>"
        f'<extLst><ext xmlns:x14="{x14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
        f'<x14:dataValidations xmlns:xm="{xm}"><x14:dataValidation type="list"><x14:formula1>'
        "<xm:f>Lists!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>B2:B5</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    rules = read_parts(hand_made(sheet_xml("", after))).validations
    assert [(rule.kind, rule.formula) for rule in rules] == [
        ("whole", "1"),
        ("list", "Lists!$A$1:$A$9"),
    ]
    assert rules[0].areas == (Area.parse("A1:A3"), Area(1, 3, 1048576, 3))
    assert rules[1].areas == (Area.parse("B2:B5"),)


def test_buttons_threaded_comments_and_pivot_tables_hold_on_to_cells() -> None:
    office = "urn:schemas-microsoft-com:office:excel"
    threads = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    vml = (
        f'<xml xmlns:x="{office}"><x:ClientData ObjectType="Button">'
        "<x:Anchor>1, 15, 2, 10, 3, 31, 4, 2</x:Anchor></x:ClientData>"
        '<x:ClientData ObjectType="Note"><x:Anchor>7,1,7,1,8,1,8,1</x:Anchor></x:ClientData>'
        "<br></xml>"
    )
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": links(
            ("threadedComment", "../threadedComments/t1.xml"),
            ("vmlDrawing", "../drawings/vml1.vml"),
            ("pivotTable", "../pivotTables/p1.xml"),
        ),
        "xl/threadedComments/t1.xml": (
            f'<ThreadedComments xmlns="{threads}"><threadedComment ref="D9"/></ThreadedComments>'
        ),
        "xl/drawings/vml1.vml": vml,
        "xl/pivotTables/p1.xml": (
            f'<pivotTableDefinition xmlns="{MAIN}"><location ref="J3:L9"/></pivotTableDefinition>'
        ),
    }
    found = read_parts(hand_made(sheet_xml(""), more=more)).occupied
    assert {str(area) for area in found} == {"D9", "B3:D5", "J3:L9"}


def test_hidden_columns_stay_inside_the_sheet() -> None:
    before = (
        '<cols><col min="3" max="4" hidden="1"/><col min="16380" max="16400" hidden="1"/></cols>'
    )
    found = read_parts(hand_made(sheet_xml("", before=before)))
    assert found.hidden_columns == {3, 4, 16380, 16381, 16382, 16383, 16384}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('<row r="1"><c r="B1"><v>n/a</v></c></row>', "cell B1: 'n/a' is not a number"),
        ('<row r="1"><c r="B1"><v>1_000</v></c></row>', "cell B1: '1_000' is not a number"),
        ('<row r="1"><c r="B1"><v>nan</v></c></row>', "cell B1: 'nan' is not a number"),
        ('<row r="1"><c r="B1"><v>1e999</v></c></row>', "cell B1: '1e999' is too large"),
        ('<row r="1"><c r="B1" t="s"><v>7</v></c></row>', "cell B1: it asks for text number 7"),
        ('<row r="1"><c r="B1" t="s"><v>-1</v></c></row>', "cell B1: it asks for text number -1"),
        ('<row r="1"><c r="B1" t="b"><v>maybe</v></c></row>', "cell B1: 'maybe' is neither"),
        ('<row r="1"><c r="B1" t="d"><v>soon</v></c></row>', "cell B1: 'soon' is not a date"),
        ('<row r="1"><c r="B1" t="q"><v>1</v></c></row>', "cell B1: its type 'q' is unknown"),
        ('<row r="1"><c r="B1" s="x"><v>1</v></c></row>', "cell B1 has a style without"),
        ('<row r="1"><c r="B2"><v>1</v></c></row>', "row 1: B2 is no cell of this row"),
        ('<row r="1"><c r="1"><v>1</v></c></row>', "row 1: 1 is no cell of this row"),
        ('<row r="1"><c r="ZZZ1"><v>1</v></c></row>', "row 1: ZZZ1 is no cell"),
        ('<row r="x"/>', "row x is no row"),
        ('<row r="1048577"/>', "row 1048577 is no row"),
        ('<row r="0"/>', "row 0 is no row"),
        ('<row><c r="?"><v>1</v></c></row>', "'?' is not a cell address"),
        (
            '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
            "cell A1 stands there twice",
        ),
        ('<row r="1"><c r="B1"><f t="shared" si="4"/></c></row>', "cell B1: it shares a formula"),
        (
            (
                '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A2">IF(1,"x)</f></c></row>'
                '<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
            ),
            'cell A2: =IF(1,"x) is not a formula',
        ),
    ],
)
def test_broken_cells_are_named(rows: str, said: str) -> None:
    message = refusal(hand_made(sheet_xml(rows)))
    assert said in message
    assert f"sheet Budget (part {SHEET})" in message


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({SHEET: "<worksheet><row>"}, f"part {SHEET} is not well-formed"),
        ({SHEET: b"\x00\x01\x02"}, f"part {SHEET} is not well-formed"),
        ({SHEET: b""}, f"part {SHEET} is not well-formed"),
        ({"xl/sharedStrings.xml": "<sst><si>"}, "part xl/sharedStrings.xml is not well-formed"),
        ({"xl/workbook.xml": "<workbook"}, "part xl/workbook.xml is not well-formed"),
        ({"_rels/.rels": "nonsense"}, "part _rels/.rels is not well-formed"),
        ({"_rels/.rels": links()}, "does not say where its workbook is"),
        (
            {"_rels/.rels": links(("officeDocument", "xl/none.xml"))},
            "part xl/none.xml, which the workbook begins with, is missing",
        ),
        (
            {"xl/_rels/workbook.xml.rels": links(("worksheet", "worksheets/none.xml"))},
            "sheet Budget is listed but missing (part xl/worksheets/none.xml)",
        ),
        ({"xl/_rels/workbook.xml.rels": links()}, "sheet Budget is listed but missing"),
        (
            {SHEET: sheet_xml("", '<mergeCells><mergeCell ref="A0"/></mergeCells>')},
            "'A0' lies outside a sheet",
        ),
        (
            {SHEET: sheet_xml("", before='<cols><col min="x" max="3" hidden="1"/></cols>')},
            "min of a col is 'x', not a whole number",
        ),
        (
            {
                "xl/worksheets/_rels/sheet1.xml.rels": links(("table", "../tables/t.xml")),
                "xl/tables/t.xml": f'<table xmlns="{MAIN}" displayName="T" ref="oops"/>',
            },
            "part xl/tables/t.xml is a table without a proper range",
        ),
        (
            {
                "xl/worksheets/_rels/sheet1.xml.rels": links(("table", "../tables/t.xml")),
                "xl/tables/t.xml": f'<table xmlns="{MAIN}" displayName="T" ref="A1:B2"/>',
            },
            "the columns of table T do not fit it",
        ),
        (
            {
                "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
                '<sheet name="A" r:id="rId1"/><sheet name="a" r:id="rId1"/></sheets></workbook>',
            },
            "two sheets are called a",
        ),
        (
            {"xl/worksheets/_rels/sheet1.xml.rels": links(("drawing", "../drawings/d.xml"))},
            "part xl/drawings/d.xml, which part xl/worksheets/sheet1.xml needs, is missing",
        ),
    ],
)
def test_broken_parts_are_named(changed: dict[str, bytes | str], said: str) -> None:
    assert said in refusal(hand_made(sheet_xml(""), more=changed))


def test_a_name_of_a_sheet_that_is_not_there_is_named() -> None:
    names = '<definedNames><definedName name="Pot" localSheetId="3">1</definedName></definedNames>'
    assert "the name Pot belongs to a sheet" in refusal(hand_made(sheet_xml(""), workbook=names))


def test_targets_may_be_absolute_or_escaped_or_of_another_case() -> None:
    parts = hand_made(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    sheet = parts.pop(SHEET)
    for part, target in (
        ("xl/worksheets/my sheet.xml", "worksheets/my%20sheet.xml"),
        ("xl/worksheets/my%20sheet.xml", "/xl/worksheets/my%20sheet.xml"),
        ("xl/worksheets/SHEET1.XML", "./worksheets/../worksheets/sheet1.xml"),
    ):
        found = read_parts(
            {
                **parts,
                part: sheet,
                "xl/_rels/workbook.xml.rels": links(("worksheet", target)),
            }
        )
        assert found.part == part
        assert found.cells == {(1, 1): Cell(Decimal(1))}


def test_a_sheet_of_empty_formatted_rows_takes_little_time_and_memory() -> None:
    rows = "".join(
        f'<row r="{n}" s="3" customFormat="1"><c r="A{n}" s="3"/><c r="B{n}" s="3"/></row>'
        for n in range(1, 100_001)
    )
    package = package_of(hand_made(sheet_xml(rows + '<row r="100001"><c><v>1</v></c></row>')))
    started = time.process_time()
    tracemalloc.start()
    try:
        book = read_book(package)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert book.sheets[0].cells == {(100_001, 1): Cell(Decimal(1))}
    assert peak < 10_000_000
    assert time.process_time() - started < 15


def test_openpyxl_is_left_alone_where_no_formula_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "openpyxl"]:
        monkeypatch.delitem(sys.modules, name)
    cells_of('<row r="1"><c r="A1"><f>B1</f><v>1</v></c></row>')
    assert "openpyxl" not in sys.modules


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("General", False),
        ("0.00", False),
        ("#,##0;[Red]-#,##0", False),
        ('0 "days"', False),
        (r"0\d", False),
        ("[$£-809]#,##0", False),
        ("_-* #,##0_-", False),
        ("0_d", False),
        ("dd/mm/yyyy", True),
        ("[$-809]d mmm", True),
        ("[h]:mm", True),
        ("[hh]", True),
        ("[ss]", True),
        ("h AM/PM", True),
        ('"on" D', True),
    ],
)
def test_date_formats_are_told_from_others(code: str, is_date: bool) -> None:
    assert is_date_format(code) is is_date


def test_escapes_go_both_ways() -> None:
    for text in ("a\rb", "_x0041_", "_x0041_x0042_", "\x01\x1f", "tab\tline\n", "_x_", "\uffff"):
        assert decode(encode(text)) == text
    assert encode("a\r") == "a_x000D_"
    assert encode("_x0041_") == "_x005F_x0041_"
    assert encode("\ud800") == "\ufffd"
    assert decode("_xD83D_") == "_xD83D_"


def test_numbers_keep_their_shortest_text() -> None:
    assert str(number("1e22")) == "1" + "0" * 22
    assert str(number("1e-7")) == "1E-7"
    assert str(number("0.30000000000000004")) == "0.30000000000000004"
    with pytest.raises(CellError):
        number("0x10")
