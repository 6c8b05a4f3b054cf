"""Comparing a stated figure with the computed one: units, precision, rounding and cutting off."""

from fractions import Fraction

import pytest

from rules.reconcile.stated import figure
from xlframework.model.areas import NotANumber
from xlframework.rules.reconcile.compare import (
    FigureError,
    Statement,
    cut_to,
    explain,
    in_unit,
    is_as_stated,
    read_statement,
    round_to,
)
from xlframework.rules.reconcile.tree import UncheckableError

COMES_TO = "it comes to"
P = "per cent"
WHEN = f"{P} when rounded; the stated"
TO_A_MULTIPLE = "was truncated to a multiple of"


def statement(stated: str, unit: str = "GBP", precision: str | None = None) -> Statement:
    return read_statement(figure("", stated, unit=unit, precision=precision))


@pytest.mark.parametrize(
    ("stated", "unit", "precision", "step"),
    [
        ("639675", "GBP", None, "1"),
        ("639675", "GBP", "1", "1"),
        ("435000", "GBP", "1000", "1000"),
        ("6070096.35", "GBP", None, "0.01"),
        ("1339454.5", "GBP", None, "0.01"),
        ("5336479", "GBP", "0.01", "0.01"),
        ("4.611", "GBP million", None, "0.001"),
        ("3.92", "GBP million", "0.001", "0.001"),
        ("2.3", "per cent", None, "0.1"),
        ("2", "per cent", None, "1"),
        ("2", "PER  CENT", "0.1", "0.1"),
        ("9", "count", None, "1"),
        ("250", "GBP thousand", "50", "50"),
    ],
)
def test_the_precision_is_the_step_that_was_printed(
    stated: str, unit: str, precision: str | None, step: str
) -> None:
    assert statement(stated, unit, precision).precision == Fraction(step)


