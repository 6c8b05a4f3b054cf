"""The rows far below a change are never parsed, and come back as the same bytes."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from sheets.package.samples import hand_made, package_of, sheet_xml
from xlframework.sheets.package import far_rows
from xlframework.sheets.package.patch_cells import patch_cells
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import CellPatch, Package
from xlframework.sheets.package.xml import Element, edited

PART = "xl/worksheets/sheet1.xml"
NEAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" s="0"/></row>'


def far(rows: int, first: int = 10) -> str:
    cells = ('<row r="{0}" spans="1:2"><c r="A{0}" s="0"/><c r="B{0}" s="0"/></row>').format
    return "".join(map(cells, range(first, first + rows)))


@pytest.fixture
def long_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(far_rows, "LONG_SHEET", 100)


@pytest.mark.usefixtures("long_sheets")
@pytest.mark.parametrize("rows", [NEAR, ""])
def test_the_far_rows_keep_their_bytes_and_the_near_ones_change(rows: str) -> None:
    package = package_of(hand_made(sheet_xml(rows + far(50) + '<row r="99" ht="20"/>')))
    patched = patch_cells(package, PART, [CellPatch(2, 1, Decimal(7)), CellPatch(3, 2, "new")])
    assert far(50).encode() + b'<row r="99" ht="20"/>' in patched.parts[PART]
    (sheet,) = read_book(patched).sheets
    assert sheet.cell(2, 1).value == Decimal(7)
    assert sheet.cell(3, 2).value == "new"
    assert sheet.heights == {99: 20.0}


@pytest.mark.usefixtures("long_sheets")
def test_it_comes_to_the_same_as_parsing_the_whole_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    package = package_of(hand_made(sheet_xml(NEAR + far(30))))
    patches = [CellPatch(1, 1, None), CellPatch(4, 4, Decimal("0.1"), "A1/10")]
    cut = read_book(patch_cells(package, PART, patches))
    monkeypatch.setattr(far_rows, "LONG_SHEET", 10**9)
    assert cut == read_book(patch_cells(package, PART, patches))


@pytest.mark.usefixtures("long_sheets")
@pytest.mark.parametrize(
    "row",
    [
        '<row r="70"><c r="A70"><f t="shared" si="0"/><v>2</v></c></row>',
        '<!-- <row r="3"/> --><row r="70"/>',
    ],
)
def test_rows_that_may_hang_together_with_those_above_are_parsed(row: str) -> None:
    master = '<row r="1"><c r="A1"><f t="shared" ref="A1:A70" si="0">B1+1</f><v>1</v></c></row>'
    package = package_of(hand_made(sheet_xml(master + far(30) + row)))
    patched = patch_cells(package, PART, [CellPatch(1, 1, Decimal(5))])
    (sheet,) = read_book(patched).sheets
    assert sheet.cell(1, 1).value == Decimal(5)
    if "shared" in row:
        assert sheet.cell(70, 1).formula == "B70+1"


def test_of_a_long_sheet_only_the_top_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    package = package_of(hand_made(sheet_xml(NEAR + far(100_000))))
    assert len(package.parts[PART]) > far_rows.LONG_SHEET
    parsed = []

    def measured(near: Package, part: str, edit: Callable[[Element], object]) -> Package:
        parsed.append(len(near.parts[part]))
        return edited(near, part, edit)

    monkeypatch.setattr(far_rows, "edited", measured)
    patched = patch_cells(package, PART, [CellPatch(1, 1, Decimal(5))])
    assert max(parsed) < 1000
    assert len(patched.parts[PART]) > far_rows.LONG_SHEET
