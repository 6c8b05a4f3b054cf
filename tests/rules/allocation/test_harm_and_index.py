"""Crime harm, low and high, and the Vulnerable Localities Index."""

from fractions import Fraction

import pytest

from xlframework.ground.errors import MisuseError
from xlframework.rules.allocation.harm import HarmWeight, harm
from xlframework.rules.allocation.index import (
    ATTAINMENT,
    VARIABLES,
    Locality,
    rate,
    vulnerable_localities,
)

WEIGHTS = (
    HarmWeight("Robbery", Fraction(365), Fraction(365)),
    HarmWeight("Drug offences", Fraction(3), Fraction(5)),
)


def test_harm_is_count_times_days_under_both_assumptions() -> None:
    found = harm({"Robbery": 2, "Drug offences": 10, "Total": 12}, WEIGHTS)
    assert [found.low, found.high, found.difference] == [760, 780, 20]


@pytest.mark.parametrize("counts", [{"Robbery": 1}, {"Robbery": 1, "Drug offences": None}])
def test_a_missing_count_is_not_nought(counts: dict[str, int | None]) -> None:
    with pytest.raises(MisuseError, match="no count of 'Drug offences'"):
        harm(counts, WEIGHTS)


def locality(code: str, *rates: str) -> Locality:
    numbers = (Fraction(each) for each in rates)
    return Locality(code, f"Place {code}", dict(zip(VARIABLES, numbers, strict=True)))


def test_the_index_is_the_mean_of_six_each_against_its_mean() -> None:
    worse = locality("A", "0.03", "0.03", "0.3", "0.3", "0.3", "0.4")
    better = locality("B", "0.01", "0.01", "0.1", "0.1", "0.1", "0.8")
    first, second = vulnerable_localities([worse, better])
    assert [first.indices[each] for each in VARIABLES] == [150] * 6
    assert [first.index, second.index] == [150, 50]


def test_attainment_is_inverted() -> None:
    rates = ["0.1"] * 5
    found = vulnerable_localities([locality("A", *rates, "1"), locality("B", *rates, "0.5")])
    assert [each.indices[ATTAINMENT] for each in found] == [0, 200]


def test_the_mean_of_the_indices_is_a_hundred() -> None:
    found = vulnerable_localities(
        [
            locality("A", "0.01", "0.02", "0.3", "0.1", "0.2", "0.4"),
            locality("B", "0.02", "0.01", "0.1", "0.2", "0.1", "0.7"),
            locality("C", "0.05", "0.07", "0.2", "0.3", "0.3", "0.1"),
        ]
    )
    assert sum(each.index for each in found) == 300


def test_every_locality_needs_all_six() -> None:
    short = Locality("A", "Ash", {VARIABLES[0]: Fraction(1)})
    with pytest.raises(MisuseError, match="Criminal damage to dwelling of Ash is missing"):
        vulnerable_localities([short])
    with pytest.raises(MisuseError, match="Educational attainment of Place A is no rate"):
        vulnerable_localities([locality("A", "0", "0", "0", "0", "0", "2")])
    with pytest.raises(MisuseError, match="Burglary dwelling is nought in every locality"):
        vulnerable_localities([locality("A", "0", "0", "0", "0", "0", "1")])


def test_a_rate_is_exact_and_needs_a_base() -> None:
    assert rate(1, 3) == Fraction(1, 3)
    with pytest.raises(MisuseError, match="a base above nought"):
        rate(1, 0)
