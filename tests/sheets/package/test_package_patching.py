"""Patched cells hold what was asked for, and nothing else of the workbook changes."""

import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from office import resave
from sheets.package.samples import (
    MAIN,
    SHEET,
    by_openpyxl_again,
    by_xlsxwriter,
    hand_made,
    package_of,
    sheet_xml,
)
from xlframework.ground.errors import UnreadableFileError, UnsafeFileError
from xlframework.sheets.package.container import open_package, package_bytes, read_package
from xlframework.sheets.package.patch_cells import (
    number_text,
    patch_cells,
    with_full_recalculation,
)
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import Cell, CellPatch, ErrorValue, Package, Value

RICH = (
    '<row r="1" spans="1:2" ht="30" customHeight="1"><c r="A1" s="2" t="s" cm="1" vm="1" ph="1">'
    '<v>0</v></c><c r="C1"><v>3</v></c></row><!-- kept --><row r="4" spans="1:9"><c r="B4">'
    "<f>C1</f><v>3</v></c></row>"
)
AROUND = (
    '<mergeCells count="1"><mergeCell ref="F2:G4"/></mergeCells>'
    '<extLst><ext uri="{X}"><y:z xmlns:y="urn:y" a="1"><!-- also kept --></y:z></ext></extLst>'
)


def rich() -> Package:
    return package_of(
        hand_made(
            sheet_xml(RICH, AROUND, '<dimension ref="A1:C4"/>'), strings="<si><t>old</t></si>"
        )
    )


def patched(package: Package, *patches: CellPatch) -> str:
    """Patch the sheet and give its XML, once it is known that no other part changed."""
    changed = patch_cells(package, SHEET, patches)
    assert list(changed.parts) == list(package.parts)
    for name, data in package.parts.items():
        assert name == SHEET or changed.parts[name] is data
    assert patch_cells(changed, SHEET, patches) is changed
    return changed.parts[SHEET].decode()


def inner(xml: str, tag: str) -> str:
    match = re.search(rf"<{tag}[ >].*</{tag}>", xml, re.DOTALL)
    assert match is not None
    return match[0]


@pytest.mark.parametrize(
    ("patch", "cell"),
    [
        (CellPatch(1, 1, "new"), '<c r="A1" s="2" t="inlineStr"><is><t>new</t></is></c>'),
        (
            CellPatch(1, 1, " a\n"),
            '<c r="A1" s="2" t="inlineStr"><is><t xml:space="preserve"> a\n</t></is></c>',
        ),
        (
            CellPatch(1, 1, "a\r_x0041_\x02<&"),
            (
                '<c r="A1" s="2" t="inlineStr">'
                "<is><t>a_x000D__x005F_x0041__x0002_&lt;&amp;</t></is></c>"
            ),
        ),
        (CellPatch(1, 1, Decimal("5E+5")), '<c r="A1" s="2"><v>500000</v></c>'),
        (CellPatch(1, 1, Decimal("0.10")), '<c r="A1" s="2"><v>0.1</v></c>'),
        (CellPatch(1, 1, True), '<c r="A1" s="2" t="b"><v>1</v></c>'),
        (CellPatch(1, 1, ErrorValue("#N/A")), '<c r="A1" s="2" t="e"><v>#N/A</v></c>'),
        (CellPatch(1, 1, None), '<c r="A1" s="2"/>'),
        (CellPatch(1, 1, None, None, 7), '<c r="A1" s="7"/>'),
        (CellPatch(1, 1, Decimal(1), None, 0), '<c r="A1"><v>1</v></c>'),
        (CellPatch(1, 1, Decimal(3), "1+2"), '<c r="A1" s="2"><f>1+2</f><v>3</v></c>'),
        (CellPatch(1, 1, "x", '"x"'), '<c r="A1" s="2" t="str"><f>"x"</f><v>x</v></c>'),
        (CellPatch(1, 1, False, "1>2"), '<c r="A1" s="2" t="b"><f>1&gt;2</f><v>0</v></c>'),
        (CellPatch(1, 1, None, "B1"), '<c r="A1" s="2"><f>B1</f></c>'),
    ],
)
def test_a_cell_takes_its_content_and_loses_the_old(patch: CellPatch, cell: str) -> None:
    xml = patched(rich(), patch)
    row = f'<row r="1" ht="30" customHeight="1">{cell}<c r="C1"><v>3</v></c></row>'
    rest = RICH[RICH.index("<!-- kept -->") :]
    assert inner(xml, "sheetData") == f"<sheetData>{row}{rest}</sheetData>"
    assert AROUND in xml
    assert '<dimension ref="A1:C4"/>' in xml


