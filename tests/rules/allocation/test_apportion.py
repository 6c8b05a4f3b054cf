"""Largest remainder: whole units that sum to the pot, ties to the lower code."""

from fractions import Fraction

import pytest

from rules.allocation.splits import areas, awards, formula
from xlframework.rules.allocation.allocate import allocate
from xlframework.rules.allocation.apportion import apportion


def test_the_largest_remainders_are_rounded_up() -> None:
    exact = [Fraction(1045), Fraction(1030), Fraction(925)]
    rounded = apportion(exact, ["A", "B", "C"], 100)
    assert [each.award for each in rounded] == [1100, 1000, 900]
    assert [each.rank for each in rounded] == [1, 2, 3]
    assert rounded[0].remainder == Fraction(45, 100)


def test_a_tie_goes_to_the_lower_code_wherever_it_stands() -> None:
    assert awards(allocate(areas(1, 1, 1), formula(100))) == [34, 33, 33]
    backwards = list(reversed(areas(1, 1, 1)))
    assert awards(allocate(backwards, formula(100))) == [34, 33, 33]


def test_what_is_whole_is_never_moved() -> None:
    rounded = apportion([Fraction(100), Fraction(150), Fraction(250)], ["A", "B", "C"], 100)
    assert [each.award for each in rounded] == [100, 200, 200]


def test_the_unit_may_be_pence_or_hundreds_of_pounds() -> None:
    split = allocate(areas(1, 1, 1), formula(1000, unit=100))
    assert awards(split) == [400, 300, 300]


def test_amounts_that_are_no_whole_units_are_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="whole number of units"):
        apportion([Fraction(1, 2)], ["A"], 1)