@pytest.mark.parametrize(
    ("given", "column", "said"),
    [
        ({"unit": ""}, "Unit", "there is no unit; the units are GBP, GBP thousand, GBP million"),
        ({"unit": "per cnet"}, "Unit", "'per cnet' is no unit; did you mean 'per cent'?"),
        ({"stated": "£5"}, "Stated", "'£5' is not a number; type a plain number, without signs"),
        ({"stated": NotANumber("5,000")}, "Stated", "'5,000' is stored as text; set the cell's"),
        ({"precision": NotANumber("1")}, "Precision", "'1' is stored as text; set the cell's"),
        ({"precision": "two"}, "Precision", "'two' is no step that a figure is printed with"),
        ({"precision": "0"}, "Precision", "'0' is no step"),
        ({"precision": "-1"}, "Precision", "'-1' is no step"),
        ({"precision": "0.00000000001"}, "Precision", "is no step"),
        (
            {"stated": "2.35", "precision": "0.1"},
            "Precision",
            "the stated figure 2.35 is no multiple of the precision 0.1",
        ),
        (
            {"stated": "435343", "precision": "1000"},
            "Precision",
            "write the step that the document prints, 1 say",
        ),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(
    given: dict[str, str | NotANumber], column: str, said: str
) -> None:
    with pytest.raises(FigureError) as raised:
        read_statement(figure("", **{"stated": "1", **given}))  # type: ignore[arg-type]
    assert raised.value.column == column
    assert said in raised.value.problem


def test_a_figure_that_is_not_stated_yet_is_no_slip() -> None:
    with pytest.raises(UncheckableError, match="no figure is stated"):
        read_statement(figure("", None))


@pytest.mark.parametrize(
    ("number", "step", "rounded", "cut"),
    [
        ("0.7738", "0.1", "0.8", "0.7"),
        ("2.25", "0.1", "2.3", "2.2"),
        ("-2.25", "0.1", "-2.3", "-2.2"),
        ("435343", "1000", "435000", "435000"),
        ("435500", "1000", "436000", "435000"),
        ("374", "50", "350", "350"),
        ("375", "50", "400", "350"),
        ("0", "0.1", "0", "0"),
    ],
)
def test_a_half_is_rounded_away_from_nought(number: str, step: str, rounded: str, cut: str) -> None:
    assert round_to(Fraction(number), Fraction(step)) == Fraction(rounded)
    assert cut_to(Fraction(number), Fraction(step)) == Fraction(cut)


@pytest.mark.parametrize(
    ("stated", "unit", "precision", "exact", "agrees", "said"),
    [
        ("639675", "GBP", "1", "639675", True, ""),
        (
            "639675",
            "GBP",
            "1",
            "639676",
            False,
            "it comes to £639,676; the stated £639,675 is £1 less",
        ),
        (
            "435000",
            "GBP",
            "1000",
            "435343",
            True,
            "it comes to £435,343, which is £435,000 when rounded",
        ),
        (
            "435000",
            "GBP",
            "1",
            "435343",
            False,
            "it comes to £435,343; the stated £435,000 is right only to the nearest £1,000",
        ),
        (
            "435000",
            "GBP",
            "1",
            "435743",
            False,
            "it comes to £435,743; the stated £435,000 was truncated to a multiple of £1,000",
        ),
        (
            "0.7",
            "per cent",
            "0.1",
            "0.77380",
            False,
            f"{COMES_TO} 0.7738 {P}, which is 0.8 {WHEN} 0.7 {P} was truncated, not rounded",
        ),
        (
            "2.3",
            "per cent",
            "0.1",
            "2.96546",
            False,
            f"{COMES_TO} 2.9655 {P}, which is 3.0 {WHEN} 2.3 {P} is 0.7 percentage points less",
        ),
        (
            "4.611",
            "GBP million",
            "0.001",
            "4.610983",
            True,
            "it comes to £4.610983 million, which is £4.611 million when rounded",
        ),
        (
            "3.92",
            "GBP million",
            "0.001",
            "3.925",
            False,
            f"{COMES_TO} £3.925 million; the stated £3.920 million {TO_A_MULTIPLE} £0.01 million",
        ),
        ("100.50", "GBP", None, "100.5", True, ""),
        (
            "100.50",
            "GBP",
            None,
            "99.25",
            False,
            "it comes to £99.25; the stated £100.50 is £1.25 more",
        ),
        ("-5", "GBP", None, "-6", False, "it comes to -£6; the stated -£5 is £1 more"),
        ("0", "GBP", None, "3", False, "it comes to £3; the stated £0 is £3 less"),
        ("3", "count", None, "4", False, "it comes to 4; the stated 3 is 1 less"),
    ],
)
def test_a_figure_is_compared_as_it_was_printed(  # noqa: PLR0917 - the columns of the table
    stated: str, unit: str, precision: str | None, exact: str, agrees: bool, said: str
) -> None:
    told = statement(stated, unit, precision)
    assert is_as_stated(told, Fraction(exact)) is agrees
    assert explain(told, Fraction(exact)) == said


@pytest.mark.parametrize(
    ("stated", "unit", "precision", "number", "text"),
    [
        ("98911", "GBP", "1", "98911", "98911.00"),
        ("435000", "GBP", "1000", "435000", "435000.00"),
        ("4.611", "GBP million", "0.001", "4.61", "4.610"),
        ("2.3", "per cent", "0.1", "3", "3.0"),
        ("3", "count", "1", "-1", "-1"),
    ],
)
def test_numbers_are_written_plainly(
    stated: str, unit: str, precision: str, number: str, text: str
) -> None:
    assert statement(stated, unit, precision).text(Fraction(number)) == text


def test_a_figure_is_brought_to_its_unit() -> None:
    assert in_unit(Fraction(4_610_983), statement("4.611", "GBP million").unit) == Fraction(
        "4.610983"
    )
    with pytest.raises(UncheckableError, match="more than any budget"):
        in_unit(Fraction(10**15), statement("1").unit)
