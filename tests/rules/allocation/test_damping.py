"""Damping and phasing: a softer step from the previous awards."""

from dataclasses import replace
from fractions import Fraction

from rules.allocation.splits import areas, awards, formula, refusal
from xlframework.rules.allocation.allocate import allocate


def test_nobody_loses_and_gains_are_scaled_to_pay_for_it() -> None:
    found = areas(1, 2, 2, previous=(400, 200, 200))
    split = allocate(found, replace(formula(1000), damping=Fraction(0)))
    assert awards(split) == [400, 300, 300]
    assert split.factor == Fraction(1, 2)
    assert [each.low for each in split.areas] == [40000, 20000, 20000]
    assert [each.bound for each in split.areas] == ["floor", "none", "none"]


def test_losses_may_be_allowed_up_to_a_tenth() -> None:
    found = areas(1, 2, 2, previous=(400, 200, 200))
    split = allocate(found, replace(formula(1000), damping=Fraction(-1, 10)))
    assert awards(split)[0] == 360
    assert split.total == 100000


def test_the_protected_amount_is_rounded_up_to_whole_units() -> None:
    found = areas(1, 9, previous=(333, 0))
    split = allocate(found, replace(formula(1000), damping=Fraction(-1, 10)))
    assert split.areas[0].award == 30000  # 299.70 upwards


def test_damping_that_nobody_needs_changes_nothing() -> None:
    found = areas(1, 3, previous=(100, 100))
    split = allocate(found, replace(formula(1000), damping=Fraction(0)))
    assert awards(split) == awards(allocate(found, formula(1000)))
    assert split.factor == 1


def test_protected_amounts_can_be_the_whole_pot() -> None:
    found = areas(1, 3, previous=(750, 250))
    split = allocate(found, replace(formula(1000), damping=Fraction(0)))
    assert awards(split) == [750, 250]
    assert split.factor == 0


def test_damping_above_the_pot_states_both_sums() -> None:
    line = refusal(areas(1, 3, previous=(600, 600)), replace(formula(1000), damping=Fraction(0)))
    assert line.startswith(
        "the formula, key damping: the protected amounts come to £1,200, more than the £1,000"
    )


def test_damping_needs_every_previous_award() -> None:
    line = refusal(areas(1, 3), replace(formula(1000), damping=Fraction(0)))
    assert "cell E5: Previous award of Area A is blank, but the formula, key damping" in line


def test_no_phase_is_the_previous_split_scaled_and_all_of_it_is_need() -> None:
    found = areas(1, 3, previous=(150, 50))
    none = allocate(found, replace(formula(1000), phase=Fraction(0)))
    assert awards(none) == [750, 250]
    assert [each.start for each in none.areas] == [75000, 25000]
    whole = allocate(found, replace(formula(1000), phase=Fraction(1)))
    assert awards(whole) == awards(allocate(found, formula(1000))) == [250, 750]


def test_a_quarter_of_the_way() -> None:
    found = areas(1, 3, previous=(150, 50))
    split = allocate(found, replace(formula(1000), phase=Fraction(1, 4)))
    assert awards(split) == [625, 375]


def test_phasing_from_nothing_is_refused() -> None:
    line = refusal(areas(1, 3, previous=(0, 0)), replace(formula(10), phase=Fraction(1, 4)))
    assert "cell E5: every previous award is nought" in line


def test_phasing_needs_every_previous_award() -> None:
    line = refusal(areas(1, 3), replace(formula(1000), phase=Fraction(1, 2)))
    assert "Previous award of Area A is blank" in line