def test_rows_and_cells_are_made_in_their_order() -> None:
    xml = patched(
        rich(),
        CellPatch(6, 3, Decimal(6)),
        CellPatch(1, 2, Decimal(2)),
        CellPatch(2, 1, Decimal(3)),
        CellPatch(1, 5, Decimal(4)),
        CellPatch(4, 1, Decimal(5)),
    )
    assert re.findall(r'<row r="(\d+)"', xml) == ["1", "2", "4", "6"]
    assert re.findall(r'<c r="(\w+)"', xml) == ["A1", "B1", "C1", "E1", "A2", "A4", "B4", "C6"]
    assert '<dimension ref="A1:E6"/>' in xml
    assert "spans" not in xml
    assert xml.index("<!-- kept -->") < xml.index('<row r="4"')


def test_emptying_what_is_not_there_makes_nothing_and_what_has_no_style_goes() -> None:
    package = rich()
    assert patch_cells(package, SHEET, [CellPatch(9, 9, None)]) is package
    assert patch_cells(package, SHEET, []) is package
    xml = patched(package, CellPatch(1, 3, None), CellPatch(2, 2, None, None, 4))
    assert 'r="C1"' not in xml
    assert '<row r="2"><c r="B2" s="4"/></row>' in xml
    assert '<dimension ref="A1:C4"/>' in xml


def test_a_new_cell_takes_the_style_that_its_row_or_column_shows() -> None:
    sheet = sheet_xml(
        '<row r="2" s="5" customFormat="1"/><row r="3" s="5"/>',
        before='<cols><col min="2" max="3" style="8"/></cols>',
    )
    xml = patched(
        package_of(hand_made(sheet)),
        *(CellPatch(row, 3, Decimal(1)) for row in (2, 3, 4)),
        CellPatch(4, 4, Decimal(1)),
        CellPatch(5, 3, Decimal(1), None, 1),
    )
    assert re.findall(r'<c r="(\w+)"(?: s="(\d)")?', xml) == [
        ("C2", "5"), ("C3", "8"), ("C4", "8"), ("D4", ""), ("C5", "1"),
    ]  # fmt: skip


