"""What `Sections` is to hold: live subtotals, and what somebody entered left alone."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from builders import NEXT_YEAR, YEAR, budget, line, section, view
from xlframework.model.budget import Budget, Section
from xlframework.rules.subtotals import missing_sections, total_up, with_missing_sections
from xlframework.sheets.change import Wanted, WantedCell
from xlframework.sheets.package.records import Cell, Value
from xlframework.sheets.palette import Look
from xlframework.sheets.sections_sheet import amount_kind, growth, subtotal_formula, wanted_cells
from xlframework.sheets.snapshot import TableView

HEADERS = ("Order", "Block", "Section", YEAR)
VICTIMS = (Decimal(10), "Commissioning", "Victims")


def sheet(*rows: Sequence[Value | Cell], headers: Sequence[str] = HEADERS) -> TableView:
    return view(headers, *rows)


def own_cells(found: TableView, one: Budget) -> dict[tuple[int, int], Wanted]:
    """Give what the sheet is to hold, by row and column."""
    cells: list[WantedCell] = list(
        wanted_cells(
            found, one.sections, missing_sections(one), total_up(with_missing_sections(one))
        )
    )
    return {(cell.row, cell.column): cell.wanted for cell in cells}


def at_row(row: int, name: str = "Victims", **options: object) -> Section:
    return section(name, row=row, **options)  # type: ignore[arg-type]


def test_a_subtotal_is_a_live_formula_by_block_and_section_with_its_value() -> None:
    cells = own_cells(sheet(VICTIMS), budget([line("L1", 150)], [at_row(2)]))
    assert cells == {
        (2, 4): Wanted(Decimal("1.5"), subtotal_formula(YEAR), Look("line", "pence")),
    }
    assert subtotal_formula(YEAR) == (
        "SUMIFS(Lines[2024/25 Budget],Lines[Block],Sections[[#This Row],[Block]],"
        "Lines[Section],Sections[[#This Row],[Section]])"
    )


def test_a_section_without_lines_comes_to_nought() -> None:
    cells = own_cells(sheet(VICTIMS), budget([], [at_row(2)]))
    assert cells[2, 4].value == Decimal(0)


def test_a_subtotal_that_is_there_keeps_its_look() -> None:
    live = Cell(Decimal(1), subtotal_formula(YEAR), 99)
    cells = own_cells(sheet((*VICTIMS, live)), budget([line("L1", 150)], [at_row(2)]))
    assert cells[2, 4] == Wanted(Decimal("1.5"), subtotal_formula(YEAR), None)


def test_an_entered_amount_stays() -> None:
    found = sheet((*VICTIMS, Decimal(500)))
    assert own_cells(found, budget([], [at_row(2, entered={YEAR: 50000})])) == {}


def test_an_entered_amount_of_one_year_leaves_the_other_live() -> None:
    found = sheet((*VICTIMS, Decimal(500), None), headers=(*HEADERS, NEXT_YEAR))
    one = budget([], [at_row(2, entered={YEAR: 50000})], headers=(YEAR, NEXT_YEAR))
    assert list(own_cells(found, one)) == [(2, 5)]


def test_a_section_that_only_lines_name_gets_a_row_below() -> None:
    one = budget([line("L1", 150, section="New")], [at_row(2)])
    found = sheet((*VICTIMS, None))
    cells = own_cells(found, one)
    assert [cells[3, column].value for column in (1, 2, 3, 4)] == [
        Decimal(20),
        "Commissioning",
        "New",
        Decimal("1.5"),
    ]
    assert growth(found, one.headers, missing_sections(one)).rows == 1


def test_an_empty_row_at_the_end_is_used_before_the_table_grows() -> None:
    one = budget([line("L1", 150, section="New")], [at_row(2)])
    found = sheet((*VICTIMS, None), (None, None, None, None))
    assert growth(found, one.headers, missing_sections(one)).rows == 0
    assert own_cells(found, one)[3, 3].value == "New"


def test_a_table_without_any_section_is_filled_from_its_first_row() -> None:
    one = budget([line("L1", 150)])
    assert own_cells(sheet((None,) * 4), one)[2, 3].value == "Victims"


def test_a_new_amount_column_is_added_at_the_right_with_its_header() -> None:
    one = budget([line("L1", {YEAR: 100, NEXT_YEAR: 200})], [at_row(2)], headers=(YEAR, NEXT_YEAR))
    found = sheet((*VICTIMS, None, "mine"), headers=(*HEADERS, "Remark"))
    wanted = growth(found, one.headers, ())
    assert [(each.name, each.formula) for each in wanted.columns] == [
        (NEXT_YEAR, subtotal_formula(NEXT_YEAR))
    ]
    cells = own_cells(found, one)
    assert cells[1, 6] == Wanted(NEXT_YEAR, None, Look("header", "money"))
    assert (cells[2, 4].value, cells[2, 6].value) == (Decimal(1), Decimal(2))
    assert (2, 5) not in cells


@pytest.mark.parametrize("blank", [{"name": ""}, {"block": ""}])
def test_a_row_without_a_block_or_a_section_is_left_alone(blank: dict[str, str]) -> None:
    assert own_cells(sheet(VICTIMS), budget([], [at_row(2, **blank)])) == {}


@pytest.mark.parametrize(
    ("pence", "kind"), [((), "money"), ((100, -200, 0), "money"), ((100, 150), "pence")]
)
def test_pence_are_shown_as_soon_as_one_amount_has_any(pence: tuple[int, ...], kind: str) -> None:
    assert amount_kind(pence) == kind
