"""Rule `return-formula-changed`: a formula of the form is as it was issued."""

from decimal import Decimal

import pytest
from openpyxl.workbook import Workbook

from returns_forms import PART, package_of
from rules.returns.returned import (
    MONITORING,
    at_rule,
    cell,
    edited,
    figures,
    healthy,
    only,
    shape,
)
from xlframework.sheets.package.container import package_bytes
from xlframework.sheets.package.patch_cells import patch_cells
from xlframework.sheets.package.records import CellPatch

RULE = "return-formula-changed"


def formula(row: int, column: int, text: str, value: Decimal | None) -> bytes:
    package = package_of(healthy())
    patch = CellPatch(row, column, value, text)
    return package_bytes(patch_cells(package, PART, [patch]))


@pytest.mark.parametrize(
    "text",
    [
        "SUM(E13:H13)",
        "SUM($E13:$H$13)",
        "sum( Return!E13:H13 )",
        "SUM('Return'!$E$13:Return!$H$13)",
        "SUM(Activities[@[Q1]:[Q4]])",
        "SUM(Activities[[#This Row],[q1]:[Q4]])",
        "SUM([@Q1]:[@Q4])",
    ],
)
def test_a_formula_that_another_program_wrote_in_its_own_way_passes(text: str) -> None:
    if text != "SUM([@Q1]:[@Q4])":
        assert only(RULE, formula(13, 9, text, Decimal(19666))) == ()
    assert only(RULE, healthy()) == ()


@pytest.mark.parametrize("text", ["SUM(I13:I52)", "SUM(Return!$I$13:$I$52)", "SUM(I12:I60)"])
def test_a_column_may_be_written_as_all_of_its_rows(text: str) -> None:
    assert only(RULE, formula(6, 9, text, Decimal(52666))) == ()


def test_names_may_be_written_as_their_cells() -> None:
    assert only(RULE, formula(7, 9, "$I$5-$I$6", Decimal(0))) == ()


@pytest.mark.parametrize(
    "text",
    ["E13+F13+G13+H13", "SUM(E13:H13)*1", "SUM(E13:J13)-J13", "19666+0", "SUM(E14:H14)-5334"],
)
def test_another_formula_with_the_same_value_is_a_warning(text: str) -> None:
    (finding,) = only(RULE, formula(13, 9, text, Decimal(19666)))
    assert shape(finding) == ("warning", "I13")
    assert figures(finding) == (None, f"={text}", None)


def test_another_formula_without_a_value_is_a_warning_too() -> None:
    (finding,) = only(RULE, formula(13, 9, "SUM(E13:G13)", None))
    assert shape(finding) == ("warning", "I13")


def test_another_formula_with_another_value_is_said_by_the_rule_about_sums() -> None:
    (finding,) = only("return-quarters-sum", formula(13, 9, "SUM(E13:G13)", Decimal(15000)))
    assert figures(finding) == ("19666.00", "15000.00", "-4666.00")


def test_a_range_that_leaves_out_a_filled_row_is_another_formula() -> None:
    (finding,) = only(RULE, formula(6, 9, "SUM(I13:I14)", None))
    assert shape(finding) == ("warning", "I6")


def test_a_formula_in_a_cell_to_fill_in_is_welcome() -> None:
    def change(book: Workbook) -> None:
        book["Return"][cell(("Outcome measure", 1))] = "=1+1"

    assert at_rule(RULE, edited(change)) == at_rule(RULE, healthy(MONITORING)) == ()


def test_the_formula_of_an_empty_row_does_not_matter() -> None:
    assert only(RULE, formula(40, 9, "1+1", None)) == ()