def test_rows_and_cells_without_an_address_are_counted() -> None:
    sheet = sheet_xml("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    xml = patched(package_of(hand_made(sheet)), CellPatch(1, 2, "two"), CellPatch(3, 1, Decimal(4)))
    book = read_book(package_of(hand_made(xml)))
    assert {place: cell.value for place, cell in book.sheets[0].cells.items()} == {
        (1, 1): 1, (1, 2): "two", (2, 1): 3, (3, 1): 4,
    }  # fmt: skip


def test_prefixed_namespaces_stay_prefixed() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    xml = patched(
        package_of(hand_made(sheet)), CellPatch(1, 2, "b"), CellPatch(2, 1, Decimal(2), "1+1")
    )
    assert xml.count("xmlns") == 1
    assert '<x:c r="B1" t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c>' in xml
    assert '<x:row r="2"><x:c r="A2"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row>' in xml


SHARED = (
    '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f><v>2</v></c>'
    '<c r="C1"><f t="shared" ref="C1:C2" si="1">D1</f><v>0</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c>'
    '<c r="C2"><f t="shared" si="1"/><v>0</v></c></row>'
    '<row r="3"><c r="A3"><f t="shared" si="0"/><v>6</v></c></row>'
)


def test_the_dependents_of_an_overwritten_master_keep_their_formulas() -> None:
    package = package_of(hand_made(sheet_xml(SHARED)))
    before = read_book(package).sheets[0].cells
    xml = patched(package, CellPatch(1, 1, Decimal(9)), CellPatch(3, 1, "x"))
    assert '<c r="A2"><f>B2*2</f><v>4</v></c>' in xml
    assert '<f t="shared" ref="C1:C2" si="1">D1</f>' in xml
    after = read_book(package_of(hand_made(xml))).sheets[0].cells
    assert after == {**before, (1, 1): Cell(Decimal(9)), (3, 1): Cell("x")}


def test_an_overwritten_dependent_leaves_its_master_alone() -> None:
    package = package_of(hand_made(sheet_xml(SHARED)))
    before = read_book(package).sheets[0].cells
    xml = patched(package, CellPatch(2, 1, None))
    after = read_book(package_of(hand_made(xml))).sheets[0].cells
    assert after == {place: cell for place, cell in before.items() if place != (2, 1)}
    assert '<f t="shared" ref="A1:A3" si="0">B1*2</f>' in xml


ARRAY = (
    '<row r="1"><c r="A1"><f t="{}" ref="A1:A2">B1:B2</f><v>1</v></c></row>'
    '<row r="2"><c r="A2"><v>2</v></c></row>'
)


@pytest.mark.parametrize("kind", ["array", "dataTable"])
def test_part_of_an_array_is_not_overwritten(kind: str) -> None:
    package = package_of(hand_made(sheet_xml(ARRAY.format(kind))))
    for row in (1, 2):
        with pytest.raises(UnsafeFileError, match=rf"cell A{row} .* in A1:A2"):
            patch_cells(package, SHEET, [CellPatch(row, 1, Decimal(1))])
    whole = patched(package, CellPatch(1, 1, Decimal(1)), CellPatch(2, 1, Decimal(1)))
    assert "<f" not in whole
    assert "<f" in patched(package, CellPatch(3, 1, Decimal(1)))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('<row r="2"/><row r="2"/>', "row 2 stands there twice"),
        ('<row r="x"/>', "row x stands there twice or nowhere"),
        ('<row r="1"><c r="A2"/></row>', "cell A2 is misplaced in row 1"),
        ('<row r="1"><c r="A1"/><c r="A1"/></row>', "cell A1 is misplaced in row 1"),
        ('<row r="1"><c r="!"/></row>', "'!' is not a cell address"),
        ('<row r="1"><c r="A1"><f t="array" ref="?">1</f></c></row>', "has no range"),
        ('<f t="shared">1</f>', "a formula outside a cell"),
    ],
)
def test_a_broken_sheet_is_not_patched(rows: str, said: str) -> None:
    package = package_of(hand_made(sheet_xml(rows)))
    with pytest.raises(UnreadableFileError, match=re.escape(said)):
        patch_cells(package, SHEET, [CellPatch(1, 2, Decimal(1))])


def test_columns_without_a_number_are_named() -> None:
    sheet = sheet_xml("", before='<cols><col min="x" max="3"/></cols>')
    with pytest.raises(UnreadableFileError, match="has columns without a number"):
        patch_cells(package_of(hand_made(sheet)), SHEET, [CellPatch(1, 2, Decimal(1))])


def test_what_is_no_worksheet_is_not_patched() -> None:
    with pytest.raises(UnreadableFileError, match=r"part xl/workbook\.xml is not a worksheet"):
        patch_cells(rich(), "xl/workbook.xml", [CellPatch(1, 1, Decimal(1))])
    with pytest.raises(UnreadableFileError, match=r"part none\.xml is missing"):
        patch_cells(rich(), "none.xml", [CellPatch(1, 1, Decimal(1))])


def test_a_wrong_dimension_is_left_out() -> None:
    package = package_of(hand_made(sheet_xml("", before='<dimension ref="all"/>')))
    assert "dimension" not in patched(package, CellPatch(1, 1, Decimal(1)))


def test_a_signed_workbook_is_not_changed() -> None:
    package = package_of({**hand_made(sheet_xml("")), "_xmlsignatures/sig1.xml": "<x/>"})
    with pytest.raises(UnsafeFileError, match="digital signature"):
        patch_cells(package, SHEET, [CellPatch(1, 1, Decimal(1))])
    with pytest.raises(UnsafeFileError, match="digital signature"):
        with_full_recalculation(package)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("639675", "639675"), ("6E+2", "600"), ("0.10", "0.1"), ("-0.00", "0"), ("100", "100"),
        ("1E-7", "0.0000001"), ("-12.50", "-12.5"), ("1E+300", "1E+300"), ("1E-300", "1E-300"),
    ],
)  # fmt: skip
def test_numbers_are_plain(number: str, text: str) -> None:
    assert number_text(Decimal(number)) == text


