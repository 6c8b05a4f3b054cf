"""What a split is made of, read from a workbook's cells."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from builders import snapshot, view
from xlframework.ground.errors import AllocationError
from xlframework.model.areas import NotANumber
from xlframework.sheets.package.records import Cell, Value
from xlframework.sheets.read_allocation import (
    has_formula,
    read_formula_cells,
    read_number,
    read_split_inputs,
)
from xlframework.sheets.snapshot import Snapshot

HEADERS = ("Indicator", "Basis", "Weight", "Per head")


def with_indicators(*rows: tuple[Value | Cell, ...]) -> Snapshot:
    shown = snapshot()
    return replace(
        shown, tables={**shown.tables, "Indicators": view(HEADERS, *rows, name="Formula")}
    )


def test_the_shown_workbook_has_nine_areas_and_a_formula() -> None:
    inputs = read_split_inputs(snapshot())
    assert has_formula(snapshot())
    assert len(inputs.areas) == 9
    assert inputs.formula.pot == 63967500
    assert [each.weight for each in inputs.formula.indicators] == [
        Fraction(2, 5),
        Fraction(3, 10),
        Fraction(3, 10),
    ]


def test_a_formula_of_two_numbers_is_their_fraction() -> None:
    rows = [
        ("Crime", "count", Cell(Decimal("0.333333333333333"), "1/3")),
        ("Population", None, Cell(Decimal("0.666666666666667"), "(2/3)")),
    ]
    indicators = read_formula_cells(with_indicators(*rows)).indicators
    assert [each.weight for each in indicators] == [Fraction(1, 3), Fraction(2, 3)]
    assert indicators[1].basis == "count"


def test_any_other_formula_is_its_value() -> None:
    rows = [("Crime", "count", Cell(Decimal("0.30000000000000004"), "A1/A2"))]
    (indicator,) = read_formula_cells(with_indicators(*rows)).indicators
    assert indicator.weight == Fraction(3, 10)


@pytest.mark.parametrize(
    ("said", "meant"), [("yes", True), (True, True), (None, False), ("no", False)]
)
def test_a_column_per_head_says_that_a_rate_is_meant(said: Value, meant: bool) -> None:
    (indicator,) = read_formula_cells(
        with_indicators(("Crime", "count", Decimal(1), said))
    ).indicators
    assert indicator.per_head is meant


def test_an_indicator_without_a_name_is_refused() -> None:
    with pytest.raises(AllocationError, match="sheet Formula, cell A2: the indicator has no name"):
        read_formula_cells(with_indicators((None, "count", Decimal(1))))


def test_an_empty_table_is_no_formula() -> None:
    assert not has_formula(with_indicators())


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (Cell(None), None),
        (Cell(" "), None),
        (Cell(Decimal("0.1")), Fraction(1, 10)),
        (Cell(Decimal("0.1000000000000000055")), Fraction(1, 10)),
        (Cell("12"), NotANumber("12")),
        (Cell(True), NotANumber("TRUE")),
        (Cell(None, "A1"), NotANumber("=A1")),
        (Cell(Decimal(10) ** 29), NotANumber("1" + "0" * 29)),
    ],
)
def test_a_number_is_read_as_excel_shows_it(
    cell: Cell, number: Fraction | NotANumber | None
) -> None:
    assert read_number(snapshot().book, cell) == number


def test_a_date_is_no_number() -> None:
    book = snapshot().book
    style = min(book.date_styles)
    assert read_number(book, Cell(Decimal(45383), None, style)) == NotANumber("2024-04-01")
