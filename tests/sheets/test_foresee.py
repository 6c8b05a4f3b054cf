"""What a workbook will hold is known before it is written."""

from decimal import Decimal

from builders import book_of, cells_of, sheet_of
from xlframework.sheets.change import CellChange, Wanted
from xlframework.sheets.foresee import foreseen
from xlframework.sheets.package.records import Cell


def test_cells_that_change_hold_what_is_wanted_and_no_other_does() -> None:
    before = book_of(
        sheet_of(cells_of(("a", Cell(Decimal(1), None, 7), Cell(Decimal(2), "B1*2")))),
        sheet_of(cells_of(("b",)), "Other"),
    )
    changes = [
        CellChange("Sheet", 1, 2, Decimal(1), None, Wanted(Decimal(5)), None),
        CellChange("Sheet", 2, 1, None, None, Wanted(Decimal(9), "A1"), 3),
    ]
    after = foreseen(before, changes)
    assert after.sheets[0].cells == {
        (1, 1): Cell("a"),
        (1, 2): Cell(Decimal(5), None, 7),
        (1, 3): Cell(Decimal(2), "B1*2"),
        (2, 1): Cell(Decimal(9), "A1", 3),
    }
    assert after.sheets[1] is before.sheets[1]
    assert before.sheets[0].cell(1, 2).value == Decimal(1)


def test_nothing_changes_where_nothing_is_to_change() -> None:
    before = book_of(sheet_of(cells_of(("a",))))
    assert foreseen(before, []) == before
