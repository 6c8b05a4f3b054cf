"""Floors and ceilings: the split inside them, exact."""

from dataclasses import replace
from fractions import Fraction

import pytest

from rules.allocation.splits import areas, awards, formula, percent, pounds, refusal
from xlframework.rules.allocation.allocate import allocate
from xlframework.rules.allocation.bounds import Limits, OutOfReachError, bounded


def test_a_floor_is_paid_for_in_proportion_by_the_others() -> None:
    split = allocate(areas(1, 3, 6), replace(formula(1000), floor=pounds(190)))
    assert [each.exact / 100 for each in split.areas] == [190, 270, 540]
    assert [each.bound for each in split.areas] == ["floor", "none", "none"]
    assert split.t == 90000


def test_a_ceiling_is_shared_out_in_proportion() -> None:
    split = allocate(areas(1, 3, 6), replace(formula(1000), ceiling=pounds(400)))
    assert awards(split) == [200, 400, 400]
    assert [each.bound for each in split.areas] == ["none", "ceiling", "ceiling"]


def test_both_bounds_hold_at_once() -> None:
    how = replace(formula(1000), floor=pounds(150), ceiling=pounds(500))
    assert awards(allocate(areas(1, 3, 6), how)) == [150, 350, 500]


def test_percentages_are_of_the_previous_award_and_rounded_inwards() -> None:
    found = areas(1, 1, previous=(105, 33))
    how = replace(formula(150), floor=percent(95), ceiling=percent(120))
    split = allocate(found, how)
    assert [(each.low, each.high) for each in split.areas] == [(10000, 12600), (3200, 3900)]
    assert awards(split) == [111, 39]


def test_bounds_hold_for_the_whole_award_base_included() -> None:
    how = replace(formula(1000), base_amount=10000, floor=pounds(200))
    split = allocate(areas(0, 1, 9), how)
    assert awards(split) == [200, 200, 600]
    assert split.t is not None
    assert split.areas[2].exact == 10000 + split.t * Fraction(9, 10)


def test_a_floor_can_take_back_a_part_of_the_base() -> None:
    how = replace(formula(350), base_amount=10000, floor=percent(100))
    split = allocate(areas(1, 1, previous=(0, 300)), how)
    assert awards(split) == [50, 300]


def test_a_bound_that_need_just_reaches_holds_nobody() -> None:
    split = allocate(areas(1, 3), replace(formula(1000), floor=pounds(250)))
    assert [each.bound for each in split.areas] == ["none", "none"]


def test_without_bounds_t_is_the_pot() -> None:
    split = allocate(areas(1, 3), formula(1000))
    assert split.t == split.rest == 100000


def test_bounds_that_all_hold_are_no_fault() -> None:
    how = replace(formula(500), floor=pounds(250), ceiling=pounds(250))
    assert awards(allocate(areas(1, 9), how)) == [250, 250]


def test_floors_above_the_pot_state_both_sums() -> None:
    line = refusal(areas(1, 3), replace(formula(1000), floor=pounds(600)))
    assert line.startswith(
        "the formula, key floor: the floors come to £1,200, more than the £1,000"
    )


def test_ceilings_below_the_pot_state_both_sums() -> None:
    line = refusal(areas(1, 3), replace(formula(1000), ceiling=pounds(400)))
    assert line.startswith(
        "the formula, key ceiling: the ceilings come to £800, less than the £1,000"
    )


def test_an_area_without_need_cannot_fill_a_ceiling() -> None:
    line = refusal(areas(0, 3), replace(formula(1000), ceiling=pounds(600)))
    assert "the ceilings come to £600, less than the £1,000" in line


def test_a_floor_above_its_ceiling_names_the_area() -> None:
    how = replace(formula(1000), floor=pounds(300), ceiling=percent(100))
    line = refusal(areas(1, 3, previous=(200, 900)), how)
    assert line.startswith(
        "the formula, key floor: the floor of Area A (£300) is above its ceiling"
    )


def test_a_missing_previous_award_is_named() -> None:
    line = refusal(areas(1, 3), replace(formula(1000), floor=percent(95)))
    assert line.startswith(
        "budget.xlsx, sheet Areas, cell E5: Previous award of Area A is blank, but "
        "the formula, key floor needs it"
    )


def test_a_pot_out_of_reach_tells_how_far_the_bounds_reach() -> None:
    with pytest.raises(OutOfReachError) as caught:
        bounded([Fraction(1)], 0, [Limits(5, 9)], 10)
    assert [caught.value.least, caught.value.most] == [5, 9]
    with pytest.raises(OutOfReachError) as caught:
        bounded([Fraction(1)], 0, [Limits(5)], 4)
    assert [caught.value.least, caught.value.most] == [5, None]
