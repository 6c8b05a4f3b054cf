"""Need: shares by basis, weighted and summed, or multiplied."""

from fractions import Fraction

import pytest

from rules.allocation.splits import area, areas, formula, indicator, refusal
from xlframework.model.areas import NotANumber
from xlframework.model.formula import Basis, Formula, Indicator
from xlframework.rules.allocation.need import needs


def shares(*values: int, basis: Basis = "count", population: tuple[int, ...] = ()) -> list[str]:
    columns = {"population": population} if population else {}
    found = needs(areas(*values, **columns), formula(1000, indicator("Crime", basis)))
    return [str(each.share) for each in found]


@pytest.mark.parametrize("basis", ["count", "share"])
def test_a_count_and_a_share_are_in_proportion_as_given(basis: Basis) -> None:
    assert shares(1, 2, 3, basis=basis) == ["1/6", "1/3", "1/2"]


@pytest.mark.parametrize("basis", ["rate", "index"])
def test_a_rate_and_an_index_count_for_all_the_people(basis: Basis) -> None:
    assert shares(10, 5, basis=basis, population=(100, 400)) == ["1/3", "2/3"]


def test_a_rate_and_its_count_give_the_same_shares() -> None:
    people, crimes = (368571, 41050, 57747), (44100, 1664, 3536)
    rates = [Fraction(1000 * crime, each) for crime, each in zip(crimes, people, strict=True)]
    found = [
        area(code, each, population=person)
        for code, each, person in zip("ABC", rates, people, strict=True)
    ]
    by_rate = needs(found, formula(1000, indicator("Crime", "rate")))
    assert [each.share for each in by_rate] == [Fraction(each, sum(crimes)) for each in crimes]


def test_weights_mix_the_shares() -> None:
    found = needs(
        areas(1, 3, population=(3, 1)),
        formula(1000, indicator(weight="1/3"), indicator("Population", weight="2/3")),
    )
    assert [each.share for each in found] == [Fraction(7, 12), Fraction(5, 12)]
    assert found[0].shares == {"Crime": Fraction(1, 4), "Population": Fraction(3, 4)}


def product(*weights: int) -> Formula:
    names = ("Crime", "Harm", "Population")
    indicators = [indicator(names[i], "count", weight) for i, weight in enumerate(weights)]
    return Formula(tuple(indicators), 100000, combine="product")


def test_a_product_multiplies_powers() -> None:
    found = needs(areas(1, 2, 3, harm=(5, 1, 1)), product(2, 1))
    assert [each.share for each in found] == [Fraction(each, 18) for each in (5, 4, 9)]


def test_an_exponent_of_nought_leaves_an_indicator_out() -> None:
    found = needs(areas(1, 3, harm=(0, 5)), product(1, 0))
    assert [each.share for each in found] == [Fraction(1, 4), Fraction(3, 4)]


def test_a_product_takes_rates_as_they_stand() -> None:
    both = (indicator("Population"), indicator("Crime", "rate"))
    found = needs(areas(10, 5, population=(100, 400)), Formula(both, 100000, combine="product"))
    assert [each.share for each in found] == [Fraction(1, 3), Fraction(2, 3)]


def test_headers_are_found_whatever_their_case() -> None:
    found = needs(areas(1, 3), formula(1000, indicator("  cRIME ")))
    assert found[1].share == Fraction(3, 4)


def test_an_indicator_that_is_no_column_is_named() -> None:
    line = refusal(areas(1, 2), formula(1000, indicator("Arson")))
    assert "budget.xlsx, sheet Areas: the table of areas has no column 'Arson'" in line


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "is blank"),
        (NotANumber("n/a"), "is 'n/a', which is not a number"),
        (Fraction(-1), "is negative"),
    ],
)
def test_a_value_that_is_no_amount_of_anything_is_refused(
    value: Fraction | NotANumber | None, said: str
) -> None:
    line = refusal([area("A", 1), area("B", value, row=6)], formula())
    assert line.startswith(f"budget.xlsx, sheet Areas, cell C6: Crime of Area B {said}")


def test_an_indicator_that_is_nought_everywhere_is_refused() -> None:
    line = refusal(areas(0, 0), formula())
    assert line.startswith("budget.xlsx, sheet Areas, cell C5: Crime is nought in every area")


def test_a_product_that_is_nought_everywhere_is_refused() -> None:
    line = refusal(areas(0, 1, harm=(1, 0)), product(1, 1))
    assert line.startswith("the formula, key combine: in every area one of the indicators")


@pytest.mark.parametrize(("basis", "word"), [("rate", "a rate"), ("index", "an index")])
def test_a_rate_without_a_population_is_refused(basis: Basis, word: str) -> None:
    found = [area("A", 1, population=5), area("B", 1, row=6)]
    line = refusal(found, formula(1000, indicator("Crime", basis)))
    assert line.startswith("budget.xlsx, sheet Areas, cell D6: Population of Area B is blank")
    assert word in line


def test_a_rate_used_as_a_count_has_to_be_meant() -> None:
    rate = Indicator("Crime rate", "count", Fraction(1))
    assert "is a rate by its name, but is used as a count" in refusal(areas(1), formula(10, rate))
