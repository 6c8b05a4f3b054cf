"""Numbers from text, and back, without a float in between."""

from fractions import Fraction

import pytest

from xlframework.ground.exact import (
    NumberError,
    decimal_text,
    parse_number,
    parse_percent,
    parse_ratio,
    percent_text,
    round_half_up,
    short_text,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", Fraction(0)),
        (" 1,234.50 ", Fraction(2469, 2)),
        ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)),
        ("-3", Fraction(-3)),
        ("\N{MINUS SIGN}3", Fraction(-3)),
        ("+3.", Fraction(3)),
    ],
)
def test_a_plain_decimal_is_read_exactly(text: str, number: Fraction) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "n/a", "1e3", "12,34", "1,2345", "5%", "£5", "1 000", "1.2.3", "nan", "9" * 41]
)
def test_anything_else_is_no_number(text: str) -> None:
    with pytest.raises(NumberError, match="is not a number"):
        parse_number(text)


def test_a_ratio_is_read_as_that_fraction() -> None:
    assert parse_ratio("1/3") == Fraction(1, 3)
    assert parse_ratio(" 0.5 / 1.5 ") == Fraction(1, 3)
    assert parse_ratio("0.40") == Fraction(2, 5)
    with pytest.raises(NumberError, match="divides by nought"):
        parse_ratio("1/0")
    with pytest.raises(NumberError, match="is not a number"):
        parse_ratio("1/2/3")


def test_a_percentage_needs_its_sign() -> None:
    assert parse_percent("25%") == Fraction(1, 4)
    assert parse_percent("-10 %") == Fraction(-1, 10)
    with pytest.raises(NumberError, match="is not a percentage"):
        parse_percent("25")


@pytest.mark.parametrize(
    ("number", "whole"),
    [("1/2", 1), ("-1/2", -1), ("3/2", 2), ("5/2", 3), ("49/100", 0), ("-149/100", -1)],
)
def test_a_half_is_rounded_away_from_nought(number: str, whole: int) -> None:
    assert round_half_up(Fraction(number)) == whole


def test_numbers_are_written_plain() -> None:
    assert decimal_text(Fraction(1, 3), 12) == "0.333333333333"
    assert decimal_text(Fraction(-1, 8), 2) == "-0.13"
    assert decimal_text(Fraction(-1, 1000), 2) == "0.00"
    assert decimal_text(Fraction(5, 2), 0) == "3"
    assert short_text(Fraction(1, 20)) == "0.05"
    assert short_text(Fraction(30)) == "30"
    assert percent_text(Fraction(1, 3)) == "33.3%"
