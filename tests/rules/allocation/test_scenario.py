"""Scenarios: other weights, other measures, and who wins and loses."""

from dataclasses import replace
from fractions import Fraction

import pytest

from builders import ROOT
from rules.allocation.splits import areas, formula, indicator, pounds, refusal
from xlframework.model.area_file import read_areas
from xlframework.model.formula_file import read_formula
from xlframework.rules.allocation.scenario import Scenario, scenarios, with_weight

NINE = read_areas(ROOT / "workbook" / "areas" / "leicestershire.csv")
OURS = read_formula(ROOT / "templates" / "allocation" / "2024-25-illustration.toml")


def named(found: tuple[Scenario, ...]) -> dict[str, Scenario]:
    return {each.name: each for each in found}


def test_the_nine_areas_have_every_scenario() -> None:
    found = scenarios(NINE, OURS)
    assert [each.name for each in found] == [
        "As set",
        "Population +10 points",
        "Population -10 points",
        "Crime +10 points",
        "Crime -10 points",
        "Crime harm (low) +10 points",
        "Crime harm (low) -10 points",
        "Without Population",
        "Without Crime",
        "Without Crime harm (low)",
        "Population only",
        "Crime only",
        "Harm, low assumption",
        "Harm, high assumption",
        "Population: Census 2021",
        "Population: mid-2020",
    ]
    for each in found:
        assert each.split is not None
        assert each.split.total == 63967500
        assert sum(each.weights.values()) == 1


def test_the_others_are_scaled() -> None:
    plus = named(scenarios(NINE, OURS))["Population +10 points"]
    assert list(plus.weights.values()) == [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)]
    without = named(scenarios(NINE, OURS))["Without Crime"]
    assert without.weights == {"Population": Fraction(4, 7), "Crime harm (low)": Fraction(3, 7)}


def test_winners_losers_and_the_largest_loss() -> None:
    first = scenarios(NINE, OURS)[0]
    assert [each.name for each in first.winners] == [
        "Charnwood",
        "Harborough",
        "Hinckley and Bosworth",
    ]
    assert len(first.losers) == 6
    assert first.largest_loss is not None
    assert (first.largest_loss.name, first.largest_loss.change) == ("Melton", -453500)


def test_harm_and_population_take_their_other_columns() -> None:
    found = named(scenarios(NINE, OURS))
    low, high = found["Harm, low assumption"].split, found["Harm, high assumption"].split
    assert low is not None
    assert high is not None
    assert low.areas == found["As set"].split.areas  # type: ignore[union-attr]
    total = sum(area.value("Crime harm (high)") for area in NINE)
    leicester = high.areas[0]
    assert leicester.shares["Crime harm (low)"] == NINE[0].value("Crime harm (high)") / total
    other = found["Population: mid-2020"].split
    assert other is not None
    assert other.areas[0].area.population == 354036


def test_a_weight_stops_at_nought_and_one() -> None:
    both = [indicator(weight="0.95"), indicator("Population", weight="0.05")]
    assert [each.weight for each in with_weight(both, 0, Fraction(2)) or ()] == [1, 0]
    assert [each.weight for each in with_weight(both, 1, Fraction(-1)) or ()] == [1, 0]
    assert with_weight([indicator()], 0, Fraction(1, 2)) is None
    assert with_weight(both, 0, Fraction(95, 100)) is None


def test_one_indicator_alone_leaves_little_to_try() -> None:
    found = scenarios(areas(1, 3, previous=(1, 1)), formula(100))
    assert [each.name for each in found] == ["As set", "Crime only"]


def test_a_product_leaves_indicators_out_but_has_no_points() -> None:
    how = replace(formula(100, indicator(), indicator("Population")), combine="product")
    found = scenarios(areas(1, 3, population=(5, 5)), how)
    assert [each.name for each in found] == [
        "As set",
        "Without Crime",
        "Without Population",
        "Population only",
        "Crime only",
    ]


def test_a_scenario_that_is_impossible_says_why() -> None:
    both = (indicator(weight="0.5"), indicator("Harm", weight="0.5"))
    how = replace(formula(100, *both), ceiling=pounds(60))
    found = named(scenarios(areas(0, 1, harm=(1, 1)), how))
    assert found["As set"].split is not None
    assert found["Crime only"].split is None
    assert "the ceilings come to £60" in found["Crime only"].problem
    assert found["Crime only"].largest_loss is None


def test_a_split_that_is_impossible_as_set_is_refused() -> None:
    assert refusal(areas(0, 0), formula())


@pytest.mark.parametrize("name", ["Crime", "Recorded crime", "All crimes"])
def test_crime_is_known_by_its_name(name: str) -> None:
    found = areas(1, 3, **{name: (2, 1)}) if name != "Crime" else areas(2, 1)
    both = formula(3, indicator(name))
    assert scenarios(found, both)[-1].name == "Crime only"
