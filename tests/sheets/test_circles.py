"""A formula in an amount column that depends on its own result is found; others are not."""

from decimal import Decimal

import pytest

from builders import patched_book, snapshot
from xlframework.sheets.circles import circular_cells
from xlframework.sheets.package.records import Cell


def circles(**formulas: str) -> frozenset[tuple[int, int]]:
    cells = {address: Cell(Decimal(0), formula) for address, formula in formulas.items()}
    return circular_cells(snapshot(patched_book({"Lines": cells})))


@pytest.mark.parametrize(
    "formula",
    [
        "T5",
        "$T$5*2",
        "SUM(T5:T68)",
        "SUM(A1:Z99)",
        "Lines!T5",
        "'lines'!$T$4:$T$6",
        "SUM(Lines[2024/25 Budget])",
        "SUM(lines[2024/25 budget])",
        "Lines[[#This Row],[2024/25 Budget]]+1",
        "Sections!D5+SUM(Sections[2024/25 Budget])",
        "INDEX(Summary[2024/25 Budget],1)",
        "SUM(T_2024_25_table_1[24/25 Spend])",
        "Sections!$D$5/2",
        "ROUND(Summary!D33*0.01,0)",
        "SUM('Table 1'!E5:E51)",
        "SUM(Sections!D:D)",
        "SUM(Sections!$5:$7)",
        "SUM(T:T)",
        "COUNTA(Sections[])",
        "Allocation!Q14",
        "SUM(Allocation[In Lines])",
        "SUM(Figures[Computed])",
        "Figures!H5",
    ],
)
def test_a_formula_that_leads_back_to_itself_is_found(formula: str) -> None:
    assert circles(T5=formula) == {(5, 20)}


@pytest.mark.parametrize(
    "formula",
    [
        "1000*1.05",
        "T6+T7",
        "Areas!T5",
        "Pot/2",
        '"T5"&"Lines[2024/25 Budget]"',
        "SUM(Areas[Population])",
        "Lines[[#This Row],[Order]]*10",
        "LOG10(5)",
        "Sections!$A$1",
        "Sections!B5",
        "INDEX(Sections[Order],1)",
        "SUM(Sections!A:C)",
        "Allocation!I14",
        "INDEX(Allocation[Award],1)",
        "Summary!Z99",
        "INDEX(Figures[Stated],1)",
    ],
)
def test_a_formula_over_other_cells_is_no_circle(formula: str) -> None:
    assert circles(T5=formula) == frozenset()


def test_a_circle_through_two_lines_is_found_at_both_and_not_at_a_third() -> None:
    assert circles(T5="T6+1", T6="T5+1", T7="T5+1") == {(5, 20), (6, 20)}