def test_what_is_no_number_is_not_stored() -> None:
    with pytest.raises(ValueError, match="cannot be stored"):
        number_text(Decimal("NaN"))


def test_a_rich_workbook_keeps_everything_else(tmp_path: Path) -> None:
    package = open_package(by_xlsxwriter(tmp_path / "budget.xlsx"))
    before = etree.fromstring(package.parts[SHEET])
    changed = patch_cells(package, SHEET, [CellPatch(2, 2, Decimal("7.25")), CellPatch(20, 1, "x")])
    assert [name for name in package.parts if changed.parts[name] != package.parts[name]] == [SHEET]
    after = etree.fromstring(changed.parts[SHEET])
    assert [child.tag for child in after] == [child.tag for child in before]
    for old, new in zip(before, after, strict=True):
        if not str(old.tag).endswith(("}sheetData", "}dimension")):
            assert etree.tostring(old) == etree.tostring(new)
    old_cells, new_cells = (
        {str(cell.get("r")): etree.tostring(cell) for cell in root.iter(f"{{{MAIN}}}c")}
        for root in (before, after)
    )
    assert {name for name in new_cells if new_cells[name] != old_cells.get(name)} == {"B2", "A20"}
    assert set(new_cells) == {*old_cells, "A20"}


VALUES: list[tuple[Value, str | None]] = [
    ("plain", None),
    ("  two\nlines ", None),
    (Decimal("1339454.38"), None),
    (Decimal("-0.1"), None),
    (True, None),
    (Decimal("1339454.28"), "B3+B4"),
    ("plain!", 'B1&"!"'),
    (True, "B3>0"),
]


def test_patched_values_are_read_by_openpyxl_and_by_libreoffice(tmp_path: Path) -> None:
    package = open_package(by_xlsxwriter(tmp_path / "budget.xlsx"))
    sheet = read_book(package).sheet("Last")
    assert sheet is not None
    patches = [CellPatch(row, 2, *content) for row, content in enumerate(VALUES, start=1)]
    data = package_bytes(with_full_recalculation(patch_cells(package, sheet.part, patches)))
    path = tmp_path / "patched.xlsx"
    path.write_bytes(data)
    (saved,) = resave([path], tmp_path / "resaved")
    for source in (data, saved.read_bytes()):
        values = by_openpyxl_again(source, values=True)["Last"]
        formulas = by_openpyxl_again(source)["Last"]
        for row, (value, formula) in enumerate(VALUES, start=1):
            found: Any = values.cell(row, 2).value
            assert found == (float(value) if isinstance(value, Decimal) else value), row
            if formula is not None:
                assert formulas.cell(row, 2).value == f"={formula}"
    assert values["A1"].value == 1


patches = st.builds(
    CellPatch,
    st.integers(1, 12),
    st.integers(1, 8),
    st.one_of(
        st.none(),
        st.booleans(),
        st.text(max_size=12).map(lambda text: text.replace("\ud800", "")),
        st.decimals(
            allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
        ),
    ),
    st.sampled_from([None, None, "A1+1", "SUM(B1:B3)"]),
    st.sampled_from([None, 0, 1]),
)


@given(st.lists(patches, max_size=12), st.lists(patches, max_size=12))
@settings(max_examples=80, deadline=None)
def test_patches_are_read_back_and_nothing_else_changes(
    first: list[CellPatch], second: list[CellPatch]
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["D4"], book.active["B2"] = "=B2*2", 5
    book.active["D4"].number_format = "0.00"
    buffer = io.BytesIO()
    book.save(buffer)
    package = read_package(buffer.getvalue(), "random.xlsx")
    expected = dict(read_book(package).sheets[0].cells)
    for some in (first, second):
        package = patch_cells(package, SHEET, some)
        for patch in {(one.row, one.column): one for one in some}.values():
            place = (patch.row, patch.column)
            style = expected.get(place, Cell(None)).style if patch.style is None else patch.style
            expected[place] = Cell(patch.value, patch.formula, style)
    found = read_book(package).sheets[0].cells
    for place, cell in expected.items():
        if cell.value is not None or cell.formula is not None:
            assert found[place] == cell
        else:
            assert place not in found
    assert set(found) <= set(expected)
    by_openpyxl_again(package_bytes(package))
