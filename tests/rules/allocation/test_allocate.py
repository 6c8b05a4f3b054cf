"""The stages of a split, and everything that it tells on the way."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from builders import line
from rules.allocation.splits import (
    area,
    areas,
    awards,
    formula,
    indicator,
    percent,
    pounds,
    refusal,
)
from xlframework.ground.errors import AllocationError
from xlframework.ground.place import Place
from xlframework.model.budget import Line
from xlframework.model.formula import Formula, Quantity
from xlframework.model.known_areas import known_areas
from xlframework.rules.allocation.allocate import allocate, top_slice
from xlframework.rules.allocation.check_areas import check_known, check_line_codes


def test_top_slice_then_base_then_need() -> None:
    how = replace(formula(1000), top_slice=pounds(100), base_amount=15000)
    split = allocate(areas(1, 3), how)
    assert (split.top_slice, split.to_split, split.rest) == (10000, 90000, 60000)
    assert [each.need for each in split.areas] == [30000, 60000]
    assert split.total == 90000


@pytest.mark.parametrize(
    ("pot", "kept"), [(1000, 200), (101, 20), (102, 20), (103, 21), (107, 21), (108, 22)]
)
def test_a_top_slice_in_per_cent_is_rounded_to_the_unit(pot: int, kept: int) -> None:
    how = replace(formula(pot), top_slice=percent(20, "per cent"))
    assert top_slice(how) == kept * 100


def test_half_a_unit_of_top_slice_is_kept() -> None:
    assert top_slice(replace(formula(25), top_slice=percent(10, "per cent"))) == 300


def test_the_whole_pot_may_be_kept() -> None:
    how = replace(formula(1000), top_slice=percent(100, "per cent"))
    assert awards(allocate(areas(1, 3), how)) == [0, 0]


def test_change_and_per_head_are_told() -> None:
    split = allocate(areas(1, 3, previous=(200, 0), population=(100, 0)), formula(1000))
    first, second = split.areas
    assert [first.award, first.change, first.change_percent] == [25000, 5000, 25]
    assert first.per_head == 250
    assert (second.change, second.change_percent, second.per_head) == (75000, None, None)
    alone = allocate([area("A", 1)], formula(10)).areas[0]
    assert (alone.previous, alone.change, alone.change_percent) == (None, None, None)


def test_an_area_without_need_gets_its_base_alone() -> None:
    how = replace(formula(1000), base_amount=5000)
    assert awards(allocate(areas(0, 1), how)) == [50, 950]


# --- what cannot be split, each in one clear line ----------------------------------------


def key(name: str) -> str:
    return f"the formula, key {name}: "


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (Formula((), 100), key("indicator") + "the formula has no indicator"),
        (formula(-1), key("pot") + "the pot is negative"),
        (formula(1000, unit=300), key("pot") + "the pot of £1000.00 is not a whole number of"),
        (formula(10, unit=0), key("unit") + "awards cannot be rounded to nought"),
        (replace(formula(), base_amount=-1), key("base_amount") + "the base amount is negative"),
        (
            replace(formula(), base_amount=50001),
            key("base_amount")
            + "2 base amounts of £500.01 come to £1,000.02, more than the £1,000",
        ),
        (replace(formula(), top_slice=pounds(1001)), key("top_slice") + "a top-slice lies between"),
        (replace(formula(), top_slice=pounds(-1)), key("top_slice") + "a top-slice lies between"),
        (
            replace(formula(), top_slice=percent(101, "per cent")),
            key("top_slice") + "a top-slice lies between",
        ),
        (replace(formula(), top_slice=percent(5)), key("top_slice") + "a top-slice is in pounds"),
        (
            replace(formula(), top_slice=Quantity(Fraction(150), "pounds")),
            key("top_slice") + "the top-slice of £1.50 is not a whole number of units of £1.00",
        ),
        (replace(formula(), floor=pounds(-1)), key("floor") + "a floor cannot be negative"),
        (
            replace(formula(), ceiling=percent(5, "per cent")),
            key("ceiling") + "a ceiling is in pounds or per cent of previous",
        ),
        (replace(formula(), damping=Fraction(-2)), key("damping") + "no award can fall by more"),
        (replace(formula(), phase=Fraction(2)), key("phase") + "phasing lies between 0% and 100%"),
        (
            formula(10, indicator(weight="0.95")),
            key("weight") + "the weights add up to 0.95, which",
        ),
        (
            formula(10, indicator(weight="2/3"), indicator("Population", weight="1/2")),
            key("weight") + "the weights add up to 7/6, which is 1/6 more than 1; take 1/6 off",
        ),
        (
            formula(10, indicator(weight="0.7"), indicator("Population", weight="0.25")),
            key("weight") + "the weights add up to 0.95, which is 0.05 less than 1; add 0.05 to",
        ),
        (formula(10, indicator(weight="-1")), key("weight") + "the weight of Crime is negative"),
        (
            formula(10, indicator(weight="0.5"), indicator("crime", weight="0.5")),
            key("name") + "the indicator 'crime' stands twice",
        ),
        (
            formula(10, indicator("Crime", "rate", per_head=True)),
            key("per_head") + "per_head = true goes with basis count only",
        ),
        (
            replace(formula(10, indicator(weight="0.5")), combine="product"),
            key("weight") + "with product, weights are whole-number exponents up to 5, but that",
        ),
        (
            replace(formula(10, indicator(weight=0)), combine="product"),
            key("weight") + "every weight is nought",
        ),
        (
            replace(formula(10, indicator(weight=21)), combine="product"),
            key("weight") + "with product, weights are whole-number exponents",
        ),
    ],
)
def test_a_setting_that_cannot_be_is_named_by_its_key(how: Formula, said: str) -> None:
    assert refusal(areas(1, 3, population=(1, 1)), how).startswith(said)


SOFTENERS: dict[str, Callable[[Formula], Formula]] = {
    "floor": lambda how: replace(how, floor=pounds(1)),
    "ceiling": lambda how: replace(how, ceiling=pounds(999)),
    "damping": lambda how: replace(how, damping=Fraction(0)),
    "phase": lambda how: replace(how, phase=Fraction(1)),
}


@pytest.mark.parametrize(
    ("first", "second"),
    [("floor", "damping"), ("ceiling", "damping"), ("floor", "phase"), ("damping", "phase")],
)
def test_two_ways_of_softening_name_both_keys(first: str, second: str) -> None:
    places = {second: Place("budget.xlsx", "Formula", "B15")}
    how = replace(formula(), places=places)
    for name in (first, second):
        how = SOFTENERS[name](how)
    line = refusal(areas(1, 3, previous=(1, 1)), how)
    assert line.startswith(key(first))
    assert f"{first} and {second} cannot both be set (budget.xlsx, sheet Formula, cell B15)" in line


def test_floor_and_ceiling_go_together() -> None:
    how = replace(formula(1000), floor=pounds(0), ceiling=pounds(1000))
    assert awards(allocate(areas(1, 3), how)) == [250, 750]


def test_no_area_at_all_is_refused() -> None:
    assert "there is no area to split the pot between" in refusal([], formula())


def test_an_area_code_that_stands_twice_is_named() -> None:
    line = refusal([area("a1", 1), area("A1", 1, row=6)], formula())
    assert line.startswith("budget.xlsx, sheet Areas, cell A6: the area code A1 stands twice")


def test_an_area_without_a_code_or_name_is_named() -> None:
    assert "cell A5: the area 'Area  ' has no code" in refusal([area(" ", 1)], formula())
    unnamed = replace(area("A", 1), name=" ")
    assert "cell B5: the area A has no name" in refusal([unnamed], formula())


def test_a_code_beside_another_areas_name_is_refused() -> None:
    mixed = replace(area("E06000016", 1), name="rutland")
    with pytest.raises(AllocationError, match="cell A5: the code E06000016 is that of Leicester"):
        check_known([mixed], known_areas())


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("E06000016", "Leicester City"),
        ("E06000016", "leicester"),
        ("E22000168", "Leicester"),
        ("X1", "Leicester"),
        ("X1", "Elsewhere"),
    ],
)
def test_other_codes_and_names_are_let_be(code: str, name: str) -> None:
    check_known([replace(area(code, 1), name=name)], known_areas())


def test_a_line_of_an_area_that_is_not_there_is_named() -> None:
    lines: list[Line] = [line("L1", 1), line("L2", 1, area_code="A"), line("L3", area_code="B")]
    check_line_codes(lines[:2], areas(1))
    with pytest.raises(AllocationError, match="cell G5: the area code B of line L3 is not in"):
        check_line_codes(lines, areas(1))
